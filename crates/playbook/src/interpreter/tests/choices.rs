//! What colleagues may decide.

use super::*;

const CHOICES: &str = "opens: [ api ]\nfields: { held: { type: integer, label: Held }, ok: { type: boolean, default: true } }\ninitial: p\nstates:\n\
    \x20 p:\n    initial: a\n    choices:\n      stop: { label: Stop, target: end }\n      go: { label: Go outside, target: end }\n    states:\n\
    \x20     a:\n        choices:\n          go: { label: Go, require: [ held, organization.plan ], target: p.b }\n\
    \x20         hidden: { label: Hidden, guard: '!ok', target: p.b }\n\
    \x20         answered: { label: Answered }\n          led: { label: Led, by: lead, ask: { reason: { type: text } }, actions: [ { note: '{{ choice.reason }}' } ] }\n\
    \x20       on: { choice.answered: [ { guard: ok, target: b }, { target: end } ] }\n\
    \x20     b: {}\n\
    \x20 end: { type: final }\n";

fn choose(run: &Run, name: &str, facts: &Facts) -> Result<Step, String> {
    let said = if name == "led" { json!({"reason": "why"}) } else { json!({}) };
    let event = Event::choice(name, said.as_object().unwrap().clone());
    playbook(CHOICES).step(run, facts, &event, hour(1)).map_err(|fault| fault.code)
}

#[test]
fn choices_are_listed_with_what_is_missing_and_where_they_lead() {
    let playbook = playbook(CHOICES);
    let run = begin(&playbook, json!({})).run;
    let facts = facts().with("organization", json!({"name": "Acme", "plan": null}));
    let views = playbook.choices(&run, &facts, hour(1)).unwrap();
    let seen: Vec<_> =
        views.iter().map(|view| (view.name.as_str(), view.available, view.leads_to.as_deref())).collect();
    let expected =
        [("go", false, Some("p.b")), ("answered", true, None), ("led", true, None), ("stop", true, Some("end"))];
    assert_eq!(seen, expected);
    let unmet: Vec<_> =
        views[0].unmet.iter().map(|missing| (missing.field.as_str(), missing.label.to_string())).collect();
    assert_eq!(unmet, [("held", "Held".into()), ("organization.plan", "Organization plan".into())]);
    assert_eq!(playbook.missing(&run, &facts, hour(1)).unwrap(), views[0].unmet);
}

#[test]
fn a_choice_is_made_when_its_guard_holds_and_nothing_is_missing() {
    let playbook = playbook(CHOICES);
    let (bare, full) = (begin(&playbook, json!({})).run, begin(&playbook, json!({"held": 0})).run);
    assert_eq!(choose(&bare, "go", &facts()).unwrap_err(), "choice-incomplete");
    assert_eq!(choose(&full, "go", &facts()).unwrap().run.state, "p.b");
    assert_eq!(choose(&full, "hidden", &facts()).unwrap_err(), "choice-not-available");
    assert_eq!(choose(&full, "nowhere", &facts()).unwrap_err(), "choice-unknown");
    assert_eq!(choose(&full, "stop", &facts()).unwrap().run.state, "end");
}

#[test]
fn a_choice_without_a_target_is_answered_by_the_event_of_its_name() {
    let playbook = playbook(CHOICES);
    assert_eq!(choose(&begin(&playbook, json!({})).run, "answered", &facts()).unwrap().run.state, "p.b");
    assert_eq!(choose(&begin(&playbook, json!({"ok": false})).run, "answered", &facts()).unwrap().run.state, "end");
}

#[test]
fn what_is_said_with_a_choice_is_seen_in_its_step() {
    let playbook = playbook(CHOICES);
    let step = choose(&begin(&playbook, json!({})).run, "led", &facts()).unwrap();
    assert_eq!((step.run.state.as_str(), notes(&step.effects)), ("p.a", vec!["why".to_owned()]));
}

#[test]
fn a_choice_for_some_is_refused_to_others() {
    let playbook = playbook(CHOICES);
    let run = begin(&playbook, json!({})).run;
    let by = |by: Value| {
        let event = Event::choice("led", Map::from_iter([("reason".to_owned(), json!(""))])).with_by(by);
        playbook.step(&run, &facts(), &event, hour(1)).map(|step| step.taken).map_err(|fault| fault.code)
    };
    assert_eq!(by(json!({"name": "Ana", "role": "agent", "teams": ["support"]})), Err("not-permitted".to_owned()));
    assert_eq!(by(json!({"name": "Ana"})), Err("not-permitted".to_owned()));
    assert_eq!(by(json!({"name": "Bo", "role": "lead"})), Ok(true));
}
