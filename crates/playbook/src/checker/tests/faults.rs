//! Each kind of fault planted, and beside it what is nearly the same and sound.

use super::*;

const GO: &str = "choices: { go: { label: Go, target: end } }";

#[test]
fn a_state_that_nothing_leads_to_is_found() {
    let body = |second: &str| {
        format!(
            "opens: [ api ]\ninitial: a\nstates:\n  a: {{ {GO}, on: {{ agent.replied: {second} }} }}\n  lost: {{ {GO} }}\n\
             \x20 end: {{ type: final }}\n"
        )
    };
    assert_eq!(codes(&found_in(&body("end"), &[])), [("unreachable-state", 8)]);
    is_sound(&body("lost"), &[]);
}

#[test]
fn a_state_whose_guards_exclude_each_other_is_found() {
    let body = |first: &str| {
        format!(
            "opens: [ api ]\nfields: {{ n: {{ type: integer }}, m: {{ type: integer }} }}\ninitial: a\nstates:\n\
             \x20 a: {{ always: [ {{ guard: '{first}', target: b }} ], {GO} }}\n\
             \x20 b: {{ always: [ {{ guard: n == 1, target: lost }}, {{ target: end }} ] }}\n\
             \x20 lost: {{ {GO} }}\n  end: {{ type: final }}\n"
        )
    };
    for excluding in ["n == null", "n == 2", "!(n in [1, 3])", "n != 1", "m == 1 && n == null"] {
        assert_eq!(codes(&found_in(&body(excluding), &[])), [("unreachable-state", 10)], "{excluding}");
    }
    for possible in ["m == null", "n != 2", "n in [1, 3]", "n == null || m == 1", "n > 0"] {
        is_sound(&body(possible), &[]);
    }
}

#[test]
fn what_was_set_decides_the_guards_after_it() {
    let body = |set: &str| {
        format!(
            "opens: [ api ]\nfields: {{ unmet: {{ type: list, of: text }} }}\ninitial: a\nstates:\n  a:\n    entry: [ {{ set: {{ unmet: '{set}' }} }} ]\n\
             \x20   always: [ {{ guard: size(unmet) > 0, target: b }}, {{ target: c }} ]\n  b: {{ {GO} }}\n  c: {{ {GO} }}\n  end: {{ type: final }}\n"
        )
    };
    assert_eq!(codes(&found_in(&body("[]"), &[])), [("unreachable-state", 11)]);
    assert_eq!(codes(&found_in(&body("[\"plan\"]"), &[])), [("unreachable-state", 12)]);
    is_sound(&body("organization.plan == null ? [\"plan\"] : []"), &[]);
}

#[test]
fn a_state_that_no_end_can_be_reached_from_is_found() {
    let body = |target: &str| {
        format!(
            "opens: [ api ]\ninitial: a\nstates:\n  a: {{ on: {{ agent.replied: b }}, {GO} }}\n  b: {{ on: {{ requester.replied: c }} }}\n\
             \x20 c: {{ choices: {{ on: {{ label: On, target: {target} }} }} }}\n  end: {{ type: final }}\n"
        )
    };
    let findings = found_in(&body("b"), &[]);
    assert_eq!(codes(&findings), [("dead-end", 8)]);
    assert!(findings[0].message.contains("only gets to `c`"), "{}", findings[0].message);
    is_sound(&body("end"), &[]);
}

#[test]
fn a_playbook_without_an_end_is_told_once() {
    assert_eq!(
        codes(&found_in("opens: [ api ]\ninitial: a\nstates: { a: { on: { agent.replied: b } }, b: {} }\n", &[])),
        [("dead-end", 1)]
    );
}

#[test]
fn a_transition_that_an_earlier_one_always_shadows_is_found() {
    let body = |first: &str, second: &str| {
        format!(
            "opens: [ api ]\nfields: {{ n: {{ type: integer }}, m: {{ type: integer }} }}\ninitial: a\nstates:\n  a:\n    {GO}\n    on:\n      agent.replied:\n\
             \x20       - {{ guard: '{first}', target: a }}\n        - {{ guard: '{second}', target: end }}\n  end: {{ type: final }}\n"
        )
    };
    for (first, second) in
        [("n > 1", "n > 1"), ("n == 1", "m == 2 && n == 1"), ("n != 1", "n == 2"), ("m == 1", "n == 1 && n == 2")]
    {
        assert_eq!(codes(&found_in(&body(first, second), &[])), [("never-reached", 13)], "{first} before {second}");
    }
    for (first, second) in
        [("n > 1", "n > 0"), ("n == 1 && m == 2", "n == 1"), ("n == 2", "n != 1"), ("n == 1", "!(n == 1)")]
    {
        is_sound(&body(first, second), &[]);
    }
}

#[test]
fn a_timer_that_another_one_forestalls_is_found() {
    let body = |first: &str| {
        format!(
            "opens: [ api ]\ninitial: a\nstates:\n  a:\n    after:\n      {first}\n      2 days: end\n    {GO}\n  b: {{ {GO} }}\n  end: {{ type: final }}\n"
        )
    };
    assert_eq!(codes(&found_in(&body("1 day: b"), &[])), [("never-reached", 10)]);
    is_sound(&body("1 day: { target: b, guard: assignee == null }"), &[]);
    is_sound(&body("48h: b"), &[]);
}

#[test]
fn always_that_go_round_for_ever_are_found_with_the_way_there() {
    let body = |second: &str, entry: &str| {
        format!(
            "opens: [ api ]\nfields: {{ n: {{ type: integer, default: 0 }} }}\ninitial: a\nstates:\n\
             \x20 a: {{ always: [ {{ guard: n != 1, target: b }} ], {GO} }}\n\
             \x20 b: {{ entry: [ {entry} ], always: [ {{ guard: '{second}', target: a }} ], {GO} }}\n  end: {{ type: final }}\n"
        )
    };
    let findings = found_in(&body("n != 1", ""), &[]);
    assert_eq!(codes(&findings), [("endless-always", 8)]);
    assert!(!findings[0].path.is_empty());
    is_sound(&body("n == 1", "{ set: { n: '1' } }"), &[]);
    is_sound(&body("n < 3", "{ set: { n: n + 1 } }"), &[]);
}

#[test]
fn a_wait_without_a_limit_is_found() {
    let body = |around: &str, inside: &str| {
        format!(
            "opens: [ api ]\ninitial: p\nstates:\n  p:\n    initial: asked\n    {around}\n    {GO}\n    states:\n\
             \x20     asked: {{ waiting_on: requester, on: {{ requester.replied: read }}{inside} }}\n      read: {{}}\n  end: {{ type: final }}\n"
        )
    };
    let findings = found_in(&body("", ""), &[]);
    assert_eq!(codes(&findings), [("endless-wait", 12)]);
    assert_eq!(findings[0].path.len(), 2, "{:?}", findings[0].path);
    is_sound(&body("", ", after: { 5 days: end }"), &[]);
    is_sound(&body("after: { 5 days: end }", ""), &[]);
}

const CHILD: &str = "opens: [ linked ]\nemits: [ finished ]\nreceives: [ again ]\ninitial: todo\nstates:\n\
    \x20 todo: { choices: { finish: { label: Finish, target: done, actions: [ { send: { to: opener, event: finished } } ] } } }\n\
    \x20 done: { type: final, on: { opener.again: todo } }\n";

fn opener(on: &str, again: &str) -> String {
    format!(
        "opens: [ api ]\nlinks: {{ kid: kid }}\ninitial: a\nstates:\n\
         \x20 a: {{ entry: [ {{ open: {{ as: kid, playbook: kid }} }} ], on: {{ {on} }}, {GO} }}\n\
         \x20 b: {{ choices: {{ again: {{ label: Again, target: c, actions: [ {again} ] }} }} }}\n\
         \x20 c: {{ on: {{ {on} }}, {GO} }}\n  end: {{ type: final }}\n"
    )
}

const AGAIN: &str = "{ send: { to: kid, event: again } }";

#[test]
fn an_event_that_nobody_takes_is_found_where_it_is_sent() {
    let open = opener("agent.replied: b", AGAIN);
    assert_eq!(codes(&found_in(&open, &[("kid", CHILD)])), [("never-taken", 9)]);
    is_sound(&opener("kid.finished: b", AGAIN), &[("kid", CHILD)]);
}

#[test]
fn an_event_that_nobody_sends_is_a_warning() {
    let findings = found_in(&opener("kid.finished: b", ""), &[("kid", CHILD)]);
    assert_eq!(codes(&findings), [("never-sent", 10)]);
    assert_eq!(findings[0].severity, crate::Severity::Warning);
}

#[test]
fn a_state_of_a_linked_playbook_counts_as_entered_when_its_opener_makes_it_so() {
    let kid = CHILD.replace("opener.again: todo", "opener.again: more")
        + "  more: { choices: { end: { label: End, target: done } } }\n";
    is_sound(&opener("kid.finished: b", AGAIN), &[("kid", &kid)]);
    let lost = found_in(&opener("kid.finished: b, agent.replied: b", ""), &[("kid", &kid)]);
    assert_eq!(codes(&lost), [("never-sent", 10), ("unreachable-state", 11)]);
}

#[test]
fn what_is_too_large_to_be_walked_is_said_so() {
    let fields: Vec<String> =
        (0..10).map(|n| format!("f{n}: {{ type: integer }}, g{n}: {{ type: integer }}")).collect();
    let sets: Vec<String> = (0..10).map(|n| format!("{{ when: g{n} == 1, set: {{ f{n}: '1' }} }}")).collect();
    let body = format!(
        "opens: [ api ]\nfields: {{ {} }}\ninitial: a\nstates:\n  a: {{ entry: [ {} ], {GO} }}\n  end: {{ type: final }}\n",
        fields.join(", "),
        sets.join(", "),
    );
    let findings = found_in(&body, &[]);
    assert_eq!(codes(&findings), [("too-many-paths", 1)]);
    assert_eq!(findings[0].severity, crate::Severity::Warning);
}

#[test]
fn events_that_pile_up_behind_one_that_is_not_taken_are_told() {
    let send =
        |event: &str| format!("{event}: {{ label: Go, actions: [ {{ send: {{ to: kid, event: {event} }} }} ] }}");
    let opener = format!(
        "opens: [ api ]\nlinks: {{ kid: kid }}\ninitial: a\nstates:\n  a:\n    entry: [ {{ open: {{ as: kid, playbook: kid }} }} ]\n\
         \x20   choices: {{ {}, {}, {}, {}, stop: {{ label: Stop, target: end }} }}\n  end: {{ type: final }}\n",
        send("one"),
        send("two"),
        send("three"),
        send("four"),
    );
    let kid = |todo: &str| {
        format!(
            "opens: [ linked ]\nreceives: [ one, two, three, four ]\ninitial: todo\nstates:\n\
             \x20 todo: {{ {todo}, choices: {{ go: {{ label: Go, target: done }} }} }}\n\
             \x20 done: {{ type: final, on: {{ opener.one: {{}}, opener.two: {{}}, opener.three: {{}}, opener.four: {{}} }} }}\n"
        )
    };
    let findings = found_in(&opener, &[("kid", &kid("title: To do"))]);
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["events-pile-up"; 4]);
    is_sound(&opener, &[("kid", &kid("on: { opener.one: {}, opener.two: {}, opener.three: {}, opener.four: {} }"))]);
}
