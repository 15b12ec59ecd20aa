//! The clocks beside a ticket: what was promised, by when, why then, and how it stands.

use crate::pages::when::When;

/// A clock of the ticket's playbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockLine {
    /// Its name, for the element's id.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// How it stands: `running`, `warned`, `paused`, `breached`, `met`, `late` or `ended`.
    pub state: &'static str,
    /// When it runs out, or ran out; none while it stands still.
    pub due: Option<When>,
    /// The time left, or over, while it runs: `2 h 5 min`.
    pub left: Option<Left>,
    /// Why it is paused, or how long the answer took.
    pub note: Option<String>,
    /// Why it runs out when it does, in sentences.
    pub why: Vec<String>,
}

/// The time until an instant, or since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// In seconds; negative since.
    pub seconds: i64,
    /// As it is read.
    pub shown: String,
}

impl ClockLine {
    /// The text that names its state.
    #[must_use]
    pub fn state_key(&self) -> &'static str {
        match self.state {
            "warned" => "deadline-warned",
            "paused" => "deadline-paused",
            "breached" => "deadline-breached",
            "met" => "deadline-met",
            "late" => "deadline-late",
            "ended" => "deadline-ended",
            _ => "deadline-running",
        }
    }

    /// Its symbol `i-…`.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self.state {
            "paused" => "pause",
            "breached" => "alert",
            "met" | "late" => "check-circle",
            "ended" => "circle",
            _ => "clock",
        }
    }
}
