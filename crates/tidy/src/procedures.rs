//! docs/procedures.md: every row has its section and a state, and a state is what the scenarios show.

use crate::{Complaint, Tree};
use std::collections::{BTreeMap, BTreeSet};

const PAGE: &str = "docs/procedures.md";
const SCENARIOS: &str = "handbook/scenarios/";
/// How many rows each procedure has.
const ROWS: [(char, usize); 6] = [('P', 10), ('D', 10), ('H', 6), ('E', 6), ('C', 7), ('G', 1)];
/// What each section says, in this order.
const PARTS: [&str; 5] = ["Starts", "Happens", "Seen", "Limits and end", "State"];

/// How far a row has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Works,
    Partly,
    NotYet,
}

struct Section<'a> {
    line: usize,
    heading: &'a str,
    lines: Vec<&'a str>,
}

/// Checks the page against the list of rows and the scenarios.
pub fn check(tree: &Tree) -> Vec<Complaint> {
    let page = tree.get(PAGE).unwrap_or_default();
    let sections = sections_of(page);
    let shown = rows_shown(tree);
    let mut complaints = Vec::new();
    let rows: BTreeSet<String> =
        ROWS.iter().flat_map(|(letter, count)| (1..=*count).map(move |number| format!("{letter}{number}"))).collect();
    for row in &rows {
        match sections.get(row.as_str()) {
            None => complaints.push(Complaint::about(PAGE, format!("row {row} has no section: write `### {row}. …`"))),
            Some(section) => complaints.extend(check_section(page, row, section, shown.contains_key(row))),
        }
    }
    for (row, section) in sections.iter().filter(|(row, _)| !rows.contains(**row)) {
        complaints.push(Complaint::at(
            PAGE,
            section.line,
            format!("{row} is no row: take the section out, or add the row to crates/tidy"),
        ));
    }
    for (row, path) in shown.iter().filter(|(row, _)| !rows.contains(*row)) {
        complaints.push(Complaint::about(path, format!("a scenario names the row {row}, which does not exist")));
    }
    complaints
}

fn check_section(page: &str, row: &str, section: &Section<'_>, shown: bool) -> Vec<Complaint> {
    let complain = |advice: String| Complaint::at(PAGE, section.line, advice);
    let mut complaints = Vec::new();
    for part in PARTS {
        if !section.lines.iter().any(|line| value_of(line, part).is_some_and(|value| !value.is_empty())) {
            complaints.push(complain(format!("{row} says nothing under `- **{part}**: …`")));
        }
    }
    let link = format!("](#{})", anchor_of(section.heading));
    if !page.contains(&link) {
        complaints.push(complain(format!("{row} is not in the contents: add `[{}{link}`", section.heading)));
    }
    let Some(state) = section.lines.iter().find_map(|line| value_of(line, "State")) else { return complaints };
    match (state_of(state), shown) {
        (None, _) => {
            complaints.push(complain(format!("{row}: a state is `works`, `partly: …` or `not yet`, not `{state}`")))
        }
        (Some(State::Works), false) => {
            complaints.push(complain(format!(
                "{row} is said to work: show it by a scenario in {SCENARIOS} named '{row}: …'"
            )));
        }
        (Some(State::NotYet), true) => {
            complaints.push(complain(format!("a scenario shows {row}: say `works` or `partly: …`")));
        }
        _ => {}
    }
    complaints
}

fn value_of<'a>(line: &'a str, part: &str) -> Option<&'a str> {
    Some(line.strip_prefix("- **")?.strip_prefix(part)?.strip_prefix("**:")?.trim())
}

fn state_of(text: &str) -> Option<State> {
    match text {
        "not yet" => Some(State::NotYet),
        "works" => Some(State::Works),
        _ if text.starts_with("works. ") => Some(State::Works),
        _ if text.starts_with("partly: ") => Some(State::Partly),
        _ => None,
    }
}

/// The sections by row: `### D1. A heading`.
fn sections_of(page: &str) -> BTreeMap<&str, Section<'_>> {
    let mut sections: BTreeMap<&str, Section<'_>> = BTreeMap::new();
    let mut current = None;
    for (index, line) in page.lines().enumerate() {
        if line.starts_with('#') {
            current = None;
            if let Some((heading, row)) =
                line.strip_prefix("### ").and_then(|heading| Some((heading, heading.split_once(". ")?.0)))
            {
                current = Some(row);
                sections.insert(row, Section { line: index + 1, heading, lines: Vec::new() });
            }
        } else if let Some(section) = current.and_then(|row| sections.get_mut(row)) {
            section.lines.push(line);
        }
    }
    sections
}

/// The anchor that Markdown viewers give a heading.
fn anchor_of(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}

/// Row to the file with a scenario of that name: `scenario: 'D1: …'`, or several rows as `'D4, D5: …'`.
fn rows_shown(tree: &Tree) -> BTreeMap<String, String> {
    let mut shown = BTreeMap::new();
    for (path, text) in tree.under(SCENARIOS) {
        for line in text.lines() {
            let Some(name) = line.trim_start_matches("- ").strip_prefix("scenario:") else { continue };
            let Some((rows, _)) = name.trim().trim_matches(['\'', '"']).split_once(':') else { continue };
            for row in rows.split([',', ' ']).filter(|row| !row.is_empty()) {
                shown.insert(row.to_owned(), path.to_owned());
            }
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(state_of_d1: &str) -> String {
        let mut page = String::new();
        for (letter, count) in ROWS {
            for number in 1..=count {
                let state = if (letter, number) == ('D', 1) { state_of_d1 } else { "not yet" };
                page += &format!("- [{letter}{number}. It's so](#{}{number}-its-so)\n", letter.to_lowercase());
                page += &format!(
                    "### {letter}{number}. It's so\n- **Starts**: a\n- **Happens**: b\n- **Seen**: c\n- **Limits and end**: d\n- **State**: {state}\n"
                );
            }
        }
        page
    }

    fn complaints(page: &str, scenario: &str) -> Vec<String> {
        let tree = Tree::invented([(PAGE, page), ("handbook/scenarios/a.yaml", scenario)]);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_row_that_works_is_shown_by_a_scenario() {
        assert!(complaints(&page("works"), "scenario: 'D1: a form'").is_empty());
        assert!(complaints(&page("works. Not yet: x"), "scenario: \"D1: a form\"").is_empty());
        assert!(complaints(&page("works"), "")[0].contains("show it by a scenario"));
        assert!(complaints(&page("not yet"), "scenario: 'D1: a form'")[0].contains("a scenario shows D1"));
    }

    #[test]
    fn a_state_is_one_of_three() {
        assert!(complaints(&page("partly: half"), "").is_empty());
        assert!(complaints(&page("almost"), "")[0].contains("a state is"));
    }

    #[test]
    fn what_is_missing_or_too_much_is_found() {
        let without = page("not yet").replace("### H3. It's so", "### H9. It's so");
        let found = complaints(&without, "scenario: 'D11: nothing'");
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(complaints(&page("not yet").replacen("- **Seen**: c", "", 1), "")[0].contains("**Seen**"));
        assert!(
            complaints(&page("not yet").replacen("(#p1-its-so)", "(#x)", 1), "")[0].contains("not in the contents")
        );
    }
}
