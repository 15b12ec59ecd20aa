//! What a list's address asks for.

use std::collections::BTreeMap;

use desk::page::{Cursor, Page};
use desk::tickets::Filter;
use desk::{Actor, Error, Result};
use playbook::Status;
use store::Id;

/// The status that stands for open and pending together.
const UNFINISHED: &str = "unfinished";

/// A list's query, understood.
pub struct Asked {
    /// The query without its page, as links repeat it: `?status=open`, or empty.
    pub query: String,
    /// The cuts.
    pub filter: Filter,
    /// The page.
    pub page: Page,
    /// Whether it is cut out of the lists that have names: by somebody, or by what it is about.
    pub is_cut_out: bool,
}

impl Asked {
    /// Reads the query of a list. Without any cut it is the viewer's open tickets and everybody else's.
    pub fn read(query: &BTreeMap<String, String>, actor: &Actor) -> Result<Self> {
        let mut filter = Filter::default();
        let mut kept = form_urlencoded::Serializer::new(String::new());
        for (name, value) in query {
            match name.as_str() {
                "status" if value == UNFINISHED => filter.unfinished = true,
                "status" => filter.status = Some(status(value)?),
                "assignee" => filter.assignee = Some(assignee(value, actor)?),
                "component" => filter.component = Some(value.clone()),
                "mine" => filter.assignee = actor.agent_id(),
                "unassigned" => filter.unassigned = true,
                "team" => filter.team = Some(value.clone()),
                "playbook" => filter.playbook = Some(value.clone()),
                "state" => filter.state = Some(value.clone()),
                _ => continue,
            }
            kept.append_pair(name, value);
        }
        let kept = kept.finish();
        let after = query.get("after").map(|after| after.parse::<Cursor>()).transpose()?;
        Ok(Self {
            query: if kept.is_empty() { String::new() } else { format!("?{kept}") },
            is_cut_out: query.contains_key("assignee") || filter.component.is_some() || filter.unfinished,
            filter,
            page: Page { after, ..Page::default() },
        })
    }

    /// The address of the page after `next`.
    pub fn older(&self, next: Cursor) -> String {
        let mark = if self.query.is_empty() { '?' } else { '&' };
        format!("/tickets{}{mark}after={next}", self.query)
    }
}

/// Somebody by their id; `me` is the viewer.
fn assignee(word: &str, actor: &Actor) -> Result<Id> {
    let known = if word == "me" { actor.agent_id() } else { word.parse().ok() };
    known.ok_or_else(|| Error::not_found("colleague"))
}

fn status(word: &str) -> Result<Status> {
    Status::from_word(word).ok_or_else(|| {
        Error::invalid_field("status", "no-such-status", format!("{word:?} is no status"))
            .advise("Use open, pending, solved or closed.")
    })
}
