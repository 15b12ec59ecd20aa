//! A handbook as a whole: compiled once from its files, everything checked against everything.

mod openings;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use calendar::Calendar;

use crate::calendar_file::read_calendars;
use crate::definition::{self, Header, Names, OpensBy, Playbook};
use crate::desk_file::DeskFile;
use crate::finding::{Finding, Severity};
use crate::form::Form;
use crate::impact::{Impact, read_impacts};
use crate::lookup::Lookup;
use crate::registry::Registry;
use crate::reply::Reply;
use crate::segment::{Segment, read_segments};
use crate::source::{Files, Place};
use crate::yaml::{self, Node};

/// A sound handbook.
#[derive(Clone, Debug)]
pub struct Handbook {
    /// The desk's own settings.
    pub desk: DeskFile,
    /// The playbooks by name.
    pub playbooks: BTreeMap<String, Arc<Playbook>>,
    /// The forms by name.
    pub forms: BTreeMap<String, Form>,
    /// The calendars by name.
    pub calendars: BTreeMap<String, Arc<Calendar>>,
    /// The look-ups by name.
    pub lookups: BTreeMap<String, Lookup>,
    /// The segments by name.
    pub segments: BTreeMap<String, Segment>,
    /// The rules of impact by name.
    pub impacts: BTreeMap<String, Arc<Impact>>,
    replies: BTreeMap<String, BTreeMap<String, Reply>>,
    warnings: Vec<Finding>,
}

/// Compiles a handbook.
///
/// # Errors
/// Everything that was found, warnings included, when at least one finding is an error; in order of place.
pub fn compile(files: &Files, registry: &Registry) -> Result<Handbook, Vec<Finding>> {
    let mut findings = Vec::new();
    let handbook = assemble(files, registry, &mut findings);
    findings.sort_by(|a, b| (&a.place, a.code, &a.message).cmp(&(&b.place, b.code, &b.message)));
    findings.dedup();
    match handbook {
        Some(handbook) if findings.iter().all(|finding| finding.severity == Severity::Warning) => {
            Ok(Handbook { warnings: findings, ..handbook })
        }
        _ => Err(findings),
    }
}

fn assemble(files: &Files, registry: &Registry, findings: &mut Vec<Finding>) -> Option<Handbook> {
    check_folders(files, registry, findings);
    let calendar_names: BTreeSet<String> =
        files.in_folder("calendars", "yaml").map(|(stem, ..)| stem.to_owned()).collect();
    let calendars = read_calendars(files, findings);
    let desk = read_desk(files, &calendar_names, findings)?;
    let forms = read_forms(files, &desk, findings);
    let replies = read_replies(files, &desk, findings);
    let reply_names: BTreeSet<String> = replies.keys().cloned().collect();
    let nodes: Vec<(&str, Node)> = files
        .in_folder("playbooks", "yaml")
        .filter_map(|(stem, path, text)| Some((stem, single(path, text, findings)?)))
        .collect();
    let headers: BTreeMap<String, Header> = nodes
        .iter()
        .filter_map(|(stem, node)| {
            let header = Header::read(stem, node, &desk, registry, findings)?;
            Some((header.name.clone(), header))
        })
        .collect();
    let lookups = read_lookups(files, registry, findings);
    let segments = read_segments(files, &desk, registry, findings);
    let impacts = read_impacts(files, &desk, findings);
    let mut names = Names {
        registry,
        desk: &desk,
        headers: &headers,
        forms: &forms,
        replies: &reply_names,
        calendars: &calendar_names,
        lookups: &lookups,
        segments: &segments,
        impacts: &impacts,
        sent: BTreeMap::new(),
    };
    names.sent = definition::read_sent(&nodes, &names);
    let mut playbooks = BTreeMap::new();
    for (stem, node) in &nodes {
        let playbook = headers.get(*stem).and_then(|header| definition::read(node, header, &names, findings));
        playbooks.extend(playbook.map(|playbook| ((*stem).to_owned(), playbook)));
    }
    check_replies(&replies, &playbooks, &names, findings);
    check_openings(&playbooks, findings);
    let playbooks = playbooks.into_iter().map(|(name, playbook)| (name, Arc::new(playbook))).collect();
    Some(Handbook { desk, playbooks, forms, calendars, lookups, segments, impacts, replies, warnings: Vec::new() })
}

/// Every file lies where something reads it.
fn check_folders(files: &Files, registry: &Registry, findings: &mut Vec<Finding>) {
    const LATER: [&str; 4] = ["ladders", "audiences", "reports", "idea-lists"];
    if files.get("desk.yaml").is_none() {
        // Another folder than a handbook's: whoever named it by mistake is told once, and not for each of its files.
        return;
    }
    let has_lookups = registry.action(crate::specs::LOOKUP.name).is_some();
    for (path, _) in files.iter() {
        let (folder, name) = path.split_once('/').unwrap_or(("", path));
        let known = match folder {
            "" => name == "desk.yaml" || name.ends_with(".md"),
            "calendars" | "forms" | "impacts" | "playbooks" | "segments" => {
                name.ends_with(".yaml") && !name.contains('/')
            }
            "scenarios" => name.ends_with(".yaml") && !name.contains('/') || name.ends_with(".eml"),
            "lookups" => !has_lookups || name.ends_with(".yaml") && !name.contains('/'),
            "replies" => name.ends_with(".md") && !name.contains('/'),
            _ => false,
        };
        if LATER.contains(&folder) || folder == "lookups" && !has_lookups {
            let message = format!("the folder `{folder}` is not yet understood by this version");
            findings.push(Finding::error("later-key", Place::start_of(path), message));
        } else if !known {
            findings.push(
                Finding::error("unknown-file", Place::start_of(path), format!("nothing reads the file `{path}`"))
                    .with_help(
                        "a handbook is desk.yaml, calendars/*.yaml, forms/*.yaml, impacts/*.yaml, lookups/*.yaml, playbooks/*.yaml, replies/*.md, segments/*.yaml and scenarios/*.yaml with their mails",
                    ),
            );
        }
    }
}

/// The one document of a file.
pub(crate) fn single(path: &str, text: &str, findings: &mut Vec<Finding>) -> Option<Node> {
    let mut documents = yaml::documents(&Arc::from(path), text).map_err(|finding| findings.push(finding)).ok()?;
    if let Some(second) = documents.get(1) {
        findings.push(Finding::error(
            "second-document",
            second.place.clone(),
            "this file holds one document, here begins a second",
        ));
    }
    if documents.is_empty() {
        findings.push(Finding::error("empty-file", Place::start_of(path), "the file is empty"));
        return None;
    }
    Some(documents.swap_remove(0))
}

fn read_desk(files: &Files, calendars: &BTreeSet<String>, findings: &mut Vec<Finding>) -> Option<DeskFile> {
    let Some(text) = files.get("desk.yaml") else {
        findings.push(
            Finding::error("missing-file", Place::start_of("desk.yaml"), "the handbook has no `desk.yaml`")
                .with_help("it names the desk, its zone, languages, teams and roles; perhaps another folder is meant"),
        );
        return None;
    };
    DeskFile::read(&single("desk.yaml", text, findings)?, calendars, findings)
}

fn read_forms(files: &Files, desk: &DeskFile, findings: &mut Vec<Finding>) -> BTreeMap<String, Form> {
    let mut forms = BTreeMap::new();
    for (stem, path, text) in files.in_folder("forms", "yaml") {
        let node = single(path, text, findings);
        let form = node.and_then(|node| Form::parse(stem, &node, &desk.languages, findings));
        forms.extend(form.map(|form| (stem.to_owned(), form)));
    }
    forms
}

fn read_lookups(files: &Files, registry: &Registry, findings: &mut Vec<Finding>) -> BTreeMap<String, Lookup> {
    let mut lookups = BTreeMap::new();
    for (stem, path, text) in files.in_folder("lookups", "yaml") {
        let node = single(path, text, findings);
        let lookup = node.and_then(|node| Lookup::read(stem, &node, findings));
        if let Some(lookup) = &lookup
            && let Some(message) = registry.check_lookup(lookup)
        {
            findings.push(Finding::error("bad-sql", lookup.place.clone(), message));
        }
        lookups.extend(lookup.map(|lookup| (stem.to_owned(), lookup)));
    }
    lookups
}

/// The replies by name and language.
fn read_replies(
    files: &Files,
    desk: &DeskFile,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, BTreeMap<String, Reply>> {
    let first = desk.languages.first().map_or("en", String::as_str);
    let mut replies: BTreeMap<String, BTreeMap<String, Reply>> = BTreeMap::new();
    for (stem, path, text) in files.in_folder("replies", "md") {
        let (name, language) = stem.split_once('.').unwrap_or((stem, first));
        if !desk.languages.iter().any(|known| known == language) {
            findings.push(
                Finding::error(
                    "unknown-language",
                    Place::start_of(path),
                    format!("`{language}` is not a language of this desk"),
                )
                .with_help(format!("its languages are {}", desk.languages.join(", "))),
            );
            continue;
        }
        let by_language = replies.entry(name.to_owned()).or_default();
        by_language
            .extend(Reply::parse(name, language, path, text, findings).map(|reply| (language.to_owned(), reply)));
    }
    for (name, by_language) in &replies {
        for language in desk.languages.iter().filter(|language| !by_language.contains_key(*language)) {
            let Some(other) = by_language.values().next() else { continue };
            let finding = match language == first {
                true => Finding::error,
                false => Finding::warning,
            };
            let message = format!("the reply `{name}` is missing in `{language}`");
            findings.push(finding("missing-language", other.place.clone(), message));
        }
    }
    replies
}

/// What a reply refers to is known in every playbook that sends it.
fn check_replies(
    replies: &BTreeMap<String, BTreeMap<String, Reply>>,
    playbooks: &BTreeMap<String, Playbook>,
    names: &Names<'_>,
    findings: &mut Vec<Finding>,
) {
    for (name, by_language) in replies {
        let senders: Vec<&Header> = playbooks
            .values()
            .filter(|playbook| playbook.replies_sent(names.registry).any(|sent| sent == name))
            .filter_map(|playbook| names.headers.get(playbook.name()))
            .collect();
        for reply in by_language.values() {
            if senders.is_empty() {
                reply.check(&names.facts_scope(), findings);
            }
            for header in &senders {
                let mut found = Vec::new();
                reply.check(&names.playbook_scope(header), &mut found);
                findings.extend(found.into_iter().map(|mut finding| {
                    finding.message = format!("{}, as `{}` sends it", finding.message, header.name);
                    finding
                }));
            }
        }
    }
}

/// No form, and nothing else of which there is one, opens two playbooks.
fn check_openings(playbooks: &BTreeMap<String, Playbook>, findings: &mut Vec<Finding>) {
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for playbook in playbooks.values() {
        for opens in playbook.opens() {
            let what = match &opens.by {
                OpensBy::Form(form) => format!("the form `{form}`"),
                OpensBy::Mail { .. } if opens.when.is_none() => "mail without a `when`".to_owned(),
                OpensBy::Chat => "chat".to_owned(),
                OpensBy::Api => "the API".to_owned(),
                OpensBy::Schedule => {
                    opens.scheduled().map(|it| format!("`{it}` of `{}`", playbook.name())).unwrap_or_default()
                }
                OpensBy::Mail { .. } | OpensBy::Linked | OpensBy::Hand => continue,
            };
            if let Some(other) = taken.insert(what.clone(), playbook.name()) {
                findings.push(Finding::error(
                    "two-openings",
                    opens.place.clone(),
                    format!("{what} opens `{other}` already"),
                ));
            }
        }
    }
}

impl Handbook {
    /// The playbook of that name.
    #[must_use]
    pub fn playbook(&self, name: &str) -> Option<&Arc<Playbook>> {
        self.playbooks.get(name)
    }

    /// The desk's own calendar; one that is always open, in the desk's zone, when `desk.yaml` names none.
    #[must_use]
    pub fn desk_calendar(&self) -> Arc<Calendar> {
        let named = self.desk.calendar.as_ref().and_then(|name| self.calendars.get(name));
        named.cloned().unwrap_or_else(|| Arc::new(Calendar::always(self.desk.zone.clone())))
    }

    /// What was found that is no error.
    #[must_use]
    pub fn warnings(&self) -> &[Finding] {
        &self.warnings
    }

    /// The names of the canned replies.
    pub fn reply_names(&self) -> impl Iterator<Item = &str> {
        self.replies.keys().map(String::as_str)
    }

    /// The reply of that name in `language`, or its main language (`pt` for `pt-BR`), or the desk's first.
    #[must_use]
    pub fn reply(&self, name: &str, language: &str) -> Option<&Reply> {
        let by_language = self.replies.get(name)?;
        let main = language.split('-').next().unwrap_or(language);
        [language, main]
            .into_iter()
            .chain(self.desk.languages.first().map(String::as_str))
            .find_map(|language| by_language.get(language))
    }
}

#[cfg(test)]
mod tests;
