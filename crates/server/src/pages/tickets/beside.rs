//! What colleagues do with a ticket beside its procedure: merging, linking, following, and replies that wait for their time.

use super::standing::Standing;
use crate::pages::prose::Prose;
use crate::pages::when::When;

/// All of it for one ticket.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// The ticket that it was merged into.
    pub merged_into: Option<Other>,
    /// The tickets that were merged into it.
    pub merged: Vec<Other>,
    /// Tickets that it has to do with.
    pub related: Vec<Other>,
    /// Replies that wait for their time.
    pub sendings: Vec<Waiting>,
    /// Whether the viewer follows it.
    pub follows: bool,
    /// Who else does, by name.
    pub followers: Vec<String>,
    /// What the viewer may do that takes the number of another ticket.
    pub merging: Deed,
    /// The same for a link.
    pub linking: Deed,
    /// When a reply can be sent later, as hours to choose.
    pub presets: Vec<Preset>,
}

/// Another ticket.
#[derive(Debug, Clone)]
pub struct Other {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// How it stands.
    pub standing: Standing,
    /// Who brought the two together, by name, where that is told.
    pub by: Option<String>,
    /// When.
    pub at: Option<When>,
    /// Whether the one began with a message of the other.
    pub split: bool,
    /// Whether it is the one that began so.
    pub begun_here: bool,
}

/// A form that takes the number of another ticket.
#[derive(Debug, Clone, Default)]
pub struct Deed {
    /// What was entered, when it comes back.
    pub number: String,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// A reply that waits.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Its id.
    pub id: String,
    /// Who wrote it, by name.
    pub author: String,
    /// Whether the viewer did.
    pub own: bool,
    /// The party that it is for; `None` for the requester.
    pub to: Option<String>,
    /// Its words.
    pub body: Prose,
    /// The names of the files that go along.
    pub files: Vec<String>,
    /// Whether it leaves in a few seconds.
    pub briefly: bool,
    /// When it leaves.
    pub at: When,
    /// The same in seconds from now.
    pub left: i64,
    /// Why it is held back, in words.
    pub held: Option<String>,
    /// Another time for it that was none.
    pub late: Option<Late>,
}

/// A time that was entered and does not lie ahead.
#[derive(Debug, Clone)]
pub struct Late {
    /// What was entered.
    pub entered: String,
    /// What is wrong with it.
    pub error: String,
}

impl Late {
    /// None, for templates.
    pub fn none() -> Option<Self> {
        None
    }
}

/// An hour at which a reply can be sent.
#[derive(Debug, Clone)]
pub struct Preset {
    /// Posted as `later`.
    pub value: &'static str,
    /// The text that names it.
    pub key: &'static str,
    /// When that is.
    pub at: When,
}
