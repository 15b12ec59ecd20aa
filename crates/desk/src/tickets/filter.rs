//! What a list of tickets may be cut by.

use playbook::Status;
use store::Id;

/// The cuts of a list; everything that is `None` lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// This status.
    pub status: Option<Status>,
    /// This team.
    pub team: Option<String>,
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
    /// One of these: what a search found.
    pub among: Option<Vec<Id>>,
}
