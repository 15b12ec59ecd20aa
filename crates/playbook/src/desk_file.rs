//! `desk.yaml`: the names that the rest of a handbook refers to.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;

use crate::definition::{check_identifier, check_known, read_language};
use crate::fields::{Field, in_words};
use crate::finding::Finding;
use crate::grammar;
use crate::source::Place;
use crate::text::Localized;
use crate::yaml::{Entries, Node, mapping, word};

/// The desk's own settings.
#[derive(Clone, Debug)]
pub struct DeskFile {
    /// What the desk is called.
    pub name: String,
    /// The zone in which its days are counted.
    pub zone: TimeZone,
    /// The zone's IANA name.
    pub zone_name: String,
    /// The calendar that its working time is counted in; without one it is always open.
    pub calendar: Option<String>,
    /// The languages it writes in, the one to fall back to first.
    pub languages: Vec<String>,
    /// The teams by name.
    pub teams: BTreeMap<String, Team>,
    /// The roles by name.
    pub roles: BTreeMap<String, Role>,
    /// What a company knows about its clients beyond what every desk knows.
    pub attributes: Attributes,
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// What people call it.
    pub title: Localized,
    /// The calendar that it works by, where no other is kept for it on the desk.
    pub calendar: Option<String>,
}

/// A role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// What people call it.
    pub title: Localized,
}

/// Declared attributes by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes {
    /// Of organizations.
    pub organization: BTreeMap<String, Field>,
    /// Of contacts.
    pub contact: BTreeMap<String, Field>,
}

impl DeskFile {
    /// Reads `desk.yaml`; `calendars` are the names of those that the handbook has.
    pub(crate) fn read(node: &Node, calendars: &BTreeSet<String>, findings: &mut Vec<Finding>) -> Option<Self> {
        let mut entries = Entries::of(node, &grammar::DESK, findings)?;
        read_language(&mut entries, findings);
        let name = entries.required_word("desk", findings).map(str::to_owned);
        let zone = read_zone(&mut entries, findings);
        let calendar = read_calendar_name(&mut entries, calendars, findings);
        let languages = read_languages(&mut entries, findings);
        let mut titled = |key, table| read_titled(key, table, entries.get(key), (&languages, calendars), findings);
        let teams = titled("teams", &grammar::TEAM);
        let teams = teams.into_iter().map(|(name, title, calendar)| (name, Team { title, calendar })).collect();
        let roles = titled("roles", &grammar::TITLED);
        let roles = roles.into_iter().map(|(name, title, _)| (name, Role { title })).collect();
        let attributes = entries.get("attributes").map(|node| read_attributes(node, &languages, findings));
        entries.close(findings);
        let (zone_name, zone) = zone?;
        let attributes = attributes.unwrap_or_default();
        Some(Self { name: name?, zone, zone_name, calendar, languages, teams, roles, attributes })
    }
}

fn read_calendar_name(
    entries: &mut Entries<'_>,
    calendars: &BTreeSet<String>,
    findings: &mut Vec<Finding>,
) -> Option<String> {
    let node = entries.get("calendar")?;
    let name = word(node, "calendar", findings)?;
    check_known("calendar", name, &node.place, calendars.iter().map(String::as_str), findings).then(|| name.to_owned())
}

/// Reads `zone`: its IANA name and the zone.
pub(crate) fn read_zone(entries: &mut Entries<'_>, findings: &mut Vec<Finding>) -> Option<(String, TimeZone)> {
    let node = entries.require("zone", findings)?;
    let name = word(node, "zone", findings)?;
    match TimeZone::get(name) {
        Ok(zone) => Some((name.to_owned(), zone)),
        Err(_) => {
            findings.push(
                Finding::error("unknown-zone", node.place.clone(), format!("there is no time zone `{name}`"))
                    .with_help("an IANA name, for example `Europe/Lisbon`"),
            );
            None
        }
    }
}

fn read_languages(entries: &mut Entries<'_>, findings: &mut Vec<Finding>) -> Vec<String> {
    let mut languages = Vec::new();
    for (language, place) in entries.words("languages", findings) {
        if check_language(language, &place, findings) {
            languages.push(language.to_owned());
        }
    }
    if languages.is_empty() {
        languages.push("en".to_owned());
    }
    languages
}

/// Whether that is a language tag; reports it otherwise.
pub(crate) fn check_language(language: &str, place: &Place, findings: &mut Vec<Finding>) -> bool {
    let parts: Vec<&str> = language.split('-').collect();
    let shaped = parts.first().is_some_and(|part| matches!(part.len(), 2 | 3))
        && parts.iter().all(|part| part.len() <= 8 && part.chars().all(|c| c.is_ascii_alphanumeric()));
    if !shaped {
        findings.push(
            Finding::error("bad-name", place.clone(), format!("`{language}` is no language"))
                .with_help("a language tag (RFC 5646), for example `en` or `pt-BR`"),
        );
    }
    shaped
}

/// Reads `{ name: Title }` or `{ name: { title: …, calendar: … } }`.
fn read_titled(
    what: &str,
    table: &'static grammar::Mapping,
    node: Option<&Node>,
    (languages, calendars): (&[String], &BTreeSet<String>),
    findings: &mut Vec<Finding>,
) -> Vec<(String, Localized, Option<String>)> {
    let mut titled = Vec::new();
    for (key, node) in mapping(node, what, findings) {
        let shaped = key.text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'));
        if !shaped || key.text.is_empty() {
            findings.push(
                Finding::error("bad-name", key.place.clone(), format!("`{}` cannot name a team or role", key.text))
                    .with_help("small letters, digits, `_` and `-`"),
            );
            continue;
        }
        let mut calendar = None;
        let title = if node.text().is_some() {
            Localized::read(node, languages, findings)
        } else if let Some(mut entries) = Entries::of(node, table, findings) {
            if table.has("calendar") {
                calendar = read_calendar_name(&mut entries, calendars, findings);
            }
            let title = entries.get("title").map(|node| Localized::read(node, languages, findings));
            entries.close(findings);
            title.unwrap_or_else(|| Some(Localized::plain(in_words(&key.text))))
        } else {
            None
        };
        titled.extend(title.map(|title| (key.text.clone(), title, calendar)));
    }
    titled
}

fn read_attributes(node: &Node, languages: &[String], findings: &mut Vec<Finding>) -> Attributes {
    let Some(mut entries) = Entries::of(node, &grammar::ATTRIBUTES, findings) else { return Attributes::default() };
    let organization = read_owned(entries.get("organization"), languages, findings);
    let contact = read_owned(entries.get("contact"), languages, findings);
    entries.close(findings);
    Attributes { organization, contact }
}

fn read_owned(node: Option<&Node>, languages: &[String], findings: &mut Vec<Finding>) -> BTreeMap<String, Field> {
    let mut fields = BTreeMap::new();
    for (key, node) in mapping(node, "attributes", findings) {
        if !check_identifier("an attribute", &key.text, &key.place, findings) {
            continue;
        }
        let Some(mut entries) = Entries::of(node, &grammar::ATTRIBUTE, findings) else { continue };
        let field = Field::read(&key.text, &mut entries, languages, findings);
        entries.close(findings);
        fields.extend(field.map(|field| (key.text.clone(), field)));
    }
    fields
}
