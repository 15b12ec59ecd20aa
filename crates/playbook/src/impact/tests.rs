use std::sync::Arc;

use super::{Impact, Judged, Lesson};
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

const LEARNED: &str =
    "learned: { weights: weights, priority: urgent, because: { en: it reads so, pt: assim parece } }\n";
const WEIGHTS: &str = "language: 1\nimpact: weights\nadds: { always: -10, rule: 4, settled: -100 }\nweights: |\n  \
    6 since\n  7 nobody\n  5 customers\n  4 parcels\n  -20 ?\n  -3 basket ?\n  3 !\n";

fn learned() -> Arc<Impact> {
    let mut files = sample::files(&[]);
    files.insert("impacts/client-business.yaml", format!("{RULES}{LEARNED}settled: false alarm\n"));
    files.insert("impacts/weights.yaml", WEIGHTS);
    let handbook = compile(&files, &sample::registry()).unwrap();
    assert_eq!(handbook.impacts.keys().collect::<Vec<_>>(), ["client-business"], "weights are no rules");
    Arc::clone(&handbook.impacts["client-business"])
}

fn judged(body: &str) -> Option<String> {
    let weight = learned().weigh("", body)?;
    Some(format!("{} {}: {} ({})", weight.priority, weight.rule, weight.by, weight.place.line))
}

#[test]
fn a_rule_that_fits_is_one_weight_among_others() {
    assert_eq!(judged("The checkout is not working"), None, "8 are less than 10");
    let expected = Some("urgent checkout: checkout … not work* (6)".to_owned());
    assert_eq!(judged("The checkout is not working since noon"), expected);
    assert_eq!(judged("The checkout is not working!"), expected);
    assert_eq!(judged("The checkout is not working since noon. What could it be?"), None, "questions take away");
    assert_eq!(judged("The checkout is not working since noon, nobody buys. False alarm"), None);
}

#[test]
fn in_a_long_message_each_reason_counts_less() {
    let padded = |count| format!("The checkout is not working since noon, {}", "and so on ".repeat(count));
    assert!(judged(&padded(0)).is_some(), "8 and 6 are more than 10");
    assert_eq!(judged(&padded(11)), None, "in forty words the rule adds 4");
    let words = |count| format!("Since noon nobody buys, {}", "and so on ".repeat(count));
    assert!(judged(&words(25)).is_some(), "13 in eighty words");
    assert_eq!(judged(&words(35)), None, "13 in 109 words are 9");
}

#[test]
fn what_weighs_without_a_rule_is_named_by_what_it_is_about() {
    assert_eq!(judged("Since noon nobody fills a basket").as_deref(), Some("urgent checkout: nobody, since (9)"));
    let body =
        "The basket is fine. Nobody finds anything in the search, customers complain, no parcels left since then.";
    assert_eq!(
        judged(body).as_deref(),
        Some("urgent checkout: nobody, since, customers (9)"),
        "the search is not urgent"
    );
    assert_eq!(
        judged("Customers get no parcels since noon").as_deref(),
        Some("urgent learned: since, customers, parcels (9)")
    );
    assert_eq!(learned().because("learned").map(|because| because.text("pt")), Some("assim parece"));
    assert_eq!(learned().because("shop").map(|because| because.text("en")), Some("nothing can be bought"));
}

#[test]
fn rules_of_other_priorities_need_no_weights() {
    assert_eq!(judged("The search finds nothing").as_deref(), Some("high search: search … finds nothing (7)"));
    let body = "The search finds nothing. Nobody can buy, since noon.";
    assert_eq!(judged(body).as_deref(), Some("urgent shop: nobody can buy (8)"), "the weightier one");
}

#[test]
fn the_same_lessons_teach_the_same_and_what_they_teach_is_a_file() {
    let lesson = |subject, body, is_urgent| Lesson { subject, body, is_urgent, is_known: false };
    let urgent =
        ["Orders stopped", "No orders since noon", "Where are my orders? They stopped", "Orders stopped again"];
    let others = ["Thanks for the pictures", "When are the pictures there?", "New pictures", "Pictures, please"];
    let lessons = [urgent.map(|body| lesson("", body, true)), others.map(|body| lesson("", body, false))];
    let lessons = lessons.concat().repeat(200);
    let file = learned().learn("weights", &lessons);
    assert_eq!(file, learned().learn("weights", &lessons));
    let mut files = sample::files(&[]);
    files.insert("impacts/client-business.yaml", format!("{RULES}{LEARNED}"));
    files.insert("impacts/weights.yaml", file);
    let handbook = compile(&files, &sample::registry()).unwrap();
    let is_urgent = |body| handbook.impacts["client-business"].weigh("", body).is_some();
    assert!(is_urgent("The orders stopped on Monday") && !is_urgent("The pictures are nice"));
    assert!(learned().learn("weights", &[]).contains("\nweights: |\n"), "nothing teaches nothing");
}

#[test]
fn what_is_learnt_is_tried_on_messages_that_it_was_not_learnt_from() {
    let lesson = |body, is_urgent| Lesson { subject: "", body, is_urgent, is_known: false };
    let lessons = [lesson("The orders stopped since noon", true), lesson("Here are the pictures, thanks", false)];
    let lessons = lessons.repeat(300);
    let impact = learned();
    assert_eq!(impact.weights(), Some("weights"));
    let all_right = Judged { urgent: 300, missed: 0, called: 300, wrongly: 0 };
    assert_eq!(impact.try_out(&[], &lessons), all_right);
    assert_eq!(impact.judge(&lessons), Judged { urgent: 300, missed: 300, called: 0, wrongly: 0 }, "by those it has");
    let upside_down: Vec<Lesson<'_>> =
        lessons.iter().map(|lesson| Lesson { is_urgent: !lesson.is_urgent, ..*lesson }).collect::<Vec<_>>().repeat(3);
    assert_eq!(impact.try_out(&upside_down, &lessons).missed, 300, "others teach too");
    assert_eq!(impact.try_out(&lessons, &[]), Judged::default());
}

#[test]
fn what_stands_below_every_mail_is_not_weighed() {
    let mut files = sample::files(&[]);
    files.insert("impacts/client-business.yaml", format!("{RULES}foot: intended recipient\n"));
    let impact = Arc::clone(&compile(&files, &sample::registry()).unwrap().impacts["client-business"]);
    let foot = "If you are not the intended recipient, do not read it. We are not liable when the checkout is down.";
    assert_eq!(impact.weigh("Pictures", &format!("Here are the pictures.\n\n{foot}")), None);
    assert!(impact.weigh("Checkout down", &format!("It is the whole shop.\n\n{foot}")).is_some());
    assert!(impact.weigh("Intended recipient of the checkout is down", "").is_some(), "the subject is no foot");
}
