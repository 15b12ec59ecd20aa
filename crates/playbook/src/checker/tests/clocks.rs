//! Clocks as the limit of a wait: one that runs there and tells somebody is one, any other is not.

use super::*;

/// A ticket that is written by a colleague, or left for two hours, and then waits on the requester, with a clock.
fn asked(clock: &str) -> String {
    format!(
        "opens: [ api ]\nfields: {{ n: {{ type: integer }} }}\nclocks: {{ answer: {{ {clock} }} }}\ninitial: writing\nstates:\n\
         \x20 writing: {{ on: {{ agent.replied: asked }}, after: {{ 2h: asked }} }}\n\
         \x20 asked: {{ waiting_on: requester, on: {{ requester.replied: end }}, choices: {{ go: {{ label: Go, target: end }} }} }}\n\
         \x20 end: {{ type: final }}\n"
    )
}

const TELLS: &str = "breach: [ { tell: late } ]";

#[track_caller]
fn has_no_limit(clock: &str) {
    let findings = found_in(&asked(clock), &[]);
    let codes: Vec<_> = findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["endless-wait"], "{clock}: {findings:?}");
    assert!(findings[0].message.contains("`asked` waits on `requester`"), "{}", findings[0].message);
}

#[test]
fn a_clock_that_runs_limits_a_wait() {
    is_sound(&asked(&format!("start: ticket.opened, stop: choice.go, within: 24h, {TELLS}")), &[]);
    is_sound(&asked("start: ticket.opened, stop: choice.go, within: 24h, breach: [ { reply: hello } ]"), &[]);
}

#[test]
fn a_clock_that_was_not_started_on_the_way_limits_nothing() {
    // Only who was answered has it running; after two hours nobody has answered.
    has_no_limit(&format!("start: agent.replied, stop: requester.replied, within: 24h, {TELLS}"));
    let started = format!("start: [ agent.replied, reply.hello ], stop: requester.replied, within: 24h, {TELLS}");
    let says = asked(&started).replace("2h: asked", "2h: { target: asked, actions: [ { reply: hello } ] }");
    is_sound(&says, &[]);
}

#[test]
fn a_clock_that_was_stopped_limits_nothing() {
    has_no_limit(&format!("start: ticket.opened, stop: agent.replied, within: 24h, {TELLS}"));
    // They may write before anything is asked of them, and be silent then.
    has_no_limit(&format!("start: ticket.opened, stop: requester.replied, within: 24h, {TELLS}"));
    is_sound(&asked(&format!("start: ticket.opened, stop: choice.go, within: 24h, {TELLS}")), &[]);
}

#[test]
fn a_clock_that_ran_out_before_limits_nothing_unless_it_runs_again() {
    has_no_limit(&format!("start: ticket.opened, stop: choice.go, within: 90m, {TELLS}"));
    is_sound(&asked(&format!("start: ticket.opened, stop: choice.go, every: 90m, {TELLS}")), &[]);
    is_sound(&asked(&format!("start: ticket.opened, stop: choice.go, within: 150m, {TELLS}")), &[]);
}

#[test]
fn a_clock_whose_condition_cannot_hold_there_limits_nothing() {
    let with = |while_: &str| format!("start: ticket.opened, stop: choice.go, within: 24h, while: '{while_}', {TELLS}");
    has_no_limit(&with("waiting_on == \"us\""));
    is_sound(&asked(&with("waiting_on == \"requester\"")), &[]);
    is_sound(&asked(&with("n != 1")), &[]);
}

#[test]
fn a_clock_that_tells_nobody_limits_nothing() {
    has_no_limit("start: ticket.opened, stop: choice.go, within: 24h, breach: []");
    has_no_limit("start: ticket.opened, stop: choice.go, within: 24h, breach: [ { note: late } ]");
    let warned = "start: ticket.opened, stop: choice.go, within: 24h, warn: { before: 1h, actions: [ { tell: soon } ] }, breach: []";
    is_sound(&asked(warned), &[]);
}

#[test]
fn a_clock_that_stands_still_there_limits_nothing_and_one_that_goes_on_does() {
    let with =
        |pause: &str| format!("start: ticket.opened, stop: choice.go, within: 24h, pause: {{ {pause} }}, {TELLS}");
    has_no_limit(&with("waiting_on: requester"));
    has_no_limit(&with("in: asked"));
    is_sound(&asked(&with("in: writing")), &[]);
    is_sound(&asked(&with("waiting_on: us")), &[]);
}

#[test]
fn a_promise_of_time_is_broken_by_a_clock_that_stands_still() {
    let body = |pause: &str| {
        format!(
            "opens: [ api ]\npromises: [ requester hears within 24h ]\n\
             clocks: {{ answer: {{ start: [ ticket.opened, requester.replied ], stop: [ agent.replied, reply.hello ], every: 20h, {pause} breach: [ {{ reply: hello }} ] }} }}\n\
             initial: a\nstates:\n  a: {{ choices: {{ go: {{ label: Go, target: end }}, ask: {{ label: Ask, target: b }} }} }}\n\
             \x20 b: {{ waiting_on: requester, after: {{ 10h: a }}, on: {{ requester.replied: a }} }}\n  end: {{ type: final }}\n"
        )
    };
    is_sound(&body(""), &[]);
    let findings = found_in(&body("pause: { waiting_on: requester },"), &[]);
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["broken-promise"]);
}

/// What a clock sends is among what happens: without it the linked ticket would never be called off.
fn called_off(event: &str) -> (String, String) {
    let opener = format!(
        "opens: [ api ]\nlinks: {{ kid: kid }}\npromises: [ every ticket ends ]\n\
         clocks: {{ whole: {{ start: ticket.opened, stop: kid.finished, within: 24h, breach: [ {{ send: {{ to: kid, event: {event} }} }} ] }} }}\n\
         initial: a\nstates:\n  a: {{ entry: [ {{ open: {{ as: kid, playbook: kid }} }} ], on: {{ kid.finished: end }} }}\n  end: {{ type: final }}\n"
    );
    let kid = "opens: [ linked ]\nemits: [ finished ]\nreceives: [ late, other ]\ninitial: todo\nstates:\n\
        \x20 todo: { on: { opener.late: off, opener.other: {} } }\n\
        \x20 off: { always: [ { target: done, actions: [ { send: { to: opener, event: finished } } ] } ] }\n  done: { type: final }\n";
    (opener, kid.to_owned())
}

#[test]
fn what_a_clock_does_leads_on() {
    let (opener, kid) = called_off("late");
    let kid = kid.replace(", opener.other: {}", "").replace(", other", "");
    is_sound(&opener, &[("kid", &kid)]);
    let (opener, kid) = called_off("other");
    let findings = found_in(&opener, &[("kid", &kid)]);
    let codes: Vec<_> = findings.iter().map(|finding| finding.code).collect();
    assert!(codes.contains(&"broken-promise") && codes.contains(&"unreachable-state"), "{findings:?}");
}

#[test]
fn a_promise_of_time_is_kept_by_what_a_clock_says_in_time() {
    let body = |within: &str| {
        format!(
            "opens: [ api ]\npromises: [ requester hears within 24h ]\n\
             clocks: {{ answer: {{ start: [ ticket.opened, requester.replied ], stop: [ agent.replied, reply.hello ], every: {within}, breach: [ {{ reply: hello }} ] }} }}\n\
             initial: a\nstates:\n  a: {{ choices: {{ go: {{ label: Go, target: end }} }} }}\n  end: {{ type: final }}\n"
        )
    };
    is_sound(&body("20h"), &[]);
    let findings = found_in(&body("30h"), &[]);
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["broken-promise"]);
}
