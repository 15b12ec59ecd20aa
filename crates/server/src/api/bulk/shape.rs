//! What is done to many tickets, and what came of it, as programs see it.

use std::collections::BTreeMap;

use desk::Error;
use desk::handle::Done;
use desk::tickets::bulk::Deed;
use serde::{Deserialize, Serialize};
use store::Id;
use utoipa::ToSchema;

use crate::api::tickets::shape::Priority;

/// What is to be done, and to which tickets: those named, or the first 1,000 of a list.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewBulk {
    /// `assign`, `priority`, `tag`, `untag`, `snooze`, `choose`, `read` or `unread`.
    deed: String,
    /// The ids of the tickets.
    pub(super) tickets: Option<Vec<String>>,
    /// A list instead, as `cut` of a view says it.
    #[schema(value_type = Option<Object>)]
    pub(super) cut: Option<BTreeMap<String, String>>,
    /// For `assign`: the agent's id; null or left out for nobody.
    agent: Option<String>,
    /// For `priority`.
    #[schema(value_type = Option<Priority>)]
    priority: Option<String>,
    /// For `tag` and `untag`.
    tags: Option<Vec<String>>,
    /// For `snooze`: until when; null or left out when they come back now.
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<String>,
    /// For `choose`: a choice that the playbooks offer.
    choice: Option<String>,
}

/// What came of it.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Bulk {
    /// Under which it can be undone; null when nothing changed, or it cannot be.
    #[schema(required, value_type = Option<String>)]
    id: Option<Id>,
    /// The tickets that changed.
    #[schema(value_type = Vec<String>)]
    changed: Vec<Id>,
    /// The tickets that stood so already.
    #[schema(value_type = Vec<String>)]
    unchanged: Vec<Id>,
    /// Those that it was not done to.
    refused: Vec<Refused>,
    /// Whether the list holds more tickets than were taken.
    more: bool,
}

/// A ticket that it was not done to, and why.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Refused {
    #[schema(value_type = String)]
    ticket: Id,
    /// A stable name for programs, such as `changed-since`.
    code: &'static str,
    /// What happened and what to do about it, in words.
    detail: String,
}

impl NewBulk {
    /// What is to be done.
    pub(super) fn deed(&self) -> Result<Deed, Error> {
        let missing = |field: &str| Error::invalid_field(field, "required", format!("{} needs it", self.deed));
        Ok(match self.deed.as_str() {
            "assign" => {
                let no_agent = |_| Error::invalid_field("agent", "no-such-agent", "there is no such agent");
                Deed::Assign { agent: self.agent.as_deref().map(|id| id.parse().map_err(no_agent)).transpose()? }
            }
            "priority" => {
                Deed::Priority { priority: self.priority.as_deref().ok_or_else(|| missing("priority"))?.parse()? }
            }
            "tag" => Deed::Tag { tags: self.tags.clone().ok_or_else(|| missing("tags"))? },
            "untag" => Deed::Untag { tags: self.tags.clone().ok_or_else(|| missing("tags"))? },
            "snooze" => Deed::Snooze { until: self.until.as_deref().map(instant).transpose()? },
            "choose" => Deed::Choose { choice: self.choice.clone().ok_or_else(|| missing("choice"))? },
            "read" => Deed::Read,
            "unread" => Deed::Unread,
            other => {
                let takes = "assign, priority, tag, untag, snooze, choose, read or unread";
                return Err(Error::invalid_field("deed", "no-such-deed", format!("{other:?} is none of {takes}")));
            }
        })
    }
}

/// An instant as RFC 3339 has it.
fn instant(text: &str) -> Result<jiff::Timestamp, Error> {
    text.parse().map_err(|_| Error::invalid_field("until", "no-instant", "a time, such as 2026-11-23T09:00:00Z"))
}

impl Bulk {
    pub(super) fn of(done: Done, more: bool) -> Self {
        let refused = |(ticket, error): (Id, Error)| Refused { ticket, code: error.code, detail: error.to_string() };
        Self {
            id: done.bulk,
            changed: done.changed,
            unchanged: done.unchanged,
            refused: done.refused.into_iter().map(refused).collect(),
            more,
        }
    }
}
