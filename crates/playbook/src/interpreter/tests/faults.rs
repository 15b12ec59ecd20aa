//! What fails, and that nothing moves then.

use super::*;
use crate::Fault;

fn fault_of(body: &str) -> Fault {
    // What an opening brings along is not declared, so its type is only found out here.
    let opened = Event::opened().with_data(json!({"name": "Maria"}));
    playbook(body).begin(None, &Map::new(), &facts(), &opened, hour(0)).unwrap_err()
}

#[test]
fn always_that_never_comes_to_rest_is_stopped() {
    let fault = fault_of("opens: [ api ]\ninitial: a\nstates: { a: { always: b }, b: { always: a } }\n");
    assert_eq!(fault.code, "endless");
    assert!(fault.message.contains("100 transitions"), "{fault}");
}

#[test]
fn a_null_on_the_way_names_the_line_and_the_path() {
    let fault = fault_of(
        "opens: [ api ]\ninitial: a\nstates:\n  a:\n    always: [ { guard: assignee.name == 'Bo', target: b } ]\n  b: {}\n",
    );
    assert_eq!(fault.to_string(), "playbooks/x.yaml:8:24: `assignee.name` cannot be read: `assignee` is null here");
}

#[test]
fn a_value_that_does_not_suit_a_field_is_refused() {
    let body = "opens: [ api ]\nfields: { n: { type: integer } }\ninitial: a\nstates: { a: { entry: [ { set: { n: event.data.name } } ] } }\n";
    let fault = fault_of(body);
    assert_eq!(
        (fault.code.as_str(), fault.message.as_str()),
        ("wrong-type", "`n` is a whole number, and this is \"Maria\"")
    );
}

#[test]
fn a_fact_that_is_missing_altogether_is_a_fault_and_not_a_false() {
    let playbook = playbook(
        "opens: [ api ]\ninitial: a\nstates: { a: { always: [ { guard: organization.plan == 'pro', target: b } ] }, b: {} }\n",
    );
    let facts = facts().with("organization", json!({"name": "Acme"}));
    let fault = playbook.begin(None, &Map::new(), &facts, &Event::opened(), hour(0)).unwrap_err();
    assert_eq!(fault.code, "unknown-variable");
    assert!(fault.message.contains("`organization` has no `plan`"), "{fault}");
}

#[test]
fn a_guard_that_is_no_condition_is_a_fault() {
    let fault = fault_of(
        "opens: [ api ]\ninitial: a\nstates: { a: { always: [ { guard: event.data.name, target: b } ] }, b: {} }\n",
    );
    assert_eq!(fault.code, "not-a-boolean");
}

#[test]
fn a_run_in_a_state_that_there_is_not_is_told_so() {
    let playbook = playbook("opens: [ api ]\ninitial: a\nstates: { a: {} }\n");
    let run = Run { state: "gone".to_owned(), ..begin(&playbook, json!({})).run };
    let fault = playbook.step(&run, &facts(), &Event::new("agent.replied"), hour(1)).unwrap_err();
    assert_eq!(fault.code, "unknown-state");
}
