//! What can be wrong with clocks and promises.

use super::*;
use crate::{Promised, sample};

#[test]
fn what_a_clock_misspells_is_told_with_what_was_meant() {
    let _quiet = quiet();
    insta::assert_snapshot!(told(&[(
        "x",
        "opens: [ api ]\nclocks:\n  both: { start: ticket.opened, stop: [ agent.repleid, choice.go ], within: 4h, every: 1h, breach: [] }\n\
         \x20 none: { strat: ticket.opened, stop: agent.replied, breach: [ { reply: helo } ] }\n\
         \x20 odd: { start: ticket.opened, stop: choice.go, within: 1h, breach: [] }\n\
         \x20 early: { start: ticket.opened, stop: agent.replied, within: 4h, while: vpi, warn: { before: 4h, actions: [] }, breach: [] }\n\
         \x20 zero: { start: ticket.opened, stop: agent.replied, within: 0h, calendar: office, warn: { befor: 1h } }\n\
         initial: a\nstates: { a: {} }\n"
    )]));
}

#[test]
fn a_promise_that_cannot_be_checked_is_told_with_those_that_can() {
    let _quiet = quiet();
    insta::assert_snapshot!(told(&[(
        "x",
        "opens: [ api ]\npromises:\n  - every ticket end\n  - never published\n  - never publishd unless requester.role == 'admin'\n\
         \x20 - requestor hears within 4 hors while requester.rle != null\n  - never published unless requester.role =\n  - 7\n  - []\n\
         initial: a\nstates: { a: {}, published: {} }\n"
    )]));
}

#[test]
fn the_three_forms_of_a_promise_are_read() {
    let promises = "promises:\n  - every  ticket ends\n  - requester hears within 1 day while requester.role != 'while waiting'\n  - 'never p.b unless ticket.subject == \" unless \"'\n";
    let body = format!(
        "opens: [ api ]\n{promises}initial: p\nstates: {{ p: {{ initial: a, states: {{ a: {{}}, b: {{}} }} }} }}\n"
    );
    let playbook = sample::playbook(&body);
    let [ends, hears, never] = playbook.promises() else { panic!("{:?}", playbook.promises()) };
    assert!(matches!(ends.promised, Promised::EveryTicketEnds) && ends.text == "every  ticket ends");
    let Promised::Hears { party, within, while_: Some(while_) } = &hears.promised else { panic!("{hears:?}") };
    assert_eq!((party.as_str(), within.to_string().as_str()), ("requester", "1 day"));
    assert_eq!(
        (while_.source(), while_.place().line, while_.place().column),
        ("requester.role != 'while waiting'", 7, 40)
    );
    let Promised::Never { state, unless: Some(unless) } = &never.promised else { panic!("{never:?}") };
    assert_eq!((state.as_str(), unless.source()), ("p.b", "ticket.subject == \" unless \""));
}
