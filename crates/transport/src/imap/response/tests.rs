use super::*;

fn told(line: &str) -> Option<Response> {
    let mut tokens = Vec::new();
    tokenize(line.as_bytes(), &mut tokens)?;
    untagged(tokens)
}

#[test]
fn a_mail_is_read_whatever_stands_beside_what_was_asked_for() {
    let line = r#"7 FETCH (FLAGS (\Seen $Label "x y") UID 12 RFC822.SIZE 44827 X-GM-LABELS (("\\a") b) INTERNALDATE "17-Jul-1996 02:44:25 -0700" BODY[HEADER.FIELDS (TO CC)] NIL BODY[] "hi \"you\"")"#;
    let Some(Response::Fetch(item)) = told(line) else { panic!("{line}") };
    assert_eq!((item.uid, item.size), (Some(12), Some(44827)));
    assert_eq!(item.received_at, Some("1996-07-17T09:44:25Z".parse().unwrap()));
    assert_eq!(item.body.unwrap().bytes, b"hi \"you\"");
}

#[test]
fn a_day_before_the_tenth_may_begin_with_a_space() {
    assert_eq!(internal_date(b" 7-Feb-1994 21:52:25 +0000"), Some("1994-02-07T21:52:25Z".parse().unwrap()));
    assert_eq!(internal_date(b"tomorrow"), None);
}

#[test]
fn a_number_that_is_none_makes_the_answer_none() {
    for line in [
        "-1 EXISTS",
        "99999999999 EXISTS",
        "1 FETCH (UID -5)",
        "1 FETCH (UID 0)",
        "1 FETCH (UID 4294967296)",
        "1 FETCH (UID +5)",
        "1 FETCH (UID 5 RFC822.SIZE -1)",
        "1 FETCH (UID 5 RFC822.SIZE 99999999999999999999999)",
        "1 FETCH (UID 5",
        "1 FETCH (UID 5 FLAGS (a (b)",
        "1 FETCH",
        "",
    ] {
        assert_eq!(told(line), None, "{line}");
    }
    assert_eq!(told("23 EXISTS"), Some(Response::Exists(23)));
    assert_eq!(told("FLAGS (\\Seen)"), Some(Response::Other));
}

#[test]
fn a_status_has_its_code_and_its_words() {
    let status = status(b"NO [alert] Go to https://mail.example/").unwrap();
    assert_eq!((status.condition, status.code), (Condition::No, Some(("ALERT".to_owned(), String::new()))));
    let validity = super::status(b"OK [UIDVALIDITY 3857529045] UIDs valid").unwrap();
    assert_eq!(validity.code, Some(("UIDVALIDITY".to_owned(), "3857529045".to_owned())));
    assert!(super::status(b"CAPABILITY IMAP4rev1").is_none());
}

#[test]
fn folders_are_listed_with_their_attributes() {
    let listed = told(r#"LIST (\HasNoChildren \Trash) "/" "Deleted Items""#);
    let attributes = vec!["\\HasNoChildren".to_owned(), "\\Trash".to_owned()];
    assert_eq!(listed, Some(Response::List(attributes, b"Deleted Items".to_vec())));
    assert_eq!(told("LIST () NIL INBOX"), Some(Response::List(Vec::new(), b"INBOX".to_vec())));
}

#[test]
fn the_announcement_of_a_literal_is_told_from_text() {
    assert_eq!(announced(b"1 FETCH (BODY[] {12}"), (b"1 FETCH (BODY[] ".as_slice(), Some(Some(12))));
    assert_eq!(announced(b"a {12+}"), (b"a ".as_slice(), Some(Some(12))));
    assert_eq!(announced(b"a {-1}"), (b"a ".as_slice(), Some(None)));
    assert_eq!(announced(b"a }"), (b"a }".as_slice(), None));
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(line in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
        let mut tokens = Vec::new();
        if tokenize(&line, &mut tokens).is_some() {
            let _ = untagged(tokens);
        }
        let _ = (status(&line), announced(&line));
    }

    #[test]
    fn any_words_of_the_language_are_read_or_refused(words in proptest::collection::vec(
        proptest::sample::select(vec!["1", "FETCH", "(", ")", "UID", "\"", "BODY[]", "BODY[", "LIST", "NIL", "-3", "\\", " "]), 0..30)
    ) {
        let line = words.concat();
        let _ = told(&line);
    }
}
