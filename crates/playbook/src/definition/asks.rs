//! What a choice asks its maker: `ask: { reason: { type: text, required: true } }`.

use super::Ask;
use super::body::Reader;
use super::header::check_identifier;
use crate::fields::Field;
use crate::finding::Finding;
use crate::grammar;
use crate::yaml::{Entries, Node};

impl Reader<'_> {
    /// Reads an `ask`.
    pub(super) fn asks(&mut self, node: &Node) -> Vec<Ask> {
        let Some(entries) = node.mapping() else {
            self.findings.push(
                Finding::error("wrong-type", node.place.clone(), "`ask` is a mapping of names to what is asked")
                    .with_help("write `ask: { reason: { type: text, required: true } }`"),
            );
            return Vec::new();
        };
        let mut asks = Vec::new();
        for (key, node) in entries {
            if !check_identifier("an answer", &key.text, &key.place, &mut self.findings) {
                continue;
            }
            if key.text == "name" {
                self.findings.push(
                    Finding::error("name-clash", key.place.clone(), "`choice.name` is the name of the choice")
                        .with_help("give the answer another name"),
                );
                continue;
            }
            let Some(mut entries) = Entries::of(node, &grammar::ANSWER, &mut self.findings) else { continue };
            let field = Field::read(&key.text, &mut entries, &self.names.desk.languages, &mut self.findings);
            let required = entries.flag("required", &mut self.findings).unwrap_or(false);
            entries.close(&mut self.findings);
            if let Some(mut field) = field {
                field.place = key.place.clone();
                asks.push(Ask { field, required });
            }
        }
        asks
    }
}
