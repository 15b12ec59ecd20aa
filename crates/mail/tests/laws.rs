//! What holds for any mail.

use std::fmt::Write as _;

use jiff::Timestamp;
use mail::{Address, Body, File, Key, Outgoing, ReplyToken, parse};
use proptest::prelude::*;

/// A subject or name as it must come back: one line, single spaces, no control characters.
fn one_line(text: &str) -> Option<String> {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let shown: String = text.chars().map(|c| if hidden(c) { ' ' } else { c }).collect();
    Some(shown.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|line| !line.is_empty())
}

fn outgoing(name: &str, subject: &str, body: &str) -> Outgoing {
    let from = Address::new(Some("Desk"), "help@desk.example");
    let to = Address { name: Some(name.to_owned()), address: "maria@acme.example".to_owned() };
    Outgoing::new(from, to, subject, Body::Markdown(body.to_owned()), "run-1.0@desk.example", Timestamp::UNIX_EPOCH)
}

fn header_names(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw);
    let head = text.split("\r\n\r\n").next().unwrap_or_default();
    let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
    lines.filter_map(|line| line.split_once(':').map(|(name, _)| name.to_owned())).collect()
}

fn pieces_of_mail() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(&b"From: a@b.example\r\n"[..]),
        Just(&b"Content-Type: multipart/mixed; boundary=b\r\n"[..]),
        Just(&b"Content-Type: message/rfc822\r\n"[..]),
        Just(&b"Content-Type: text/html; charset=utf-16\r\n"[..]),
        Just(&b"Content-Type: message/delivery-status\r\n"[..]),
        Just(&b"Content-Transfer-Encoding: base64\r\n"[..]),
        Just(&b"Content-Transfer-Encoding: quoted-printable\r\n"[..]),
        Just(&b"Subject: =?utf-8?B?4pyT?= =?x?Q?=?=\r\n"[..]),
        Just(&b"\r\n"[..]),
        Just(&b"--b\r\n"[..]),
        Just(&b"--b--\r\n"[..]),
        Just(&b"=E4=\n<div>&amp;<blockquote>"[..]),
        Just(&b"\xff\x00 >\t"[..]),
    ];
    prop::collection::vec(
        prop_oneof![3 => piece.prop_map(<[u8]>::to_vec), 1 => prop::collection::vec(any::<u8>(), 0..20)],
        0..40,
    )
    .prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes_are_read_within_bounds(raw in prop_oneof![prop::collection::vec(any::<u8>(), 0..2000), pieces_of_mail()]) {
        let mail = parse(&raw);
        // What is taken out of attached mails and the like doubles a mail at most.
        prop_assert!(mail.attachments.iter().map(|file| file.size).sum::<usize>() <= raw.len() * 2);
        prop_assert!(mail.attachments.len() <= 2 * mail::incoming::MAX_PARTS);
        prop_assert!(mail.problems.len() <= 50);
        prop_assert_eq!(mail.auto_submitted, mail.auto_kind.is_some());
        prop_assert_eq!(mail.reply.is_some(), mail.text.is_some());
        prop_assert_eq!(parse(&raw), mail);
    }

    #[test]
    fn any_subject_and_name_come_back_and_add_no_field(subject: String, name: String, body in "[ -~\n]{0,200}") {
        let raw = outgoing(&name, &subject, &body).build().unwrap();
        let mail = parse(&raw);
        prop_assert_eq!(&mail.subject, &one_line(&subject));
        prop_assert_eq!(&mail.to, &[Address { name: one_line(&name), address: "maria@acme.example".to_owned() }]);
        prop_assert_eq!(header_names(&raw), ["From", "Subject", "Message-ID", "Date", "To", "MIME-Version", "Content-Type"]);
        prop_assert!(mail.problems.iter().all(|problem| problem == "no Subject"), "{:?}", mail.problems);
    }

    #[test]
    fn any_file_comes_back_byte_for_byte(bytes in prop::collection::vec(any::<u8>(), 0..300), text: bool, inline: bool) {
        let kind = if text { "text/plain" } else { "application/pdf" };
        let content_id = inline.then(|| "file@desk.example".to_owned());
        let mut letter = outgoing("Maria", "File", "see file");
        letter.files.push(File { name: "relatório 1.txt".to_owned(), kind: kind.to_owned(), bytes: bytes.clone(), content_id });
        let mail = parse(&letter.build().unwrap());
        let [file] = &mail.attachments[..] else { panic!("{:?}", mail.attachments) };
        prop_assert_eq!((&file.bytes, &*file.name, &*file.kind, file.inline), (&bytes, "relatório 1.txt", kind, inline));
    }
}

#[test]
fn a_text_that_stands_in_the_body_keeps_the_ends_of_its_lines() {
    let mut letter = outgoing("Maria", "File", "see file");
    let file = File {
        name: "log.txt".to_owned(),
        kind: "text/plain".to_owned(),
        bytes: b"one\ntwo\r\n".to_vec(),
        content_id: Some("log@desk.example".to_owned()),
    };
    letter.files.push(file);
    let mail = parse(&letter.build().unwrap());
    assert_eq!(mail.attachments.iter().map(|file| &file.bytes[..]).collect::<Vec<_>>(), [b"one\ntwo\r\n"]);
}

#[test]
fn the_token_of_an_outgoing_mail_is_found_in_its_answer() {
    let key = Key::new(&[3; 32]);
    let token = ReplyToken { ticket: 11, contact: 22 };
    let mut letter = outgoing("Maria", "Documents", "Hello **Maria**,\nplease test.");
    letter.token = Some(token.sign(&key));
    letter.automatic = true;
    let raw = letter.build().unwrap();
    assert_eq!(raw, letter.build().unwrap());
    let sent = parse(&raw);
    assert_eq!(sent.text.as_deref().map(|text| text.starts_with("Hello Maria,\nplease test.\n\n[ref:")), Some(true));
    assert_eq!(sent.auto_kind, Some(mail::AutoKind::Notification));
    assert!(header_names(&raw).contains(&"X-Auto-Response-Suppress".to_owned()));
    assert_eq!(sent.evidence().tokens, [token.sign(&key)]);
    assert!(sent.answer_to().unwrap().address.starts_with("help+t."));
    assert_eq!(sent.reply.as_deref(), Some("Hello Maria,\nplease test."));
}

#[test]
fn a_mail_to_nobody_or_to_no_address_is_not_written() {
    let mut letter = outgoing("Maria", "Hello", "Hello");
    letter.cc = vec![Address::bare("eve@evil.example\r\nBcc: all@acme.example")];
    assert!(matches!(letter.build(), Err(mail::Unsendable::Address(_))));
    (letter.to, letter.cc) = (vec![], vec![]);
    assert_eq!(letter.build(), Err(mail::Unsendable::NoRecipient));
}

#[test]
fn hostile_ids_and_types_stay_in_their_place() {
    let mut letter = outgoing("Maria", "Hello", "Hello");
    letter.in_reply_to = Some("a@b>\r\nBcc: eve@evil.example".to_owned());
    letter.references = (0..200).map(|n| format!("{n}@acme.example\r\nX-Evil: 1")).collect();
    letter.unsubscribe = Some("https://desk.example/u>\r\nX-Evil: 1".to_owned());
    letter.files.push(File {
        name: "a\r\nX-Evil: 1".to_owned(),
        kind: "text/x\r\nX-Evil: 1".to_owned(),
        bytes: vec![1],
        content_id: None,
    });
    let raw = letter.build().unwrap();
    assert!(header_names(&raw).iter().all(|name| !name.contains("Evil") && name != "Bcc"), "{:?}", header_names(&raw));
    assert!(parse(&raw).references.len() <= 30);
}

#[test]
fn nests_and_crowds_of_parts_are_bounded() {
    let mut nest = String::from("From: a@b.example\r\n");
    for _ in 0..20_000 {
        nest.push_str("Content-Type: message/rfc822\r\n\r\n");
    }
    assert!(parse(nest.as_bytes()).attachments.len() <= 6, "mails within mails are opened a few levels deep");
    let mut crowd = String::from("From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n");
    for number in 0..5_000 {
        let _ = write!(crowd, "--b\r\nContent-Type: application/x-{number}\r\n\r\nx\r\n");
    }
    let mail = parse(crowd.as_bytes());
    assert!(mail.attachments.len() < 1_000, "{}", mail.attachments.len());
    assert!(mail.problems.iter().any(|problem| problem.contains("more than 1000 parts")), "{:?}", mail.problems);
}

#[test]
fn a_reader_can_leave_a_list_by_one_request() {
    let mut letter = outgoing("Maria", "News", "Hello");
    letter.unsubscribe = Some("https://desk.example/leave/1".to_owned());
    let raw = String::from_utf8(letter.build().unwrap()).unwrap();
    assert!(raw.contains("\r\nList-Unsubscribe: <https://desk.example/leave/1>\r\n"), "{raw}");
    assert!(raw.contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{raw}");
}

#[test]
fn an_answer_of_ours_names_its_parent_and_is_marked_as_automatic() {
    let mut letter = outgoing("Maria", "Re: Hello", "We have your mail.");
    (letter.in_reply_to, letter.automatic) = (Some("m-1@acme.example".to_owned()), true);
    let sent = parse(&letter.build().unwrap());
    let parent = ["m-1@acme.example".to_owned()];
    assert_eq!((&sent.in_reply_to[..], &sent.references[..]), (&parent[..], &parent[..]));
    assert_eq!(sent.auto_kind, Some(mail::AutoKind::AutoReply));
}

#[test]
fn mails_made_to_be_slow_are_read_at_once() {
    let many = |piece: &str| piece.repeat(250_000 / piece.len());
    let head = "From: a@b.example\r\nSubject: x\r\n";
    let html = format!("{head}Content-Type: text/html\r\n\r\n");
    let mut mails: Vec<String> = ["(", "a@b.example,", "g:", "\"\\\"", "=?utf-8?q?"]
        .map(|piece| format!("From: {}\r\n\r\nx", many(piece)))
        .into();
    mails.extend(["=?utf-8?q?", "=?utf-8?b?YQ==?= "].map(|piece| format!("Subject: {}\r\n\r\nx", many(piece))));
    mails.extend(["<a@b> ", "<", "a@b "].map(|piece| format!("References: {}\r\n\r\nx", many(piece))));
    mails.extend(
        ["; name*0*=a", "; a=b", ";\""].map(|piece| format!("Content-Type: text/plain{}\r\n\r\nx", many(piece))),
    );
    let lines = ["--\n", "[ref:", "On 1 wrote:\n", "On 1\n\n", "On 1\n", "a 1:\n", "____________\n", "From: a\n", "> "];
    mails.extend(lines.map(|piece| format!("{head}\r\n{}", many(piece))));
    let tags = [
        "<div>",
        "<!--",
        "<a><b><p>",
        "<b a' =\"",
        "</script <style></",
        "<table><tr><td><li>",
        "<blockquote>x",
        "<br>",
        "&",
    ];
    mails.extend(tags.map(|piece| format!("{html}{}", many(piece))));
    mails.push(many("Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n"));
    for raw in mails {
        // Work that grows with the square of these, or a stack that grows with them, ends this test by itself.
        let mail = parse(raw.as_bytes());
        assert!(mail.text.is_none_or(|text| text.len() <= raw.len() * 12));
    }
}
