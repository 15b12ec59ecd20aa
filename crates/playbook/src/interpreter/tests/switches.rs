//! A ticket that goes on in another playbook.

use std::sync::Arc;

use super::*;
use crate::{compile, sample};

const GENERAL: &str = "opens: [ api ]\nfields: { count: { type: integer }, text: { type: text }, kind: { type: choice, of: [ a, b ] } }\ninitial: out\nstates:\n\
    \x20 out:\n    initial: in\n    exit: [ { note: -out } ]\n    after: { 3 days: end }\n    states:\n\
    \x20     in:\n        exit: [ { note: -in } ]\n        on: { agent.replied: { max: 1, actions: [ { note: x } ] } }\n\
    \x20       choices: { move: { label: Move, switch: special, actions: [ { set: { count: count + 1 } }, { note: moved } ] } }\n\
    \x20 end: { type: final }\n";

const SPECIAL: &str = "opens: [ hand ]\nfields: { count: { type: integer, default: 7 }, kind: { type: choice, of: [ b, c ], default: c }, more: { type: text, default: x } }\n\
    initial: first\nstates: { first: { entry: [ { note: '{{ count }} {{ kind }}' } ], after: { 1h: first } } }\n";

fn playbooks() -> (Arc<Playbook>, Arc<Playbook>) {
    let files = sample::files(&[("general", GENERAL), ("special", SPECIAL)]);
    let handbook = compile(&files, &sample::registry()).unwrap();
    (handbook.playbook("general").unwrap().clone(), handbook.playbook("special").unwrap().clone())
}

fn switched(given: Value) -> (Step, Step) {
    let (general, special) = playbooks();
    let run = step(&general, &begin(&general, given).run, "agent.replied").run;
    let event = Event::choice("move", Map::new());
    let left = general.step(&run, &facts(), &event, hour(2)).unwrap();
    let begun = special.take_over(&left.run, &facts(), &event, hour(2)).unwrap();
    (left, begun)
}

#[test]
fn the_first_playbook_is_left_and_names_the_one_that_goes_on() {
    let (left, _) = switched(json!({"count": 1}));
    assert_eq!((left.switch.as_deref(), left.taken, left.run.playbook.as_str()), (Some("special"), true, "general"));
    assert_eq!(notes(&left.effects), ["-in", "-out", "moved"]);
    assert_eq!((left.run.timers.len(), left.run.memory.clone()), (0, crate::Memory::default()));
    assert_eq!(left.trace.exited, ["out.in", "out"]);
}

#[test]
fn fields_that_both_have_keep_values_that_suit() {
    let (_, begun) = switched(json!({"count": 1, "text": "lost", "kind": "b"}));
    assert_eq!(Value::Object(begun.run.fields.clone()), json!({"count": 2, "kind": "b", "more": "x"}));
    assert_eq!(notes(&begun.effects), ["2 b"]);
    let (_, other) = switched(json!({"count": 1, "kind": "a"}));
    assert_eq!(other.run.fields["kind"], json!("c"));
}

#[test]
fn the_steps_are_counted_on_so_that_no_effect_has_the_key_of_another() {
    let (left, begun) = switched(json!({"count": 1}));
    assert_eq!((begun.run.step, begun.switch.as_deref()), (left.run.step + 1, None));
    assert_eq!(
        (begun.run.playbook.as_str(), begun.run.state.as_str(), begun.run.timers.len()),
        ("special", "first", 1)
    );
}

#[test]
fn an_ordinary_step_switches_nothing() {
    let (general, _) = playbooks();
    assert_eq!(begin(&general, json!({})).switch, None);
}
