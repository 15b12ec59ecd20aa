//! Mail that says another mail was not delivered: delivery status notifications (RFC 3464) and the free texts of older
//! mail servers.

use serde::Serialize;

use crate::address;
use crate::automatic::has_null_return_path;
use crate::header_text::one_line;
use crate::incoming::{Fields, Incoming, Part};
use crate::message_id;

/// What could not be delivered, to whom, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Bounce {
    /// The address that was not reached.
    pub recipient: Option<String>,
    /// The enhanced status code (RFC 3463), for instance `5.1.1`.
    pub status: Option<String>,
    /// Whether trying again is useless: the status begins with 5.
    pub hard: bool,
    /// What the other server said, on one line.
    pub reason: Option<String>,
    /// The Message-ID of the mail that bounced.
    pub original_message_id: Option<String>,
}

/// The longest reason that is kept, in bytes.
const MAX_REASON: usize = 500;
/// How far a free text is read for its reason, in bytes; what follows is the mail that bounced.
const MAX_READ: usize = 16 * 1024;

/// Reads a mail as a bounce, if it is one.
pub(crate) fn detect(head: &Fields, leaves: &[Part], mail: &Incoming) -> Option<Bounce> {
    let bounce = match leaves.iter().find(|part| is_status(&part.kind)) {
        Some(part) => from_status(&part.bytes)?,
        None => from_text(head, mail)?,
    };
    Some(Bounce {
        original_message_id: original(leaves).or_else(|| quoted_id(mail)).or_else(|| mail.in_reply_to.first().cloned()),
        ..bounce
    })
}

fn is_status(kind: &str) -> bool {
    matches!(kind, "message/delivery-status" | "message/global-delivery-status")
}

/// Reads the blocks of a delivery status (RFC 3464, section 2). The first failed recipient counts, else the first delayed
/// one; a report of success is no bounce.
fn from_status(status: &[u8]) -> Option<Bounce> {
    let text = String::from_utf8_lossy(status).replace("\r\n", "\n");
    let blocks: Vec<Fields> =
        text.split("\n\n").map(|block| Fields::read(block.as_bytes(), &mut Default::default())).collect();
    let action = |block: &Fields| block.raw("Action").unwrap_or_default().to_ascii_lowercase();
    let failed = blocks.iter().find(|block| action(block).starts_with("failed"));
    let recipient = failed.or_else(|| blocks.iter().find(|block| action(block).starts_with("delayed")))?;

    let reason = recipient.raw("Diagnostic-Code").map(|code| after_type(&code).to_owned());
    let given = recipient.raw("Status").and_then(|status| enhanced_status(&status));
    let status = given
        .or_else(|| reason.as_deref().and_then(enhanced_status))
        .or_else(|| reason.as_deref().and_then(basic_status));
    Some(Bounce {
        recipient: ["Original-Recipient", "Final-Recipient"]
            .iter()
            .filter_map(|name| recipient.raw(name))
            .map(|value| after_type(&value).trim_matches(['<', '>']).to_owned())
            .find(|recipient| address::is_plausible(recipient)),
        hard: status.as_deref().is_some_and(|status| status.starts_with('5')),
        reason: reason.map(|reason| shorten(&reason)).filter(|reason| !reason.is_empty()),
        status,
        original_message_id: None,
    })
}

/// `rfc822; a@b` or `smtp; 550 …` without its type.
fn after_type(value: &str) -> &str {
    value.split_once(';').map_or(value, |(_, rest)| rest).trim()
}

/// Reads a free text: it must come from the mail system itself and either be named a failure or hold a status.
fn from_text(head: &Fields, mail: &Incoming) -> Option<Bounce> {
    let failed = head.raw("X-Failed-Recipients");
    let local = mail.from.as_ref().map(|from| from.local_part().to_lowercase()).unwrap_or_default();
    let by_system = matches!(local.as_str(), "mailer-daemon" | "postmaster" | "mail-daemon");
    let called_failure = is_failure_subject(mail.subject.as_deref().unwrap_or_default());
    // A null return path alone is also that of absence notes, which may hold any number.
    if !by_system && failed.is_none() && !(has_null_return_path(head) && called_failure) {
        return None;
    }
    let text = mail.text.as_deref().unwrap_or_default();
    let text = &text[..text.floor_char_boundary(MAX_READ)];
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let found = lines().find_map(|line| Some((line, enhanced_status(line)?)));
    let found = found.or_else(|| lines().find_map(|line| Some((line, basic_status(line)?))));
    if found.is_none() && failed.is_none() && !called_failure {
        return None;
    }
    let ours: Vec<String> = mail.from.iter().chain(&mail.to).map(crate::Address::key).collect();
    let named = failed
        .as_deref()
        .and_then(|list| list.split([',', ' ']).find(|word| address::is_plausible(word)).map(str::to_owned));
    let status = found.as_ref().map(|(_, status)| status.clone());
    Some(Bounce {
        recipient: named.or_else(|| first_address(text, &ours)),
        hard: status.as_deref().is_some_and(|status| status.starts_with('5')),
        reason: found.map(|(line, _)| shorten(line)),
        status,
        original_message_id: None,
    })
}

fn is_failure_subject(subject: &str) -> bool {
    let subject = subject.to_lowercase();
    [
        "undeliver",
        "delivery status notification",
        "delivery failure",
        "delivery has failed",
        "mail delivery failed",
        "failure notice",
        "returned mail",
        "returned to sender",
        "delivery delayed",
        "could not be delivered",
        "não entregue",
        "nao entregue",
        "falha na entrega",
        "não foi possível entregar",
        "unzustellbar",
        "nicht zugestellt",
        "non remis",
        "échec de la remise",
        "no se puede entregar",
        "no entregado",
    ]
    .iter()
    .any(|sign| subject.contains(sign))
}

/// The first standalone enhanced status code in a text (RFC 3463, section 2): `5.1.1`, not a piece of an IP address.
fn enhanced_status(text: &str) -> Option<String> {
    let words = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    words.map(|word| word.trim_end_matches('.')).find(|word| is_enhanced_status(word)).map(str::to_owned)
}

fn is_enhanced_status(word: &str) -> bool {
    let mut numbers = word.split('.');
    let small = |number: Option<&str>| number.is_some_and(|number| (1..=3).contains(&number.len()));
    matches!(numbers.next(), Some("4" | "5"))
        && small(numbers.next())
        && small(numbers.next())
        && numbers.next().is_none()
}

/// A status made of an SMTP reply code (RFC 5321, section 4.2.1) where a line begins with or tells one: `550` is `5.0.0`.
fn basic_status(line: &str) -> Option<String> {
    let mut words = line.split(|c: char| c.is_whitespace() || matches!(c, ':' | '(' | ')' | '-' | '#'));
    let code = words.find(|word| {
        word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit()) && matches!(word.as_bytes()[0], b'4' | b'5')
    })?;
    let says_so =
        line.starts_with(code) || line.to_lowercase().contains("smtp") || line.to_lowercase().contains("said");
    let class = code.chars().next()?;
    says_so.then(|| format!("{class}.0.0"))
}

fn first_address(text: &str, ours: &[String]) -> Option<String> {
    let words = text
        .split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | '"' | ':' | '[' | ']'));
    let words = words.map(|word| word.trim_matches(['.', '\'', '`', '*']));
    words
        .filter(|word| {
            address::is_plausible(word) && word.rsplit('@').next().is_some_and(|domain| domain.contains('.'))
        })
        .find(|word| !ours.contains(&word.to_lowercase()))
        .map(str::to_owned)
}

/// The id in the returned mail or its headers.
fn original(leaves: &[Part]) -> Option<String> {
    let returned =
        ["message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers", "message/partial"];
    let parts = leaves.iter().filter(|part| returned.contains(&part.kind.as_str()));
    parts.into_iter().find_map(|part| {
        let (block, _) = crate::incoming::split_head(&part.bytes);
        Fields::read(block, &mut Default::default()).ids("Message-ID").into_iter().next()
    })
}

/// The id where a free text quotes the headers of the mail that bounced.
fn quoted_id(mail: &Incoming) -> Option<String> {
    mail.text.as_deref()?.lines().find_map(|line| {
        let line = line.trim_start_matches(['>', ' ', '\t']);
        let name = line.get(..11).filter(|name| name.eq_ignore_ascii_case("message-id:"))?;
        message_id::ids_in(&line[name.len()..]).into_iter().next()
    })
}

fn shorten(text: &str) -> String {
    let line = one_line(text);
    line[..line.floor_char_boundary(MAX_REASON)].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_not_a_piece_of_an_address() {
        assert_eq!(enhanced_status("550-5.1.1 no such user").as_deref(), Some("5.1.1"));
        assert_eq!(enhanced_status("from 5.1.1.9 at 10.5.1.1"), None);
        assert_eq!(enhanced_status("mailbox full (#4.2.2)."), Some("4.2.2".to_owned()));
        assert_eq!(enhanced_status("delivered 2.0.0"), None);
    }

    #[test]
    fn a_reply_code_stands_for_its_class_only_where_a_server_speaks() {
        assert_eq!(basic_status("550 no such user").as_deref(), Some("5.0.0"));
        assert_eq!(basic_status("remote server said: 452 try later").as_deref(), Some("4.0.0"));
        assert_eq!(basic_status("we sold 500 of them"), None);
    }

    #[test]
    fn an_absence_note_with_a_number_in_it_is_no_bounce() {
        let note =
            b"From: Ana <ana@b.example>\r\nReturn-Path: <>\r\nSubject: Automatic reply: x\r\n\r\nVersion 5.1.1.\r\n";
        assert_eq!(crate::parse(note).bounce, None);
    }

    #[test]
    fn a_report_of_success_is_no_bounce() {
        assert_eq!(from_status(b"Reporting-MTA: dns; a\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: delivered\r\nStatus: 2.0.0\r\n"), None);
    }

    #[test]
    fn the_failed_recipient_counts_before_the_delayed() {
        let bounce = from_status(
            b"Reporting-MTA: dns; a\n\nFinal-Recipient: rfc822; slow@b.example\nAction: delayed\nStatus: 4.4.1\n\n\
              Final-Recipient: rfc822; gone@b.example\nAction: failed\nDiagnostic-Code: smtp; 550 5.1.1\n  nobody here\n",
        );
        let bounce = bounce.unwrap();
        assert_eq!(
            (bounce.recipient.as_deref(), bounce.status.as_deref(), bounce.hard),
            (Some("gone@b.example"), Some("5.1.1"), true)
        );
        assert_eq!(bounce.reason.as_deref(), Some("550 5.1.1 nobody here"));
    }
}
