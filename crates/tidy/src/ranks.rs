//! The order of the features of `desk`: each refers only to those below it.
//!
//! Tests are free: they may drive a feature through the modules above it.

use crate::references::{given_out, module_of, to_the_root};
use crate::source::{Source, is_test_path};
use crate::{Complaint, House, Tree};
use std::collections::{BTreeMap, BTreeSet};

const ROOT: &str = "crates/desk/src/";
const RULES: &str = "crates/tidy/house.toml";

/// Checks every file of `desk` against the order in `house.toml`.
pub fn check(tree: &Tree, house: &House) -> Vec<Complaint> {
    let mut complaints = unranked(tree, house);
    let origins = origins(tree, &mut complaints);
    let mut used = BTreeSet::new();
    for (path, text) in tree.rust(ROOT).filter(|(path, _)| !is_test_path(path)) {
        let module = module_of(&path[ROOT.len()..]);
        let Some(&from) = module.first() else { continue };
        let code = Source::scan(text).without_tests().code;
        for reference in to_the_root(&code, module.len()) {
            let first = reference.path[0].as_str();
            let to = origins.get(first).map_or(first, String::as_str);
            let (Some(here), Some(there)) = (house.ranks.height(from), house.ranks.height(to)) else { continue };
            if from == to || there == 0 || there < here {
                continue;
            }
            if house.exceptions.iter().any(|exception| exception.from == from && exception.to == to) {
                used.insert((from.to_owned(), to.to_owned()));
                continue;
            }
            let advice = format!(
                "{from} refers to {to}, which stands above it: let {to} call {from}, pass a fact or an id down, or give a reason under [[exceptions]] in {RULES}"
            );
            complaints.push(Complaint::at(path, reference.line, advice));
        }
    }
    for exception in &house.exceptions {
        if exception.reason.trim().is_empty() {
            complaints.push(Complaint::about(
                RULES,
                format!("the exception {} → {} needs a reason", exception.from, exception.to),
            ));
        }
        if !used.contains(&(exception.from.clone(), exception.to.clone())) {
            complaints.push(Complaint::about(
                RULES,
                format!("the exception {} → {} is no longer needed: take it out", exception.from, exception.to),
            ));
        }
    }
    complaints
}

fn unranked(tree: &Tree, house: &House) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut seen = BTreeSet::new();
    for module in house.ranks.base.iter().map(String::as_str).chain(house.ranks.order()) {
        if !seen.insert(module) {
            complaints.push(Complaint::about(RULES, format!("{module} has two ranks: keep one")));
        }
    }
    for module in tree.children(ROOT).iter().filter(|module| *module != "lib") {
        if house.ranks.height(module).is_none() && !is_test_path(module) {
            complaints.push(Complaint::about(&format!("{ROOT}{module}"), format!("give it a rank in {RULES}")));
        }
    }
    complaints
}

/// Name → module for what the root of the crate gives out.
fn origins(tree: &Tree, complaints: &mut Vec<Complaint>) -> BTreeMap<String, String> {
    let path = "crates/desk/src/lib.rs";
    let mut origins = BTreeMap::new();
    let code = Source::scan(tree.get(path).unwrap_or_default()).code;
    for reference in given_out(&code) {
        if reference.name == "*" {
            complaints.push(Complaint::at(
                path,
                reference.line,
                "name what is given out instead of `*`, so that references can be followed",
            ));
        } else {
            origins.insert(reference.name, reference.path[0].clone());
        }
    }
    origins
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = "[directions]\n[ranks]\nbase=[\"error\"]\npeople=[\"agents\"]\ntickets=[\"tickets\"]\nruns=[\"runs\"]\nrooms=[]\ntop=[\"handle\"]\n";

    fn complaints(rules: &str, files: &[(&str, &str)]) -> Vec<String> {
        let house = House::read(rules).expect("the rules are sound");
        check(&Tree::invented(files.iter().copied()), &house).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn downward_references_and_the_base_are_quiet() {
        let files = [
            ("crates/desk/src/lib.rs", "pub use runs::Run;"),
            ("crates/desk/src/runs/mod.rs", "use crate::{agents, tickets::Ticket, error::Error};"),
            ("crates/desk/src/handle.rs", "use crate::runs::go; use crate::Run;"),
            ("crates/desk/src/agents.rs", "#[cfg(test)] mod tests { use crate::handle; }"),
        ];
        assert!(complaints(BOOK, &files).is_empty(), "{:?}", complaints(BOOK, &files));
    }

    #[test]
    fn upward_references_are_found_however_they_are_written() {
        for code in [
            "use crate::runs::Run;",
            "use crate::{error, runs};",
            "use crate::Run;",
            "fn f() { super::super::runs::go() }",
        ] {
            let files = [("crates/desk/src/lib.rs", "pub use runs::Run;"), ("crates/desk/src/tickets/verbs.rs", code)];
            let found = complaints(BOOK, &files);
            assert!(found.len() == 1 && found[0].contains("tickets refers to runs"), "{code}: {found:?}");
        }
    }

    #[test]
    fn the_base_stands_on_nothing_else_and_an_unknown_folder_is_named() {
        let found = complaints(
            BOOK,
            &[("crates/desk/src/error.rs", "use crate::agents;"), ("crates/desk/src/attic/mod.rs", "")],
        );
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.iter().any(|complaint| complaint.contains("give it a rank")));
    }

    #[test]
    fn an_exception_allows_one_edge_and_goes_when_it_is_not_needed() {
        let rules = format!("{BOOK}[[exceptions]]\nfrom=\"tickets\"\nto=\"runs\"\nreason=\"one table\"\n");
        assert!(complaints(&rules, &[("crates/desk/src/tickets.rs", "use crate::runs;")]).is_empty());
        assert!(complaints(&rules, &[("crates/desk/src/tickets.rs", "")])[0].contains("no longer needed"));
    }

    #[test]
    fn everything_at_once_is_not_given_out() {
        assert!(
            complaints(BOOK, &[("crates/desk/src/lib.rs", "pub use runs::*;")])[0].contains("name what is given out")
        );
    }
}
