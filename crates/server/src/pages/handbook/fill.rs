//! What the rooms of the handbook have in common: what stands above them, files by kind, findings, drawings.

use desk::Result;
use desk::editing::{Draft, FOLDERS};
use desk::rights::{Verb, may};
use playbook::drawing::{Marks, Setting, listed, size, svg};
use playbook::{Files, Finding, Playbook, Severity};

use super::source::{Of, Source, address};
use super::view::{FileGroup, FileLink, Found, Head, Map, State, Tab};
use crate::pages::tickets::fill_list::Words;
use crate::pages::visit::Visit;

/// The largest statechart that is drawn: laying one out takes the longer, the more arrows cross.
const STATES_DRAWN: usize = 120;
/// The same for arrows.
const ARROWS_DRAWN: usize = 80;
/// How many findings are told.
pub const FOUND_MAX: usize = 50;

/// The rooms of the handbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// A revision is read.
    Reading,
    /// The draft is edited.
    Editing,
    /// What the draft changes.
    Changes,
    /// Scenarios.
    Scenarios,
    /// Every revision.
    Revisions,
}

/// What stands above a room.
pub async fn head(visit: &Visit, words: &Words, source: &Source, room: Room) -> Result<Head> {
    let texts = visit.texts;
    let revision = source.about(visit).await?;
    let number = source.number().to_string();
    let is_today = source.number() == source.newest;
    let (of, by, note) = match (source.of, &source.draft) {
        (Of::Draft, Some(_)) => (texts.with("handbook-draft-on", &[("number", &number)]), None, None),
        (Of::Draft, None) => (texts.with("handbook-no-draft", &[("number", &number)]), None, None),
        (Of::Revision(_), _) => {
            let key = if is_today { "handbook-todays" } else { "handbook-revision" };
            let by = (revision.published_by, words.moments.when(revision.published_at));
            (texts.with(key, &[("number", &number)]), Some(by), Some(revision.note).filter(|note| !note.is_empty()))
        }
    };
    let edits = may(&visit.actor(), Verb::PublishHandbook);
    let own = match &source.draft {
        Some(draft) => Some(draft.files.len()),
        None if edits => {
            desk::editing::of(&mut visit.read().await?, &visit.actor()).await?.map(|draft| draft.files.len())
        }
        None => None,
    };
    Ok(Head { tabs: tabs(source, room, edits, own), of, by, note })
}

fn tabs(source: &Source, room: Room, edits: bool, own: Option<usize>) -> Vec<Tab> {
    let tab = |key, href: String, of, count| Tab { key, href, current: room == of, count };
    let mut tabs = vec![tab("handbook-read", "/handbook".to_owned(), Room::Reading, None)];
    if edits {
        tabs.push(tab("handbook-edit", "/handbook/draft".to_owned(), Room::Editing, own));
        if own.is_some() || room == Room::Changes {
            tabs.push(tab("handbook-publish", "/handbook/draft/changes".to_owned(), Room::Changes, None));
        }
    }
    let of = match source.of {
        // From where a draft is edited its own scenarios are meant.
        Of::Revision(_) if own.is_none() || room == Room::Scenarios => source.of,
        _ => Of::Draft,
    };
    let scenarios = address("/handbook/scenarios", &[("of", &of.word())]);
    tabs.push(tab("handbook-scenarios", scenarios, Room::Scenarios, None));
    tabs.push(tab("handbook-revisions", "/handbook/revisions".to_owned(), Room::Revisions, None));
    tabs
}

/// The files by kind, playbooks first.
pub fn groups(source: &Source, shown: &str) -> Vec<FileGroup> {
    const KEYS: [&str; 8] = [
        "handbook-playbooks",
        "handbook-forms",
        "handbook-replies",
        "handbook-calendars",
        "handbook-impacts",
        "handbook-lookups",
        "handbook-segments",
        "handbook-stories",
    ];
    let mut groups: Vec<FileGroup> = KEYS.into_iter().map(|key| FileGroup { key, files: Vec::new() }).collect();
    let mut others = FileGroup { key: "handbook-desk", files: Vec::new() };
    let mut paths: Vec<&str> = source.files.iter().chain(source.base.iter()).map(|(path, _)| path).collect();
    paths.sort_unstable();
    paths.dedup();
    for path in paths {
        let place = FOLDERS.iter().position(|(folder, _)| path.split_once('/').is_some_and(|(of, _)| of == *folder));
        let name = path.split_once('/').map_or(path, |(_, name)| name);
        let link = FileLink {
            name: name.strip_suffix(".yaml").filter(|_| place.is_some()).unwrap_or(name).to_owned(),
            href: source.file_href(path),
            current: path == shown,
            mark: source.draft.as_ref().and_then(|draft| mark(draft, &source.base, path)),
        };
        place.and_then(|place| groups.get_mut(place)).unwrap_or(&mut others).files.push(link);
    }
    groups.push(others);
    groups.retain(|group| !group.files.is_empty());
    groups
}

/// What a draft does to a file.
fn mark(draft: &Draft, base: &Files, path: &str) -> Option<&'static str> {
    match (draft.files.get(path)?, base.get(path)) {
        (None, _) => Some("handbook-file-removed"),
        (Some(_), None) => Some("handbook-file-new"),
        (Some(_), Some(_)) => Some("handbook-file-changed"),
    }
}

/// Findings as they are shown, those of the file on screen first.
pub fn found(findings: &[Finding], shown: &str, href: impl Fn(&str) -> String) -> Vec<Found> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| (finding.severity != Severity::Error, &*finding.place.file != shown));
    let of = |finding: &Finding| {
        let place = &finding.place;
        let is_here = &*place.file == shown;
        Found {
            is_error: finding.severity == Severity::Error,
            code: finding.code.to_owned(),
            place: format!("{}:{}", place.file, place.line),
            href: if is_here { format!("#L{}", place.line) } else { format!("{}#L{}", href(&place.file), place.line) },
            line: is_here.then_some(place.line),
            message: finding.message.clone(),
            help: finding.help.clone(),
            path: finding.path.clone(),
        }
    };
    sorted.into_iter().take(FOUND_MAX).map(of).collect()
}

/// How many errors and warnings there are.
pub fn counts(findings: &[Finding]) -> (usize, usize) {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    (errors, findings.len() - errors)
}

/// A playbook as a drawing and in words. Takes its time; done aside.
pub fn map(playbook: &Playbook, marks: &Marks, language: &str) -> Map {
    let (states, arrows) = size(playbook);
    let is_drawn = states <= STATES_DRAWN && arrows <= ARROWS_DRAWN;
    let state = |state: playbook::drawing::ListedState| State {
        is_here: marks.present.as_deref() == Some(&state.path),
        title: state.title,
        waiting: state.waiting,
        ways: state.ways,
        is_final: state.is_final,
    };
    Map {
        title: playbook.title().text(language).to_owned(),
        svg: is_drawn.then(|| svg(playbook, marks, language, Setting::Page)),
        states: listed(playbook, language).into_iter().map(state).collect(),
    }
}

/// The name of the playbook that a file holds.
pub fn playbook_of(path: &str) -> Option<&str> {
    path.strip_prefix("playbooks/")?.strip_suffix(".yaml")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use playbook::Handbook;

    use super::*;

    /// A playbook of so many states, each with so many choices that lead all over the place.
    fn tangled(states: usize, ways: usize) -> Handbook {
        let mut files = desk::handbook::tree::built_in();
        let mut text = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api ]\n\
            initial: s0\nstates:\n  over: { type: final }\n"
            .to_owned();
        for state in 0..states {
            let _ = write!(
                text,
                "  s{state}:\n    waiting_on: us\n    choices:\n      done: {{ label: Done, target: over }}\n"
            );
            for way in 0..ways {
                let _ =
                    writeln!(text, "      c{way}: {{ label: Go, target: s{} }}", (state * 7 + way * 13 + 1) % states);
            }
        }
        files.insert("playbooks/general-request.yaml", text);
        playbook::compile(&files, &desk::runs::actions::registry()).unwrap()
    }

    #[test]
    fn a_tangle_is_told_in_words_alone_and_not_laid_out() {
        let handbook = tangled(200, 10);
        let map = map(handbook.playbook("general-request").unwrap(), &Marks::default(), "en");
        assert_eq!((map.svg, map.states.len()), (None, 201));
    }

    #[test]
    fn what_people_draw_is_drawn() {
        let files = desk::handbook::tree::built_in();
        let handbook = playbook::compile(&files, &desk::runs::actions::registry()).unwrap();
        for playbook in handbook.playbooks.values() {
            let map = map(playbook, &Marks::default(), "pt");
            assert!(map.svg.is_some_and(|svg| svg.contains("<svg")), "{}", map.title);
        }
    }
}
