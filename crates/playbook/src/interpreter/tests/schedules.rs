//! What happens at a time of a schedule, or at a calculated instant, while the ticket is in a state.

use super::*;

const RESET: &str = "opens: [ api ]\nfields: { on: { type: boolean, default: true } }\ninitial: first\nstates:\n\
    \x20 first:\n    after: { 30 days: end }\n    on: { agent.replied: first }\n\
    \x20   every:\n      - { at: MO 16:00, late_until: 'MO 23:00', guard: on, target: reset }\n\
    \x20     - { at: 'WE,FR 09:00', actions: [ { note: '{{ now }}' } ] }\n\
    \x20 reset: { on: { agent.replied: first } }\n\
    \x20 again: { every: [ { at: MO 16:00, late_until: 'MO 23:00', target: again, actions: [ { note: again } ] } ] }\n\
    \x20 end: { type: final }\n";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn begun_at(body: &str, now: &str) -> (Playbook, Step) {
    let playbook = playbook(body);
    let step = playbook.begin(None, &Map::new(), &facts(), &Event::opened(), at(now)).unwrap();
    (playbook, step)
}

fn due(run: &Run) -> Vec<(u32, String)> {
    run.timers.iter().map(|timer| (timer.position, timer.due.to_string())).collect()
}

/// Fires the timer that is due first, on time.
fn fire_next(playbook: &Playbook, run: &Run) -> Step {
    let timer = &run.timers[0];
    step_at(playbook, run, &facts(), &Event::timer(timer), timer.due)
}

#[test]
fn a_schedule_is_set_for_its_next_time_and_numbered_behind_the_spans() {
    let (playbook, begun) = begun_at(RESET, "2026-11-17T09:00:00Z");
    let expected = [(2, "2026-11-18T09:00:00Z"), (1, "2026-11-23T16:00:00Z"), (0, "2026-12-17T09:00:00Z")];
    assert_eq!(due(&begun.run), expected.map(|(position, due)| (position, due.to_owned())));
    assert_eq!(playbook.timer_leads_to(&begun.run.timers[2]).as_deref(), Some("end"));
}

#[test]
fn a_schedule_that_leads_nowhere_goes_on_with_its_next_time() {
    let (playbook, begun) = begun_at(RESET, "2026-11-17T09:00:00Z");
    let wednesday = fire_next(&playbook, &begun.run);
    assert_eq!(notes(&wednesday.effects), ["2026-11-18T09:00:00Z"]);
    assert_eq!(due(&wednesday.run)[0], (2, "2026-11-20T09:00:00Z".to_owned()));
    let friday = fire_next(&playbook, &wednesday.run);
    assert_eq!(due(&friday.run)[0], (1, "2026-11-23T16:00:00Z".to_owned()));
    assert_eq!(due(&friday.run)[1], (2, "2026-11-25T09:00:00Z".to_owned()));
    let monday = fire_next(&playbook, &friday.run);
    assert_eq!((monday.run.state.as_str(), monday.run.timers.len()), ("reset", 0));
}

#[test]
fn a_schedule_that_fires_late_fires_once() {
    let (playbook, begun) = begun_at(RESET, "2026-11-17T09:00:00Z");
    let late =
        step_at(&playbook, &begun.run, &facts(), &Event::timer(&begun.run.timers[0]), at("2026-12-02T10:00:00Z"));
    assert_eq!(notes(&late.effects).len(), 1);
    let next = late.run.timers.iter().find(|timer| timer.position == 2).unwrap();
    assert_eq!(next.due.to_string(), "2026-12-04T09:00:00Z");
}

#[test]
fn a_guard_that_does_not_hold_waits_for_the_next_time() {
    let playbook = playbook(RESET);
    let given = json!({"on": false});
    let monday = at("2026-11-23T15:00:00Z");
    let begun = playbook.begin(None, given.as_object().unwrap(), &facts(), &Event::opened(), monday).unwrap();
    let fired = fire_next(&playbook, &begun.run);
    assert_eq!(fired.run.state, "first");
    assert!(due(&fired.run).contains(&(1, "2026-11-30T16:00:00Z".to_owned())));
}

#[test]
fn a_ticket_that_enters_after_the_hour_is_taken_along_until_it_is_late() {
    for (entered, expected) in [
        ("2026-11-23T15:59:59Z", "2026-11-23T16:00:00Z"),
        ("2026-11-23T16:00:00Z", "2026-11-23T16:00:00Z"),
        ("2026-11-23T22:59:59Z", "2026-11-23T22:59:59Z"),
        ("2026-11-23T23:00:00Z", "2026-11-30T16:00:00Z"),
        ("2026-11-24T16:30:00Z", "2026-11-30T16:00:00Z"),
    ] {
        let (_, begun) = begun_at(RESET, entered);
        let timer = begun.run.timers.iter().find(|timer| timer.position == 1).unwrap();
        assert_eq!(timer.due.to_string(), expected, "entered {entered}");
    }
}

#[test]
fn a_state_that_its_own_schedule_enters_again_waits_for_the_next_time() {
    let (playbook, begun) = begun_at(&RESET.replace("initial: first", "initial: again"), "2026-11-23T18:00:00Z");
    let taken_along = fire_next(&playbook, &begun.run);
    assert_eq!(notes(&taken_along.effects), ["again"]);
    assert_eq!(due(&taken_along.run), [(0, "2026-11-30T16:00:00Z".to_owned())]);
}

#[test]
fn the_times_are_those_of_the_zone_of_the_facts_when_the_clocks_change_too() {
    let body = "opens: [ api ]\ninitial: a\nstates: { a: { every: [ { at: SU 01:30, actions: [ { note: x } ] } ] } }\n";
    // Lisbon's clocks skip half past one on 29 March 2026, and show it twice on 25 October.
    let (playbook, spring) = begun_at(body, "2026-03-28T12:00:00Z");
    assert_eq!(due(&spring.run), [(0, "2026-03-29T01:30:00Z".to_owned())]);
    assert_eq!(due(&fire_next(&playbook, &spring.run).run), [(0, "2026-04-05T00:30:00Z".to_owned())]);
    let (playbook, autumn) = begun_at(body, "2026-10-24T12:00:00Z");
    assert_eq!(due(&autumn.run), [(0, "2026-10-25T00:30:00Z".to_owned())]);
    assert_eq!(due(&fire_next(&playbook, &autumn.run).run), [(0, "2026-11-01T01:30:00Z".to_owned())]);
}

const DUE: &str = "opens: [ api ]\nfields: { when: { type: text }, day: { type: date } }\ninitial: a\nstates:\n\
    \x20 a: { after: { 90 days: b }, at: [ { time: when, target: b }, { time: day, guard: 'event.name == \"after\"', actions: [ { note: day } ] } ] }\n\
    \x20 b: { entry: [ { set: { when: '\"2026-11-18T09:00:00Z\"' } } ], at: [ { time: when, target: a } ] }\n";

fn due_of(given: Value) -> Vec<(u32, String)> {
    due(&begin(&playbook(DUE), given).run)
}

#[test]
fn a_calculated_instant_is_set_on_entering_and_null_sets_none() {
    assert_eq!(due_of(json!({})).len(), 1);
    let both = due_of(json!({"when": "2026-12-24T18:00:00+01:00", "day": "2026-07-01"}));
    assert_eq!(both[..2], [(2, "2026-11-17T09:00:00Z".into()), (1, "2026-12-24T17:00:00Z".into())]);
    assert_eq!(due_of(json!({"day": "2027-07-01"}))[1], (2, "2027-06-30T23:00:00Z".into()));
}

#[test]
fn a_calculated_instant_that_is_past_fires_at_once_and_sees_what_entry_has_set() {
    let playbook = playbook(DUE);
    let begun = begin(&playbook, json!({"when": "2020-01-01T00:00:00Z"}));
    assert_eq!(due(&begun.run)[0], (1, hour(0).to_string()));
    let moved = step_at(&playbook, &begun.run, &facts(), &Event::timer(&begun.run.timers[0]), hour(0));
    assert_eq!((moved.run.state.as_str(), due(&moved.run)), ("b", vec![(0, "2026-11-18T09:00:00Z".to_owned())]));
}

#[test]
fn a_value_that_is_no_instant_is_a_fault_with_its_place() {
    let playbook = playbook(DUE);
    let given = json!({"when": "tomorrow"});
    let fault = playbook.begin(None, given.as_object().unwrap(), &facts(), &Event::opened(), hour(0)).unwrap_err();
    assert_eq!((fault.code.as_str(), fault.place.line), ("bad-time", 8));
    assert!(fault.message.contains("`when` gives \"tomorrow\""), "{fault}");
}

#[test]
fn a_schedule_is_of_the_desks_week_and_days_are_the_clients() {
    let playbook = playbook(
        "opens: [ api ]\ninitial: a\nstates:\n  a: { after: { 1 day: a }, every: [ { at: MO 16:00, late_until: 'MO 23:00', target: a } ] }\n",
    );
    let zone = |name| jiff::tz::TimeZone::get(name).unwrap();
    let mut facts = facts();
    facts.zone = zone("Asia/Tokyo");
    let facts = facts.with_desk_zone(zone("Europe/Lisbon"));
    // Saturday in Lisbon; the clocks go back on Sunday, and in Tokyo they do not.
    let begun = playbook.begin(None, &Map::new(), &facts, &Event::opened(), at("2026-10-24T11:00:00Z")).unwrap();
    let expected = [(0, "2026-10-25T11:00:00Z"), (1, "2026-10-26T16:00:00Z")];
    assert_eq!(due(&begun.run), expected.map(|(position, due)| (position, due.to_owned())));
    // Late on Monday in Lisbon, Tuesday in Tokyo.
    let late = playbook.begin(None, &Map::new(), &facts, &Event::opened(), at("2026-10-26T22:00:00Z")).unwrap();
    assert_eq!(due(&late.run)[0], (1, "2026-10-26T22:00:00Z".to_owned()));
}

#[test]
fn schedules_and_clocks_are_punctual_and_what_measures_a_silence_is_not() {
    let body = "opens: [ api ]\nfields: { when: { type: date } }\n\
        clocks: { answer: { start: ticket.opened, stop: agent.replied, within: 8h, breach: [ { note: late } ] } }\n\
        initial: a\nstates:\n  a:\n    after: { 1 day: b }\n    at: [ { time: '\"2026-11-20\"', target: b } ]\n    every: [ { at: 16:00, target: b } ]\n  b: {}\n";
    let (playbook, begun) = begun_at(body, "2026-11-17T09:00:00Z");
    let mut told: Vec<_> = begun
        .run
        .timers
        .iter()
        .map(|timer| (timer.state.as_str(), timer.position, playbook.is_punctual(timer)))
        .collect();
    told.sort_unstable();
    assert_eq!(told, [("@answer", 0, true), ("a", 0, false), ("a", 1, false), ("a", 2, true)]);
}

#[test]
fn a_ticket_that_a_schedule_opened_knows_its_date_for_as_long_as_it_lives() {
    let playbook = playbook(
        "opens: [ { schedule: day 8 09:00, subject: 'Hours of {{ opening.previous_month }}', set: { month: opening.month } }, api ]\n\
         fields: { month: { type: text } }\ninitial: a\nstates:\n  a: { on: { agent.replied: { actions: [ { note: '{{ opening.date }}' } ] } } }\n",
    );
    let occurrence = crate::Occurrence {
        at: at("2027-01-08T09:00:00Z"),
        date: "2027-01-08".parse().unwrap(),
        opens: at("2027-01-08T09:00:00Z"),
    };
    let (opening, now) = (playbook.opens().first(), occurrence.at);
    let begun = playbook.begin_at(opening, Some(&occurrence), &Map::new(), &facts(), &Event::opened(), now).unwrap();
    assert_eq!(begun.effects[0].arguments["subject"], "Hours of 2026-12");
    assert_eq!(begun.run.fields["month"], "2027-01");
    // It outlives being stored, and is nothing to a ticket that was opened otherwise.
    let stored: Run = serde_json::from_str(&serde_json::to_string(&begun.run).unwrap()).unwrap();
    let answered = step_at(&playbook, &stored, &facts(), &Event::new("agent.replied"), now);
    assert_eq!(notes(&answered.effects), ["2027-01-08"]);
    let by_api = playbook.begin(playbook.opens().last(), &Map::new(), &facts(), &Event::opened(), now).unwrap();
    let answered = step_at(&playbook, &by_api.run, &facts(), &Event::new("agent.replied"), now);
    assert_eq!(notes(&answered.effects), [""]);
}
