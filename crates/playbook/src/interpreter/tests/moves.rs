//! Leaving and entering states.

use super::*;

/// Nested states that note whenever one is left or entered.
const NESTED: &str = "opens: [ api ]\ninitial: out\nstates:\n\
    \x20 out:\n    initial: one\n    entry: [ { note: +out } ]\n    exit: [ { note: -out } ]\n\
    \x20   on: { agent.replied: elsewhere, requester.bounced: out, reply.hello: out.deep.b }\n\
    \x20   states:\n\
    \x20     one: { entry: [ { note: +one } ], exit: [ { note: -one } ], on: { requester.replied: { target: two, actions: [ { note: act } ] } } }\n\
    \x20     two: { entry: [ { note: +two } ], exit: [ { note: -two } ], on: { requester.replied: two, agent.replied: one } }\n\
    \x20     deep:\n        initial: a\n        entry: [ { note: +deep } ]\n        exit: [ { note: -deep } ]\n\
    \x20       states: { a: { entry: [ { note: +a } ] }, b: { entry: [ { note: +b } ], on: { requester.replied: a, agent.replied: one } } }\n\
    \x20 elsewhere: { entry: [ { note: +elsewhere } ] }\n";

fn walk(events: &[&str]) -> (String, Vec<String>) {
    let playbook = playbook(NESTED);
    let mut last = begin(&playbook, json!({}));
    for event in events {
        last = step(&playbook, &last.run, event);
    }
    (last.run.state.clone(), notes(&last.effects))
}

#[test]
fn a_compound_state_enters_its_initial_outermost_first() {
    assert_eq!(walk(&[]), ("out.one".into(), vec!["+out".into(), "+one".into()]));
}

#[test]
fn states_are_left_innermost_first_then_the_actions_then_states_are_entered() {
    assert_eq!(walk(&["requester.replied"]).1, ["-one", "act", "+two"]);
    assert_eq!(walk(&["agent.replied"]).1, ["-one", "-out", "+elsewhere"]);
}

#[test]
fn a_state_that_is_its_own_target_is_left_and_entered_again() {
    assert_eq!(walk(&["requester.replied", "requester.replied"]).1, ["-two", "+two"]);
    assert_eq!(walk(&["requester.bounced"]).1, ["-one", "-out", "+out", "+one"]);
}

#[test]
fn only_what_is_not_around_the_target_is_left() {
    assert_eq!(walk(&["reply.hello"]), ("out.deep.b".into(), ["-one", "+deep", "+b"].map(String::from).to_vec()));
    assert_eq!(walk(&["reply.hello", "requester.replied"]).1, ["+a"]);
    assert_eq!(walk(&["reply.hello", "reply.hello"]).1, ["+b"]);
}

#[test]
fn a_plain_target_is_sought_among_siblings_then_outwards() {
    assert_eq!(walk(&["reply.hello", "agent.replied"]).0, "out.one");
}

#[test]
fn the_innermost_state_takes_an_event_and_its_parent_when_no_guard_holds() {
    assert_eq!(walk(&["requester.replied", "agent.replied"]).0, "out.one");
    let playbook = playbook(
        "opens: [ api ]\nfields: { ok: { type: boolean, default: false } }\ninitial: out\nstates:\n  out:\n    initial: in\n\
        \x20   on: { agent.replied: { actions: [ { note: outer } ] } }\n    states:\n\
        \x20     in: { on: { agent.replied: { guard: ok, actions: [ { note: inner } ] } } }\n",
    );
    assert_eq!(notes(&step(&playbook, &begin(&playbook, json!({})).run, "agent.replied").effects), ["outer"]);
    assert_eq!(notes(&step(&playbook, &begin(&playbook, json!({"ok": true})).run, "agent.replied").effects), ["inner"]);
}

#[test]
fn without_a_target_nothing_is_left_or_entered() {
    let playbook =
        playbook("opens: [ api ]\ninitial: a\nstates: { a: { entry: [ { note: in } ], on: { agent.replied: {} } } }\n");
    let begun = begin(&playbook, json!({}));
    let step = step(&playbook, &begun.run, "agent.replied");
    assert!(step.taken && step.effects.is_empty() && step.trace.entered.is_empty());
    assert_eq!(step.run.step, begun.run.step + 1);
}

#[test]
fn always_goes_on_until_no_guard_holds_and_sees_what_entry_has_set() {
    let playbook = playbook(
        "opens: [ api ]\nfields: { n: { type: integer, default: 0 } }\ninitial: count\nstates:\n\
        \x20 count: { entry: [ { set: { n: n + 1 } } ], always: [ { guard: n < 5, target: count }, { target: done } ] }\n\
        \x20 done: {}\n",
    );
    let begun = begin(&playbook, json!({}));
    assert_eq!((begun.run.state.as_str(), begun.run.fields["n"].clone()), ("done", json!(5)));
    assert_eq!(begun.trace.entered.len(), 6);
}

#[test]
fn a_final_state_ends_the_run_and_may_still_take_an_event() {
    let playbook = playbook(
        "opens: [ linked ]\nreceives: [ again ]\ninitial: a\nstates:\n  a: { on: { agent.replied: done } }\n\
        \x20 done: { type: final, on: { opener.again: a } }\n",
    );
    let done = step(&playbook, &begin(&playbook, json!({})).run, "agent.replied");
    assert_eq!((done.run.ended, done.standing.is_final), (Some(hour(1)), true));
    assert_eq!((done.standing.waiting_on.as_str(), done.standing.status.as_str()), ("nobody", "closed"));
    let back = step(&playbook, &done.run, "opener.again");
    assert_eq!((back.run.state.as_str(), back.run.ended), ("a", None));
}

#[test]
fn children_inherit_title_party_and_status_and_their_own_win() {
    let playbook = playbook(
        "opens: [ api ]\ninitial: p\nstates:\n  p:\n    title: Parent\n    waiting_on: requester\n    initial: a\n    states:\n\
        \x20     a: {}\n      b: { title: Own, waiting_on: us, client_title: { en: Ours, pt: Nosso } }\n      c: { status: solved }\n  q: {}\n",
    );
    let standing = |state: &str| {
        let standing = playbook.standing(state).unwrap();
        (
            standing.title.to_string(),
            standing.client_title.text("pt").to_owned(),
            standing.waiting_on,
            standing.status.as_str(),
        )
    };
    assert_eq!(standing("p.a"), ("Parent".into(), "Parent".into(), "requester".into(), "pending"));
    assert_eq!(standing("p.b"), ("Own".into(), "Nosso".into(), "us".into(), "open"));
    assert_eq!(standing("p.c"), ("Parent".into(), "Parent".into(), "requester".into(), "solved"));
    assert_eq!(standing("q"), ("Q".into(), "Q".into(), "us".into(), "open"));
    let outline = playbook.outline();
    let seen: Vec<_> = outline.iter().map(|state| (state.path.as_str(), state.depth, state.initial)).collect();
    assert_eq!(seen, [("p", 0, true), ("p.a", 1, true), ("p.b", 1, false), ("p.c", 1, false), ("q", 0, false)]);
}

#[test]
fn a_closed_ticket_comes_back_while_its_playbook_allows_it() {
    let playbook = playbook(
        "opens: [ api ]\nreopen: { within: 2 days, target: [ { guard: requester.role == 'admin', target: a } ] }\ninitial: a\n\
         states: { a: { on: { agent.replied: done } }, done: { type: final } }\n",
    );
    let done = step(&playbook, &begin(&playbook, json!({})).run, "agent.replied");
    let replied = Event::new("requester.replied");
    assert_eq!(step_at(&playbook, &done.run, &facts(), &replied, hour(49)).run.state, "a");
    assert!(!step_at(&playbook, &done.run, &facts(), &replied, hour(50)).taken);
    let other = facts().with("requester", json!({"role": "user"}));
    assert!(!step_at(&playbook, &done.run, &other, &replied, hour(2)).taken);
    assert!(!step_at(&playbook, &done.run, &facts(), &Event::new("requester.bounced"), hour(2)).taken);
}
