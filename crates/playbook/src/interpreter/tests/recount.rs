//! Timers are set anew when a calendar or a zone changes under them.

use std::sync::Arc;

use calendar::{Calendar, DaysOff, Hours};
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;

const PLAYBOOK: &str = "opens: [ api ]\nclocks:\n\
    \x20 answer: { start: ticket.opened, stop: agent.replied, within: 6 business hours, warn: { before: 2 business hours, actions: [ { note: soon } ] }, breach: [ { note: late } ] }\n\
    \x20 chase: { start: requester.replied, stop: agent.replied, every: 1 business day, breach: [ { note: chase } ] }\n\
    initial: out\nstates:\n\
    \x20 out:\n    initial: a\n    after: { 3 business days: over }\n    every: [ { at: MO 09:00, actions: [ { note: monday } ] } ]\n    states:\n\
    \x20     a: { after: { 1 day: b, 24h: { actions: [ { note: nudge } ] } }, on: { requester.bounced: b } }\n\
    \x20     b: { after: { end of working day: a }, at: [ { time: '\"2026-12-25\"', target: a } ], on: { requester.bounced: a } }\n\
    \x20 over: { type: final }\n";

/// A week of these hours, from Monday on, with days off counted from the beginning of the story.
pub(super) fn hours(weekdays: u8, spans: &str, off: &[i64], zone: &str) -> Facts {
    let week = [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
    let open = week.into_iter().enumerate().filter(|(day, _)| *day == 2 || weekdays & (1 << day) != 0);
    let span = || vec![spans.parse().unwrap()];
    let hours = open.fold(Hours::default(), |hours, (_, day)| hours.with(day, span()).unwrap());
    let mut days_off = DaysOff::none();
    for day in off {
        days_off.add_date(hour(day * 24).to_zoned(TimeZone::UTC).date());
    }
    let zone = TimeZone::get(zone).unwrap();
    let calendar = Calendar::new(zone.clone(), hours, days_off);
    let mut counted = Facts::new(zone).with_calendar(Arc::new(calendar));
    counted.values = facts().values;
    counted
}

fn office() -> Facts {
    hours(31, "09:00-18:00", &[], "Europe/Lisbon")
}

fn due(run: &Run, state: &str, position: u32) -> String {
    let timer = run.timers.iter().find(|timer| timer.state == state && timer.position == position).unwrap();
    timer.due.to_string()
}

fn begun(playbook: &Playbook, facts: &Facts) -> Run {
    playbook.begin(None, &Map::new(), facts, &Event::opened(), hour(0)).unwrap().run
}

#[test]
fn a_holiday_puts_off_what_is_counted_in_working_time_and_nothing_else() {
    let playbook = playbook(PLAYBOOK);
    let run = begun(&playbook, &office());
    assert_eq!(due(&run, "out", 0), "2026-11-20T09:00:00Z");
    let step = playbook.recount(&run, &hours(31, "09:00-18:00", &[1], "Europe/Lisbon"), "A holiday", hour(1)).unwrap();
    let step = step.unwrap();
    assert_eq!(due(&step.run, "out", 0), "2026-11-23T09:00:00Z");
    for (state, position) in [("out.a", 0), ("out.a", 1), ("out", 1), ("@answer", 0), ("@answer", 1)] {
        assert_eq!(due(&step.run, state, position), due(&run, state, position), "{state} {position}");
    }
    assert_eq!((step.trace.event.as_str(), step.effects.len(), step.run.step), ("calendar.changed", 0, run.step + 1));
    insta::assert_snapshot!(step.trace.note.unwrap(), @"A holiday. after 3 business days (out): 2026-11-23T09:00:00Z instead of 2026-11-20T09:00:00Z");
}

#[test]
fn shorter_hours_move_a_clock_and_its_warning_and_a_warning_given_is_not_given_again() {
    let playbook = playbook(PLAYBOOK);
    let run = begun(&playbook, &office());
    let shorter = hours(31, "09:00-13:00", &[], "Europe/Lisbon");
    let moved = playbook.recount(&run, &shorter, "Shorter", hour(1)).unwrap().unwrap().run;
    assert_eq!(
        (due(&moved, "@answer", 1).as_str(), due(&moved, "@answer", 0).as_str()),
        ("2026-11-18T09:00:00Z", "2026-11-18T11:00:00Z")
    );
    let warning = run.timers.iter().find(|timer| timer.state == "@answer" && timer.position == 1).unwrap();
    let warned = step_at(&playbook, &run, &office(), &Event::timer(warning), warning.due).run;
    let moved = playbook.recount(&warned, &shorter, "Shorter", hour(5)).unwrap().unwrap().run;
    assert!(!moved.timers.iter().any(|timer| timer.state == "@answer" && timer.position == 1));
}

#[test]
fn another_zone_moves_days_and_the_desks_week() {
    let playbook = playbook(PLAYBOOK);
    let run = begun(&playbook, &office());
    assert_eq!(due(&run, "out", 1), "2026-11-23T09:00:00Z");
    let tokyo = hours(31, "09:00-18:00", &[], "Asia/Tokyo");
    let moved = playbook.recount(&run, &tokyo, "Moved", hour(1)).unwrap().unwrap().run;
    assert_eq!(due(&moved, "out", 1), "2026-11-23T00:00:00Z");
    assert_eq!(due(&moved, "out.a", 0), due(&run, "out.a", 0), "a day has 24 hours in both");
}

/// A story: what happens, each some hours after the one before.
fn stories() -> impl Strategy<Value = Vec<(u8, u8)>> {
    prop::collection::vec((0_u8..4, 1_u8..30), 0..6)
}

fn calendars() -> impl Strategy<Value = Facts> {
    let spans = prop::sample::select(vec!["09:00-18:00", "08:00-12:00", "22:00-23:00"]);
    let zones = prop::sample::select(vec!["Europe/Lisbon", "Asia/Tokyo", "America/New_York"]);
    (0_u8..32, spans, prop::collection::vec(0_i64..9, 0..3), zones)
        .prop_map(|(days, spans, off, zone)| hours(days, spans, &off, zone))
}

/// Plays a story; timers fire when they are due.
fn play(playbook: &Playbook, facts: &Facts, story: &[(u8, u8)]) -> (Run, Timestamp) {
    let (mut run, mut now) = (begun(playbook, facts), hour(0));
    for (what, later) in story {
        let until = now + jiff::SignedDuration::from_hours(i64::from(*later));
        while let Some(timer) = run.timers.first().filter(|timer| timer.due <= until).cloned() {
            now = timer.due.max(now);
            run = step_at(playbook, &run, facts, &Event::timer(&timer), now).run;
        }
        now = until;
        let event = ["requester.bounced", "requester.replied", "agent.replied", "ticket.touched"][usize::from(*what)];
        run = step_at(playbook, &run, facts, &Event::new(event), now).run;
    }
    (run, now)
}

proptest! {
    #[test]
    fn counting_anew_by_the_same_calendar_changes_nothing(facts in calendars(), story in stories()) {
        let playbook = playbook(PLAYBOOK);
        let (run, now) = play(&playbook, &facts, &story);
        prop_assert_eq!(playbook.recount(&run, &facts, "", now).unwrap(), None);
    }

    #[test]
    fn counted_anew_a_timer_is_where_it_would_be_had_it_been_set_so(before in calendars(), after in calendars()) {
        let playbook = playbook(PLAYBOOK);
        let run = begun(&playbook, &before);
        let anew = playbook.recount(&run, &after, "", hour(1)).unwrap();
        let expected = begun(&playbook, &after);
        prop_assert_eq!(anew.map_or(run.timers, |step| step.run.timers), expected.timers);
    }

    #[test]
    fn what_is_counted_anew_twice_is_as_if_it_had_been_once(
        (before, between, after) in (calendars(), calendars(), calendars()), story in stories()
    ) {
        let playbook = playbook(PLAYBOOK);
        let (run, now) = play(&playbook, &before, &story);
        let anew = |run: &Run, facts: &Facts| playbook.recount(run, facts, "", now).unwrap().map_or(run.clone(), |step| step.run);
        let (through, straight) = (anew(&anew(&run, &between), &after), anew(&run, &after));
        prop_assert_eq!(through.timers, straight.timers);
    }
}
