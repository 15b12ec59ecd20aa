//! The default handbook with one thing changed: an editor raises no false alarm.

use desk::handbook::tree;
use playbook::Files;
use proptest::prelude::*;
use serde_json::Value;

use crate::editor::{Editor, errors, text_of};

/// A way to break a document.
#[derive(Clone, Copy, Debug)]
enum Change {
    /// A key loses its last letter.
    Renamed,
    /// A value becomes a list of two.
    Doubled,
    /// A mapping or list becomes its first member.
    Lifted,
}

/// The documents of each file that has a schema.
fn documents(editor: &Editor) -> Vec<(String, &'static str, Vec<Value>)> {
    let files = tree::built_in();
    let with_schema = files.iter().filter_map(|(path, text)| Some((path, editor.kind_of(path)?, text)));
    with_schema
        .map(|(path, kind, text)| (path.to_owned(), kind, playbook::schema_documents(path, text).unwrap()))
        .collect()
}

/// The pointers of every value inside a document.
fn pointers(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                pointers(member, &format!("{here}/{}", key.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        Value::Array(members) => {
            for (position, member) in members.iter().enumerate() {
                pointers(member, &format!("{here}/{position}"), found);
            }
        }
        _ => {}
    }
}

/// Changes what stands at a pointer; `false` where there is nothing of the sort.
fn change(document: &mut Value, pointer: &str, how: Change) -> bool {
    let Some(value) = document.pointer_mut(pointer) else { return false };
    match (how, &mut *value) {
        (Change::Renamed, Value::Object(members)) => {
            let Some(key) = members.keys().find(|key| key.len() > 1).cloned() else { return false };
            let member = members.remove(&key).unwrap();
            members.insert(key[..key.len() - 1].to_owned(), member);
        }
        (Change::Doubled, one) if !one.is_array() => *value = Value::Array(vec![one.clone(), one.clone()]),
        (Change::Lifted, Value::Object(members)) if !members.is_empty() => {
            *value = members.values().next().cloned().unwrap();
        }
        (Change::Lifted, Value::Array(members)) if !members.is_empty() => *value = members[0].clone(),
        _ => return false,
    }
    true
}

fn with_file(path: &str, documents: &[Value]) -> Files {
    let mut files = tree::built_in();
    files.insert(path, text_of(documents));
    files
}

#[test]
fn the_default_handbook_written_as_json_is_still_sound() {
    for (path, _, documents) in documents(&Editor::new()) {
        assert_eq!(errors(&with_file(&path, &documents)), [], "{path}");
    }
}

#[test]
fn what_a_schema_refuses_of_a_changed_handbook_the_reader_refuses_too() {
    let editor = Editor::new();
    let files = documents(&editor);
    let hows = [Change::Renamed, Change::Doubled, Change::Lifted];
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig { cases: 200, ..ProptestConfig::default() });
    let strategy = (0..files.len(), any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..hows.len());
    let refused = std::cell::Cell::new(0);
    let held = runner.run(&strategy, |(file, which, place, how)| {
        let (path, kind, documents) = &files[file];
        let mut documents = documents.clone();
        let document = which.get(&documents).clone();
        let position = which.index(documents.len());
        let mut found = Vec::new();
        pointers(&document, "", &mut found);
        if !change(&mut documents[position], &found[place.index(found.len())], hows[how]) {
            return Ok(());
        }
        if let Some(objection) = editor.objection(kind, &documents[position]) {
            refused.set(refused.get() + 1);
            prop_assert!(!errors(&with_file(path, &documents)).is_empty(), "a false alarm in {}: {}", path, objection);
        }
        Ok(())
    });
    held.unwrap_or_else(|error| panic!("{error}"));
    assert!(refused.get() > 30, "{} changes were refused", refused.get());
}
