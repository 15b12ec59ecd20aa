//! A file's plain values, for those who need no places.

use std::sync::Arc;

use serde_json::Value;

use super::{Node, documents};
use crate::finding::Finding;
use crate::source::Place;

/// The values of the one YAML document in a file, which messages call `file`.
///
/// # Errors
/// When it is not the YAML of handbooks, or not one document.
pub fn plain_values(file: &str, text: &str) -> Result<Value, Finding> {
    let documents = documents(&Arc::from(file), text)?;
    match documents.as_slice() {
        [only] => Ok(Node::value(only)),
        [] => Err(Finding::error("bad-yaml", Place::start_of(file), "the file is empty")),
        [_, second, ..] => Err(Finding::error("bad-yaml", second.place.clone(), "the file is one YAML document")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_document_is_read_and_none_or_two_are_not() {
        assert_eq!(plain_values("x.yaml", "a: { b: 1 }"), Ok(serde_json::json!({"a": {"b": 1}})));
        assert!(plain_values("x.yaml", "").is_err());
        assert_eq!(plain_values("x.yaml", "a: 1\n---\nb: 2\n").map_err(|finding| finding.place.line), Err(3));
        assert!(plain_values("x.yaml", "a: [").is_err());
    }
}
