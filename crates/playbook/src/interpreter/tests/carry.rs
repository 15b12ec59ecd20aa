//! Carrying a run over into another revision.

use super::*;
use crate::{StateMap, Timer};

const OLD: &str = "opens: [ api ]\nfields: { size: { type: integer }, gone: { type: text } }\n\
    clocks: { answer: { start: ticket.opened, stop: agent.replied, within: 10h, warn: { before: 2h, actions: [ { note: soon } ] }, breach: [ { note: late } ] } }\n\
    initial: out\nstates:\n\
    \x20 out:\n    initial: a\n    after: { 3 days: over }\n    states:\n\
    \x20     a: { after: { 24h: b, 1h: { actions: [ { note: nudge } ] } } }\n\
    \x20     b: { entry: [ { note: entered } ], always: [ { guard: size == 7, target: over } ] }\n\
    \x20 over: { type: final }\n";

fn carried(new: &str, run: &Run, map: &[(&str, &str)], now: i64) -> Result<Step, crate::Fault> {
    let map: StateMap = map.iter().copied().collect();
    playbook(new).carry_over(&playbook(OLD), run, &map, &facts(), hour(now))
}

fn timers(step: &Step) -> Vec<(&str, u32, Timestamp, Timestamp)> {
    step.run.timers.iter().map(|timer| (timer.state.as_str(), timer.position, timer.started, timer.due)).collect()
}

#[test]
fn where_nothing_is_different_the_run_is_the_same_one_step_later() {
    let begun = begin(&playbook(OLD), json!({"size": 4})).run;
    let step = carried(OLD, &begun, &[], 5).unwrap();
    assert_eq!(step.run, Run { step: begun.step + 1, ..begun });
    assert!(step.taken && step.effects.is_empty());
    assert_eq!((step.trace.event.as_str(), step.trace.from.as_deref()), ("handbook.moved", Some("out.a")));
}

#[test]
fn a_timer_that_lasts_longer_or_shorter_is_counted_from_its_start() {
    let begun = begin(&playbook(OLD), json!({})).run;
    let new =
        OLD.replace("3 days: over", "2 days: over").replace("24h: b", "30h: b").replace("within: 10h", "within: 5h");
    let step = carried(&new, &begun, &[], 26).unwrap();
    assert_eq!(
        timers(&step),
        [
            ("out.a", 1, hour(0), hour(1)),
            ("@answer", 1, hour(0), hour(3)),
            ("@answer", 0, hour(0), hour(5)),
            ("out.a", 0, hour(0), hour(30)),
            ("out", 0, hour(0), hour(48)),
        ]
    );
}

#[test]
fn a_new_timer_begins_with_the_move_and_one_that_has_fired_stays_so() {
    let old = playbook(OLD);
    let begun = begin(&old, json!({})).run;
    let nudge = begun.timers.iter().find(|timer| timer.due == hour(1)).cloned().unwrap();
    let nudged = step_at(&old, &begun, &facts(), &Event::timer(&nudge), hour(1)).run;
    let new = OLD
        .replace("24h: b", "12h: { actions: [ { note: new } ] }, 24h: b")
        .replace("    states:", "    every: [ { at: '16:00', late_until: '23:00', target: over } ]\n    states:");
    let step = carried(&new, &nudged, &[], 10).unwrap();
    let of_states: Vec<_> = timers(&step).into_iter().filter(|(state, ..)| !state.starts_with('@')).collect();
    assert_eq!(
        of_states,
        [
            ("out.a", 0, hour(10), hour(22)),
            ("out.a", 1, hour(0), hour(24)),
            ("out", 1, hour(10), hour(31)),
            ("out", 0, hour(0), hour(72)),
        ],
        "nobody is taken along by a window that was open when it moved"
    );
}

#[test]
fn a_run_goes_where_it_is_put_and_nothing_is_done_on_the_way() {
    let begun = begin(&playbook(OLD), json!({"size": 7, "gone": "text"})).run;
    let new = OLD
        .replace("out", "away")
        .replace("gone: { type: text }", "gone: { type: integer }, more: { type: text, default: x }");
    let step = carried(&new, &begun, &[("out", "away"), ("out.a", "away.b")], 2).unwrap();
    assert_eq!((step.run.state.as_str(), step.effects.len()), ("away.b", 0));
    assert_eq!(Value::from(step.run.fields.clone()), json!({"size": 7, "gone": null, "more": "x"}));
    assert_eq!(step.standing.state, "away.b");
    let of_states: Vec<&Timer> = step.run.timers.iter().filter(|timer| !timer.state.starts_with('@')).collect();
    assert_eq!(of_states.len(), 1, "the timers of a state that is left do not go along");
    assert_eq!((of_states[0].state.as_str(), of_states[0].due), ("away", hour(72)));
}

#[test]
fn a_state_that_is_nowhere_is_refused_with_what_there_is() {
    let begun = begin(&playbook(OLD), json!({})).run;
    let new = OLD.replace("a: {", "first: {").replace("initial: a", "initial: first");
    let refused = |map: &[(&str, &str)]| carried(&new, &begun, map, 1).unwrap_err();
    assert_eq!(refused(&[]).code, "unknown-state");
    assert!(refused(&[("out.a", "out.frist")]).help.unwrap().contains("out.first"));
    assert_eq!(refused(&[("out.a", "out")]).code, "no-place-to-stand");
    assert_eq!(refused(&[("out.a", "over")]).code, "no-place-to-stand");
    assert!(carried(&new, &begun, &[("out.a", "out.first")], 1).is_ok());
}

#[test]
fn a_map_of_a_state_goes_for_those_below_it_unless_they_are_named() {
    let map: StateMap = [("a", "x"), ("a.b.c", "y")].into_iter().collect();
    for (old, new) in [("a", "x"), ("a.b", "x.b"), ("a.b.c", "y"), ("a.b.c.d", "y.d"), ("ab", "ab"), ("b.a", "b.a")] {
        assert_eq!(map.place_of(old), new);
    }
}

#[test]
fn what_a_move_does_is_said_before() {
    let (old, new) =
        (playbook(OLD), playbook(&OLD.replace("3 days: over", "5 days: over").replace("1h:", "2h: b, 3h:")));
    let carried = new.carried(&old, "out.a", &StateMap::default()).unwrap();
    assert_eq!(carried.begun, ["after 3h (out.a)"]);
    let renamed: Vec<_> = carried.kept.iter().filter(|(_, was)| was.is_some()).cloned().collect();
    assert_eq!(
        renamed,
        [
            ("after 2h (out.a)".to_owned(), Some("after 1h (out.a)".to_owned())),
            ("after 5 days (out)".to_owned(), Some("after 3 days (out)".to_owned())),
        ]
    );
    let shorter =
        playbook(&OLD.replace(", 1h: { actions: [ { note: nudge } ] }", "").replace(", gone: { type: text }", ""));
    let carried = shorter.carried(&old, "out.a", &StateMap::default()).unwrap();
    assert_eq!((carried.ended, carried.lost), (vec!["after 1h (out.a)".to_owned()], vec!["gone".to_owned()]));
}
