//! JSON Schemas for editors: one for each kind of YAML file of a handbook.
//!
//! They are made from the tables that the readers use and from a [`Registry`], so an editor with a YAML language server
//! completes and checks keys, words and forms while somebody types. What stands in other files or elsewhere in the same
//! one (names, variables, types, paths) only [`check`](crate::check) knows. A schema never refuses what the reader takes.
//!
//! The draft is 07: what yaml-language-server, which most editors run, supports in every version that is in use. Three of
//! its additions are used, `markdownDescription`, `patternErrorMessage` and `errorMessage`; other validators pass them over.

mod actions;
mod keywords;
mod render;

use std::sync::Arc;

use serde_json::{Value, json};

use crate::finding::Finding;
use crate::grammar::{self, Mapping};
use crate::registry::Registry;
use crate::yaml;

/// The schema of one kind of file.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// What the files are: `playbook`.
    pub name: &'static str,
    /// Where they lie in a handbook: `playbooks/*.yaml`.
    pub files: &'static str,
    /// The schema, a JSON Schema of draft 07.
    pub value: Value,
}

/// The kinds of files that have one, in order of name.
const KINDS: [(&str, &str, &Mapping); 8] = [
    ("calendar", "calendars/*.yaml", &grammar::CALENDAR),
    ("desk", "desk.yaml", &grammar::DESK),
    ("form", "forms/*.yaml", &grammar::FORM),
    ("impact", "impacts/*.yaml", &grammar::IMPACT),
    ("lookup", "lookups/*.yaml", &grammar::LOOKUP),
    ("playbook", "playbooks/*.yaml", &grammar::PLAYBOOK),
    ("scenario", "scenarios/*.yaml", &grammar::SCENARIO),
    ("segment", "segments/*.yaml", &grammar::SEGMENT),
];

/// The schema of each kind of file, in order of name. Replies have none: no YAML language server reads the front matter
/// of Markdown.
#[must_use]
pub fn schemas(registry: &Registry) -> Vec<Schema> {
    let schema = |(name, files, table)| Schema { name, files, value: render::file(name, table, registry) };
    KINDS.into_iter().map(schema).collect()
}

impl Schema {
    /// What the file with the schema is called.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}.schema.json", self.name)
    }

    /// The schema as the text of a file.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{:#}\n", self.value)
    }
}

/// The documents of a handbook's YAML file as plain values: what a schema is held against.
///
/// # Errors
/// What is wrong with the file as YAML.
pub fn documents(path: &str, text: &str) -> Result<Vec<Value>, Finding> {
    Ok(yaml::documents(&Arc::from(path), text)?.iter().map(yaml::Node::value).collect())
}

/// What every schema of a file begins with.
fn head(name: &str, table: &Mapping) -> Value {
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": format!("{name}.schema.json"),
        "title": format!("Deskhand {name}"),
        "description": table.summary,
    })
}

#[cfg(test)]
mod tests;
