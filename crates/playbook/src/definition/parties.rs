//! Parties: the people beside the requester whom a playbook speaks to and waits for.

use std::collections::BTreeMap;

use super::body::Reader;
use super::header::{check_identifier, check_known};
use crate::finding::Finding;
use crate::grammar;
use crate::registry::{Ability, Registry};
use crate::source::Place;
use crate::yaml::{Entries, Key, Node, word};

/// Whoever was spoken to last: what `waiting_on` says where two speak by turns.
pub(crate) const TURN: &str = "turn";

/// Us.
pub(crate) const US: &str = "us";

/// Who asked.
pub const REQUESTER: &str = "requester";

/// Whom every playbook knows.
const EVERYBODY: [&str; 3] = [US, REQUESTER, "third_party"];

/// What a party cannot be called, beside [`EVERYBODY`]: what events and `waiting_on` begin with or stand for.
const TAKEN: [&str; 9] = ["agent", "choice", "clock", "form", "nobody", "opener", "reply", "ticket", TURN];

/// Whose people parties may be.
pub(crate) const OWNERS: [&str; 1] = ["organization"];

/// The event that a colleague wrote to a party, after its name.
pub const WRITTEN_TO: &str = "written_to";

/// Somebody beside the requester.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Whose people they are: `organization`, the one that the ticket is for.
    pub of: String,
    /// What they must be allowed to do, as the desk's directory names it.
    pub may: Option<String>,
    /// Where it is declared.
    pub place: Place,
}

/// Reads `parties: { confirmer: { of: organization, may: confirm-access } }`.
pub(super) fn read(
    entries: &mut Entries<'_>,
    links: &BTreeMap<String, (String, Place)>,
    registry: &Registry,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, Party> {
    let Some((key, node)) = entries.entry("parties") else { return BTreeMap::new() };
    if !registry.has_ability(Ability::Parties) {
        let message = "`parties` is not yet understood by this version";
        findings.push(Finding::error("later-key", key.place.clone(), message));
    }
    let Some(members) = node.mapping() else {
        let message = "`parties` is a mapping of names to people";
        findings.push(Finding::error("wrong-type", node.place.clone(), message));
        return BTreeMap::new();
    };
    let mut parties = BTreeMap::new();
    for (key, node) in members {
        let name = key.text.as_str();
        if is_taken(name) || links.contains_key(name) {
            let message = format!("`{name}` cannot be the name of a party: it stands for something else already");
            findings.push(Finding::error("name-clash", key.place.clone(), message));
        } else if check_identifier("a party", name, &key.place, findings)
            && let Some(party) = read_party(key, node, findings)
        {
            parties.insert(name.to_owned(), party);
        }
    }
    parties
}

/// Whether a name stands for something else in events and in `waiting_on`.
pub(super) fn is_taken(name: &str) -> bool {
    EVERYBODY.contains(&name) || TAKEN.contains(&name)
}

fn read_party(key: &Key, node: &Node, findings: &mut Vec<Finding>) -> Option<Party> {
    let mut entries = Entries::of(node, &grammar::PARTY, findings)?;
    let of = entries.require("of", findings).and_then(|node| {
        let of = word(node, "of", findings)?;
        check_known("owner of parties", of, &node.place, OWNERS, findings).then(|| of.to_owned())
    });
    let may = entries.word("may", findings).map(str::to_owned);
    entries.close(findings);
    Some(Party { of: of?, may, place: key.place.clone() })
}

impl Reader<'_> {
    /// Reads the name of somebody who may be waited for.
    pub(super) fn party(&mut self, node: &Node, key: &'static str) -> Option<String> {
        let name = word(node, key, &mut self.findings)?;
        let known = EVERYBODY.into_iter().chain(self.header.parties.keys().map(String::as_str));
        check_known("party", name, &node.place, known, &mut self.findings).then(|| name.to_owned())
    }
}
