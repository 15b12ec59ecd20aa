//! Mails that arrive in a story, as a mail program would write them.

use std::fmt::Write;

use playbook::{Attached, Letter, Written};

use super::stage::Stage;
use crate::Result;
use crate::outbox::catcher;
use crate::page::Page;

/// A mail arrives; one that answers does so to the last that its sender was sent.
pub(super) async fn deliver(stage: &Stage, letter: &Letter, in_reply_to_last: bool) -> Result<()> {
    let from = match letter {
        Letter::Written(written) => written.from.clone(),
        Letter::Raw(text) => mail::parse(text.as_bytes()).from.map(|from| from.address).unwrap_or_default(),
    };
    let answered = if in_reply_to_last { last_mail(stage, &from).await? } else { None };
    let raw = match letter {
        Letter::Written(written) => write(stage, written, answered.as_ref()),
        Letter::Raw(text) => thread(answered.as_ref()) + &with_line_ends(text),
    };
    stage.mailbox.deliver(&stage.desk, raw.into_bytes().into()).await
}

/// The last mail that the desk sent to `to`; to somebody who never got one, the last to anybody, as if it had been passed on.
async fn last_mail(stage: &Stage, to: &str) -> Result<Option<mail::Incoming>> {
    let mut conn = stage.desk.read().await?;
    let onlooker = Stage::onlooker();
    let caught = catcher::list(&mut conn, &onlooker, Page { after: None, limit: 200 }).await?.items;
    let found = caught.iter().find(|mail| mail.recipient.eq_ignore_ascii_case(to)).or_else(|| caught.first());
    match found {
        None => Ok(None),
        Some(found) => Ok(Some(mail::parse(&catcher::show(&mut conn, &onlooker, found.id).await?.1))),
    }
}

/// The lines that say which mail is answered (RFC 5322, section 3.6.4).
fn thread(answered: Option<&mail::Incoming>) -> String {
    let id = answered.and_then(|mail| mail.message_id.as_deref());
    id.map(|id| format!("In-Reply-To: <{id}>\r\nReferences: <{id}>\r\n")).unwrap_or_default()
}

/// A file's text with the line ends that mail has on its way.
fn with_line_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', "\r\n")
}

/// The mail with its headers and parts.
fn write(stage: &Stage, written: &Written, answered: Option<&mail::Incoming>) -> String {
    let Written { from, text, html, subject, headers, attachments } = written;
    let to = answered
        .and_then(mail::Incoming::answer_to)
        .map_or(&stage.desk.ground.settings.address.address, |a| &a.address);
    let answered_subject = answered.and_then(|mail| mail.subject.as_deref()).map(|subject| format!("Re: {subject}"));
    let subject = subject.clone().or(answered_subject).unwrap_or_else(|| "A question".to_owned());
    let id = stage.desk.ground.ids.next();
    let mut raw = format!("From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{id}@client.example>\r\n");
    raw.push_str(&thread(answered));
    for (name, value) in headers {
        let _ = write!(raw, "{name}: {value}\r\n");
    }
    let _ = write!(raw, "MIME-Version: 1.0\r\n{}", body(text, html.as_deref(), attachments, &id.to_string()));
    raw
}

/// The body, beginning with its own headers: `multipart/mixed` around what is written where files come with it, and
/// `multipart/alternative` where it is written in two forms (RFC 2046, section 5.1). `mark` makes boundaries that no text holds by
/// chance.
fn body(text: &str, html: Option<&str>, attachments: &[Attached], mark: &str) -> String {
    let words = match html {
        None => part("text/plain", "", text),
        Some(html) if text.is_empty() => part("text/html", "", html),
        Some(html) => multipart(
            "alternative",
            &format!("words-{mark}"),
            &[part("text/plain", "", text), part("text/html", "", html)],
        ),
    };
    if attachments.is_empty() {
        return words;
    }
    let files = attachments.iter().map(|file| {
        let name = file.name.replace(['"', '\\', '\r', '\n'], "_");
        part(&file.kind, &format!("Content-Disposition: attachment; filename=\"{name}\"\r\n"), &file.text)
    });
    multipart("mixed", &format!("parts-{mark}"), &std::iter::once(words).chain(files).collect::<Vec<_>>())
}

fn part(kind: &str, more: &str, text: &str) -> String {
    let text = with_line_ends(text);
    format!("Content-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n{more}\r\n{text}\r\n")
}

fn multipart(kind: &str, boundary: &str, parts: &[String]) -> String {
    let mut raw = format!("Content-Type: multipart/{kind}; boundary=\"{boundary}\"\r\n\r\n");
    for part in parts {
        let _ = write!(raw, "--{boundary}\r\n{part}");
    }
    let _ = write!(raw, "--{boundary}--\r\n");
    raw
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str, html: Option<&str>, attachments: &[Attached]) -> mail::Incoming {
        let raw = format!(
            "From: maria@acme.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n{}",
            body(text, html, attachments, "1")
        );
        mail::parse(raw.as_bytes())
    }

    #[test]
    fn both_forms_and_every_file_are_read_again_as_they_were_written() {
        let file = |name: &str, kind: &str, text: &str| Attached {
            name: name.to_owned(),
            kind: kind.to_owned(),
            text: text.to_owned(),
        };
        let files = [file("order.csv", "text/csv", "a;ç\nb;d\n"), file("note \"1\".pdf", "application/pdf", "%PDF")];
        let mail = parsed("Olá,\n\nWe agree.", Some("<p>Olá, we <b>agree</b>.</p>"), &files);
        assert_eq!(mail.text.as_deref().map(str::trim), Some("Olá,\n\nWe agree."));
        assert!(mail.html.as_deref().is_some_and(|html| html.contains("<b>agree</b>")), "{mail:?}");
        let found: Vec<_> = mail
            .attachments
            .iter()
            .map(|file| {
                (file.name.as_str(), file.kind.as_str(), String::from_utf8_lossy(&file.bytes).replace("\r\n", "\n"))
            })
            .collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!((found[0].0, found[0].1, found[0].2.trim_end()), ("order.csv", "text/csv", "a;ç\nb;d"));
        assert_eq!((found[1].0, found[1].1, found[1].2.trim_end()), ("note _1_.pdf", "application/pdf", "%PDF"));
    }

    #[test]
    fn a_mail_may_have_html_alone() {
        let mail = parsed("", Some("<p>We agree.</p>"), &[]);
        assert!(mail.html.is_some() && mail.attachments.is_empty(), "{mail:?}");
    }
}
