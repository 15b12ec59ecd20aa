//! By when somebody must have been answered, whatever states the ticket goes through.

use super::*;

const CLOCKS: &str = "opens: [ api ]\nfields: { vip: { type: boolean, default: true } }\nlinks: { kid: child }\nclocks:\n\
    \x20 first:\n    start: ticket.opened\n    stop: [ agent.replied, reply.hello ]\n    within: 4h\n    while: vip\n\
    \x20   warn: { before: 1h, actions: [ { note: soon } ] }\n    breach: [ { note: late }, { set: { vip: 'false' } } ]\n\
    \x20 daily: { start: requester.replied, stop: agent.replied, every: 24h, breach: [ { note: daily } ] }\n\
    \x20 job: { start: requester.bounced, stop: kid.finished, within: 2 days, breach: [ { note: job } ] }\n\
    initial: a\nstates:\n  a: { always: [ { guard: '!vip', target: c } ], on: { requester.bounced: b, choice.end: end }, choices: { end: { label: End } } }\n\
    \x20 b: { on: { requester.bounced: a } }\n  c: { on: { kid.finished: a } }\n  end: { type: final }\n";

fn due(run: &Run) -> Vec<(&str, u32, Timestamp)> {
    run.timers.iter().map(|timer| (timer.state.as_str(), timer.position, timer.due)).collect()
}

fn fire(playbook: &Playbook, run: &Run, position: usize) -> Step {
    let timer = &run.timers[position];
    step_at(playbook, run, &facts(), &Event::timer(timer), timer.due)
}

#[test]
fn a_clock_starts_with_its_event_and_survives_changes_of_state() {
    let playbook = playbook(CLOCKS);
    let begun = begin(&playbook, json!({}));
    let expected = [("@first", 1, hour(3)), ("@first", 0, hour(4))];
    assert_eq!(due(&begun.run), expected);
    let moved = step(&playbook, &begun.run, "requester.bounced");
    assert_eq!((moved.run.state.as_str(), &due(&moved.run)[..2]), ("b", &expected[..]));
}

#[test]
fn a_clock_is_stopped_by_an_event_that_no_state_takes_too() {
    let playbook = playbook(CLOCKS);
    let begun = begin(&playbook, json!({}));
    for event in ["agent.replied", "reply.hello"] {
        let stopped = step(&playbook, &begun.run, event);
        assert_eq!((stopped.taken, stopped.run.timers.len(), stopped.run.state.as_str()), (true, 0, "a"));
        assert!(!step(&playbook, &stopped.run, event).taken, "nothing is left to stop");
    }
}

#[test]
fn a_clock_warns_and_then_runs_out_once() {
    let playbook = playbook(CLOCKS);
    let warned = fire(&playbook, &begin(&playbook, json!({})).run, 0);
    assert_eq!((notes(&warned.effects), warned.trace.event.as_str()), (vec!["soon".to_owned()], "clock.first.warn"));
    assert_eq!(due(&warned.run), [("@first", 0, hour(4))]);
    let late = fire(&playbook, &warned.run, 0);
    assert_eq!((notes(&late.effects), late.trace.event.as_str()), (vec!["late".to_owned()], "clock.first"));
    assert_eq!((late.run.timers.len(), late.run.state.as_str()), (0, "c"), "`always` sees what the breach has set");
}

#[test]
fn a_clock_that_runs_out_while_it_does_not_count_does_nothing() {
    let playbook = playbook(&CLOCKS.replace("guard: '!vip'", "guard: 'false'"));
    let begun = begin(&playbook, json!({"vip": false}));
    let warned = fire(&playbook, &begun.run, 0);
    let over = fire(&playbook, &warned.run, 0);
    assert_eq!((warned.effects.len(), over.effects.len(), over.run.timers.len()), (0, 0, 0));
    assert_eq!((over.trace.guards[0].expression.as_str(), over.trace.guards[0].held), ("vip", false));
}

#[test]
fn a_running_clock_is_not_started_again_and_a_repeating_one_begins_anew_when_it_is_stopped_or_out() {
    let playbook = playbook(CLOCKS);
    let quiet = step(&playbook, &begin(&playbook, json!({})).run, "agent.replied").run;
    let asked = step_at(&playbook, &quiet, &facts(), &Event::new("requester.replied"), hour(2));
    assert_eq!(due(&asked.run), [("@daily", 0, hour(26))]);
    assert!(!step_at(&playbook, &asked.run, &facts(), &Event::new("requester.replied"), hour(3)).taken);
    let answered = step_at(&playbook, &asked.run, &facts(), &Event::new("agent.replied"), hour(5));
    assert_eq!(due(&answered.run), [("@daily", 0, hour(29))]);
    let out = fire(&playbook, &answered.run, 0);
    assert_eq!((notes(&out.effects), due(&out.run)), (vec!["daily".to_owned()], vec![("@daily", 0, hour(53))]));
}

#[test]
fn what_a_linked_ticket_sends_stops_a_clock_when_a_state_takes_it() {
    let playbook = playbook(CLOCKS);
    let run = step(&playbook, &begin(&playbook, json!({})).run, "requester.bounced").run;
    let is_running = |run: &Run| run.timers.iter().any(|timer| timer.state == "@job");
    let waits = step(&playbook, &run, "kid.finished");
    assert!(!waits.taken && is_running(&waits.run));
    let ready = Run { state: "c".to_owned(), ..run };
    assert!(!is_running(&step(&playbook, &ready, "kid.finished").run));
}

#[test]
fn no_clock_runs_when_the_run_is_over() {
    let playbook = playbook(CLOCKS);
    let run = begin(&playbook, json!({})).run;
    let over = playbook.step(&run, &facts(), &Event::choice("end", Map::new()), hour(1)).unwrap();
    assert_eq!((over.run.timers.len(), over.standing.is_final), (0, true));
    assert!(!step(&playbook, &over.run, "requester.replied").taken);
}

#[test]
fn a_clock_counts_in_the_calendar_that_it_names_and_in_the_tickets_without_one() {
    let body = "opens: [ api ]\nclocks:\n\
        \x20 own: { start: ticket.opened, stop: agent.replied, within: 1 day, calendar: organization, warn: { before: 1 business hour, actions: [] }, breach: [] }\n\
        \x20 usual: { start: ticket.opened, stop: agent.replied, within: 1 business hour, breach: [] }\n\
        initial: a\nstates: { a: {} }\n";
    let playbook = playbook(body);
    let zone = jiff::tz::TimeZone::get("America/New_York").unwrap();
    let closed_now = "language: 1\nzone: America/New_York\nhours: { wed: [ 00:00-01:00 ] }\n";
    let theirs = std::sync::Arc::new(crate::read_calendar("c.yaml", closed_now).unwrap());
    let by = crate::CountedBy { whose: crate::Whose::Organization, calendar: Some("c".to_owned()) };
    let counting = crate::Counting { zone, calendar: theirs, by };
    let facts = facts().with_calendar_of(&crate::CalendarChoice::Organization, counting);
    let begun = playbook.begin(None, &Map::new(), &facts, &Event::opened(), hour(0)).unwrap().run;
    let of = |state: &str, position: u32| {
        begun.timers.iter().find(|timer| timer.state == state && timer.position == position).unwrap().due
    };
    assert_eq!(of("@usual", 0), hour(1));
    assert_eq!(of("@own", 0), hour(24));
    assert_eq!(of("@own", 1), hour(20), "the last hour that they were open before");
}

fn states(playbook: &Playbook, run: &Run, now: Timestamp) -> Vec<(String, &'static str)> {
    let views = playbook.clock_views(run, &facts(), now);
    views.into_iter().map(|clock| (clock.name, clock.state.as_str())).collect()
}

fn named(name: &str, state: &'static str) -> (String, &'static str) {
    (name.to_owned(), state)
}

#[test]
fn a_clock_is_seen_running_warned_overdue_and_answered_late() {
    let playbook =
        playbook(&CLOCKS.replace("guard: '!vip'", "guard: 'false'").replace(", { set: { vip: 'false' } }", ""));
    let begun = begin(&playbook, json!({}));
    assert_eq!(states(&playbook, &begun.run, hour(1)), [named("first", "running")]);
    let warned = fire(&playbook, &begun.run, 0);
    assert_eq!(states(&playbook, &warned.run, hour(3)), [named("first", "warned")]);
    let late = fire(&playbook, &warned.run, 0);
    assert_eq!(states(&playbook, &late.run, hour(5)), [named("first", "breached")]);
    assert_eq!(late.run.memory.clocks["first"].breached, Some(hour(4)));
    let answered = step_at(&playbook, &late.run, &facts(), &Event::new("agent.replied"), hour(6));
    assert!(answered.taken, "no state takes it, and the clock that ran out waited for it");
    assert_eq!(states(&playbook, &answered.run, hour(6)), [named("first", "late")]);
    assert!(!step_at(&playbook, &answered.run, &facts(), &Event::new("agent.replied"), hour(7)).taken);
}

#[test]
fn a_clock_that_is_stopped_in_time_was_kept_and_one_whose_ticket_ends_just_ended() {
    let playbook = playbook(CLOCKS);
    let begun = begin(&playbook, json!({}));
    let met = step_at(&playbook, &begun.run, &facts(), &Event::new("agent.replied"), hour(2));
    assert_eq!(states(&playbook, &met.run, hour(3)), [named("first", "met")]);
    assert_eq!(playbook.open_clocks(&met.run).count(), 0);
    let over = step_at(&playbook, &begun.run, &facts(), &Event::choice("end", Map::new()), hour(2));
    assert_eq!(states(&playbook, &over.run, hour(3)), [named("first", "ended")]);
}

#[test]
fn a_clock_that_would_not_count_is_paused_with_its_condition() {
    let playbook = playbook(&CLOCKS.replace("guard: '!vip'", "guard: 'false'"));
    let begun = begin(&playbook, json!({"vip": false}));
    let clock = playbook.clock_views(&begun.run, &facts(), hour(1)).remove(0);
    assert_eq!(clock.state, crate::ClockState::Paused(crate::Pause::NotCounted { condition: "vip".to_owned() }));
    let over = fire(&playbook, &fire(&playbook, &begun.run, 0).run, 0);
    assert_eq!(states(&playbook, &over.run, hour(5)), [], "running out did not count, and nothing is waited for");
}

#[test]
fn what_ran_out_stays_overdue_when_it_is_started_again_without_an_answer() {
    let playbook = playbook(CLOCKS);
    let asked =
        step_at(&playbook, &begin(&playbook, json!({})).run, &facts(), &Event::new("requester.replied"), hour(0));
    let daily = asked.run.timers.iter().find(|timer| timer.state == "@daily").unwrap().clone();
    let late = step_at(&playbook, &asked.run, &facts(), &Event::timer(&daily), daily.due);
    let ran = &late.run.memory.clocks["daily"];
    assert_eq!(
        (ran.due, ran.breached),
        (daily.due, Some(daily.due)),
        "the promise that was broken, though it runs again"
    );
    let answered = step_at(&playbook, &late.run, &facts(), &Event::new("agent.replied"), hour(30));
    let ran = &answered.run.memory.clocks["daily"];
    assert_eq!(
        (ran.started, ran.breached, ran.is_open()),
        (hour(30), None, true),
        "`every` begins anew with the answer"
    );
}

#[test]
fn a_clock_says_in_whose_time_it_is_counted_and_from_when() {
    let text = CLOCKS
        .replace("within: 4h", "within: end of working day")
        .replace("warn: { before: 1h, actions: [ { note: soon } ] }\n    ", "");
    let playbook = playbook(&text);
    let calendar = calendar::Calendar::new(
        jiff::tz::TimeZone::get("Europe/Lisbon").unwrap(),
        calendar::Hours::always(),
        calendar::DaysOff::none(),
    );
    let facts = facts().with_calendar(std::sync::Arc::new(calendar));
    let begun = playbook.begin(None, &Map::new(), &facts, &Event::opened(), hour(0)).unwrap();
    let clock = playbook.clock_views(&begun.run, &facts, hour(1)).remove(0);
    assert_eq!(
        (clock.why.span.to_string().as_str(), clock.why.zone.as_deref()),
        ("end of working day", Some("Europe/Lisbon"))
    );
    assert_eq!((clock.why.counted_from, clock.why.days_off.len()), (None, 0));
    assert_eq!(clock.title.to_string(), "First");
}
