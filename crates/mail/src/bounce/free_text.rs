//! Bounces in free text, as qmail, Exim and many others wrote or write them.

use super::{Bounce, basic_status, enhanced_status, shorten};
use crate::address;
use crate::automatic::has_null_return_path;
use crate::incoming::{Fields, Incoming};

/// How far a free text is read for its reason, in bytes; what follows is the mail that bounced.
const MAX_READ: usize = 16 * 1024;

/// Reads a free text: it must come from the mail system itself, and be named a failure or tell of one.
pub(super) fn read(head: &Fields, mail: &Incoming) -> Option<Bounce> {
    let failed = head.raw("X-Failed-Recipients");
    let called_failure = is_failure_subject(mail.subject.as_deref().unwrap_or_default());
    let text = mail.text.as_deref().unwrap_or_default();
    let text = before_the_copy(&text[..text.floor_char_boundary(MAX_READ)]);
    // A null return path alone is also that of absence notes, which may hold any number; and a postmaster may write a letter.
    let tells = called_failure || failed.is_some() || tells_of_failure(text);
    if !(tells && (is_mail_system(mail) || failed.is_some() || (has_null_return_path(head) && called_failure))) {
        return None;
    }
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let found = lines().find_map(|line| Some((line, enhanced_status(line)?)));
    let found = found.or_else(|| lines().find_map(|line| Some((line, basic_status(line)?))));
    let found = found.or_else(|| lines().find_map(|line| Some((line, spoken_status(line)?.to_owned()))));
    let delayed = is_delay(mail.subject.as_deref().unwrap_or_default(), text);
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
        hard: !delayed && status.as_deref().is_some_and(|status| status.starts_with('5')),
        delayed,
        reason: found.map(|(line, _)| shorten(line)),
        status,
        original_message_id: None,
        others: Vec::new(),
    })
}

fn is_mail_system(mail: &Incoming) -> bool {
    let local = mail.from.as_ref().map(|from| from.local_part().to_lowercase()).unwrap_or_default();
    matches!(
        local.as_str(),
        "mailer-daemon" | "postmaster" | "mail-daemon" | "mailerdaemon" | "mail_daemon" | "maildaemon" | "mmdf"
    ) || local.starts_with("microsoftexchange")
}

/// What stands above the copy of the mail that bounced.
fn before_the_copy(text: &str) -> &str {
    const MARKS: [&str; 5] = [
        "--- below this line is a copy",
        "------ this is a copy of",
        "----- original message",
        "--- original message",
        "original message headers",
    ];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let lower = line.trim_start().to_lowercase();
        if MARKS.iter().any(|mark| lower.starts_with(mark)) {
            return &text[..at];
        }
        at += line.len();
    }
    text
}

/// How mail systems name such a mail, in small letters.
const FAILURE_SUBJECTS: [&str; 34] = [
    "undeliver",
    "delivery status notification",
    "delivery failure",
    "delivery has failed",
    "mail delivery failed",
    "mail delivery failure",
    "mail system error",
    "failure notice",
    "returned mail",
    "returned to sender",
    "delivery delayed",
    "delayed mail",
    "message delayed",
    "could not be delivered",
    "mail could not be",
    "não entregue",
    "nao entregue",
    "não é possível entregar",
    "falha na entrega",
    "não foi possível entregar",
    "entrega falhada",
    "unzustellbar",
    "nicht zustellbar",
    "nicht zugestellt",
    "non remis",
    "non distribuable",
    "échec de la remise",
    "no se puede entregar",
    "no entregado",
    "mancato recapito",
    "non recapitabile",
    "onbestelbaar",
    "nie można dostarczyć",
    "niedostarczon",
];

fn is_failure_subject(subject: &str) -> bool {
    let subject = subject.to_lowercase();
    FAILURE_SUBJECTS.iter().any(|sign| subject.contains(sign)) || subject.contains("配信不能")
}

/// What such a mail says of itself where its subject does not.
fn tells_of_failure(text: &str) -> bool {
    let text = text.to_lowercase();
    [
        "could not be delivered",
        "unable to deliver",
        "wasn't able to deliver",
        "was not delivered",
        "undeliverable",
        "not yet been delivered",
        "delivery to the following",
        "did not reach",
        "could not deliver",
        "não pôde ser entregue",
        "não foi entregue",
        "konnte nicht zugestellt werden",
        "n'a pas pu être remis",
        "no se ha podido entregar",
        "non è stato possibile recapitare",
    ]
    .iter()
    .any(|sign| text.contains(sign))
}

/// Whether the server says that it goes on trying.
fn is_delay(subject: &str, text: &str) -> bool {
    let subject = subject.to_lowercase();
    let text = text.to_lowercase();
    ["delayed", "(delay)", "verzöger", "atraso", "atrasad"].iter().any(|sign| subject.contains(sign))
        || [
            "do not need to resend",
            "no action is required",
            "delivery attempts will continue",
            "will be retried",
            "warning message only",
            "will keep trying",
        ]
        .iter()
        .any(|sign| text.contains(sign))
}

/// A status that is told in words alone.
fn spoken_status(line: &str) -> Option<&'static str> {
    const SPOKEN: [(&str, &str); 20] = [
        ("user unknown", "5.1.1"),
        ("unknown user", "5.1.1"),
        ("no such user", "5.1.1"),
        ("no mailbox here", "5.1.1"),
        ("does not exist", "5.1.1"),
        ("doesn't have an account", "5.1.1"),
        ("unknown address", "5.1.1"),
        ("unrouteable address", "5.1.2"),
        ("unroutable address", "5.1.2"),
        ("host not found", "5.1.2"),
        ("destinatário desconhecido", "5.1.1"),
        ("não existe", "5.1.1"),
        ("empfänger unbekannt", "5.1.1"),
        ("mailbox disabled", "5.2.1"),
        ("account is disabled", "5.2.1"),
        ("mailbox is full", "4.2.2"),
        ("over quota", "4.2.2"),
        ("quota exceeded", "4.2.2"),
        ("message too large", "5.3.4"),
        ("this is a permanent error", "5.0.0"),
    ];
    let line = line.to_lowercase();
    SPOKEN.iter().find(|(words, _)| line.contains(words)).map(|(_, status)| *status)
}

fn first_address(text: &str, ours: &[String]) -> Option<String> {
    let words = text
        .split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | '"' | ':' | '[' | ']'));
    let words = words.map(|word| word.trim_matches(['.', '\'', '`', '*', '‘', '’']));
    words
        .filter(|word| {
            address::is_plausible(word) && word.rsplit('@').next().is_some_and(|domain| domain.contains('.'))
        })
        .find(|word| !ours.contains(&word.to_lowercase()))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use crate::parse;

    #[test]
    fn an_absence_note_with_a_number_in_it_is_no_bounce() {
        let note =
            b"From: Ana <ana@b.example>\r\nReturn-Path: <>\r\nSubject: Automatic reply: x\r\n\r\nVersion 5.1.1.\r\n";
        assert_eq!(parse(note).bounce, None);
    }

    #[test]
    fn a_postmaster_may_write_a_letter() {
        let letter = b"From: postmaster@b.example\r\nSubject: Your server\r\n\r\nIt runs 5.1.1, please upgrade.\r\n";
        assert_eq!(parse(letter).bounce, None);
    }

    #[test]
    fn a_copy_of_our_mail_does_not_speak_for_the_server() {
        let raw = b"From: MAILER-DAEMON@b.example\r\nTo: help@desk.example\r\nSubject: failure notice\r\n\r\n\
            Sorry, no mailbox here by that name.\r\n<bo@b.example>\r\n\r\n--- Below this line is a copy of the message.\r\n\r\n\
            Message-ID: <out-1@desk.example>\r\n\r\nSee version 4.2.1 by eve@c.example\r\n";
        let bounce = parse(raw).bounce.unwrap();
        assert_eq!((bounce.status.as_deref(), bounce.recipient.as_deref()), (Some("5.1.1"), Some("bo@b.example")));
        assert_eq!(bounce.original_message_id.as_deref(), Some("out-1@desk.example"));
    }
}
