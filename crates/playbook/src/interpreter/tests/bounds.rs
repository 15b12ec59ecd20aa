//! How often a transition may be taken.

use super::*;

const ASKING: &str = "opens: [ api ]\ninitial: asking\nstates:\n\
    \x20 asking:\n    after: { 2 days: [ { max: 2, target: asking, actions: [ { note: again } ] }, { target: gone } ] }\n\
    \x20   on: { requester.replied: heard, agent.replied: { max: 1, actions: [ { note: once } ] }, requester.bounced: asking }\n\
    \x20 heard: { on: { agent.replied: asking }, always: [ { guard: 'requester.role == \"bot\"', target: asking } ] }\n\
    \x20 gone: { type: final }\n";

fn silent(playbook: &Playbook, run: &Run) -> Step {
    step_at(playbook, run, &facts(), &Event::timer(&run.timers[0]), run.timers[0].due)
}

#[test]
fn a_bounded_loop_is_taken_so_often_and_then_the_next_transition_is() {
    let playbook = playbook(ASKING);
    let mut last = begin(&playbook, json!({}));
    for _ in 0..2 {
        last = silent(&playbook, &last.run);
        assert_eq!((last.run.state.as_str(), notes(&last.effects)), ("asking", vec!["again".to_owned()]));
    }
    let over = silent(&playbook, &last.run);
    assert_eq!((over.run.state.as_str(), over.effects.len()), ("gone", 0));
    let why = &over.trace.guards[0];
    assert_eq!((why.expression.as_str(), why.held, why.values["taken"].clone()), ("max: 2", false, json!(2)));
    assert!(over.run.memory.counters.is_empty());
}

#[test]
fn the_count_begins_anew_when_the_state_is_entered_from_outside() {
    let playbook = playbook(ASKING);
    let asked = silent(&playbook, &begin(&playbook, json!({})).run);
    assert_eq!(asked.run.memory.counters.values().copied().collect::<Vec<_>>(), [1]);
    let heard = step(&playbook, &asked.run, "requester.replied");
    assert!(heard.run.memory.counters.is_empty());
    let mut last = step(&playbook, &heard.run, "agent.replied");
    for _ in 0..2 {
        last = silent(&playbook, &last.run);
    }
    assert_eq!(last.run.state, "asking");
}

#[test]
fn a_state_left_and_entered_within_one_step_was_not_left() {
    let playbook = playbook(ASKING);
    let asked = silent(&playbook, &begin(&playbook, json!({})).run);
    let bounced = step(&playbook, &asked.run, "requester.bounced");
    assert_eq!(bounced.run.memory, asked.run.memory);
    let bot = facts().with("requester", json!({"role": "bot"}));
    let through = step_at(&playbook, &asked.run, &bot, &Event::new("requester.replied"), hour(1));
    assert_eq!((through.run.state.as_str(), &through.run.memory), ("asking", &asked.run.memory));
}

#[test]
fn without_a_target_the_actions_are_bounded_and_then_nothing_takes_the_event() {
    let playbook = playbook(ASKING);
    let once = step(&playbook, &begin(&playbook, json!({})).run, "agent.replied");
    assert_eq!(notes(&once.effects), ["once"]);
    assert!(!step(&playbook, &once.run, "agent.replied").taken);
}

#[test]
fn a_run_that_was_stored_before_there_were_counters_is_read() {
    let run = begin(&playbook(ASKING), json!({})).run;
    let mut stored = serde_json::to_value(&run).unwrap();
    stored.as_object_mut().unwrap().remove("memory");
    assert_eq!(serde_json::from_value::<Run>(stored).unwrap(), run);
}
