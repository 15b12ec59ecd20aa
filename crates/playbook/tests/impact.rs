//! The default handbook's impact, held against messages that people judged, in `bench/labelled`. Those marked `tune` were looked at
//! while the rules were written; from them, those marked `learn`, `more` and `plain` the weights are learnt. Those marked `held` nobody
//! looked at, and `near` are those that say nearly the same as one of these.

#![allow(clippy::expect_used, reason = "a failed expectation is a failed test")]

use std::collections::BTreeSet;

use playbook::{Files, Impact, Lesson, schema_documents};
use serde_json::Value;

const LABELLED: [&str; 5] = [
    include_str!("../../../bench/labelled/impact.yaml"),
    include_str!("../../../bench/labelled/impact-harder.yaml"),
    include_str!("../../../bench/labelled/impact-more.yaml"),
    include_str!("../../../bench/labelled/impact-later.yaml"),
    include_str!("../../../bench/labelled/impact-texts.yaml"),
];
const RULES: &str = include_str!("../../../handbook/impacts/client-business.yaml");
const WEIGHTS: &str = include_str!("../../../handbook/impacts/client-business-weights.yaml");
/// What there is before anything is learnt.
const NOTHING: &str = "language: 1\nimpact: client-business-weights\nadds: {}\nweights: ''\n";
/// How many parts the messages are cut into: what is learnt from all others judges one.
const PARTS: usize = 5;

/// A message that people judged.
struct Message {
    id: String,
    split: String,
    subject: String,
    body: String,
    is_urgent: bool,
}

impl Message {
    fn lesson(&self) -> Lesson<'_> {
        let Self { split, subject, body, is_urgent, .. } = self;
        Lesson { subject, body, is_urgent: *is_urgent, is_known: split == "tune" || split == "more" }
    }

    /// Whether it was written last, when there were weights already.
    fn is_late(&self) -> bool {
        self.id.starts_with("z-")
    }

    /// The part that it belongs to, with its neighbours: one may answer the other.
    fn part(&self) -> usize {
        let number = self.id.rsplit('-').next().and_then(|number| number.parse::<usize>().ok());
        number.expect("an id ends in a number") / 4 % PARTS
    }

    /// The words of at least four letters.
    fn words(&self) -> BTreeSet<String> {
        let text = format!("{} {}", self.subject, self.body).to_lowercase();
        text.split(|sign: char| !sign.is_alphabetic()).filter(|word| word.len() > 3).map(str::to_owned).collect()
    }
}

/// The messages of these splits.
fn messages(splits: &[&str]) -> Vec<Message> {
    let documents = LABELLED.map(|text| schema_documents("impact.yaml", text).expect("the messages are YAML"));
    let read = documents.iter().flatten().flat_map(|list| list.as_array().into_iter().flatten()).map(|message| {
        let text = |key: &str| message[key].as_str().expect("a message has all its keys").to_owned();
        let (id, split, subject, body) = (text("id"), text("split"), text("subject"), text("body"));
        Message { id, split, subject, body, is_urgent: message["urgent"] == Value::Bool(true) }
    });
    read.filter(|message| splits.contains(&message.split.as_str())).collect()
}

fn impact(rules: &str, weights: &str) -> Impact {
    let mut files = Files::default();
    files.insert("impacts/client-business.yaml", rules);
    files.insert("impacts/client-business-weights.yaml", weights);
    files.insert("desk.yaml", "language: 1\ndesk: Support\nzone: UTC\nlanguages: [ en, pt ]\n");
    let last_resort = "language: 1\nplaybook: general-request\ntitle: { en: A, pt: A }\nopens: [ mail ]\ninitial: done\nstates: { done: { type: final } }\n";
    files.insert("playbooks/general-request.yaml", last_resort);
    let handbook = playbook::compile(&files, &playbook::Registry::new()).expect("the rules are sound");
    handbook.impacts["client-business"].as_ref().clone()
}

/// How many are urgent, how many of these were missed, how many were called urgent, how many of these wrongly.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Score {
    urgent: usize,
    missed: usize,
    called: usize,
    wrongly: usize,
}

impl Score {
    fn count(&mut self, impact: &Impact, message: &Message) {
        let weight = impact.weigh(&message.subject, &message.body);
        let is_called = weight.as_ref().is_some_and(|weight| weight.priority == "urgent");
        self.urgent += usize::from(message.is_urgent);
        self.missed += usize::from(message.is_urgent && !is_called);
        self.called += usize::from(is_called);
        self.wrongly += usize::from(is_called && !message.is_urgent);
    }

    fn of(impact: &Impact, messages: &[Message]) -> Self {
        let mut score = Self::default();
        messages.iter().for_each(|message| score.count(impact, message));
        score
    }

    /// Whether at most so many of a hundred are missed, and so many called urgent wrongly.
    fn is_within(self, missed: usize, wrongly: usize) -> bool {
        self.missed * 100 <= self.urgent * missed && self.wrongly * 100 <= self.called * wrongly
    }
}

#[test]
fn the_weights_are_those_that_the_messages_teach() {
    let lessons = messages(&["tune", "learn", "more", "plain"]);
    let lessons: Vec<Lesson<'_>> = lessons.iter().map(Message::lesson).collect();
    let learnt = impact(RULES, NOTHING).learn("client-business-weights", &lessons);
    if std::env::var_os("DESKHAND_WRITE_DOCS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../handbook/impacts/client-business-weights.yaml");
        std::fs::write(path, &learnt).expect("the file can be written");
        return;
    }
    let (here, there): (BTreeSet<&str>, BTreeSet<&str>) = (WEIGHTS.lines().collect(), learnt.lines().collect());
    let others = here.symmetric_difference(&there).count();
    assert!(others * 100 < here.len(), "{others} lines are others: write them with DESKHAND_WRITE_DOCS=1");
    assert!(WEIGHTS.len() < 200 * 1024, "{} bytes", WEIGHTS.len());
}

/// What the figures of `bench/README.md` say; better is welcome, worse is not.
#[test]
fn h6_what_is_learnt_from_some_messages_judges_others() {
    let (all, more) = (messages(&["tune", "learn"]), messages(&["more", "plain"]));
    let [mut tune, mut learn, mut late] = [Score::default(); 3];
    for part in 0..PARTS {
        let lessons: Vec<Lesson<'_>> =
            all.iter().filter(|message| message.part() != part).chain(&more).map(Message::lesson).collect();
        let learnt = impact(RULES, &impact(RULES, NOTHING).learn("client-business-weights", &lessons));
        for message in all.iter().filter(|message| message.part() == part) {
            let score = match message.split.as_str() {
                "tune" => &mut tune,
                _ if message.is_late() => &mut late,
                _ => &mut learn,
            };
            score.count(&learnt, message);
        }
    }
    println!("messages that the rules were written by: {tune:?}\nothers: {learn:?}\nthe last: {late:?}");
    assert!(tune.is_within(4, 5), "{tune:?}");
    assert!(learn.is_within(6, 14), "{learn:?}");
    assert!(late.is_within(11, 27), "{late:?}");
}

/// Their texts are not shown, so that nobody writes rules for them.
#[test]
fn h6_messages_that_nobody_looked_at_are_judged_nearly_as_well() {
    let impact = impact(RULES, WEIGHTS);
    let (late, first): (Vec<Message>, Vec<Message>) = messages(&["held"]).into_iter().partition(Message::is_late);
    let [first, late] = [first, late].map(|messages| Score::of(&impact, &messages));
    println!("{first:?}\nthe last: {late:?}");
    assert!(first.is_within(5, 15), "{first:?}");
    assert!(late.is_within(12, 30), "{late:?}");
}

/// Nothing is learnt from the pages of `docs/handbook`, which are full of what fails.
#[test]
fn h6_what_only_tells_of_failures_is_seldom_urgent() {
    let folder =
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/handbook")).expect("there is a folder");
    let pages = folder.map(|page| std::fs::read_to_string(page.expect("it is read").path()).expect("it is a text"));
    let text = pages.collect::<Vec<_>>().join("\n\n");
    let paragraphs: Vec<&str> = text.split("\n\n").filter(|part| part.split_whitespace().count() > 11).collect();
    let impact = impact(RULES, WEIGHTS);
    let called = paragraphs.iter().filter(|part| impact.weigh("", part).is_some()).count();
    println!("{called} of {} paragraphs", paragraphs.len());
    assert!(paragraphs.len() > 100 && called * 100 <= paragraphs.len() * 15, "{called} of {}", paragraphs.len());
}

#[test]
fn h6_nothing_is_learnt_from_what_is_nearly_one_of_those_that_nobody_looked_at() {
    let held: Vec<BTreeSet<String>> = messages(&["held"]).iter().map(Message::words).collect();
    for message in messages(&["tune", "learn", "more", "plain"]) {
        let words = message.words();
        let is_near = |other: &&BTreeSet<String>| {
            words.len() > 4 && words.intersection(other).count() * 10 > words.union(other).count() * 6
        };
        assert!(held.iter().find(is_near).is_none(), "{} is nearly one of them", message.id);
    }
}

/// What the procedure names, in as few words as people use.
#[test]
fn h6_what_stops_the_business_is_urgent_in_a_few_words() {
    let (impact, mut wrong) = (impact(RULES, WEIGHTS), Vec::new());
    for (subject, body, rule) in [
        ("Checkout not working", "", "checkout"),
        ("Emails not sending", "", "mail"),
        ("Website down/unaccessible", "", "site"),
        ("Forms not converting", "", "forms"),
        ("Métodos de pagamento estão a gerar bugs", "Podem ver?", "payments"),
        ("Autenticação não está a funcionar", "", "sign_in"),
        ("Integrações não estão a funcionar", "", "integrations"),
        ("", "o pagamento dá erro", "payments"),
        ("", "não consigo entrar na conta", "sign_in"),
        ("", "The site is down.", "site"),
        ("", "Now the checkout is not working, nobody can buy anything since ten.", "checkout"),
        ("", "Forget the colours: the checkout is not working, nobody can buy anything.", "checkout"),
    ] {
        let weight = impact.weigh(subject, body);
        if weight.as_ref().map(|weight| weight.rule.as_str()) != Some(rule) {
            wrong.push(format!("{subject} | {body}: {weight:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (subject, body) in [
        ("Checkout", "Could you add a field for coupons to the checkout? It works fine."),
        ("Colours", "Could the header be darker?"),
        ("", "Thank you. Here are the pictures for the blog."),
        ("", "Dark blue, please."),
        ("Checkout", "Could you add a field to the checkout?"),
        ("Printing", "The letters look odd"),
    ] {
        assert_eq!(impact.weigh(subject, body), None, "{subject} | {body}");
    }
}
