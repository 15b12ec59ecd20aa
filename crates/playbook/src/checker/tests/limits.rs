//! Schedules, calculated instants, bounded loops, other procedures and clocks: planted, and nearly the same and sound.

use super::*;

fn asked(limit: &str) -> String {
    format!(
        "opens: [ api ]\nfields: {{ due: {{ type: date }} }}\ninitial: asked\nstates:\n  asked:\n    waiting_on: requester\n\
         \x20   on: {{ requester.replied: end }}\n    {limit}\n  end: {{ type: final }}\n"
    )
}

#[test]
fn an_instant_that_may_never_be_known_limits_no_wait() {
    let at = "at: [ { time: due, target: end } ]";
    assert_eq!(codes(&found_in(&asked(at), &[])), [("endless-wait", 8)]);
    is_sound(&asked(&format!("{at}\n    after: {{ 7 days: end }}")), &[]);
}

#[test]
fn a_schedule_limits_a_wait() {
    is_sound(&asked("every: [ { at: MO 09:00, actions: [ { reply: hello } ] } ]"), &[]);
    assert_eq!(codes(&found_in(&asked("choices: { go: { label: Go, target: end } }"), &[])), [("endless-wait", 8)]);
}

fn told_weekly(promise: &str) -> String {
    format!(
        "opens: [ api ]\npromises: [ {promise} ]\ninitial: a\nstates:\n  a:\n    choices: {{ go: {{ label: Go, target: end }} }}\n    every: [ {{ at: MO 09:00, actions: [ {{ reply: hello }} ] }} ]\n\
         \x20 end: {{ type: final }}\n"
    )
}

#[test]
fn who_is_written_to_every_monday_hears_within_eight_days_and_not_within_six() {
    is_sound(&told_weekly("requester hears within 8 days"), &[]);
    assert_eq!(codes(&found_in(&told_weekly("requester hears within 6 days"), &[])), [("broken-promise", 5)]);
}

fn reminded(after_the_last: &str) -> String {
    format!(
        "opens: [ api ]\npromises: [ every ticket ends ]\ninitial: asked\nstates:\n  asked:\n    waiting_on: requester\n\
         \x20   on: {{ requester.replied: end }}\n\
         \x20   after: {{ 1 day: [ {{ target: asked, max: 2, actions: [ {{ reply: hello }} ] }}{after_the_last} ] }}\n\
         \x20 end: {{ type: final }}\n"
    )
}

#[test]
fn reminders_that_are_counted_keep_no_ticket_open_if_something_follows_the_last() {
    is_sound(&reminded(", { target: end }"), &[]);
    assert_eq!(codes(&found_in(&reminded(""), &[])), [("broken-promise", 5)]);
}

fn passed_on(other: &str) -> (String, String) {
    let body = "opens: [ api ]\npromises: [ every ticket ends ]\ninitial: a\nstates:\n  a: { choices: { other: { label: Other, switch: other } } }\n";
    (body.to_owned(), format!("opens: [ linked ]\ninitial: b\nstates:\n  b: {{ {other} }}\n  end: {{ type: final }}\n"))
}

#[test]
fn a_ticket_that_goes_on_in_another_procedure_ends_there() {
    let (body, other) = passed_on("choices: { go: { label: Go, target: end } }");
    is_sound(&body, &[("other", &other)]);
    let (body, other) = passed_on("waiting_on: requester, on: { requester.replied: end }");
    let found = found_in(&body, &[("other", &other)]);
    assert!(found.iter().any(|finding| finding.code == "endless-wait"), "{found:?}");
}
