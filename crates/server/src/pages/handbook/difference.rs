//! What is otherwise in a handbook, as its page shows it.

use super::view::Found;

/// What is otherwise in a handbook.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Whether it is the viewer's draft, and not something that was published.
    pub is_draft: bool,
    /// The revision before, or the draft's base.
    pub base: i64,
    /// The version of the draft.
    pub version: i64,
    /// Why it was not published.
    pub refused: Option<String>,
    /// What was written as a note.
    pub note: String,
    /// What crossed the draft.
    pub crossed: Option<Crossed>,
    /// What it changes, in words, and where that stands.
    pub words: Vec<(String, String)>,
    /// Where running tickets stand whose state is not there any more.
    pub stranded: Vec<Stranded>,
    /// How many tickets run with older revisions.
    pub running: usize,
    /// The files.
    pub files: Vec<FileDifference>,
    /// What was found.
    pub findings: Vec<Found>,
    /// How many of it stand in the way.
    pub errors: usize,
}

/// What was published since a draft's base.
#[derive(Debug, Clone)]
pub struct Crossed {
    /// The newest revision.
    pub newest: i64,
    /// What it changes of the base.
    pub files: Vec<FileDifference>,
    /// The files that the draft changes too.
    pub both: Vec<String>,
}

/// Running tickets whose state is not there any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stranded {
    /// The playbook and the state.
    pub state: String,
    /// How many they are, in words.
    pub tickets: String,
    /// What the state is called now.
    pub now: Option<String>,
}

/// What is otherwise in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileDifference {
    /// Its path.
    pub path: String,
    /// The text of what became of it.
    pub key: &'static str,
    /// How many lines came.
    pub added: usize,
    /// How many went.
    pub removed: usize,
    /// Lines that stand together.
    pub hunks: Vec<Vec<Line>>,
    /// Whether there are more.
    pub is_cut: bool,
}

/// A line of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// `same`, `added` or `removed`.
    pub sign: &'static str,
    /// Its numbers before and after.
    pub numbers: (String, String),
    /// The line.
    pub text: String,
}
