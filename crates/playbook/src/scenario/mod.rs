//! Scenarios: what happens when, told as a story and checked by a rehearsal of the desk.

mod checks;
mod deeds;
mod expectations;
mod mails;
mod offset;
mod publish;
mod read;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Zoned};
use serde_json::{Map, Value};

pub(crate) use deeds::SUGGESTIONS;
pub(crate) use mails::ANSWERED;
pub use mails::{Attached, Written};
#[cfg(test)]
pub(crate) use offset::is_offset;
pub(crate) use offset::length_pattern;
pub use publish::{FileChange, FileEdit};
pub use read::scenarios;

use crate::checklist::Evidence;
use crate::interpreter::StateMap;
use crate::run::Status;
use crate::source::Place;

/// A story with expectations, from `scenarios/*.yaml`.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The name; it begins with the row it shows: `D1: a form opens a ticket`.
    pub name: String,
    /// The row: `D1`.
    pub row: String,
    /// Where it begins.
    pub place: Place,
    /// When the story begins.
    pub starts: Zoned,
    /// What is there beforehand.
    pub given: Given,
    /// What happens, in order of time.
    pub when: Vec<Deed>,
    /// What must be so.
    pub then: Vec<Expectation>,
}

/// What is there before a story begins.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    /// Organizations: `{name, plan, …}`.
    pub organizations: Vec<Map<String, Value>>,
    /// Contacts: `{email, name, organization, role, language, …}`.
    pub contacts: Vec<Map<String, Value>>,
    /// Agents: `{name, team, role, …}`.
    pub agents: Vec<Map<String, Value>>,
    /// What look-ups answer.
    pub lookups: Map<String, Value>,
}

/// Something that somebody does.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    /// How long after the beginning.
    pub at: SignedDuration,
    /// What is done.
    pub kind: DeedKind,
    /// Where it says so.
    pub place: Place,
}

/// What somebody does. `on` is a link's alias from the first ticket; without it the first ticket is meant. `2` is the second that
/// nobody opened but the world, `2.ALIAS` one that it opened.
#[derive(Clone, Debug, PartialEq)]
pub enum DeedKind {
    /// Somebody submits a form.
    Form {
        /// The form.
        form: String,
        /// The address of whoever submits it.
        from: String,
        /// The answers by the form's names.
        answers: Map<String, Value>,
        /// The ticket on which it is filled in anew; a new one when `None`.
        on: Option<String>,
    },
    /// A mail arrives.
    Mail {
        /// The mail.
        letter: Letter,
        /// Whether it answers the last mail that the desk sent to the sender.
        in_reply_to_last: bool,
    },
    /// An agent makes a choice.
    Chooses {
        /// The agent.
        agent: String,
        /// The choice.
        choice: String,
        /// The ticket.
        on: Option<String>,
        /// What is said with it: `choice.NAME`.
        inputs: Map<String, Value>,
        /// Fields filled in with it.
        fields: Map<String, Value>,
    },
    /// An agent checks an item of a checklist.
    Checks {
        /// The agent.
        agent: String,
        /// The item: its id, or `CHECKLIST.ITEM` where several checklists have one of that id.
        item: String,
        /// What shows it: a file by its name, the last message from outside as `last`, a link or words.
        with: Option<Evidence>,
        /// The ticket.
        on: Option<String>,
    },
    /// An agent takes the mark of an item back.
    Unchecks {
        /// The agent.
        agent: String,
        /// The item, as for `Checks`.
        item: String,
        /// The ticket.
        on: Option<String>,
    },
    /// An agent answers the requester, or writes to a party.
    Replies {
        /// The agent.
        agent: String,
        /// The body.
        text: String,
        /// The party; the requester when `None`.
        to: Option<String>,
        /// The ticket.
        on: Option<String>,
    },
    /// An agent writes an internal note.
    Notes {
        /// The agent.
        agent: String,
        /// The note.
        text: String,
        /// The ticket.
        on: Option<String>,
    },
    /// An agent gives the ticket to somebody.
    Assigns {
        /// The agent.
        agent: String,
        /// Who has it then; nobody when `None`.
        to: Option<String>,
        /// The ticket.
        on: Option<String>,
    },
    /// An agent says how urgent the ticket is.
    Prioritises {
        /// The agent.
        agent: String,
        /// The priority.
        priority: String,
        /// The ticket.
        on: Option<String>,
    },
    /// An agent answers a question that the procedure asked.
    Answers {
        /// The agent.
        agent: String,
        /// The answer.
        answer: String,
        /// The name under which it was asked.
        question: String,
        /// A note that goes with it.
        note: Option<String>,
        /// The ticket.
        on: Option<String>,
    },
    /// An agent sends the suggestion.
    SendsSuggestion {
        /// The agent.
        agent: String,
        /// Other words than the suggested ones.
        text: Option<String>,
        /// The ticket.
        on: Option<String>,
    },
    /// An agent puts the suggestion aside.
    DismissesSuggestion {
        /// The agent.
        agent: String,
        /// The ticket.
        on: Option<String>,
    },
    /// A program opens a ticket by the API.
    Api {
        /// The body of the call.
        request: Map<String, Value>,
    },
    /// A new revision of the handbook is published.
    Publish {
        /// What it changes of the handbook as it is by then.
        changes: Vec<FileChange>,
        /// The playbooks whose running tickets go to it, each with what its old states are called now.
        moves: BTreeMap<String, StateMap>,
    },
    /// Something outside is away for a while, and then there again.
    Fails {
        /// What.
        what: Outside,
        /// How long.
        lasts: SignedDuration,
    },
}

/// A mail that arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Letter {
    /// As a file has it, whole.
    Raw(String),
    /// As the story writes it.
    Written(Written),
}

/// Something outside the desk that can be away: `fails: NAME`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outside {
    /// `sender`: what mail leaves by.
    Sender,
    /// `mailbox`: what mail is fetched from. What arrives meanwhile comes in when it is there again.
    Mailbox,
    /// Any other name: a connection, and with it every look-up that asks it, or one look-up.
    Database(String),
}

/// Something that must be so.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// When: how long after the beginning; at the end without it.
    pub at: Option<SignedDuration>,
    /// What.
    pub kind: ExpectationKind,
    /// Where it says so.
    pub place: Place,
}

/// What must be so. `ticket` names one as `on` of a deed does; without it the first ticket is meant.
#[derive(Clone, Debug, PartialEq)]
pub enum ExpectationKind {
    /// A ticket is in a state, or in a state below it.
    State {
        /// The dotted path.
        state: String,
        /// The ticket.
        ticket: Option<String>,
    },
    /// A ticket has a status.
    Status {
        /// The status.
        status: Status,
        /// The ticket.
        ticket: Option<String>,
    },
    /// A canned reply was sent by then.
    Mail {
        /// The reply.
        reply: String,
        /// To whom; to anybody without it.
        to: Option<String>,
    },
    /// Exactly so many mails were sent.
    Mails {
        /// How many.
        count: u64,
        /// To whom; to anybody without it.
        to: Option<String>,
    },
    /// There are exactly so many tickets.
    Tickets {
        /// How many.
        count: u64,
    },
    /// A clock of a ticket stands so.
    Clock {
        /// Its name.
        name: String,
        /// How it stands: one of [`ClockState::WORDS`](crate::ClockState::WORDS).
        stands: Option<String>,
        /// What is left of it, exactly.
        left: Option<SignedDuration>,
        /// The ticket.
        ticket: Option<String>,
    },
    /// What was never so, at any time of the story.
    Never(Box<ExpectationKind>),
    /// A colleague was told something.
    Told {
        /// Who.
        who: String,
        /// Words that the message contains.
        text: Option<String>,
        /// How often, exactly; once or more when `None`.
        times: Option<u64>,
    },
    /// A ticket is assigned to somebody, or to nobody.
    Assigned {
        /// Whom; nobody when `None`.
        to: Option<String>,
        /// The ticket.
        ticket: Option<String>,
    },
    /// A field has a value.
    Field {
        /// The field.
        name: String,
        /// The value.
        is: Value,
        /// The ticket.
        ticket: Option<String>,
    },
    /// A choice can be made now, once what it asks is answered.
    Offered {
        /// The choice.
        choice: String,
        /// The ticket.
        ticket: Option<String>,
    },
    /// An internal note contains words.
    Note {
        /// The words.
        text: String,
        /// The ticket.
        ticket: Option<String>,
    },
    /// The ticket's priority is this.
    Priority {
        /// One of low, normal, high and urgent.
        priority: String,
        /// The ticket.
        ticket: Option<String>,
    },
    /// The ticket's subject is this.
    Subject {
        /// The subject.
        subject: String,
        /// The ticket.
        ticket: Option<String>,
    },
}

#[cfg(test)]
mod tests;
