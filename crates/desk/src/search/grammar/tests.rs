use proptest::prelude::*;

use super::*;

fn term(is_not: bool, what: What) -> Term {
    Term { is_not, what }
}

fn operator(operator: Operator, value: &str) -> What {
    What::Operator(operator, value.to_owned())
}

fn word(text: &str) -> What {
    What::Word(text.to_owned())
}

fn terms(text: &str) -> Vec<Term> {
    Typed::read(text).terms
}

#[test]
fn words_exact_words_numbers_and_operators_are_told_apart() {
    let read = terms(r#"is:open from:maria -printer "exact words" org:"Acme  Ltda" #1042 -tag:old -"not this""#);
    let expected = [
        term(false, operator(Operator::Is, "open")),
        term(false, operator(Operator::From, "maria")),
        term(true, word("printer")),
        term(false, What::Phrase("exact words".to_owned())),
        term(false, operator(Operator::Organization, "Acme Ltda")),
        term(false, What::Number(1042)),
        term(true, operator(Operator::Tag, "old")),
        term(true, What::Phrase("not this".to_owned())),
    ];
    assert_eq!(read, expected);
}

#[test]
fn operators_are_known_in_capitals_by_other_names_and_in_portuguese() {
    for (text, expected, value) in [
        ("IS:Open", Operator::Is, "Open"),
        ("to:ana", Operator::Assignee, "ana"),
        ("company:acme", Operator::Organization, "acme"),
        ("empresa:acme", Operator::Organization, "acme"),
        ("responsável:me", Operator::Assignee, "me"),
        ("since:7d", Operator::After, "7d"),
    ] {
        assert_eq!(terms(text), [term(false, operator(expected, value))], "{text}");
    }
    assert_eq!(Operator::Is.value("Abertos"), Some("open"));
    assert_eq!((Operator::Has.value("anexos"), Operator::Priority.value("open")), (Some("attachment"), None));
}

#[test]
fn what_people_paste_is_no_operator() {
    for text in ["https://acme.example/a?b=c", "12:30", "Re:", "C:\\files", "a1:b", "::", "urn:"] {
        let read = terms(text);
        assert!(read.iter().all(|term| matches!(term.what, What::Word(_) | What::Unknown { .. })), "{text}: {read:?}");
    }
    assert_eq!(terms("Re: logo"), [term(false, word("Re:")), term(false, word("logo"))]);
    assert_eq!(terms(r#"x:"""#), [term(false, word("x:"))]);
}

#[test]
fn a_name_that_is_nearly_an_operator_has_it_for_its_nearest() {
    for (name, meant) in [
        ("form", Some(Operator::From)),
        ("asignee", Some(Operator::Assignee)),
        ("befor", Some(Operator::Before)),
        ("colour", None),
    ] {
        assert_eq!((Operator::named(name), Operator::nearest(name)), (None, meant), "{name}");
    }
    assert_eq!(Operator::Is.nearest_value("opne"), Some("open"));
}

#[test]
fn every_operator_is_found_by_each_of_its_names_and_by_no_other() {
    let all: Vec<Operator> = Operator::all().collect();
    for operator in &all {
        assert_eq!(Operator::named(operator.name()), Some(*operator));
        assert!(operator.values().iter().all(|value| operator.value(value) == Some(*value)));
    }
    assert_eq!(all.len(), 15);
}

#[test]
fn only_a_word_at_the_very_end_may_go_on() {
    for (text, is_begun) in [
        ("logo exp", true),
        ("exp ", false),
        ("exp is:open", false),
        ("\"exp\"", false),
        ("-exp", false),
        ("exp -", false),
        ("#10", false),
    ] {
        assert_eq!(Typed::read(text).is_begun, is_begun, "{text}");
    }
}

#[test]
fn a_term_that_is_taken_away_leaves_the_others_as_they_were() {
    let typed = Typed::read("logo is:open org:\"Acme Ltda\"");
    assert_eq!(typed.without(1).to_string(), "logo org:\"Acme Ltda\"");
    assert_eq!(typed.without(0).to_string(), "is:open org:\"Acme Ltda\"");
    assert_eq!(typed.without(2).to_string(), "logo is:open");
    assert_eq!(typed.without(7).terms, typed.terms);
    assert_eq!(Typed::read("is:open exp").without(0).to_string(), "exp ");
}

proptest! {
    #[test]
    fn whatever_is_typed_is_read_and_reads_the_same_once_it_is_written(
        text in prop_oneof![
            "\\PC{0,60}",
            ".{0,40}",
            "((is|from|org|colour|Re|http|é):|-|#|\"|open|12|Acme Ltda|//| |é|\u{3000}){0,14}",
        ]
    ) {
        let typed = Typed::read(&text);
        let written = typed.to_string();
        prop_assert_eq!(Typed::read(&written), typed, "{:?} was written as {:?}", text, written);
    }

    #[test]
    fn every_word_that_is_typed_is_in_some_term(text in "[a-z\"#:\\- ]{0,40}") {
        let written = Typed::read(&text).to_string();
        let (typed, kept) = (fold::words(&text), fold::words(&written));
        prop_assert!(kept.len() >= typed.len(), "{:?} lost words as {:?}", text, written);
    }
}
