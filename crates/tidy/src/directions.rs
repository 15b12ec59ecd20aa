//! Which crate depends on which: only along the edges that `house.toml` allows.

use crate::{Complaint, House, Tree};
use toml::Table;

const RULES: &str = "crates/tidy/house.toml";
/// Crates that stand beside `crates/` rather than in it.
const BESIDE: [&str; 1] = ["bench"];

/// Checks every `crates/*/Cargo.toml` against the allowed edges.
pub fn check(tree: &Tree, house: &House) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut crates = tree.children("crates/");
    crates.extend(BESIDE.iter().filter(|name| tree.has(name)).map(ToString::to_string));
    let manifests = tree.iter().filter(|(path, _)| path.ends_with("/Cargo.toml"));
    for (path, text) in manifests {
        let name = path.strip_prefix("crates/").unwrap_or(path).trim_end_matches("/Cargo.toml");
        if !crates.iter().any(|known| known == name) {
            continue;
        }
        let Some(allowed) = house.directions.get(name) else {
            complaints
                .push(Complaint::about(path, format!("{name} has no line under [directions] in {RULES}: add one")));
            continue;
        };
        let manifest = match text.parse::<Table>() {
            Ok(manifest) => manifest,
            Err(error) => {
                complaints.push(Complaint::about(path, format!("not TOML: {error}")));
                continue;
            }
        };
        for used in dependencies(&manifest) {
            if crates.contains(&used) && used != name && !allowed.contains(&used) {
                complaints.push(Complaint::about(
                    path,
                    format!("{name} may not depend on {used}: move what is shared down, or allow the edge in {RULES} with an ADR"),
                ));
            }
        }
    }
    for name in house.directions.keys().filter(|name| !crates.contains(name)) {
        complaints.push(Complaint::about(RULES, format!("[directions] names {name}, which is no crate: take it out")));
    }
    complaints
}

/// The names of all that a manifest depends on, of each kind and for each platform.
fn dependencies(manifest: &Table) -> Vec<String> {
    const KINDS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];
    let platforms = manifest.get("target").and_then(|target| target.as_table()).into_iter().flat_map(Table::values);
    let tables = std::iter::once(manifest).chain(platforms.filter_map(|platform| platform.as_table()));
    let mut names = Vec::new();
    for table in tables {
        for listed in KINDS.iter().filter_map(|kind| table.get(*kind)?.as_table()) {
            for (name, details) in listed {
                let renamed = details.get("package").and_then(|package| package.as_str());
                names.push(renamed.unwrap_or(name).to_owned());
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str =
        "[ranks]\nbase=[]\npeople=[]\ntickets=[]\nruns=[]\nrooms=[]\ntop=[]\n[directions]\nhigh=[\"low\"]\nlow=[]\n";

    fn complaints(low: &str) -> Vec<String> {
        let house = House::read(BOOK).expect("the rules are sound");
        let tree = Tree::invented([
            ("crates/high/Cargo.toml", "[dependencies]\nlow.workspace=true"),
            ("crates/low/Cargo.toml", low),
        ]);
        check(&tree, &house).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_allowed_edge_is_quiet() {
        assert!(complaints("[dependencies]\nserde=\"1\"").is_empty());
    }

    #[test]
    fn an_upward_edge_of_any_kind_is_found() {
        for manifest in [
            "[dependencies]\nhigh.workspace=true",
            "[dev-dependencies]\nhigh={path=\"../high\"}",
            "[build-dependencies]\nh={path=\"../high\",package=\"high\"}",
            "[target.'cfg(unix)'.dependencies]\nhigh.workspace=true",
        ] {
            assert!(complaints(manifest)[0].contains("low may not depend on high"), "{manifest}");
        }
    }

    #[test]
    fn the_crate_beside_the_others_is_read_too() {
        let house = House::read(&format!("{BOOK}bench=[\"low\"]\n")).expect("the rules are sound");
        let tree = Tree::invented([
            ("crates/high/Cargo.toml", ""),
            ("crates/low/Cargo.toml", ""),
            ("bench/Cargo.toml", "[dependencies]\nhigh.workspace=true"),
        ]);
        let found: Vec<_> = check(&tree, &house).iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("bench may not depend on high"));
    }

    #[test]
    fn a_crate_without_a_line_and_a_line_without_a_crate_are_found() {
        let house = House::read(BOOK).expect("the rules are sound");
        let found = check(&Tree::invented([("crates/new/Cargo.toml", ""), ("crates/low/Cargo.toml", "")]), &house);
        assert_eq!(found.len(), 2, "{found:?}");
    }
}
