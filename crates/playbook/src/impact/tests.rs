use crate::{compile, sample};

const RULES: &str = "\
language: 1
impact: client-business
fails: { en: [ not work*, down ], pt: não funcion* }
unless: works again
rules:
  checkout: { priority: urgent, because: { en: the checkout does not work, pt: o checkout não funciona }, what: [ checkout, basket ] }
  search: { priority: high, because: the search does not work, what: search, fails: finds nothing, unless: test shop }
  shop: { priority: urgent, because: nothing can be bought, says: nobody can buy }
";

fn weight(subject: &str, body: &str) -> Option<String> {
    let mut files = sample::files(&[]);
    files.insert("impacts/client-business.yaml", RULES);
    let handbook = compile(&files, &sample::registry()).unwrap();
    let weight = handbook.impacts["client-business"].weigh(subject, body)?;
    Some(format!("{} {}: {} ({})", weight.priority, weight.rule, weight.by, weight.place.line))
}

#[test]
fn what_fails_and_that_it_fails_stand_near_each_other() {
    let expected = Some("urgent checkout: checkout … not work* (6)".to_owned());
    assert_eq!(weight("Checkout not working", ""), expected);
    assert_eq!(weight("Help", "Since noon it is not really working, our checkout."), expected);
    assert_eq!(
        weight("Checkout", "What we wrote about the basket last time is fine, but the pictures are small"),
        None
    );
    let far =
        "The checkout is what we want to talk about on Monday, then the new pictures, then what is not working for you";
    assert_eq!(weight("", far), None);
}

#[test]
fn it_may_be_named_in_one_sentence_and_fail_in_the_next() {
    let expected = Some("urgent checkout: checkout … not work* (6)".to_owned());
    assert_eq!(weight("Checkout", "It is not working."), expected);
    assert_eq!(weight("Checkout", "Hello Ana,\n\nit is not working since noon."), expected);
    assert_eq!(weight("Checkout", "We changed the colours. The slider is not working."), None);
}

#[test]
fn both_languages_are_understood_with_and_without_accents() {
    assert_eq!(
        weight("", "o CHECKOUT nao esta a funcionar").as_deref(),
        Some("urgent checkout: checkout … não funcion* (6)")
    );
}

#[test]
fn what_a_sentence_takes_back_does_not_count() {
    assert_eq!(
        weight("Checkout down", "The checkout works again."),
        weight("Checkout down", ""),
        "another sentence stands"
    );
    assert_eq!(weight("", "The checkout was not working this morning and works again."), None);
    assert_eq!(weight("", "The search finds nothing in the test shop"), None);
}

#[test]
fn the_weightiest_rule_counts_then_the_first() {
    let body = "The search finds nothing. The basket is down. Nobody can buy.";
    assert_eq!(weight("", body).as_deref(), Some("urgent checkout: basket … down (6)"));
    assert_eq!(weight("", "The search finds nothing").as_deref(), Some("high search: search … finds nothing (7)"));
}

#[test]
fn whatever_somebody_writes_is_weighed() {
    let long = "ação ".repeat(1_000_000);
    assert_eq!(weight(&long, &long), None);
    assert_eq!(weight("\u{301}\u{301}", "*.*"), None);
}
