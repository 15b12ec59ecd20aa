//! Actions whose outcome comes back as an event under a name of the playbook's own.

use super::*;
use crate::{compile, sample};

const LOOKUP: &str = "language: 1\nlookup: who\nconnection: customers\nsql: SELECT upstream, documents FROM people WHERE email = :email\n\
    parameters: { email: text }\ncolumns: { upstream: text, documents: integer }\n";

const ASKING: &str = "opens: [ api ]\nfields: { held: { type: integer }, mail: { type: text } }\ninitial: finding\nstates:\n\
    \x20 finding:\n    entry: [ { set: { mail: requester.email } } ]\n    lookup: { as: person, in: customers, query: who, with: { email: mail } }\n\
    \x20   on: { person.found: { target: asking, actions: [ { set: { held: event.data.documents } } ] }, person.missing: asking }\n\
    \x20 asking:\n    entry:\n      - { ask: { as: colour, who: Ana, text: 'Which, {{ requester.name }}?', answers: [ red, blue ], chase: 2h } }\n\
    \x20     - { approve: { as: discount, who: lead, text: May I? } }\n      - { suggest: { reply: hello, send_in: 1 day } }\n\
    \x20   on: { colour.red: done, discount.refused: done }\n  done: { type: final }\n";

fn asking() -> std::sync::Arc<Playbook> {
    let mut files = sample::files(&[("x", ASKING)]);
    files.insert("lookups/who.yaml", LOOKUP);
    let handbook = compile(&files, &sample::registry()).unwrap_or_else(|findings| {
        panic!("{}", findings.iter().map(|finding| finding.render(&files)).collect::<String>())
    });
    assert_eq!(handbook.lookups["who"].columns["documents"].word(), "integer");
    handbook.playbooks["x"].clone()
}

#[test]
fn a_state_looks_something_up_after_its_entry_and_hears_what_was_found() {
    let playbook = asking();
    let begun = begin(&playbook, json!({}));
    let lookup = &begun.effects[0];
    let expected = json!({"as": "person", "in": "customers", "query": "who", "with": {"email": "maria@acme.example"}});
    assert_eq!((lookup.action.as_str(), Value::Object(lookup.arguments.clone())), ("lookup", expected));
    let found = Event::new("person.found").with_data(json!({"upstream": "Acme", "documents": 2}));
    let found = step_at(&playbook, &begun.run, &facts(), &found, hour(1));
    assert_eq!((found.run.state.as_str(), found.run.fields["held"].clone()), ("asking", json!(2)));
}

#[test]
fn what_colleagues_are_asked_is_an_effect_and_each_answer_an_event() {
    let playbook = asking();
    let asked = step(&playbook, &begin(&playbook, json!({})).run, "person.missing");
    let arguments: Vec<Value> = asked.effects.iter().map(|effect| Value::Object(effect.arguments.clone())).collect();
    assert_eq!(
        arguments,
        [
            json!({"as": "colour", "who": "Ana", "text": "Which, Maria?", "answers": ["red", "blue"], "chase": hour(3)}),
            json!({"as": "discount", "who": "lead", "text": "May I?"}),
            json!({"reply": "hello", "send_in": hour(25)}),
        ]
    );
    assert!(step(&playbook, &asked.run, "colour.red").run.is_over());
    assert!(step(&playbook, &asked.run, "discount.refused").run.is_over());
}
