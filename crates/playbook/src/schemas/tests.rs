use serde_json::{Value, json};

use super::keywords::Keywords;
use super::*;

fn json_of(keywords: Keywords) -> Value {
    keywords.into()
}

#[test]
fn alternatives_of_different_types_become_one_schema() {
    let mapping = Keywords::of_types(&["object"]).with("additionalProperties", false);
    let either = json_of(Keywords::word().or(mapping));
    assert_eq!(either, json!({ "type": ["string", "number", "boolean", "object"], "additionalProperties": false }));
}

#[test]
fn alternatives_that_a_type_does_not_tell_apart_stay_alternatives() {
    let either = json_of(Keywords::of_types(&["string", "integer"]).or(Keywords::spelt(&crate::grammar::SPAN)));
    assert_eq!(either["anyOf"][0]["type"], json!(["string", "integer"]));
    assert_eq!(either["anyOf"][1]["type"], json!("string"));
}

#[test]
fn words_stand_apart_from_the_mapping_beside_them() {
    let mapping = Keywords::of_types(&["object"]).with("additionalProperties", false);
    let words = json!({ "type": "string", "enum": ["a"] });
    let expected = json!({
        "type": ["string", "object"],
        "additionalProperties": false,
        "anyOf": [ words, { "type": ["object"] } ],
    });
    assert_eq!(json_of(Keywords::one_of(&["a"]).or(mapping)), expected);
}

#[test]
fn what_describes_a_reference_stands_beside_it() {
    let described = json_of(Keywords::reference("state").described("A `state`."));
    let expected = json!({
        "$ref": "#/definitions/state",
        "description": "A `state`.",
        "markdownDescription": "A `state`.",
    });
    assert_eq!(described, expected);
}

#[test]
fn an_action_stands_in_a_schema_as_the_registry_knows_it() {
    let registry = crate::sample::registry();
    let playbook = schemas(&registry).into_iter().find(|schema| schema.name == "playbook").unwrap();
    let actions = &playbook.value["definitions"]["action"]["properties"];
    let known: Vec<&str> = registry.actions().map(|action| action.name).chain(["when"]).collect();
    assert_eq!(actions.as_object().unwrap().len(), known.len());
    assert!(known.iter().all(|name| actions.get(name).is_some()));
    let lookup = &actions["lookup"];
    assert_eq!(lookup["required"], json!(["as", "query"]));
    assert!(lookup["description"].as_str().unwrap().contains("Raises `AS.found`"), "{lookup}");
}

#[test]
fn without_look_ups_no_state_has_one() {
    let bare = schemas(&Registry::new());
    let playbook = bare.iter().find(|schema| schema.name == "playbook").unwrap();
    let state = &playbook.value["definitions"]["state"]["properties"];
    assert!(state.get("lookup").is_none() && state.get("entry").is_some());
}
