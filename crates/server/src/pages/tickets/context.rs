//! What stands beside a ticket.

use super::clocks::ClockLine;
use super::standing::Standing;
use crate::pages::field::Field;
use crate::pages::person::Person;
use crate::pages::when::When;

/// The pane beside a ticket.
#[derive(Debug, Clone)]
pub struct Context {
    /// The playbook's title.
    pub playbook: String,
    /// Its states as an outline, in the order of the file.
    pub outline: Vec<StateLine>,
    /// What was promised and by when, what is to come first.
    pub clocks: Vec<ClockLine>,
    /// What else happens by itself, soonest first.
    pub timers: Vec<Timer>,
    /// Who asked.
    pub requester: Person,
    /// The requester's page, for whoever may see it.
    pub requester_href: Option<String>,
    /// Their role at the organization.
    pub role: Option<String>,
    /// Their organization.
    pub organization: Option<Organization>,
    /// Linked tickets, of many those that have not ended first.
    pub links: Vec<LinkedTicket>,
    /// How many linked tickets are not shown.
    pub links_more: usize,
    /// The playbook's fields.
    pub fields: Vec<FieldValue>,
    /// Whether the form that corrects them came back: `true` where somebody else had changed them meanwhile.
    pub fields_again: Option<bool>,
    /// The team's title.
    pub team: Option<String>,
}

/// A state in the outline.
#[derive(Debug, Clone)]
pub struct StateLine {
    /// Its title.
    pub title: String,
    /// How deep it lies, 0 for a top one.
    pub depth: usize,
    /// Where the ticket is with regard to it.
    pub place: Place,
}

/// Where a ticket is with regard to a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In it; true of the innermost state alone.
    Here,
    /// In a state inside it.
    Within,
    /// Was in it before.
    Travelled,
    /// Was never in it.
    Ahead,
}

/// Something that happens by itself.
#[derive(Debug, Clone)]
pub struct Timer {
    /// What happens: `Closes itself`, `Second mail goes out`.
    pub what: String,
    /// When; `relative` is the day (`on Mon 23 Nov`).
    pub due: When,
    /// Why it does not run, if it is held.
    pub held: Option<String>,
}

/// The requester's organization.
#[derive(Debug, Clone)]
pub struct Organization {
    /// Its page, for whoever may see it.
    pub href: Option<String>,
    /// Its name.
    pub name: String,
    /// Its plan.
    pub plan: Option<String>,
    /// What else is known: label, value.
    pub facts: Vec<(String, String)>,
}

/// A linked ticket.
#[derive(Debug, Clone)]
pub struct LinkedTicket {
    /// Whether this ticket opened it (or was opened by it).
    pub opened_here: bool,
    /// Its number.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// Its address.
    pub href: String,
    /// The title of the state it is in.
    pub state: String,
    /// How it stands.
    pub standing: Standing,
    /// Whose it is.
    pub assignee: Option<String>,
}

/// A field and its value.
#[derive(Debug, Clone)]
pub struct FieldValue {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: String,
    /// Its value; `None` when it is not known.
    pub value: Option<String>,
    /// Whether somebody should supply it.
    pub missing: bool,
    /// The control that corrects it, for whoever may.
    pub correct: Option<Field>,
    /// What it holds, as JSON: posted back, so that nobody's correction is lost under another's.
    pub was: String,
}

impl Context {
    /// Whether whoever looks may correct the fields.
    #[must_use]
    pub fn corrects(&self) -> bool {
        self.fields.iter().any(|field| field.correct.is_some())
    }
}

impl Place {
    /// The suffix of the class `state--…`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Within => "within",
            Self::Travelled => "travelled",
            Self::Ahead => "ahead",
        }
    }

    /// The words for it, for those who do not see the drawing.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Here => "state-here",
            Self::Within => "state-within",
            Self::Travelled => "state-travelled",
            Self::Ahead => "state-ahead",
        }
    }
}
