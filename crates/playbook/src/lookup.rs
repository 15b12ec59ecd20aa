//! Look-ups: questions to other databases, from `lookups/NAME.yaml`.

use std::collections::{BTreeMap, BTreeSet};

use crate::definition::{check_identifier, read_language, read_name};
use crate::fields::Field;
use crate::finding::Finding;
use crate::source::Place;
use crate::yaml::{Content, Entries, Key, Node};

/// A named question to another database; it reads and changes nothing.
#[derive(Clone, Debug)]
pub struct Lookup {
    /// The name, that of its file.
    pub name: String,
    /// What the desk's configuration calls the database.
    pub connection: String,
    /// The one statement, with `:NAME` where a parameter goes.
    pub sql: String,
    /// What must be given, by name.
    pub parameters: BTreeMap<String, Field>,
    /// What a row holds, by name: `event.data.NAME` of the event `found`.
    pub columns: BTreeMap<String, Field>,
    /// Where it is declared.
    pub place: Place,
}

impl Lookup {
    /// Reads the look-up in the file `stem`.
    pub(crate) fn read(stem: &str, node: &Node, languages: &[String], findings: &mut Vec<Finding>) -> Option<Self> {
        let mut entries = Entries::of(node, "a look-up", findings)?;
        read_language(&mut entries, findings);
        let name = read_name(stem, "lookup", &mut entries, findings);
        let connection = entries.required_word("connection", findings).map(str::to_owned);
        let sql_node = entries.require("sql", findings);
        let sql = sql_node.and_then(|node| Some((node, crate::yaml::word(node, "sql", findings)?)));
        let parameters = read_typed(entries.entry("parameters"), languages, findings);
        let columns = read_typed(entries.entry("columns"), languages, findings);
        entries.require("columns", findings);
        entries.close(findings);
        if let Some((node, sql)) = sql {
            check_sql(sql, &node.place, &parameters, findings);
        }
        let place = node.place.clone();
        Some(Self { name: name?, connection: connection?, sql: sql?.1.to_owned(), parameters, columns, place })
    }
}

/// Reads `{ NAME: TYPE }`.
fn read_typed(
    entry: Option<(&Key, &Node)>,
    languages: &[String],
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, Field> {
    let Some((key, node)) = entry else { return BTreeMap::new() };
    let Some(members) = node.mapping() else {
        let message = format!("`{}` is a mapping of names to types", key.text);
        findings.push(Finding::error("wrong-type", node.place.clone(), message).with_help("write `{ email: text }`"));
        return BTreeMap::new();
    };
    let mut typed = BTreeMap::new();
    for (key, node) in members {
        if !check_identifier("a parameter or column", &key.text, &key.place, findings) {
            continue;
        }
        // A type alone is a field that says no more than its type.
        let kind = Key { text: "type".to_owned(), place: node.place.clone() };
        let declared = Node { place: node.place.clone(), content: Content::Mapping(vec![(kind, node.clone())]) };
        let Some(mut entries) = Entries::of(&declared, "a type", findings) else { continue };
        typed.extend(Field::read(&key.text, &mut entries, languages, findings).map(|field| (key.text.clone(), field)));
    }
    typed
}

/// One statement that reads, with the declared parameters and no others.
fn check_sql(sql: &str, place: &Place, parameters: &BTreeMap<String, Field>, findings: &mut Vec<Finding>) {
    let mut told = |message: String, help: &str| {
        findings.push(Finding::error("bad-sql", place.clone(), message).with_help(help));
    };
    let first = sql.split_whitespace().next().unwrap_or_default();
    if !["select", "with"].contains(&first.to_ascii_lowercase().as_str()) {
        told(format!("a look-up reads, and this begins with `{first}`"), "it begins with SELECT or WITH");
    }
    if sql.trim_end().trim_end_matches(';').contains(';') {
        told("a look-up is one statement".to_owned(), "write one file for each question");
    }
    let used = used_parameters(sql);
    for name in used.iter().filter(|name| !parameters.contains_key(**name)) {
        told(format!("`:{name}` is no parameter"), "declare it under `parameters`");
    }
    for name in parameters.keys().filter(|name| !used.contains(name.as_str())) {
        told(format!("the parameter `{name}` is never used"), "write it as `:NAME`, or leave it out");
    }
}

/// The names that stand as `:NAME` outside quotes; `::` is a cast.
fn used_parameters(sql: &str) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    let (mut quote, mut before) = (None, ' ');
    for (at, character) in sql.char_indices() {
        match quote {
            Some(open) if character == open => quote = None,
            Some(_) => {}
            None if matches!(character, '\'' | '"') => quote = Some(character),
            None if character == ':' && before != ':' => {
                let rest = sql.get(at + 1..).unwrap_or_default();
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
                used.extend(rest.get(..end).filter(|name| !name.is_empty()));
            }
            None => {}
        }
        before = character;
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_found_outside_quotes_and_casts() {
        let sql = "SELECT a::text, ':no', b FROM c WHERE d = :email AND e > :since_1 -- \":x\"";
        assert_eq!(used_parameters(sql).into_iter().collect::<Vec<_>>(), ["email", "since_1"]);
        assert!(used_parameters("SELECT ':").is_empty());
    }
}
