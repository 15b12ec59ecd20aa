//! Every answer of the API is what its description says it is.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;

use super::Answer;

/// The description, with a schema for each body that it knows.
struct Description {
    document: Value,
    schemas: Schemas,
    /// By the place of the schema in the document.
    compiled: BTreeMap<String, SchemaIndex>,
}

static DESCRIPTION: LazyLock<Description> = LazyLock::new(|| {
    let document: Value = serde_json::from_str(&server::api::description()).unwrap();
    let mut compiler = Compiler::new();
    compiler.add_resource("file:///openapi.json", document.clone()).unwrap();
    let (mut schemas, mut compiled) = (Schemas::new(), BTreeMap::new());
    for place in places(&document) {
        let schema = compiler.compile(&format!("file:///openapi.json#{place}"), &mut schemas);
        compiled.insert(place.clone(), schema.unwrap_or_else(|error| panic!("{place}: {error}")));
    }
    Description { document, schemas, compiled }
});

/// Where the schemas of answers are.
fn places(document: &Value) -> Vec<String> {
    let mut places = Vec::new();
    let mut gather = |place: String, responses: &Value| {
        for (status, response) in responses.as_object().unwrap() {
            for kind in response["content"].as_object().into_iter().flat_map(serde_json::Map::keys) {
                places.push(format!("{place}/{status}/content/{}/schema", escaped(kind)));
            }
        }
    };
    for (path, verbs) in document["paths"].as_object().unwrap() {
        for (verb, operation) in verbs.as_object().unwrap() {
            gather(format!("/paths/{}/{verb}/responses", escaped(path)), &operation["responses"]);
        }
    }
    gather("/components/responses".to_owned(), &document["components"]["responses"]);
    places
}

/// A part of a JSON Pointer (RFC 6901, section 3), in a URL.
fn escaped(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1").replace('{', "%7B").replace('}', "%7D")
}

/// Panics when the description knows the address and not this answer. What no address is described for is passed over.
pub fn check(asked: &str, answer: &Answer) {
    let (method, path) = asked.split_once(' ').unwrap();
    let Description { document, schemas, compiled } = &*DESCRIPTION;
    let verb = method.to_lowercase();
    let known = document["paths"].as_object().unwrap().iter();
    let matching = known.filter(|(pattern, verbs)| fits(pattern, path) && verbs.get(&verb).is_some());
    // Of several the one with the fewest holes.
    let Some((pattern, verbs)) = matching.min_by_key(|(pattern, _)| pattern.matches('{').count()) else { return };
    let status = answer.status.as_u16().to_string();
    let response = &verbs[&verb]["responses"][&status];
    assert!(!response.is_null(), "{asked} answers {status}, which is not described: {answer:?}");
    let (place, response) = match response["$ref"].as_str() {
        Some(name) => (name[1..].to_owned(), document.pointer(&name[1..]).unwrap()),
        None => (format!("/paths/{}/{verb}/responses/{status}", escaped(pattern)), response),
    };
    let Some(content) = response["content"].as_object() else {
        assert!(answer.body == "" || answer.body.is_null(), "{asked} answers {status} with a body: {answer:?}");
        return;
    };
    let kind = answer.headers["content-type"].to_str().unwrap();
    assert!(content.contains_key(kind), "{asked} answers {status} as {kind}, which is not described");
    let schema = compiled[&format!("{place}/content/{}/schema", escaped(kind))];
    if let Err(error) = schemas.validate(&answer.body, schema) {
        panic!("{asked} answers {status} otherwise than described: {error:#}\n{:#}", answer.body);
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len() && pattern.iter().zip(path).all(|(one, other)| one.starts_with('{') || *one == other)
}
