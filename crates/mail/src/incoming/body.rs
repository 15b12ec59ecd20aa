//! What there is to read of a mail, and what is a file beside it.

use super::parts::{Part, Parts};
use super::{Attachment, Fields, Problems, decode};
use crate::header_text::one_line;
use crate::sanitise::{self, SafeHtml};
use crate::{markup, plain};

/// The readable content and the files.
#[derive(Default)]
pub(super) struct Body {
    pub(super) text: Option<String>,
    pub(super) html: Option<SafeHtml>,
    pub(super) attachments: Vec<Attachment>,
}

/// One readable part, and which of the two forms of the mail it belongs to.
struct Passage {
    content: Content,
    in_text: bool,
    in_html: bool,
}

enum Content {
    Plain(String),
    Html(SafeHtml),
}

impl Content {
    fn is_html(&self) -> bool {
        matches!(self, Self::Html(_))
    }
}

/// Sorts the parts. A part of several forms counts once as text and once as HTML; one that stands alone counts as both.
pub(super) fn assemble(parts: &Parts, problems: &mut Problems) -> Body {
    let mut body = Body::default();
    let mut passages = Vec::new();
    for part in &parts.leaves {
        if is_readable(part) {
            passages.push(passage(part, problems));
        } else {
            body.attachments.push(attachment(part, body.attachments.len(), problems));
        }
    }
    let readable =
        |text: bool| passages.iter().filter(move |passage| if text { passage.in_text } else { passage.in_html });
    if !passages.is_empty() {
        let text = as_text(readable(true));
        // Some programs write the plain form as an empty one.
        body.text = Some(if text.trim().is_empty() { as_text(readable(false)) } else { text });
    }
    if readable(false).any(|passage| passage.content.is_html()) {
        body.html = Some(as_html(readable(false)));
    }
    body
}

fn passage(part: &Part, problems: &mut Problems) -> Passage {
    let text = decode::text(&part.bytes, part.charset.as_deref(), problems);
    let is_html = part.kind == "text/html";
    if is_html && text.len() > sanitise::MAX_BYTES {
        problems.note("the HTML is longer than 2 MiB, its end is left out");
    }
    Passage {
        in_text: !part.place.in_alternative || !is_html,
        in_html: !part.place.in_alternative || is_html,
        content: if is_html { Content::Html(sanitise::html(&text)) } else { Content::Plain(text) },
    }
}

fn is_readable(part: &Part) -> bool {
    let readable = matches!(part.kind.as_str(), "text/plain" | "text/html");
    readable && part.disposition.as_deref() != Some("attachment") && part.file_name.is_none() && !part.place.related
}

fn as_text<'a>(passages: impl Iterator<Item = &'a Passage>) -> String {
    let texts = passages.map(|passage| match &passage.content {
        Content::Plain(text) => text.trim_end().to_owned(),
        Content::Html(safe) => plain::from_safe(&safe.html),
    });
    texts.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn as_html<'a>(passages: impl Iterator<Item = &'a Passage>) -> SafeHtml {
    let mut whole = SafeHtml::default();
    for passage in passages {
        match &passage.content {
            Content::Html(safe) => {
                whole.html.push_str(&safe.html);
                whole.remote_images += safe.remote_images;
            }
            Content::Plain(text) if text.trim().is_empty() => continue,
            Content::Plain(text) => {
                let lines = markup::escape(text.trim()).replace('\n', "<br>\n");
                whole.html.push_str(&format!("<p>{lines}</p>"));
            }
        }
        whole.html.push('\n');
    }
    whole.html.truncate(whole.html.trim_end().len());
    whole
}

fn attachment(part: &Part, earlier: usize, problems: &mut Problems) -> Attachment {
    if part.kind == "application/ms-tnef" {
        problems.note("winmail.dat (application/ms-tnef) is kept unopened");
    }
    let content_id = part.fields.ids("Content-ID").into_iter().next().or_else(|| {
        let bare = part.fields.raw("Content-ID")?;
        Some(bare.trim_matches(['<', '>']).to_owned()).filter(|id| !id.is_empty())
    });
    let inline = part.disposition.as_deref() != Some("attachment")
        && (part.disposition.is_some() || part.place.related)
        && content_id.is_some();
    Attachment {
        name: file_name(part, earlier + 1),
        kind: part.kind.clone(),
        size: part.bytes.len(),
        inline,
        bytes: part.bytes.clone(),
        content_id,
    }
}

/// The longest file name kept, in bytes.
const MAX_NAME: usize = 200;

fn file_name(part: &Part, number: usize) -> String {
    let given = part.file_name.as_deref().map(clean_name).filter(|name| !name.is_empty());
    given.unwrap_or_else(|| match part.kind.as_str() {
        "message/rfc822" | "message/global" => {
            let (block, _) = super::parts::split_head(&part.bytes);
            let subject = Fields::read(block, &mut Problems::default()).text("Subject");
            let name =
                subject.map(|subject| clean_name(&subject.replace(['/', '\\'], "-"))).filter(|name| !name.is_empty());
            format!("{}.eml", name.unwrap_or_else(|| format!("message-{number}")))
        }
        "message/delivery-status" => "delivery-status.txt".to_owned(),
        "text/rfc822-headers" => "headers.txt".to_owned(),
        "text/calendar" => "invitation.ics".to_owned(),
        "application/ms-tnef" => "winmail.dat".to_owned(),
        kind => format!("attachment-{number}.{}", extension(kind)),
    })
}

/// A file name without folders, control characters and leading dots.
fn clean_name(given: &str) -> String {
    let line = one_line(given);
    let last = line.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|')).collect();
    let kept = kept.trim_start_matches(['.', ' ']).trim_end();
    if kept.len() <= MAX_NAME {
        return kept.to_owned();
    }
    let (stem, extension) = kept.rsplit_once('.').filter(|(_, end)| end.len() <= 10).unwrap_or((kept, ""));
    let stem = &stem[..stem.floor_char_boundary(MAX_NAME - 11)];
    if extension.is_empty() { stem.to_owned() } else { format!("{stem}.{extension}") }
}

fn extension(kind: &str) -> &str {
    match kind {
        "text/plain" => "txt",
        "image/jpeg" => "jpg",
        "image/svg+xml" => "svg",
        kind if kind.starts_with("multipart/") => "bin",
        _ => {
            let subtype = kind.rsplit('/').next().unwrap_or_default();
            let short = subtype.len() <= 5 && subtype.bytes().all(|byte| byte.is_ascii_alphanumeric());
            if short && !subtype.is_empty() { subtype } else { "bin" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::clean_name;

    #[test]
    fn a_file_name_has_no_folders_and_no_tricks() {
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("C:\\temp\\re\u{202e}port.pdf"), "re port.pdf");
        assert_eq!(clean_name("..."), "");
        assert_eq!(clean_name(".htaccess"), "htaccess");
        assert_eq!(clean_name(&format!("{}.pdf", "á".repeat(300))).len(), 188 + 4);
    }
}
