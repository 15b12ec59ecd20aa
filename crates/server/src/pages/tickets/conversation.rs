//! The conversation: messages and notes, and a line for each step the procedure took by itself.

use super::returned::Returned;
use crate::pages::person::Person;
use crate::pages::prose::Prose;
use crate::pages::when::When;

/// An entry of the conversation, in the order of time.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant, reason = "a page holds a few dozen of them, once")]
pub enum Entry {
    /// Something somebody wrote, or that was sent by itself.
    Message(Message),
    /// A step of the procedure.
    Step(Step),
}

/// A message or a note.
#[derive(Debug, Clone)]
pub struct Message {
    /// The message's id.
    pub id: String,
    /// What kind it is.
    pub kind: MessageKind,
    /// Who wrote it; for an automatic one the desk or the team it was sent for.
    pub author: Person,
    /// To whom it went, as shown.
    pub to: Option<String>,
    /// Who got it in copy, as shown; empty where nobody did.
    pub copies: String,
    /// Its own subject, where that differs from the ticket's.
    pub subject: Option<String>,
    /// What was written, without what it quotes.
    pub body: Prose,
    /// The earlier messages it quotes, folded.
    pub quoted: Option<String>,
    /// Where its original HTML is shown under [`crate::pages::policy::FRAMED_MAIL`].
    pub original: Option<String>,
    /// How many pictures that would fetch from elsewhere, which it does not before somebody wants them.
    pub remote: u32,
    /// Files that came with it.
    pub attachments: Vec<Attachment>,
    /// When.
    pub at: When,
    /// How its sending went; `None` for what came in and for notes.
    pub delivery: Option<Delivery>,
    /// What came back of it.
    pub returned: Vec<Returned>,
    /// Why it was sent, when nobody sent it.
    pub why: Option<Why>,
    /// For what was said to or by the client: whether the viewer said it. What others say crosses with what the viewer writes.
    pub own: Option<bool>,
    /// The merged ticket that it was said on: its number and id.
    pub from: Option<(String, String)>,
    /// How a ticket of its own begins with it, where one can.
    pub split: Option<Splitting>,
}

/// How a ticket of its own begins with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Splitting {
    /// At this address somebody who wants that is asked for its subject.
    Offered(String),
    /// Somebody wants it.
    Asked {
        /// The subject that it has unless they say another one.
        subject: String,
        /// The page without this form.
        back: String,
    },
}

/// What kind of message it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    /// From the client.
    Incoming,
    /// From a colleague to the client.
    Reply,
    /// Among colleagues.
    Note,
    /// Sent by the procedure.
    Automatic,
}

/// A file of a message.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its size as shown: `24 KB`.
    pub size: String,
    /// Where it is downloaded.
    pub href: String,
}

/// How the sending of a message went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// Not sent yet.
    Waiting,
    /// Given to the recipient's server.
    Sent,
    /// Refused, with what the server said.
    Failed(String),
}

/// A step that the procedure took.
#[derive(Debug, Clone)]
pub struct Step {
    /// The history entry's id.
    pub id: String,
    /// What happened, in one line: `Checking → Needs configuration`.
    pub summary: String,
    /// When.
    pub at: When,
    /// Why.
    pub why: Why,
    /// The change and the ticket that it can be undone for.
    pub undo: Option<(String, String)>,
}

/// Why something happened by itself.
#[derive(Debug, Clone, Default)]
pub struct Why {
    /// The event: `requester.replied`.
    pub event: String,
    /// What people call the event, where the procedure says so: what the button of a choice says.
    pub event_title: Option<String>,
    /// Why the event came, where it says so: `nothing says where the database is`.
    pub note: Option<Prose>,
    /// The transition, if the state changed: the titles of both.
    pub transition: Option<(String, String)>,
    /// The guards that were asked, in order.
    pub guards: Vec<Guard>,
    /// What was done: `reply document-request-received`.
    pub actions: Vec<String>,
    /// The clocks that stopped for a while, or went on, and what is left.
    pub clocks: Vec<String>,
    /// The line of the handbook: `playbooks/document-change.yaml`.
    pub file: String,
    /// Its number.
    pub line: u32,
}

/// A guard and how it turned out.
#[derive(Debug, Clone)]
pub struct Guard {
    /// The expression.
    pub expression: String,
    /// Whether it held.
    pub held: bool,
    /// The values it saw: name, value.
    pub values: Vec<(String, String)>,
}

impl Message {
    /// How many pictures it would fetch, as texts count them.
    #[must_use]
    pub fn remote_shown(&self) -> usize {
        usize::try_from(self.remote).unwrap_or(usize::MAX)
    }
}

impl MessageKind {
    /// The suffix of the class `message--…`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Incoming => "incoming",
            Self::Reply => "reply",
            Self::Note => "note",
            Self::Automatic => "automatic",
        }
    }
}

impl Delivery {
    /// The text that says it.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Waiting => "delivery-waiting",
            Self::Sent => "delivery-sent",
            Self::Failed(_) => "delivery-failed",
        }
    }
}
