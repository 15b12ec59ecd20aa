//! Look-ups: questions to other databases, from `lookups/NAME.yaml`.
//!
//! The language knows what is given and what comes back. Whether the statement is sound is the business of whoever asks it,
//! see [`Registry::with_lookup_check`](crate::Registry::with_lookup_check).

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::definition::{check_identifier, read_language, read_name};
use crate::finding::Finding;
use crate::grammar;
use crate::source::Place;
use crate::spelling;
use crate::types::Type;
use crate::yaml::{self, Entries, Key, Node};

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
    pub parameters: BTreeMap<String, ValueKind>,
    /// What a row holds, by name: `event.data.NAME` of the event `found`. Each may be null.
    pub columns: BTreeMap<String, ValueKind>,
    /// Where its statement stands.
    pub place: Place,
}

/// What a parameter or a column of a look-up holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A text.
    Text,
    /// A whole number of 64 bits.
    Integer,
    /// A number with a fraction.
    Decimal,
    /// True or false.
    Boolean,
    /// A day, as `2026-12-25`.
    Date,
    /// An instant, as `2026-12-25T10:00:00Z` (RFC 3339).
    Timestamp,
}

impl ValueKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [Self::Text, Self::Integer, Self::Decimal, Self::Boolean, Self::Date, Self::Timestamp];

    /// The words for all of them.
    pub(crate) const WORDS: [&'static str; 6] = [
        Self::Text.word(),
        Self::Integer.word(),
        Self::Decimal.word(),
        Self::Boolean.word(),
        Self::Date.word(),
        Self::Timestamp.word(),
    ];

    /// The word for it in a handbook.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Timestamp => "timestamp",
        }
    }

    /// What expressions know of it.
    pub(crate) fn of_type(self) -> &'static Type {
        static TYPES: [Type; 6] = [Type::Text, Type::Integer, Type::Decimal, Type::Boolean, Type::Date, Type::Time];
        let [text, integer, decimal, boolean, date, timestamp] = &TYPES;
        match self {
            Self::Text => text,
            Self::Integer => integer,
            Self::Decimal => decimal,
            Self::Boolean => boolean,
            Self::Date => date,
            Self::Timestamp => timestamp,
        }
    }
}

impl Lookup {
    /// Reads one file by itself; `path` is what findings call it.
    ///
    /// # Errors
    /// Everything that is wrong with it, as when a handbook is compiled; its statement is not looked at.
    pub fn parse(path: &str, text: &str) -> Result<Self, Vec<Finding>> {
        let documents = yaml::documents(&Arc::from(path), text).map_err(|finding| vec![finding])?;
        let [node] = documents.as_slice() else {
            let message = "a look-up is one YAML document";
            return Err(vec![Finding::error("bad-yaml", Place::start_of(path), message)]);
        };
        let stem = Path::new(path).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let mut findings = Vec::new();
        match Self::read(&stem, node, &mut findings) {
            Some(lookup) if findings.is_empty() => Ok(lookup),
            _ => Err(findings),
        }
    }

    /// Reads the look-up in the file `stem`.
    pub(crate) fn read(stem: &str, node: &Node, findings: &mut Vec<Finding>) -> Option<Self> {
        let mut entries = Entries::of(node, &grammar::LOOKUP, findings)?;
        read_language(&mut entries, findings);
        let name = read_name(stem, "lookup", &mut entries, findings);
        let connection = entries.required_word("connection", findings).map(str::to_owned);
        let sql = entries.require("sql", findings);
        let sql = sql.and_then(|node| Some((yaml::word(node, "sql", findings)?, node.place.clone())));
        let parameters = read_kinds(entries.entry("parameters"), findings);
        let columns = read_kinds(entries.entry("columns"), findings);
        entries.require("columns", findings);
        entries.close(findings);
        let (sql, place) = sql?;
        Some(Self { name: name?, connection: connection?, sql: sql.to_owned(), parameters, columns, place })
    }
}

/// Reads `{ NAME: KIND }`.
fn read_kinds(entry: Option<(&Key, &Node)>, findings: &mut Vec<Finding>) -> BTreeMap<String, ValueKind> {
    let Some((key, node)) = entry else { return BTreeMap::new() };
    let Some(members) = node.mapping() else {
        let message = format!("`{}` is a mapping of names to types", key.text);
        findings.push(Finding::error("wrong-type", node.place.clone(), message).with_help("write `{ email: text }`"));
        return BTreeMap::new();
    };
    let mut kinds = BTreeMap::new();
    for (key, node) in members {
        if !check_identifier("a parameter or column", &key.text, &key.place, findings) {
            continue;
        }
        let Some(word) = yaml::word(node, &key.text, findings) else { continue };
        let kind = ValueKind::ALL.into_iter().find(|kind| kind.word() == word);
        if kind.is_none() {
            let finding = Finding::error("unknown-type", node.place.clone(), format!("there is no type `{word}`"));
            findings.push(finding.with_help(spelling::suggest(word, ValueKind::WORDS)));
        }
        kinds.extend(kind.map(|kind| (key.text.clone(), kind)));
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_by_itself_is_read_as_in_a_handbook() {
        let text = "language: 1\nlookup: who\nconnection: customers\nsql: SELECT 1\ncolumns: { rate: decimal }\n";
        let lookup = Lookup::parse("some/where/who.yaml", text).unwrap();
        assert_eq!(lookup.columns.get("rate"), Some(&ValueKind::Decimal));
        let codes = |path: &str, text: &str| -> Vec<&str> {
            Lookup::parse(path, text).unwrap_err().iter().map(|finding| finding.code).collect()
        };
        assert_eq!(codes("whom.yaml", text), ["wrong-name"]);
        assert_eq!(codes("who.yaml", &text.replace("decimal", "number")), ["unknown-type"]);
        assert_eq!(codes("who.yaml", ""), ["bad-yaml"]);
    }
}
