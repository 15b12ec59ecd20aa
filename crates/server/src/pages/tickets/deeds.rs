//! What can be done to tickets beside their procedures: the menus over a selection and over one ticket.

use crate::pages::when::When;

/// The menus, filled in.
#[derive(Debug, Clone, Default)]
pub struct Deeds {
    /// What tells its controls from those of other menus on the page: `bulk`, or the ticket's id.
    pub prefix: String,
    /// The ticket; `None` for those that are selected.
    pub ticket: Option<String>,
    /// The present priority of the ticket.
    pub priority: Option<&'static str>,
    /// The tags that the ticket has.
    pub tags: Vec<String>,
    /// Until when the ticket is snoozed.
    pub snoozed: Option<When>,
    /// Until when tickets can be snoozed.
    pub snoozes: Vec<Preset>,
    /// Where the form comes back to.
    pub back: String,
}

/// A time that is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preset {
    /// Posted as `do=snooze:NAME`.
    pub name: &'static str,
    /// When that is.
    pub at: When,
}

/// The priorities, the most urgent first.
pub const PRIORITIES: [&str; 4] = ["urgent", "high", "normal", "low"];

/// The text of a priority's name.
#[must_use]
pub fn priority_key(priority: &str) -> &'static str {
    match priority {
        "urgent" => "priority-urgent",
        "high" => "priority-high",
        "low" => "priority-low",
        _ => "priority-normal",
    }
}

impl Preset {
    /// The text of its name.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self.name {
            "hour" => "snooze-hour",
            "tomorrow" => "snooze-tomorrow",
            "monday" => "snooze-monday",
            _ => "snooze-week",
        }
    }
}

impl Deeds {
    /// The priorities, the most urgent first, each with the text of its name.
    #[must_use]
    pub fn priorities(&self) -> [(&'static str, &'static str); 4] {
        PRIORITIES.map(|priority| (priority, priority_key(priority)))
    }
}
