//! How urgent a ticket is where that is not the usual, and why.

use desk::runs::view::TicketView;
use desk::tickets::Priority;

/// A priority that is not the usual one.
#[derive(Debug, Clone)]
pub struct Urgency {
    /// Its name: `urgent`, `high` or `low`.
    pub priority: &'static str,
    /// Why, in words for people.
    pub because: Option<String>,
    /// Who gave it by hand.
    pub by: Option<String>,
    /// The phrases of the rule that stood in the message.
    pub phrases: Option<String>,
    /// Where the handbook says so: `impacts/client-business.yaml:84`.
    pub place: Option<String>,
}

impl Urgency {
    /// That of a ticket, in the language of whoever looks.
    #[must_use]
    pub fn of(view: &TicketView, language: &str) -> Option<Self> {
        let by = view.priority_reason.as_ref().map(|reason| &reason.by);
        (view.ticket.priority != Priority::default()).then(|| Self {
            priority: view.ticket.priority.as_str(),
            because: view.because(language),
            by: by.and_then(|by| by.name()).map(str::to_owned),
            phrases: by.and_then(|by| by.phrases()).map(str::to_owned),
            place: by.and_then(|by| by.line()),
        })
    }

    /// The word for it.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self.priority {
            "urgent" => "priority-urgent",
            "high" => "priority-high",
            _ => "priority-low",
        }
    }

    /// The chip's colour: the suffix of its class `chip--…`.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self.priority {
            "urgent" => "breach",
            "high" => "us",
            _ => "closed",
        }
    }

    /// Whether there is more to say than which.
    #[must_use]
    pub fn is_explained(&self) -> bool {
        self.because.is_some() || self.by.is_some() || self.place.is_some()
    }

    /// Urgent by a rule.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            priority: "urgent",
            because: Some("the checkout does not work".to_owned()),
            by: None,
            phrases: Some("checkout* … not work*".to_owned()),
            place: Some("impacts/client-business.yaml:84".to_owned()),
        }
    }

    /// With words that break layouts and pages.
    #[must_use]
    pub fn sample_extreme() -> Self {
        use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT};
        Self {
            priority: "high",
            because: Some(format!("{RIGHT_TO_LEFT} {LONG}")),
            by: Some(ATTACK.to_owned()),
            phrases: Some(ATTACK.to_owned()),
            place: Some(LONG.to_owned()),
        }
    }
}
