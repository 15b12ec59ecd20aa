//! Reading scenario files: several stories in one file, each a YAML document.

use std::sync::Arc;

use jiff::Zoned;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::{Given, Scenario, deeds, expectations, publish};
use crate::finding::Finding;
use crate::grammar;
use crate::source::Files;
use crate::yaml::{self, Entries, Node, word};

/// Every scenario of a handbook, in order of file and then as they stand in it.
///
/// # Errors
/// Everything that is wrong with any of them.
pub fn scenarios(files: &Files) -> Result<Vec<Scenario>, Vec<Finding>> {
    let mut findings = Vec::new();
    let mut scenarios: Vec<Scenario> = Vec::new();
    for (_, path, text) in files.in_folder("scenarios", "yaml") {
        match yaml::documents(&Arc::from(path), text) {
            Err(finding) => findings.push(finding),
            Ok(documents) => {
                for document in documents {
                    let Some(scenario) = read(&document, files, &mut findings) else { continue };
                    if let Some(other) = scenarios.iter().find(|other| other.name == scenario.name) {
                        findings.push(
                            Finding::error(
                                "duplicate-key",
                                scenario.place.clone(),
                                "another scenario has the same name",
                            )
                            .with_help(format!("it stands at {}", other.place)),
                        );
                    }
                    scenarios.push(scenario);
                }
            }
        }
    }
    if findings.is_empty() { Ok(scenarios) } else { Err(findings) }
}

fn read(node: &Node, files: &Files, findings: &mut Vec<Finding>) -> Option<Scenario> {
    let mut entries = Entries::of(node, &grammar::SCENARIO, findings)?;
    let (name, row) = read_name(&mut entries, findings).unzip();
    let starts = entries.require("starts", findings).and_then(|node| read_start(node, findings));
    let given = entries.get("given").map(|node| read_given(node, findings)).unwrap_or_default();
    // Where a schedule acts nobody needs to do anything.
    let mut when: Vec<_> = members(entries.get("when"), "when", findings)
        .iter()
        .filter_map(|node| deeds::read(node, files, findings))
        .collect();
    when.sort_by_key(|deed| deed.at);
    publish::check(&when, files, findings);
    let nodes = match entries.get("then") {
        Some(node) => members(Some(node), "then", findings),
        None => &[],
    };
    if nodes.is_empty() {
        findings.push(
            Finding::error("no-expectation", node.place.clone(), "a scenario without `then` shows nothing")
                .with_help("say what must be so: `state`, `mail`, `mails`, `tickets`, `status`, `note`, …"),
        );
    }
    let then = nodes.iter().filter_map(|node| expectations::read(node, findings)).collect();
    entries.close(findings);
    Some(Scenario { name: name?, row: row?, place: node.place.clone(), starts: starts?, given, when, then })
}

/// The name and the row that it begins with.
fn read_name(entries: &mut Entries<'_>, findings: &mut Vec<Finding>) -> Option<(String, String)> {
    let node = entries.require("scenario", findings)?;
    let name = word(node, "scenario", findings)?;
    let row: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
    let letters = row.chars().take_while(char::is_ascii_uppercase).count();
    let digits = row.chars().skip(letters);
    if letters == 0 || row.len() == letters || !digits.into_iter().all(|c| c.is_ascii_digit()) {
        findings.push(
            Finding::error("bad-name", node.place.clone(), "a scenario's name begins with the row it shows")
                .with_help("for example `D1: a form opens a ticket`"),
        );
        return None;
    }
    Some((name.to_owned(), row))
}

/// A moment as `2026-11-17T09:00[Europe/Lisbon]`.
fn read_start(node: &Node, findings: &mut Vec<Finding>) -> Option<Zoned> {
    let zoned = word(node, "starts", findings).and_then(|text| {
        let (time, zone) = text.strip_suffix(']')?.split_once('[')?;
        let zone = TimeZone::get(zone).ok()?;
        time.parse::<DateTime>().ok()?.to_zoned(zone).ok()
    });
    if zoned.is_none() {
        findings.push(
            Finding::error("bad-time", node.place.clone(), "a story begins at a moment in a zone")
                .with_help("write for example `2026-11-17T09:00[Europe/Lisbon]`"),
        );
    }
    zoned
}

fn read_given(node: &Node, findings: &mut Vec<Finding>) -> Given {
    let Some(mut entries) = Entries::of(node, &grammar::GIVEN, findings) else { return Given::default() };
    let organizations = objects(entries.get("organizations"), "organizations", "name", findings);
    let contacts = objects(entries.get("contacts"), "contacts", "email", findings);
    let agents = objects(entries.get("agents"), "agents", "name", findings);
    let lookups = entries.get("lookups").map(|node| object(node, findings)).unwrap_or_default();
    entries.close(findings);
    Given { organizations, contacts, agents, lookups }
}

/// A list of mappings that all have the key `key`.
fn objects(node: Option<&Node>, what: &str, key: &str, findings: &mut Vec<Finding>) -> Vec<Map<String, Value>> {
    let mut objects = Vec::new();
    for member in members(node, what, findings) {
        let object = object(member, findings);
        if !object.contains_key(key) {
            findings.push(Finding::error(
                "missing-key",
                member.place.clone(),
                format!("each of `{what}` needs the key `{key}`"),
            ));
        }
        objects.push(object);
    }
    objects
}

/// A mapping as plain values.
pub(super) fn object(node: &Node, findings: &mut Vec<Finding>) -> Map<String, Value> {
    if node.mapping().is_none() {
        findings.push(Finding::error(
            "wrong-type",
            node.place.clone(),
            format!("here stands a mapping, not {}", node.kind()),
        ));
    }
    match node.value() {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

fn members<'n>(node: Option<&'n Node>, what: &str, findings: &mut Vec<Finding>) -> &'n [Node] {
    let Some(node) = node else { return &[] };
    node.list().unwrap_or_else(|| {
        findings.push(Finding::error(
            "wrong-type",
            node.place.clone(),
            format!("`{what}` is a list, here stands {}", node.kind()),
        ));
        &[]
    })
}
