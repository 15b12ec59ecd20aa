//! What an agent of a story checks an item with.

use crate::checklist::{Evidence, EvidenceKind};
use crate::finding::Finding;
use crate::grammar;
use crate::yaml::{Entries, Node};

/// Reads `with: { link: ADDRESS }`, `{ message: last }`, `{ file: NAME }`, `{ text: WORDS }`, or the words alone.
pub(super) fn evidence(node: &Node, findings: &mut Vec<Finding>) -> Option<Evidence> {
    if node.mapping().is_none() {
        let value = crate::yaml::word(node, "with", findings)?.to_owned();
        return Some(Evidence { kind: EvidenceKind::Text, value });
    }
    let mut entries = Entries::of(node, &grammar::EVIDENCE, findings)?;
    let mut given = Vec::new();
    for kind in EvidenceKind::ALL {
        given.extend(entries.word(kind.as_str(), findings).map(|value| Evidence { kind, value: value.to_owned() }));
    }
    entries.close(findings);
    if given.len() != 1 {
        findings.push(
            Finding::error("wrong-type", node.place.clone(), "an item is checked with one thing that shows it")
                .with_help("for example `with: { link: 'https://docs.example/test' }`, or `with: { message: last }`"),
        );
    }
    given.pop()
}
