//! What a choice asks its maker.

use super::*;
use crate::{Fault, FieldKind};

const ASKING: &str = "opens: [ api ]\ninitial: a\nstates:\n\
    \x20 a:\n    entry: [ { note: '{{ choice.reason }}|{{ choice.name }}' } ]\n    choices:\n\
    \x20     stop:\n        label: Stop\n        target: b\n        ask: { reason: { type: text, required: true, label: Why? }, days: { type: integer, min: 1 } }\n\
    \x20     again: { label: Again, target: a, ask: { kind: { type: choice, of: [ small, large ] } } }\n\
    \x20 b: { entry: [ { note: '{{ choice.reason }}, {{ choice.days }}, {{ choice.kind }}' } ], always: [ { guard: choice.days == 3, target: c } ] }\n  c: {}\n";

fn choose(name: &str, said: Value) -> Result<Step, Fault> {
    let playbook = playbook(ASKING);
    let run = begin(&playbook, json!({})).run;
    playbook.step(&run, &facts(), &Event::choice(name, said.as_object().unwrap().clone()), hour(1))
}

#[test]
fn answers_are_read_by_their_type_and_seen_in_guards_and_texts() {
    let step = choose("stop", json!({"reason": "too dear", "days": "3"})).unwrap();
    assert_eq!((step.run.state.as_str(), notes(&step.effects)), ("c", vec!["too dear, 3, ".to_owned()]));
}

#[test]
fn what_is_not_said_is_null() {
    let playbook = playbook(ASKING);
    assert_eq!(notes(&begin(&playbook, json!({})).effects), ["|"]);
    let step = choose("stop", json!({"reason": "too dear"})).unwrap();
    assert_eq!((step.run.state.as_str(), notes(&step.effects)), ("b", vec!["too dear, , ".to_owned()]));
}

#[test]
fn a_required_answer_that_is_missing_is_named() {
    for said in [json!({}), json!({"reason": " "}), json!({"reason": null})] {
        let fault = choose("stop", said).unwrap_err();
        assert_eq!((fault.code.as_str(), fault.message.as_str()), ("choice-incomplete", "“Stop” needs Why? first"));
    }
}

#[test]
fn an_answer_that_does_not_suit_or_was_not_asked_is_refused() {
    let refused = |name: &str, said: Value| {
        let fault = choose(name, said).unwrap_err();
        assert_eq!(fault.code, "choice-invalid");
        fault.message
    };
    assert_eq!(refused("stop", json!({"reason": "x", "days": 0})), "“Days” is 1 or more");
    assert_eq!(refused("again", json!({"kind": "huge"})), "“Kind” is one of small, large");
    assert_eq!(refused("again", json!({"reason": "x"})), "“Again” does not ask for `reason`");
}

#[test]
fn a_choice_tells_what_it_asks() {
    let playbook = playbook(ASKING);
    let views = playbook.choices(&begin(&playbook, json!({})).run, &facts(), hour(1)).unwrap();
    assert!(views.iter().all(|view| view.available));
    let asks = views[0].asks.iter();
    let asks: Vec<_> = asks.map(|ask| (ask.field.name.as_str(), ask.field.kind.word(), ask.required)).collect();
    assert_eq!(asks, [("reason", "text", true), ("days", "integer", false)]);
    assert_eq!(views[0].asks[0].field.label.to_string(), "Why?");
    assert_eq!(views[1].asks[0].field.kind, FieldKind::Choice { of: vec!["small".to_owned(), "large".to_owned()] });
}
