//! What a list of tickets may be cut by, and what it may be sorted by.

use jiff::Timestamp;
use playbook::Status;
use store::Id;

use super::Priority;
use crate::{Error, Result};

/// The cuts of a list; everything that is `None` or empty lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// This status.
    pub status: Option<Status>,
    /// This team.
    pub team: Option<String>,
    /// One of these teams; `Some` of none lets nothing through.
    pub teams: Option<Vec<String>>,
    /// This assignee.
    pub assignee: Option<Id>,
    /// Nobody assigned.
    pub unassigned: bool,
    /// This playbook.
    pub playbook: Option<String>,
    /// This state or one within it: `testing` matches `testing.first`.
    pub state: Option<String>,
    /// This organization.
    pub organization: Option<Id>,
    /// This requester.
    pub requester: Option<Id>,
    /// What it is about; see [`super::COMPONENT`].
    pub component: Option<String>,
    /// This priority.
    pub priority: Option<Priority>,
    /// With this tag.
    pub tag: Option<String>,
    /// Waiting on these: `us`, `requester`, …
    pub waiting_on: Option<String>,
    /// Something happens by itself by then.
    pub due_by: Option<Timestamp>,
    /// A clock runs out by then, or has run out.
    pub clock_by: Option<Timestamp>,
    /// Nothing has changed since then.
    pub quiet_since: Option<Timestamp>,
    /// Snoozed, or not.
    pub snoozed: Option<bool>,
    /// Open or pending: what counts when work is shared out.
    pub unfinished: bool,
    /// One of these: what a search found.
    pub among: Option<Vec<Id>>,
}

/// What a list is sorted by. Each is a key with the id behind it, for pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest change first.
    #[default]
    Newest,
    /// The oldest change first.
    Oldest,
    /// The most urgent first, of the same priority those first that were opened first; unfinished tickets alone.
    Priority,
    /// What happens next first, then those of which nothing happens by itself; unfinished tickets alone.
    Due,
    /// The clock that runs out first first, those that have run out before it; unfinished tickets alone.
    Clock,
}

impl Order {
    /// Every order.
    pub const ALL: [Order; 5] = [Order::Newest, Order::Oldest, Order::Priority, Order::Due, Order::Clock];

    /// The order's name: `newest`, `oldest`, `priority`, `due`, `clock`.
    pub fn as_str(self) -> &'static str {
        match self {
            Order::Newest => "newest",
            Order::Oldest => "oldest",
            Order::Priority => "priority",
            Order::Due => "due",
            Order::Clock => "clock",
        }
    }

    /// Whether it sorts unfinished tickets alone.
    pub fn is_of_unfinished(self) -> bool {
        matches!(self, Order::Priority | Order::Due | Order::Clock)
    }
}

impl std::str::FromStr for Order {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Order::ALL.into_iter().find(|order| order.as_str() == text).ok_or_else(|| {
            Error::invalid_field("sort", "no-such-order", format!("{text:?} is no order of a list"))
                .advise("Use newest, oldest, priority, due or clock.")
        })
    }
}
