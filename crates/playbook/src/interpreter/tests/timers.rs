//! What happens some time after a state was entered.

use super::*;
use crate::{Timer, compile, sample};

const WAITING: &str = "opens: [ api ]\ninitial: out\nstates:\n\
    \x20 out:\n    initial: a\n    after: { 3 days: late }\n    states:\n\
    \x20     a: { after: { 24h: b, 1h: { actions: [ { note: nudge } ] } }, on: { requester.replied: b, agent.replied: a } }\n\
    \x20     b: {}\n\
    \x20 late: {}\n";

fn due(step: &Step) -> Vec<(String, u32, Timestamp)> {
    step.run.timers.iter().map(|timer| (timer.state.clone(), timer.position, timer.due)).collect()
}

fn fire(playbook: &Playbook, run: &Run, position: usize, at: Timestamp) -> Step {
    step_at(playbook, run, &facts(), &Event::timer(&run.timers[position]), at)
}

#[test]
fn timers_are_set_on_entering_in_the_order_they_are_due() {
    let begun = begin(&playbook(WAITING), json!({}));
    assert_eq!(due(&begun), [("out.a".into(), 1, hour(1)), ("out.a".into(), 0, hour(24)), ("out".into(), 0, hour(72))]);
}

#[test]
fn a_parents_timer_survives_moves_among_its_children() {
    let playbook = playbook(WAITING);
    let moved = step(&playbook, &begin(&playbook, json!({})).run, "requester.replied");
    assert_eq!(due(&moved), [("out".into(), 0, hour(72))]);
}

#[test]
fn entering_again_starts_the_timers_anew() {
    let playbook = playbook(WAITING);
    let again = step(&playbook, &begin(&playbook, json!({})).run, "agent.replied");
    assert_eq!(due(&again), [("out.a".into(), 1, hour(2)), ("out.a".into(), 0, hour(25)), ("out".into(), 0, hour(72))]);
}

#[test]
fn a_timer_fires_once_and_without_a_target_the_others_stay() {
    let playbook = playbook(WAITING);
    let begun = begin(&playbook, json!({}));
    let nudged = fire(&playbook, &begun.run, 0, hour(1));
    assert_eq!((notes(&nudged.effects), nudged.run.timers.len()), (vec!["nudge".to_owned()], 2));
    let again = step_at(&playbook, &nudged.run, &facts(), &Event::timer(&begun.run.timers[0]), hour(2));
    assert_eq!((again.taken, again.trace.note.as_deref()), (false, Some("the timer is no longer set")));
}

#[test]
fn a_timer_that_fires_late_still_moves_and_one_that_fires_early_does_not() {
    let playbook = playbook(WAITING);
    let begun = begin(&playbook, json!({}));
    assert_eq!(fire(&playbook, &begun.run, 1, hour(500)).run.state, "out.b");
    assert!(!fire(&playbook, &begun.run, 1, hour(23)).taken);
}

#[test]
fn the_timer_of_a_state_that_was_left_is_gone() {
    let playbook = playbook(WAITING);
    let begun = begin(&playbook, json!({}));
    let moved = step(&playbook, &begun.run, "requester.replied");
    let stale: &Timer = &begun.run.timers[1];
    assert!(!step_at(&playbook, &moved.run, &facts(), &Event::timer(stale), hour(24)).taken);
}

#[test]
fn days_are_civil_in_the_zone_of_the_facts() {
    let playbook = playbook("opens: [ api ]\ninitial: a\nstates: { a: { after: { 1 day: b, 24h: b } }, b: {} }\n");
    // Lisbon's clocks go back on the night of 25 October 2026.
    let before: Timestamp = "2026-10-24T12:00:00+01:00".parse().unwrap();
    let begun = playbook.begin(None, &Map::new(), &facts(), &Event::opened(), before).unwrap();
    let due: Vec<String> = begun.run.timers.iter().map(|timer| timer.due.to_string()).collect();
    assert_eq!(due, ["2026-10-25T11:00:00Z", "2026-10-25T12:00:00Z"]);
}

/// The only playbook of a handbook whose calendar is open on weekday mornings in New York, and facts with that calendar.
fn in_the_mornings(after: &str) -> (Playbook, Facts) {
    let mut files = sample::files(&[(
        "x",
        &format!(
            "calendar: mornings\nopens: [ api ]\nreopen: {{ within: 2 business days, target: back }}\ninitial: a\n\
             states: {{ a: {{ after: {{ {after} }} }}, b: {{ type: final }}, back: {{}} }}\n"
        ),
    )]);
    let morning = "[ 09:00-12:00 ]";
    files.insert(
        "calendars/mornings.yaml",
        format!("language: 1\nzone: America/New_York\nhours: {{ mon: {morning}, tue: {morning}, wed: {morning} }}\n"),
    );
    let handbook = compile(&files, &sample::registry()).unwrap();
    let facts = facts().with_calendar(handbook.calendars["mornings"].clone());
    (Playbook::clone(&handbook.playbooks["x"]), facts)
}

#[test]
fn working_time_is_counted_in_the_calendar_of_the_facts_and_days_in_their_zone() {
    let (playbook, facts) = in_the_mornings(
        "45 business minutes: b, 4 business hours: b, 2 business days: b, end of working day: b, 1 week: b, 1 day: b",
    );
    assert_eq!(playbook.calendar(), Some(&crate::CalendarChoice::Named("mornings".to_owned())));
    // Tuesday, 10:30 in New York.
    let asked: Timestamp = "2026-11-17T15:30:00Z".parse().unwrap();
    let begun = playbook.begin(None, &Map::new(), &facts, &Event::opened(), asked).unwrap();
    let due: Vec<String> = begun.run.timers.iter().map(|timer| timer.due.to_string()).collect();
    let expected = [
        "2026-11-17T16:15:00Z",
        "2026-11-17T17:00:00Z",
        "2026-11-18T15:30:00Z",
        "2026-11-18T16:30:00Z",
        "2026-11-23T15:30:00Z",
        "2026-11-24T15:30:00Z",
    ];
    assert_eq!(due, expected);
}

#[test]
fn a_ticket_comes_back_within_working_days() {
    let (playbook, facts) = in_the_mornings("1h: b");
    let opened: Timestamp = "2026-11-17T14:30:00Z".parse().unwrap();
    let begun = playbook.begin(None, &Map::new(), &facts, &Event::opened(), opened).unwrap();
    let ended = step_at(&playbook, &begun.run, &facts, &Event::timer(&begun.run.timers[0]), begun.run.timers[0].due);
    let answer =
        |at: &str| step_at(&playbook, &ended.run, &facts, &Event::new("requester.replied"), at.parse().unwrap());
    assert!(answer("2026-11-23T15:30:00Z").taken);
    assert!(!answer("2026-11-23T15:30:01Z").taken);
}

#[test]
fn a_calendar_without_any_working_time_for_years_is_a_fault() {
    let playbook = playbook("opens: [ api ]\ninitial: a\nstates: { a: { after: { 1 business day: b } }, b: {} }\n");
    let mut off = calendar::DaysOff::none();
    off.add_dates("2026-01-01".parse().unwrap(), "2046-01-01".parse().unwrap(), 10_000);
    let never = calendar::Calendar::new(jiff::tz::TimeZone::UTC, calendar::Hours::always(), off);
    let facts = facts().with_calendar(std::sync::Arc::new(never));
    let fault = playbook.begin(None, &Map::new(), &facts, &Event::opened(), hour(0)).unwrap_err();
    assert_eq!((fault.code.as_str(), &*fault.place.file, fault.place.line), ("bad-time", "playbooks/x.yaml", 6));
}
