//! Mail that says another mail was not delivered: delivery status notifications (RFC 3464) and the free texts of older
//! mail servers.

mod free_text;
mod report;

use serde::Serialize;

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
    /// Whether the server is still trying: nothing is lost yet.
    pub delayed: bool,
    /// What the other server said, on one line.
    pub reason: Option<String>,
    /// The Message-ID of the mail that bounced.
    pub original_message_id: Option<String>,
    /// The other addresses that were not reached, where one mail went to several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Unreached>,
}

/// One more address that was not reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Unreached {
    /// The address.
    pub recipient: Option<String>,
    /// The enhanced status code.
    pub status: Option<String>,
    /// Whether trying again is useless.
    pub hard: bool,
    /// Whether the server is still trying.
    pub delayed: bool,
    /// What the other server said.
    pub reason: Option<String>,
}

/// The longest reason that is kept, in bytes.
const MAX_REASON: usize = 500;

/// Reads a mail as a bounce, if it is one.
pub(crate) fn detect(head: &Fields, leaves: &[Part], mail: &Incoming) -> Option<Bounce> {
    let bounce = match leaves.iter().find(|part| report::is_one(&part.kind)) {
        Some(part) => report::read(&part.bytes)?,
        None => free_text::read(head, mail)?,
    };
    Some(Bounce {
        original_message_id: original(leaves).or_else(|| quoted_id(mail)).or_else(|| mail.in_reply_to.first().cloned()),
        ..bounce
    })
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

/// The id in the returned mail or its headers.
fn original(leaves: &[Part]) -> Option<String> {
    let returned = [
        "message/rfc822",
        "message/global",
        "text/rfc822-headers",
        "message/rfc822-headers",
        "message/global-headers",
        "message/partial",
    ];
    let parts = leaves.iter().filter(|part| returned.contains(&part.kind.as_str()));
    parts.into_iter().find_map(|part| {
        let (block, _) = crate::incoming::split_head(part.bytes.trim_ascii_start());
        Fields::read(block, &mut Default::default()).ids("Message-ID").into_iter().next()
    })
}

/// The id where a free text quotes the headers of the mail that bounced, on the same line or folded onto the next.
fn quoted_id(mail: &Incoming) -> Option<String> {
    const NAME: &str = "message-id:";
    let mut lines = mail.text.as_deref()?.lines().map(|line| line.trim_start_matches(['>', ' ', '\t', '|'])).peekable();
    while let Some(line) = lines.next() {
        if line.get(..NAME.len()).is_some_and(|name| name.eq_ignore_ascii_case(NAME)) {
            let folded = lines.peek().filter(|_| line[NAME.len()..].trim().is_empty()).copied().unwrap_or_default();
            let id = message_id::ids_in(&format!("{} {folded}", &line[NAME.len()..])).into_iter().next();
            if id.is_some() {
                return id;
            }
        }
    }
    None
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
    fn a_quoted_id_may_stand_on_the_next_line() {
        let mail = Incoming { text: Some("> Message-ID:\n>  <a@b.example>\n".to_owned()), ..Incoming::default() };
        assert_eq!(quoted_id(&mail).as_deref(), Some("a@b.example"));
    }
}
