//! What actions change and leave.

use super::*;

#[test]
fn what_is_set_is_seen_by_what_follows_in_the_same_step() {
    let playbook = playbook(
        "opens: [ api ]\nfields: { unmet: { type: list, of: text }, n: { type: integer } }\ninitial: a\nstates:\n  a:\n    entry:\n\
        \x20   - set: { subject: '\"Survey: \" + organization.name', unmet: '[]', n: size(ticket.subject) }\n\
        \x20   - { when: 'n > 5', set: { unmet: 'unmet + [\"long\"]' } }\n\
        \x20   - { when: 'n > 500', set: { unmet: 'unmet + [\"very long\"]' } }\n\
        \x20   - note: '{{ ticket.subject }} {{ unmet | join(\", \") }}'\n",
    );
    let begun = begin(&playbook, json!({}));
    assert_eq!(Value::Object(begun.run.fields.clone()), json!({"n": 12, "unmet": ["long"]}));
    assert_eq!(notes(&begun.effects), ["Survey: Acme long"]);
    assert_eq!(Value::Object(begun.effects[0].arguments.clone()), json!({"subject": "Survey: Acme"}));
    let performed: Vec<&str> = begun.trace.actions.iter().map(|action| action.action.as_str()).collect();
    assert_eq!(performed, ["set", "set", "note"]);
}

#[test]
fn effects_carry_texts_rendered_expressions_evaluated_and_names_as_they_stand() {
    let playbook = playbook(
        "opens: [ api ]\nlinks: { kid: child }\ninitial: a\nstates:\n  a:\n    entry:\n\
        \x20   - { open: { as: kid, playbook: child, fields: { size: 1 + 1 }, note: requester.name } }\n\
        \x20   - { send: { to: kid, event: again } }\n    - { reply: hello }\n    - { assign: { team: support, by: fewest_open } }\n",
    );
    let effects = begin(&playbook, json!({})).effects;
    let seen: Vec<(&str, Value, u32)> = effects
        .iter()
        .map(|effect| (effect.action.as_str(), Value::Object(effect.arguments.clone()), effect.index))
        .collect();
    assert_eq!(
        seen,
        [
            ("open", json!({"as": "kid", "playbook": "child", "fields": {"size": 2}, "note": "Maria"}), 0),
            ("send", json!({"to": "kid", "event": "again"}), 1),
            ("reply", json!({"name": "hello"}), 2),
            ("assign", json!({"team": "support", "by": "fewest_open"}), 3),
        ]
    );
    assert_eq!(effects[2].place.line, 12);
}

const OPENS: &str = "opens: [ api ]\nlinks: { kid: child }\ninitial: a\nstates:\n\
    \x20 a: { on: { agent.replied: { actions: [ { open: { as: kid, playbook: child } } ] },\n\
    \x20            requester.replied: { actions: [ { open: { as: kid, playbook: child } }, { open: { as: kid, playbook: child } } ] } } }\n";

#[test]
fn a_link_is_opened_again_only_when_its_ticket_has_ended() {
    let playbook = playbook(OPENS);
    let run = begin(&playbook, json!({})).run;
    let with_link = |link: Value| facts().with("links", json!({ "kid": link }));
    let event = Event::new("agent.replied");
    for ended in [json!(null), json!({"state": "done", "ended": true})] {
        assert_eq!(step_at(&playbook, &run, &with_link(ended), &event, hour(1)).effects.len(), 1);
    }
    let live = with_link(json!({"state": "todo", "ended": false}));
    assert_eq!(playbook.step(&run, &live, &event, hour(1)).unwrap_err().code, "alias-live");
}

#[test]
fn a_link_opened_in_a_step_is_live_in_the_rest_of_it() {
    let playbook = playbook(OPENS);
    let run = begin(&playbook, json!({})).run;
    let fault = playbook.step(&run, &facts(), &Event::new("requester.replied"), hour(1)).unwrap_err();
    assert_eq!((fault.code.as_str(), fault.place.line), ("alias-live", 9));
}

#[test]
fn a_text_is_written_in_the_requesters_language() {
    let playbook = playbook(
        "opens: [ api ]\ninitial: a\nstates: { a: { entry: [ { note: { text: { en: Hello, pt: 'Olá' } } } ] } }\n",
    );
    let begin = |facts: Facts| playbook.begin(None, &Map::new(), &facts, &Event::opened(), hour(0)).unwrap();
    assert_eq!(notes(&begin(facts().with("requester", json!({"language": "pt"}))).effects), ["Olá"]);
    assert_eq!(notes(&begin(facts().with("requester", json!({"language": null}))).effects), ["Hello"]);
}
