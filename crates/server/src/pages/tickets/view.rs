//! One ticket.

use askama::Template;

use super::beside::Beside;
use super::checklist::Checklist;
use super::chip::Clock;
use super::choice::{Choice, Composer, Revisions};
use super::context::Context;
use super::conversation::{Delivery, Entry, MessageKind, Splitting};
use super::copies::Copies;
use super::deeds::Deeds;
use super::list::TicketList;
use super::owner::Owner;
use super::question::{Outcome, Question, Suggestion};
use super::standing::Standing;
use super::urgency::Urgency;
use crate::pages::field::FieldKind;
use crate::pages::frame::Frame;
use crate::pages::prose::Piece;

/// `GET /tickets/{id}`: the ticket beside its list.
#[derive(Debug, Clone, Template)]
#[template(path = "tickets/ticket_page.html")]
pub struct TicketPage {
    /// The page's frame.
    pub frame: Frame,
    /// The list on its left.
    pub list: TicketList,
    /// The ticket.
    pub ticket: Ticket,
}

/// `GET /tickets/{id}/panes`: the parts of a ticket that change, each for its place, for live updates.
#[derive(Debug, Clone, Template)]
#[template(path = "tickets/_panes.html")]
pub struct PanesPart {
    /// The page's frame.
    pub frame: Frame,
    /// The ticket.
    pub ticket: Ticket,
}

/// A ticket as its page shows it.
#[derive(Debug, Clone)]
pub struct Ticket {
    /// Its id.
    pub id: String,
    /// Its revision.
    pub version: u64,
    /// Its last change.
    pub changed_at: jiff::Timestamp,
    /// What can be done to it beside its procedure; `None` for whoever only notes.
    pub deeds: Option<Deeds>,
    /// Its number.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// How it stands.
    pub standing: Standing,
    /// Its priority, where that is not the usual one.
    pub urgency: Option<Urgency>,
    /// The title of the state it is in.
    pub state: String,
    /// The clock that runs out first.
    pub clock: Option<Clock>,
    /// Whose it is, and whom it can be given to.
    pub owner: Owner,
    /// The list it was opened from, where "back" leads: `/tickets?status=open`.
    pub back: String,
    /// The conversation, or its newest part.
    pub entries: Vec<Entry>,
    /// The first message of it that is shown.
    pub from: Option<String>,
    /// What came before.
    pub earlier: Option<Earlier>,
    /// What the procedure asked colleagues, oldest first.
    pub questions: Vec<Question>,
    /// The answer that the procedure suggests.
    pub suggestion: Option<Suggestion>,
    /// The next steps.
    pub choices: Vec<Choice>,
    /// The checklists of its procedure.
    pub checklists: Vec<Checklist>,
    /// The composer; `None` when nothing more can be said (a closed ticket).
    pub composer: Option<Composer>,
    /// Which words are kept of the viewer's drafts; `None` without a composer.
    pub drafts: Option<Revisions>,
    /// Who gets replies in copy.
    pub copies: Copies,
    /// What stands beside it.
    pub context: Context,
    /// What colleagues do with it beside its procedure.
    pub beside: Beside,
}

/// The messages before those that a page shows.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// How many.
    pub count: usize,
    /// The page with them: `/tickets/12?from=0`.
    pub href: String,
    /// The same as panes.
    pub panes: String,
}

impl Ticket {
    /// Whether something is asked now, or an answer came back.
    #[must_use]
    pub fn is_asking(&self) -> bool {
        self.questions.iter().any(|question| question.outcome.is_none() || question.error.is_some())
    }

    /// Whether something was asked that is no longer open.
    #[must_use]
    pub fn was_asked(&self) -> bool {
        self.questions.iter().any(|question| question.outcome.is_some())
    }
}
