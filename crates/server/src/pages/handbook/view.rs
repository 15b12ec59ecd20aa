//! Handbooks as their pages show them.

use askama::Template;

use super::difference::Changes;
use super::watch::{Shot, Step};
use crate::pages::frame::Frame;
use crate::pages::tickets::list::TicketList;
use crate::pages::when::When;

/// `GET /handbook` and `/handbook/revisions/{number}`: a revision, file by file.
#[derive(Debug, Clone, Template)]
#[template(path = "handbook/reading_page.html")]
pub struct ReadingPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views on its left.
    pub list: TicketList,
    /// What stands above.
    pub head: Head,
    /// The files.
    pub groups: Vec<FileGroup>,
    /// The path of the file that is shown.
    pub path: String,
    /// Its lines.
    pub lines: Vec<String>,
    /// How many more there are.
    pub more: Option<usize>,
    /// Where it is edited.
    pub edit_href: Option<String>,
    /// Where it is told what tickets of the playbook did, for whoever sees figures.
    pub happened_href: Option<String>,
    /// Its drawing.
    pub map: Option<Map>,
}

/// `GET /handbook/draft`: a file of the viewer's own draft.
#[derive(Debug, Clone, Template)]
#[template(path = "handbook/editor_page.html")]
pub struct EditorPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views on its left.
    pub list: TicketList,
    /// What stands above.
    pub head: Head,
    /// The files.
    pub groups: Vec<FileGroup>,
    /// The file that is shown.
    pub file: EditedFile,
    /// What is to be said of the draft.
    pub verdict: Verdict,
    /// What is wrong with a file that was to be made: the path, and why.
    pub refused: Option<(String, String)>,
}

/// What is to be said of a draft, for the editor.
#[derive(Debug, Clone, Template)]
#[template(path = "handbook/_verdict.html")]
pub struct VerdictPart {
    /// The page's frame.
    pub frame: Frame,
    /// What is to be said.
    pub verdict: Verdict,
}

/// `GET /handbook/revisions`: every revision.
#[derive(Debug, Clone, Template)]
#[template(path = "handbook/revisions_page.html")]
pub struct RevisionsPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views on its left.
    pub list: TicketList,
    /// What stands above.
    pub head: Head,
    /// What a draft would begin with; none for whoever may not write one.
    pub base: Option<String>,
    /// The revisions.
    pub revisions: Vec<RevisionRow>,
    /// Where the older ones are.
    pub more: Option<String>,
}

/// `GET /handbook/draft/changes` and `/handbook/revisions/{number}/changes`: what is otherwise.
#[derive(Debug, Clone, Template)]
#[template(path = "handbook/changes_page.html")]
pub struct ChangesPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views on its left.
    pub list: TicketList,
    /// What stands above.
    pub head: Head,
    /// What is otherwise.
    pub changes: Changes,
}

/// `GET /handbook/scenarios`: the scenarios of a handbook and what came of them.
#[derive(Debug, Clone, Template)]
#[template(path = "handbook/scenarios_page.html")]
pub struct ScenariosPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views on its left.
    pub list: TicketList,
    /// What stands above.
    pub head: Head,
    /// The scenarios.
    pub trial: Trial,
}

/// The scenarios alone, while they are played.
#[derive(Debug, Clone, Template)]
#[template(path = "handbook/_trial.html")]
pub struct TrialPart {
    /// The page's frame.
    pub frame: Frame,
    /// The scenarios.
    pub trial: Trial,
}

/// `GET /handbook/rehearsal`: a scenario, step by step.
#[derive(Debug, Clone, Template)]
#[template(path = "handbook/rehearsal_page.html")]
pub struct RehearsalPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views on its left.
    pub list: TicketList,
    /// What stands above.
    pub head: Head,
    /// The scenario's name.
    pub scenario: String,
    /// `draft`, or a revision's number.
    pub of: String,
    /// How many expectations were met.
    pub passed: usize,
    /// What was not as expected, and where that stands.
    pub failed: Vec<(String, String)>,
    /// Whether there was more than is shown.
    pub is_cut: bool,
    /// The steps.
    pub steps: Vec<Step>,
    /// The step that is shown; `None` where nothing happened.
    pub shot: Option<Shot>,
}

/// A step alone.
#[derive(Debug, Clone, Template)]
#[template(path = "handbook/_shot.html")]
pub struct ShotPart {
    /// The page's frame.
    pub frame: Frame,
    /// The step.
    pub shot: Shot,
}

/// What stands above the rooms of the handbook.
#[derive(Debug, Clone)]
pub struct Head {
    /// The rooms.
    pub tabs: Vec<Tab>,
    /// What is looked at: `Revision 3, today’s`.
    pub of: String,
    /// Who published it, and when; `None` of a draft.
    pub by: Option<(String, When)>,
    /// Why.
    pub note: Option<String>,
}

/// A room of the handbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// Its text.
    pub key: &'static str,
    /// Its address.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
    /// How many there are of what is in it.
    pub count: Option<usize>,
}

/// The files of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileGroup {
    /// The text of what they are.
    pub key: &'static str,
    /// The files.
    pub files: Vec<FileLink>,
}

/// A file among others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLink {
    /// What it is called among those of its kind.
    pub name: String,
    /// Its address.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
    /// The text of what a draft does to it.
    pub mark: Option<&'static str>,
}

/// A drawing and the same in words.
#[derive(Debug, Clone)]
pub struct Map {
    /// The playbook's title.
    pub title: String,
    /// The drawing, every text in it escaped; `None` of one that is too large to be drawn.
    pub svg: Option<String>,
    /// Its states.
    pub states: Vec<State>,
}

/// A state in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Its title.
    pub title: String,
    /// Whom it waits for.
    pub waiting: Option<String>,
    /// What leads out of it, and where to.
    pub ways: Vec<(String, Option<String>)>,
    /// Whether the run is over there.
    pub is_final: bool,
    /// Whether a ticket stands there.
    pub is_here: bool,
}

/// A file in the editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditedFile {
    /// Its path.
    pub path: String,
    /// Its text.
    pub text: String,
    /// How many lines it has.
    pub lines: usize,
    /// The mark of the text that it was begun with.
    pub was: String,
    /// What the form is known by: another one for each file and text, so that no text comes into another file's form.
    pub key: String,
    /// The revision that the draft stands on.
    pub base: i64,
    /// Whether the draft takes it out.
    pub is_removed: bool,
    /// Whether the draft changes it.
    pub is_changed: bool,
    /// Whether there is a draft.
    pub is_draft: bool,
    /// Why it was not kept.
    pub refused: Option<String>,
}

/// What is to be said of a draft.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    /// The mark of the text as it is kept now.
    pub was: String,
    /// Why what was written was not kept.
    pub refused: Option<String>,
    /// Whether it is kept in the draft.
    pub is_kept: bool,
    /// Whether there is a draft, whose differences can be looked at.
    pub has_draft: bool,
    /// Of the revision that crossed the draft: its number.
    pub crossed: Option<i64>,
    /// How many errors there are.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// What was found: in this file first.
    pub findings: Vec<Found>,
    /// How many more there are.
    pub more: usize,
    /// The drawing of the playbook that is edited.
    pub map: Option<Map>,
    /// Whether a playbook is edited, which cannot be drawn as it is.
    pub is_undrawn: bool,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Whether it stands in the way of publishing.
    pub is_error: bool,
    /// The kind of finding.
    pub code: String,
    /// Its file and line.
    pub place: String,
    /// Where that is.
    pub href: String,
    /// Its line, where it is one of the file that is shown.
    pub line: Option<u32>,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
    /// The way that shows it.
    pub path: Vec<String>,
}

/// A revision among others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionRow {
    /// Its number.
    pub number: i64,
    /// Whether it is today's.
    pub is_today: bool,
    /// Who published it.
    pub by: String,
    /// When.
    pub at: When,
    /// Why.
    pub note: String,
    /// How many running tickets have it.
    pub tickets: usize,
}

/// The scenarios of a handbook and what came of them.
#[derive(Debug, Clone, Default)]
pub struct Trial {
    /// `draft`, or a revision's number.
    pub of: String,
    /// Whether the viewer may have them played.
    pub may_play: bool,
    /// Whether they were played, or are being played.
    pub is_begun: bool,
    /// Whether they are being played.
    pub is_playing: bool,
    /// How many hold, how many do not, and how many there are.
    pub counts: (usize, usize, usize),
    /// What is wrong, so that none can be played.
    pub findings: Vec<Found>,
    /// The scenarios.
    pub rows: Vec<TrialRow>,
}

/// A scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialRow {
    /// Its name.
    pub name: String,
    /// Where it is watched.
    pub href: String,
    /// Where it stands.
    pub place: String,
    /// Whether it holds; `None` of one that was not played.
    pub holds: Option<bool>,
    /// How many expectations were met.
    pub passed: usize,
    /// What was not as expected, and where that stands.
    pub failed: Vec<(String, String)>,
}
