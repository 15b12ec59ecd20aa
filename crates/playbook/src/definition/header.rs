//! The head of a playbook: what others may know of it before its states are read.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar_file::{CalendarChoice, OF_ORGANIZATION, OF_TEAM};
use crate::desk_file::DeskFile;
use crate::fields::Field;
use crate::finding::Finding;
use crate::grammar;
use crate::registry::Registry;
use crate::source::Place;
use crate::spelling;
use crate::text::Localized;
use crate::types::Type;
use crate::yaml::{Entries, Node, mapping};

use super::names::LANGUAGE_ROOTS;
use super::parties::{self, Party};
use super::survey;

/// What a playbook declares beside its states.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) title: Localized,
    pub(crate) team: Option<String>,
    pub(crate) place: Place,
    pub(crate) fields: BTreeMap<String, Field>,
    /// Alias to playbook, and where it says so.
    pub(crate) links: BTreeMap<String, (String, Place)>,
    pub(crate) parties: BTreeMap<String, Party>,
    /// The names of the checklists.
    pub(crate) checklists: BTreeSet<String>,
    /// What choices ask, wherever they stand, and what may be answered.
    pub(crate) asked: BTreeMap<String, Type>,
    /// The names that look-ups are given, and what is looked up under each.
    pub(crate) looked_up: BTreeMap<String, BTreeSet<String>>,
    pub(crate) emits: Vec<String>,
    pub(crate) receives: Vec<String>,
    pub(crate) converses_with_opener: bool,
    /// The dotted paths of the states without states of their own: those that a run can stand in.
    pub(crate) states: Vec<String>,
    /// The calendar it names, and where.
    pub(crate) calendar: Option<(CalendarChoice, Place)>,
    linked: bool,
    scheduled: bool,
}

/// Whose thread a playbook's team may write on, beside the ticket's own.
pub(crate) const CONVERSATIONS: [&str; 1] = ["opener"];

/// Words of the expression language that cannot name anything.
const RESERVED: [&str; 21] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "false",
    "for",
    "function",
    "if",
    "import",
    "in",
    "let",
    "loop",
    "namespace",
    "null",
    "package",
    "return",
    "true",
    "var",
    "void",
    "while",
];

impl Header {
    /// Whether it links to the playbook of that name.
    pub(crate) fn opens(&self, playbook: &str) -> bool {
        self.links.values().any(|(linked, _)| linked == playbook)
    }

    /// Whether other playbooks may open it.
    pub(crate) fn is_linked(&self) -> bool {
        self.linked
    }

    /// Whether a schedule opens it.
    pub(crate) fn is_scheduled(&self) -> bool {
        self.scheduled
    }

    /// Reads the head of the playbook in file `stem`; unknown keys are left to the body to report.
    pub(crate) fn read(
        stem: &str,
        node: &Node,
        desk: &DeskFile,
        registry: &Registry,
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let languages = &desk.languages;
        let mut entries = Entries::of(node, &grammar::PLAYBOOK, findings)?;
        read_language(&mut entries, findings);
        let name = read_name(stem, "playbook", &mut entries, findings)?;
        let title = match entries.require("title", findings) {
            Some(node) => Localized::read(node, languages, findings)?,
            None => Localized::plain(crate::fields::in_words(&name)),
        };
        let team = entries.get("team").and_then(|node| {
            let team = crate::yaml::word(node, "team", findings)?;
            check_known("team", team, &node.place, desk.teams.keys().map(String::as_str), findings);
            Some(team.to_owned())
        });
        let calendar = entries.get("calendar").and_then(|node| read_calendar(node, findings));
        let fields = read_fields(entries.get("fields"), languages, registry, findings);
        let links = read_links(entries.get("links"), findings);
        let parties = parties::read(&mut entries, &links, registry, findings);
        let checklists = entries.get("checklists").and_then(Node::mapping).unwrap_or_default();
        let checklists = checklists.iter().map(|(key, _)| key.text.clone()).collect();
        let asked = survey::asked(node, languages);
        let emits = read_event_names("emits", &mut entries, findings);
        let receives = read_event_names("receives", &mut entries, findings);
        let opens = entries.get("opens").and_then(Node::list).unwrap_or_default();
        let opened_by = |kind: &str| opens.iter().any(|open| is_opening_by(open, kind));
        let (linked, scheduled) = (opened_by("linked"), opened_by("schedule") || opened_by("agreed"));
        let converses_with_opener = read_conversation(&mut entries, linked, findings);
        if !linked && let Some(node) = entries.get("receives").or(entries.get("emits")) {
            findings.push(
                Finding::error(
                    "not-linked",
                    node.place.clone(),
                    "only a playbook that others open has somebody to speak to",
                )
                .with_help("add `linked` to `opens`"),
            );
        }
        let place = entries.place().clone();
        Some(Self {
            name,
            title,
            team,
            place,
            fields,
            links,
            parties,
            checklists,
            asked,
            looked_up: survey::looked_up(node),
            emits,
            receives,
            converses_with_opener,
            states: survey::innermost_states(node),
            calendar,
            linked,
            scheduled,
        })
    }
}

/// Whether a member of `opens` says that this opens the playbook.
fn is_opening_by(open: &Node, kind: &str) -> bool {
    open.text() == Some(kind) || open.mapping().is_some_and(|keys| keys.iter().any(|(key, _)| key.text == kind))
}

/// Reports a `language` other than 1.
pub(crate) fn read_language(entries: &mut Entries<'_>, findings: &mut Vec<Finding>) {
    let Some(node) = entries.require("language", findings) else { return };
    if node.value() != serde_json::json!(1) {
        findings.push(
            Finding::error("unknown-language-version", node.place.clone(), "this version understands `language: 1`")
                .with_help("a newer handbook needs a newer deskhand"),
        );
    }
}

/// The name under `key`, which must be the file's.
pub(crate) fn read_name(
    stem: &str,
    key: &'static str,
    entries: &mut Entries<'_>,
    findings: &mut Vec<Finding>,
) -> Option<String> {
    let node = entries.require(key, findings)?;
    let name = crate::yaml::word(node, key, findings)?;
    if name != stem {
        findings.push(
            Finding::error(
                "wrong-name",
                node.place.clone(),
                format!("the file is called `{stem}`, what it holds `{name}`"),
            )
            .with_help("both have the same name, so that it is found"),
        );
    }
    Some(stem.to_owned())
}

/// Reports a name that is not among the known ones.
pub(crate) fn check_known<'k>(
    what: &str,
    name: &str,
    place: &Place,
    known: impl IntoIterator<Item = &'k str>,
    findings: &mut Vec<Finding>,
) -> bool {
    let known: Vec<&str> = known.into_iter().collect();
    let found = known.contains(&name);
    if !found {
        let code = match what {
            "team" => "unknown-team",
            "role" => "unknown-role",
            "reply" => "unknown-reply",
            "playbook" => "unknown-playbook",
            "form" => "unknown-form",
            "field" => "unknown-field",
            "event" => "unknown-event",
            "choice" => "unknown-choice",
            "link" => "unknown-link",
            "calendar" => "unknown-calendar",
            "segment" => "unknown-segment",
            "impact" => "unknown-impact",
            _ => "unknown-name",
        };
        let finding = Finding::error(code, place.clone(), format!("there is no {what} `{name}`"));
        findings.push(finding.with_help(spelling::suggest(name, known)));
    }
    found
}

/// Reports a name that expressions could not use.
pub(crate) fn check_identifier(what: &str, name: &str, place: &Place, findings: &mut Vec<Finding>) -> bool {
    let shaped = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let fits = shaped && !RESERVED.contains(&name);
    if !fits {
        findings.push(Finding::error("bad-name", place.clone(), format!("`{name}` cannot name {what}")).with_help(
            "small letters, digits and `_`, beginning with a letter, and no word of the expression language",
        ));
    }
    fits
}

/// The calendar that a playbook or a clock names, and where.
pub(super) fn read_calendar(node: &Node, findings: &mut Vec<Finding>) -> Option<(CalendarChoice, Place)> {
    let choice = match crate::yaml::word(node, "calendar", findings)? {
        OF_ORGANIZATION => CalendarChoice::Organization,
        OF_TEAM => CalendarChoice::Team,
        name => CalendarChoice::Named(name.to_owned()),
    };
    Some((choice, node.place.clone()))
}

fn read_fields(
    node: Option<&Node>,
    languages: &[String],
    registry: &Registry,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, Field> {
    let mut fields = BTreeMap::new();
    for (key, node) in mapping(node, "fields", findings) {
        let name = key.text.as_str();
        if !check_identifier("a field", name, &key.place, findings) {
            continue;
        }
        if registry.root(name).is_some() || LANGUAGE_ROOTS.contains(&name) {
            findings.push(
                Finding::error(
                    "name-clash",
                    key.place.clone(),
                    format!("`{name}` is what every playbook knows already"),
                )
                .with_help("give the field another name"),
            );
            continue;
        }
        let Some(mut entries) = Entries::of(node, &grammar::FIELD, findings) else { continue };
        let field = Field::read(name, &mut entries, languages, findings);
        entries.close(findings);
        if let Some(mut field) = field {
            field.place = key.place.clone();
            fields.insert(name.to_owned(), field);
        }
    }
    fields
}

fn read_links(node: Option<&Node>, findings: &mut Vec<Finding>) -> BTreeMap<String, (String, Place)> {
    let mut links = BTreeMap::new();
    for (key, node) in mapping(node, "links", findings) {
        let alias = key.text.as_str();
        if ["opener", "requester", "agent", "reply", "choice", "form", "ticket"].contains(&alias) {
            findings.push(Finding::error(
                "name-clash",
                key.place.clone(),
                format!("`{alias}` cannot be the alias of a link"),
            ));
        } else if check_identifier("a link", alias, &key.place, findings)
            && let Some(playbook) = crate::yaml::word(node, "links", findings)
        {
            links.insert(alias.to_owned(), (playbook.to_owned(), node.place.clone()));
        }
    }
    links
}

fn read_event_names(key: &'static str, entries: &mut Entries<'_>, findings: &mut Vec<Finding>) -> Vec<String> {
    let mut names = Vec::new();
    for (name, place) in entries.words(key, findings) {
        if check_identifier("an event", name, &place, findings) {
            names.push(name.to_owned());
        }
    }
    names
}

fn read_conversation(entries: &mut Entries<'_>, linked: bool, findings: &mut Vec<Finding>) -> bool {
    let Some(node) = entries.get("conversation") else { return false };
    if !node.text().is_some_and(|word| CONVERSATIONS.contains(&word)) {
        findings.push(
            Finding::error("wrong-type", node.place.clone(), "a conversation is the ticket's own or the opener's")
                .with_help("write `conversation: opener`, or leave the key out"),
        );
        return false;
    }
    if !linked {
        findings.push(
            Finding::error("not-linked", node.place.clone(), "only a playbook that others open has an opener")
                .with_help("add `linked` to `opens`"),
        );
    }
    linked
}
