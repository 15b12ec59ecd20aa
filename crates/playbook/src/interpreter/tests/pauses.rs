//! Clocks that stand still: their time does not pass, and what was left is left.

use jiff::SignedDuration;
use proptest::prelude::*;

use super::recount::hours;
use super::*;
use crate::{ClockState, Pause, StillFor};

const PAUSED: &str = "opens: [ api ]\nclocks:\n\
    \x20 answer: { start: ticket.opened, stop: reply.hello, within: 6h, pause: { waiting_on: [ requester, third_party ], in: out.lunch }, warn: { before: 2h, actions: [ { note: soon } ] }, breach: [ { note: late } ] }\n\
    initial: ours\nstates:\n\
    \x20 ours: { on: { agent.replied: theirs, requester.bounced: out }, choices: { end: { label: End, target: end } } }\n\
    \x20 theirs: { waiting_on: requester, on: { requester.replied: ours, requester.bounced: out } }\n\
    \x20 out: { initial: lunch, on: { requester.replied: ours }, states: { lunch: { on: { agent.replied: out.desk } }, desk: {} } }\n\
    \x20 end: { type: final }\n";

fn due(run: &Run) -> Vec<(u32, Timestamp, Timestamp)> {
    run.timers.iter().map(|timer| (timer.position, timer.started, timer.due)).collect()
}

fn at(playbook: &Playbook, run: &Run, event: &str, hours: i64) -> Step {
    step_at(playbook, run, &facts(), &Event::new(event), hour(hours))
}

fn view(playbook: &Playbook, run: &Run, hours: i64) -> (ClockState, Option<i64>) {
    let clock = playbook.clock_views(run, &facts(), hour(hours)).remove(0);
    (clock.state, clock.left.map(|left| left.length.as_hours()))
}

#[test]
fn a_clock_stands_still_where_it_pauses_and_goes_on_with_what_was_left() {
    let playbook = playbook(PAUSED);
    let begun = begin(&playbook, json!({})).run;
    assert_eq!(due(&begun), [(1, hour(0), hour(4)), (0, hour(0), hour(6))]);
    let asked = at(&playbook, &begun, "agent.replied", 1);
    assert_eq!((due(&asked.run), playbook.open_clocks(&asked.run).count()), (vec![], 0));
    let [stopped] = asked.trace.clocks.as_slice() else { panic!("{:?}", asked.trace.clocks) };
    assert_eq!(
        (stopped.clock.as_str(), stopped.stands, stopped.left, stopped.place.line),
        ("answer", true, 5 * 3_600, 6)
    );
    let because = StillFor::WaitingOn("requester".to_owned());
    assert_eq!(
        view(&playbook, &asked.run, 90),
        (ClockState::Paused(Pause::Still { because, since: hour(1) }), Some(5))
    );
    let answered = at(&playbook, &asked.run, "requester.replied", 100);
    assert_eq!(due(&answered.run), [(1, hour(0), hour(103)), (0, hour(0), hour(105))]);
    assert_eq!(answered.run.memory.clocks["answer"].due, hour(105));
    let [resumed] = answered.trace.clocks.as_slice() else { panic!("{:?}", answered.trace.clocks) };
    assert_eq!((resumed.stands, resumed.left), (false, 5 * 3_600));
    let clock = playbook.clock_views(&answered.run, &facts(), hour(101)).remove(0);
    assert_eq!(
        (clock.state, clock.why.stood_still.unwrap().length),
        (ClockState::Running, SignedDuration::from_hours(99))
    );
    let warned = step_at(&playbook, &answered.run, &facts(), &Event::timer(&answered.run.timers[0]), hour(103));
    assert_eq!(notes(&warned.effects), ["soon"]);
    let again = at(&playbook, &at(&playbook, &warned.run, "agent.replied", 104).run, "requester.replied", 200);
    assert_eq!(due(&again.run), [(0, hour(0), hour(201))], "it warned already");
    let late = step_at(&playbook, &again.run, &facts(), &Event::timer(&again.run.timers[0]), hour(201));
    assert_eq!(
        (notes(&late.effects), late.run.memory.clocks["answer"].breached),
        (vec!["late".to_owned()], Some(hour(201)))
    );
}

#[test]
fn a_state_that_is_named_stands_for_itself_and_what_is_left_of_little_warns_at_once() {
    let playbook = playbook(PAUSED);
    let begun = begin(&playbook, json!({})).run;
    let lunch = at(&playbook, &begun, "requester.bounced", 3);
    let because = StillFor::State("out.lunch".to_owned());
    assert_eq!(view(&playbook, &lunch.run, 5), (ClockState::Paused(Pause::Still { because, since: hour(3) }), Some(3)));
    let desk = at(&playbook, &lunch.run, "agent.replied", 10);
    assert_eq!(
        due(&desk.run),
        [(1, hour(0), hour(11)), (0, hour(0), hour(13))],
        "beside the state that is named it runs"
    );
    let ours = at(&playbook, &at(&playbook, &desk.run, "requester.replied", 11).run, "requester.bounced", 12);
    let back = at(&playbook, &ours.run, "requester.replied", 20);
    assert_eq!(
        due(&back.run),
        [(1, hour(0), hour(20)), (0, hour(0), hour(21))],
        "one hour is left, and it warns two before"
    );
}

#[test]
fn from_one_pause_into_another_it_stands_still_on() {
    let playbook = playbook(PAUSED);
    let theirs = at(&playbook, &begin(&playbook, json!({})).run, "agent.replied", 2);
    let lunch = at(&playbook, &theirs.run, "requester.bounced", 5);
    assert_eq!((lunch.run.state.as_str(), lunch.trace.clocks.len()), ("out.lunch", 0));
    let back = at(&playbook, &lunch.run, "requester.replied", 9);
    assert_eq!(due(&back.run).last(), Some(&(0, hour(0), hour(13))));
}

#[test]
fn one_that_stands_still_can_be_stopped_and_ends_with_its_ticket_and_is_not_started_again() {
    let playbook = playbook(PAUSED);
    let asked = at(&playbook, &begin(&playbook, json!({})).run, "agent.replied", 1).run;
    let stopped = at(&playbook, &asked, "reply.hello", 2);
    assert!(stopped.taken);
    assert_eq!(view(&playbook, &stopped.run, 3), (ClockState::Met, None));
    assert!(at(&playbook, &stopped.run, "requester.replied", 4).run.timers.is_empty(), "nothing is left to go on");
    let over = Run { state: "ours".to_owned(), ..asked.clone() };
    let over = playbook.step(&over, &facts(), &Event::choice("end", Map::new()), hour(5)).unwrap();
    assert_eq!(view(&playbook, &over.run, 6), (ClockState::Ended, None));
    let restarting =
        super::playbook(&PAUSED.replace("start: ticket.opened", "start: [ ticket.opened, requester.bounced ]"));
    let lunch = at(&restarting, &asked, "requester.bounced", 2).run;
    assert_eq!(view(&restarting, &lunch, 3).1, Some(5), "the first start counts");
}

#[test]
fn one_that_has_run_out_is_not_saved_by_a_pause_that_is_noticed_first() {
    let playbook = playbook(PAUSED);
    let begun = begin(&playbook, json!({})).run;
    let asked = at(&playbook, &begun, "agent.replied", 6);
    assert_eq!(due(&asked.run), due(&begun));
    let late = step_at(&playbook, &asked.run, &facts(), &Event::timer(&asked.run.timers[1]), hour(6));
    assert_eq!(notes(&late.effects), ["late"]);
}

#[test]
fn one_that_is_started_where_it_pauses_begins_by_standing_still() {
    let playbook = playbook(&PAUSED.replace("initial: ours", "initial: theirs"));
    let begun = begin(&playbook, json!({})).run;
    assert_eq!((due(&begun), view(&playbook, &begun, 30).1), (vec![], Some(6)));
    assert_eq!(due(&at(&playbook, &begun, "requester.replied", 50).run).last(), Some(&(0, hour(0), hour(56))));
}

#[test]
fn one_that_repeats_begins_anew_whole_when_it_has_run_out() {
    let playbook = playbook(&PAUSED.replace("within: 6h", "every: 6h"));
    let back = at(
        &playbook,
        &at(&playbook, &begin(&playbook, json!({})).run, "agent.replied", 2).run,
        "requester.replied",
        20,
    );
    let out = step_at(&playbook, &back.run, &facts(), &Event::timer(&back.run.timers[1]), hour(24));
    assert_eq!(due(&out.run).last(), Some(&(0, hour(24), hour(30))));
    let asked = at(&playbook, &out.run, "agent.replied", 25);
    assert_eq!(view(&playbook, &asked.run, 26).0, ClockState::Breached, "what ran out stays overdue");
    assert_eq!(due(&at(&playbook, &asked.run, "requester.replied", 30).run).last(), Some(&(0, hour(24), hour(35))));
}

#[test]
fn a_newer_revision_that_pauses_elsewhere_takes_over_what_is_left() {
    let old = playbook(PAUSED);
    let run = at(&old, &begin(&old, json!({})).run, "agent.replied", 2).run;
    let runs = playbook(&PAUSED.replace("waiting_on: [ requester, third_party ], in", "in"));
    let moved = runs.carry_over(&old, &run, &crate::StateMap::default(), &facts(), hour(10)).unwrap().run;
    assert_eq!(due(&moved), [(1, hour(0), hour(12)), (0, hour(0), hour(14))]);
    let back = old.carry_over(&runs, &moved, &crate::StateMap::default(), &facts(), hour(11)).unwrap().run;
    assert_eq!((due(&back), view(&old, &back, 12).1), (vec![], Some(3)));
    let longer = playbook(&PAUSED.replace("within: 6h", "within: 9h"));
    let kept = longer.carry_over(&old, &run, &crate::StateMap::default(), &facts(), hour(10)).unwrap().run;
    assert_eq!(view(&longer, &kept, 12).1, Some(7));
}

#[test]
fn of_very_many_pauses_the_first_are_kept_as_what_they_left() {
    let playbook = playbook(&PAUSED.replace("within: 6h", "within: 7 business hours"));
    let office = hours(31, "09:00-18:00", &[], "Europe/Lisbon");
    // Monday, an hour after it opened.
    let minute = |minutes: i64| hour(1) + SignedDuration::from_mins(minutes);
    let mut run = playbook.begin(None, &Map::new(), &office, &Event::opened(), minute(0)).unwrap().run;
    for count in 1..=350 {
        let event = Event::new(if count % 2 == 1 { "agent.replied" } else { "requester.replied" });
        run = playbook.step(&run, &office, &event, minute(count)).unwrap().run;
    }
    let clock = playbook.clock_views(&run, &office, minute(350)).remove(0);
    assert_eq!(clock.left.unwrap().length, SignedDuration::from_mins(7 * 60 - 175));
    let kept = &run.memory.pauses["answer"];
    assert_eq!((kept.over.len(), kept.left.is_some()), (100, true));
}

/// How much of `span` ran until `end`, by the whiles in which the ticket was not paused.
fn ran(span: calendar::Span, facts: &Facts, whiles: &[(Timestamp, Timestamp)]) -> SignedDuration {
    whiles.iter().fold(SignedDuration::ZERO, |sum, (from, to)| sum + span.passed(*from, *to, &facts.calendar))
}

const SPANS: [&str; 6] =
    ["30h", "3 days", "7 business hours", "3 business days", "end of working day", "500 business minutes"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Whenever it stops and goes on, across changes of the clock and days off, and though the calendar changes in between.
    #[test]
    fn time_in_pauses_is_never_counted_and_what_ran_and_what_is_left_are_the_whole(
        span in prop::sample::select(&SPANS[..]),
        start in 0_i64..400, gaps in prop::collection::vec(1_i64..3_000, 1..130),
        off in prop::collection::vec(0_i64..20, 0..3), changed in any::<bool>(),
        zone in prop::sample::select(&["Europe/Lisbon", "America/New_York", "Australia/Lord_Howe"][..]),
    ) {
        let text = PAUSED.replace("within: 6h", &format!("within: {span}")).replace("warn: { before: 2h, actions: [ { note: soon } ] }, ", "");
        let playbook = playbook(&text);
        let span: calendar::Span = span.parse().unwrap();
        // The clocks change in America and Australia while these run.
        let base: Timestamp = "2026-10-30T06:00:00Z".parse().unwrap();
        let minute = |minutes: i64| base + SignedDuration::from_mins(minutes);
        let days: Vec<i64> = off.iter().map(|day| day - 20).collect();
        let before = hours(31, "09:00-18:00", &days, zone);
        let after = if changed { hours(21, "08:00-12:00", &days, zone) } else { before.clone() };
        let mut now = start;
        let mut run = playbook.begin(None, &Map::new(), &before, &Event::opened(), minute(now)).unwrap().run;
        let (begun, mut whiles, mut since, mut today) = (minute(now), Vec::new(), minute(now), &before);
        let whole = |facts: &Facts| ran(span, facts, &[(begun, span.after(begun, &facts.calendar, &facts.zone).unwrap())]);
        let (mut over, half) = (None, gaps.len() / 2);
        for (count, gap) in gaps.into_iter().enumerate() {
            now += gap;
            if count == half && changed {
                today = &after;
                if let Some(step) = playbook.recount(&run, today, "Changed", minute(now)).unwrap() { run = step.run; }
            }
            if let Some(end) = run.timers.first().filter(|end| end.due <= minute(now)) {
                over = Some(end.due);
                break;
            }
            let stops = run.state == "ours";
            let event = Event::new(if stops { "agent.replied" } else { "requester.replied" });
            run = playbook.step(&run, today, &event, minute(now)).unwrap().run;
            if stops { whiles.push((since, minute(now))); } else { since = minute(now); }
            // What is kept of it is all that counts.
            run = serde_json::from_value(serde_json::to_value(&run).unwrap()).unwrap();
            let clock = playbook.clock_views(&run, today, minute(now)).remove(0);
            let rest = clock.left.unwrap().length;
            let spent = ran(span, today, &whiles);
            // A calendar with fewer hours may leave nothing of what ran already.
            prop_assert_eq!(rest, (whole(today) - spent).max(SignedDuration::ZERO), "{:?} at {}", clock.state, minute(now));
        }
        if let Some(end) = over.filter(|end| *end >= since) {
            whiles.push((since, end));
            prop_assert_eq!(ran(span, today, &whiles), whole(today));
        }
        prop_assert!(serde_json::to_string(&run).unwrap().len() < 12_000);
    }
}
