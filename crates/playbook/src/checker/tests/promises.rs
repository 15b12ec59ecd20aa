//! Promises kept and broken, with the stories that show it.

use super::*;

fn silent(timer: &str) -> String {
    format!(
        "opens: [ api ]\npromises:\n  - every ticket ends\ninitial: asked\nstates:\n  asked:\n    waiting_on: requester\n\
         \x20   entry: [ {{ reply: hello }} ]\n    on: {{ requester.replied: end }}\n    after: {{ 2 days: {timer} }}\n  end: {{ type: final }}\n"
    )
}

#[test]
fn a_client_who_is_silent_for_ever_keeps_no_ticket_open() {
    let _quiet = quiet();
    insta::assert_snapshot!(told_of(&silent("{ actions: [ { reply: hello } ] }"), &[]));
    is_sound(&silent("{ target: end, actions: [ { reply: hello } ] }"), &[]);
}

#[test]
fn a_timer_whose_guard_may_fail_does_not_end_a_ticket() {
    let findings = found_in(&silent("{ guard: organization.plan == \"pro\", target: end }"), &[]);
    assert_eq!(codes(&findings), [("broken-promise", 6)]);
    is_sound(&silent("[ { guard: organization.plan == \"pro\", target: end }, { target: end } ]"), &[]);
}

fn entered(guard: &str) -> String {
    format!(
        "opens: [ api ]\nfields: {{ ok: {{ type: boolean }} }}\npromises: [ never sent unless ok ]\ninitial: a\nstates:\n\
         \x20 a: {{ choices: {{ send: {{ label: Send, guard: '{guard}', target: sent }}, stop: {{ label: Stop, target: end }} }} }}\n\
         \x20 sent: {{ choices: {{ stop: {{ label: Stop, target: end }} }} }}\n  end: {{ type: final }}\n"
    )
}

#[test]
fn a_state_is_never_entered_unless_what_was_promised_holds() {
    assert_eq!(codes(&found_in(&entered("ok != null"), &[])), [("broken-promise", 6)]);
    assert_eq!(codes(&found_in(&entered("true"), &[])), [("broken-promise", 6)]);
    // Who chooses can fill fields in, also that one, and the guard is asked after that.
    is_sound(&entered("ok"), &[]);
    let set = entered("true").replace("target: sent }", "target: sent, actions: [ { set: { ok: 'true' } } ] }");
    is_sound(&set, &[]);
}

/// A desk that answers by itself after some hours, counted anew when a colleague passes the ticket on.
fn passed_on(inner: &str, outer: &str, promise: &str) -> String {
    format!(
        "opens: [ api ]\npromises: [ {promise} ]\ninitial: work\nstates:\n  work:\n    initial: first\n    {outer}\n\
         \x20   choices: {{ done: {{ label: Done, target: end }} }}\n    states:\n\
         \x20     first:  {{ {inner} choices: {{ pass: {{ label: Pass on, target: second }} }} }}\n\
         \x20     second: {{ {inner} choices: {{ back: {{ label: Back, target: first }} }} }}\n  end: {{ type: final }}\n"
    )
}

const REPLY: &str = "after: { 20h: { actions: [ { reply: hello } ] } }";

#[test]
fn a_promise_of_time_is_broken_where_timers_begin_anew() {
    let _quiet = quiet();
    let inner = format!("{REPLY},");
    insta::assert_snapshot!(told_of(&passed_on(&inner, "", "requester hears within 24h"), &[]));
}

#[test]
fn a_timer_around_the_states_keeps_a_promise_of_time_once() {
    let findings = found_in(&passed_on("", REPLY, "requester hears within 24h"), &[]);
    assert_eq!(codes(&findings), [("broken-promise", 5)]);
    let path = findings[0].path.join("\n");
    assert!(path.contains("the requester writes"), "only somebody who wrote again is forgotten: {path}");
    let answered = REPLY.to_owned() + "\n    on: { requester.replied: work }";
    is_sound(&passed_on("", &answered, "requester hears within 24h"), &[]);
    let late = found_in(&passed_on("", &answered, "requester hears within 10h"), &[]);
    assert_eq!(codes(&late), [("broken-promise", 5)]);
    is_sound(
        &passed_on(
            "",
            "waiting_on: third_party\n    after: { 9 days: end }",
            "\"requester hears within 10h while waiting_on == 'us'\"",
        ),
        &[],
    );
}

#[test]
fn a_choice_is_no_promise_of_time() {
    let findings = found_in(&passed_on("", "", "requester hears within 24h"), &[]);
    assert_eq!(codes(&findings), [("broken-promise", 5)]);
}

#[test]
fn what_is_no_promise_is_told_with_the_grammar() {
    let _quiet = quiet();
    insta::assert_snapshot!(told_of(
        "opens: [ api ]\npromises:\n  - every tickt ends\n  - never ended\n  - never end unless size(cuont) > 0\n\
         \x20 - requestor hears within 24h\n  - requester hears within 3 business days while true\n  - requester hears within 24\n\
         initial: end\nstates: { end: { type: final } }\n",
        &[]
    ));
}

/// A desk that drafts an answer for a colleague, who may do nothing.
fn drafted(suggestion: &str) -> String {
    format!(
        "opens: [ api ]\npromises: [ every ticket ends, requester hears within 6h ]\ninitial: draft\nstates:\n\
         \x20 draft: {{ entry: [ {{ suggest: {suggestion} }} ], on: {{ agent.replied: end, reply.hello: end }} }}\n  end: {{ type: final }}\n"
    )
}

#[test]
fn a_suggestion_that_is_sent_by_itself_keeps_a_promise_of_time_as_an_automatic_reply_does() {
    is_sound(&drafted("{ reply: hello, send_in: 4h }"), &[]);
    let late = found_in(&drafted("{ reply: hello, send_in: 8h }"), &[]);
    assert_eq!(codes(&late), [("broken-promise", 5)]);
    let waits = found_in(&drafted("{ reply: hello }"), &[]);
    assert!(codes(&waits).iter().all(|(code, _)| *code == "broken-promise") && !waits.is_empty(), "{waits:?}");
}

#[test]
fn a_suggestion_lapses_with_its_state_and_then_keeps_nothing() {
    let text = "opens: [ api ]\npromises: [ requester hears within 6h ]\ninitial: draft\nstates:\n\
        \x20 draft: { entry: [ { suggest: { reply: hello, send_in: 4h } } ], on: { reply.hello: end }, choices: { away: { label: Away, target: away } } }\n\
        \x20 away: { choices: { end: { label: End, target: end } } }\n  end: { type: final }\n";
    let findings = found_in(text, &[]);
    let path = findings.iter().find(|finding| finding.code == "broken-promise").map(|finding| finding.path.join("\n"));
    assert!(path.as_ref().is_some_and(|path| path.contains("`away`")), "{findings:?}");
}

#[test]
fn a_party_hears_when_a_colleague_writes_to_it_and_the_client_does_not() {
    // Two hours in `a` and two in `b` are too long for three, unless something is said between them.
    let body = |promise: &str, taken: &str| {
        let said = "{ target: c, actions: [ { reply: { name: hello, to: boss } }, { reply: hello } ] }";
        format!(
            "opens: [ api ]\nparties: {{ boss: {{ of: organization }} }}\npromises: [ {promise} ]\ninitial: a\nstates:\n\
             \x20 a: {{ waiting_on: us, on: {{ {taken}: b }}, after: {{ 2h: {said} }} }}\n\
             \x20 b: {{ waiting_on: us, after: {{ 2h: {said} }} }}\n  c: {{ type: final }}\n"
        )
    };
    is_sound(&body("boss hears within 3h", "boss.written_to"), &[]);
    is_sound(&body("requester hears within 3h", "agent.replied"), &[]);
    for (promise, taken) in
        [("requester hears within 3h", "boss.written_to"), ("boss hears within 3h", "agent.replied")]
    {
        let findings = found_in(&body(promise, taken), &[]);
        assert!(findings.iter().any(|finding| finding.code == "broken-promise"), "{promise} {taken}: {findings:?}");
    }
}

#[test]
fn paths_begin_at_a_schedule_too_and_know_what_it_sets() {
    let body = |opening: &str| {
        format!(
            "opens: [ {{ schedule: day 8 09:00, before: 3 days{opening} }} ]\nfields: {{ ok: {{ type: boolean }} }}\n\
             promises: [ never sent unless ok ]\ninitial: a\nstates:\n  a: {{ always: {{ target: sent }} }}\n\
             \x20 sent: {{ choices: {{ stop: {{ label: Stop, target: end }} }} }}\n  end: {{ type: final }}\n"
        )
    };
    let findings = found_in(&body(""), &[]);
    assert_eq!(codes(&findings), [("broken-promise", 6)]);
    assert!(
        findings[0].path[0].contains("the schedule `day 8 09:00 before 3 days` opens it"),
        "{:?}",
        findings[0].path
    );
    is_sound(&body(", set: { ok: 'true' }"), &[]);
}
