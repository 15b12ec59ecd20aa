mod actions;
mod asking;
mod asks;
mod bounds;
mod carry;
mod checklists;
mod choices;
mod clocks;
mod fan_out;
mod faults;
mod laws;
mod moves;
mod parties;
mod pauses;
mod recount;
mod schedules;
mod switches;
mod timers;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::sample::{facts, hour, playbook};
use crate::{Effect, Event, Facts, Playbook, Run, Step};

/// Begins a run of a playbook.
fn begin(playbook: &Playbook, given: Value) -> Step {
    playbook.begin(None, given.as_object().unwrap(), &facts(), &Event::opened(), hour(0)).unwrap()
}

/// Takes one event, an hour after the beginning.
fn step(playbook: &Playbook, run: &Run, event: &str) -> Step {
    step_at(playbook, run, &facts(), &Event::new(event), hour(1))
}

fn step_at(playbook: &Playbook, run: &Run, facts: &Facts, event: &Event, now: Timestamp) -> Step {
    playbook.step(run, facts, event, now).unwrap()
}

/// The notes among the effects: a way to see which actions ran, in which order.
fn notes(effects: &[Effect]) -> Vec<String> {
    let notes = effects.iter().filter(|effect| effect.action == "note");
    notes.map(|effect| effect.arguments["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_run_begins_with_defaults_then_what_is_given_then_what_the_opening_sets() {
    let playbook = playbook(
        "opens: [ { api: , subject: 'Order of {{ requester.name }}: {{ count }}', set: { count: count + 1 } } ]\n\
         fields: { count: { type: integer, default: 1 }, kind: { type: text } }\n\
         initial: a\nstates: { a: { entry: [ { note: '{{ ticket.subject }}' } ] } }\n",
    );
    let opening = playbook.opens().first();
    let given = json!({"count": 4});
    let step = playbook.begin(opening, given.as_object().unwrap(), &facts(), &Event::opened(), hour(0)).unwrap();
    assert_eq!(Value::Object(step.run.fields), json!({"count": 5, "kind": null}));
    assert_eq!(step.effects[0].action, "set");
    assert_eq!(Value::Object(step.effects[0].arguments.clone()), json!({"subject": "Order of Maria: 5"}));
    assert_eq!(notes(&step.effects), ["Order of Maria: 5"]);
    assert_eq!((step.run.step, step.taken, step.trace.from), (1, true, None));
}

#[test]
fn an_event_that_nothing_takes_changes_nothing() {
    let playbook = playbook("opens: [ api ]\ninitial: a\nstates: { a: {} }\n");
    let begun = begin(&playbook, json!({}));
    let step = step(&playbook, &begun.run, "requester.replied");
    assert_eq!((&step.run, step.taken, step.effects.len()), (&begun.run, false, 0));
    assert_eq!(step.trace.note.as_deref(), Some("no state takes this event"));
    assert!(!playbook.takes(&begun.run, &facts(), &Event::new("requester.replied"), hour(1)).unwrap());
}

#[test]
fn a_trace_tells_guards_with_their_values_and_no_words_of_a_message() {
    let playbook = playbook(
        "opens: [ api ]\nfields: { details: { type: text }, count: { type: integer } }\ninitial: a\nstates:\n  a:\n    on:\n      requester.replied:\n\
        \x20     - { guard: 'event.message.text.contains(\"secret\") && details != null && count == 2', target: b }\n  b: {}\n",
    );
    let begun = begin(&playbook, json!({"details": "also secret", "count": 2}));
    let event = Event::new("requester.replied").with_message(json!({"text": "my secret words", "subject": "s"}));
    let step = step_at(&playbook, &begun.run, &facts(), &event, hour(1));
    let trace = serde_json::to_value(&step.trace).unwrap();
    assert_eq!(trace["guards"][0]["values"], json!({"count": 2, "details": "(11 characters)"}));
    assert_eq!((trace["guards"][0]["held"].clone(), trace["to"].clone()), (json!(true), json!("b")));
    assert_eq!(trace["place"]["line"], json!(11));
    assert!(!trace.to_string().contains("my secret"));
    assert!(!trace.to_string().contains("also secret"));
}

#[test]
fn fields_corrected_by_hand_are_checked_and_no_step_is_taken() {
    let playbook =
        playbook("opens: [ api ]\nfields: { count: { type: integer, min: 1 } }\ninitial: a\nstates: { a: {} }\n");
    let run = begin(&playbook, json!({})).run;
    let fields = |value: Value| value.as_object().unwrap().clone();
    let corrected = playbook.set_fields(&run, &fields(json!({"count": 2}))).unwrap();
    assert_eq!((corrected.fields["count"].clone(), corrected.step), (json!(2), run.step));
    assert_eq!(playbook.set_fields(&run, &fields(json!({"count": 0}))).unwrap_err().code, "wrong-type");
    assert_eq!(playbook.set_fields(&run, &fields(json!({"cuont": 2}))).unwrap_err().code, "unknown-field");
}

#[test]
fn what_texts_see_holds_facts_fields_links_and_the_event() {
    let playbook = playbook(
        "opens: [ api ]\nfields: { count: { type: integer } }\nlinks: { kid: child }\ninitial: a\nstates: { a: { waiting_on: requester } }\n",
    );
    let run = begin(&playbook, json!({"count": 3})).run;
    let values: Map<String, Value> = playbook.values(&run, &facts(), None, hour(2));
    assert_eq!(values["count"], json!(3));
    assert_eq!(values["links"], json!({"kid": null}));
    assert_eq!(values["waiting_on"], json!("requester"));
    assert_eq!(values["now"], json!("2026-11-17T11:00:00Z"));
}
