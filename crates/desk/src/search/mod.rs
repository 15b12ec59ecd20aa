//! Search by plain words: tickets, messages, contacts and organizations that hold them all.
//!
//! What a scope may see is cut out inside the indexed query, and only then the newest are taken and ranked: nobody learns from a
//! search what they may not read, and nobody misses what they may because of it.

mod queries;
pub mod snippet;
pub mod wanted;

use std::fmt;
use std::str::FromStr;

use store::{Conn, Id};

pub use snippet::Snippet;
pub use wanted::Wanted;

use crate::ground::Ground;
use crate::page;
use crate::rights::{self, Scope, Verb};
use crate::{Actor, Error, Result, contacts, organizations};

/// How many contacts and organizations are found at most; they come before all else.
const PEOPLE_MAX: u32 = 20;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A ticket, by its number or subject.
    Ticket,
    /// A message of a ticket, or a note on it.
    Message,
    /// A contact.
    Contact,
    /// An organization.
    Organization,
}

impl Kind {
    /// The kind's name, as the API says it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Ticket => "ticket",
            Kind::Message => "message",
            Kind::Contact => "contact",
            Kind::Organization => "organization",
        }
    }
}

/// The ticket that something found belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfTicket {
    /// Its id.
    pub id: Id,
    /// The number people call it by.
    pub number: i64,
}

/// Something that holds the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// Its id.
    pub id: Id,
    /// The ticket that it is or belongs to.
    pub ticket: Option<OfTicket>,
    /// What it is called; of a message, what its ticket is called.
    pub title: String,
    /// Where the words stand.
    pub snippet: Snippet,
}

/// Where a page of what was found begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// How many come before it.
    skip: u32,
    /// The first page's present: what is newer than this is not looked at, so that no page repeats what another one had.
    newest: Id,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.skip, self.newest)
    }
}

impl FromStr for Place {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        text.split_once('.')
            .and_then(|(skip, newest)| Some(Self { skip: skip.parse().ok()?, newest: newest.parse().ok()? }))
            .ok_or_else(|| {
                Error::invalid_field("after", "no-cursor", "this is no cursor of a search")
                    .advise("Take `next` of the page before, unchanged.")
            })
    }
}

/// A page of what was found, the best first.
#[derive(Clone, Debug)]
pub struct Found {
    /// What was found.
    pub items: Vec<Hit>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<Place>,
}

/// Finds what `actor` may see and holds all words: people and organizations, then the best of the newest 2,000 places on tickets.
pub async fn find(ground: &Ground, actor: &Actor, wanted: &Wanted, after: Option<Place>, limit: u32) -> Result<Found> {
    let scope = Scope::of(actor)?;
    let mut conn = ground.read().await?;
    let Place { skip, newest } = after.unwrap_or_else(|| Place { skip: 0, newest: ground.ids.next() });
    let mut items = match rights::may(actor, Verb::KeepPeople) {
        true => people(&mut conn, wanted, newest).await?,
        false => Vec::new(),
    };
    let known = u32::try_from(items.len()).unwrap_or(PEOPLE_MAX);
    items.drain(..items.len().min(skip as usize));
    // One more than fits, to see whether there is a next page.
    if items.len() <= limit as usize {
        let room = limit + 1 - u32::try_from(items.len()).unwrap_or(limit);
        items.extend(queries::on_tickets(&mut conn, scope, wanted, newest, skip.saturating_sub(known), room).await?);
    }
    let more = page::cut(&mut items, limit);
    Ok(Found { items, next: more.then_some(Place { skip: skip.saturating_add(limit), newest }) })
}

/// The tickets that `scope` may see and on which, in one place of the newest 2,000, all words stand.
pub async fn tickets(conn: &mut Conn, scope: Scope, wanted: &Wanted) -> Result<Vec<Id>> {
    Ok(queries::tickets(conn, scope, wanted).await?)
}

async fn people(conn: &mut Conn, wanted: &Wanted, newest: Id) -> Result<Vec<Hit>> {
    let mut people = Vec::new();
    for id in queries::people(conn, wanted, newest, PEOPLE_MAX).await? {
        if let Some(found) = organizations::find(conn, id).await? {
            let text = format!("{} ({})", found.name, found.key);
            let snippet = Snippet::of(&text, wanted);
            people.push(Hit { kind: Kind::Organization, id, ticket: None, title: found.name, snippet });
        } else if let Some(found) = contacts::find(conn, id).await? {
            let address = found.address.as_deref().unwrap_or_default();
            let snippet = Snippet::of(&format!("{} {address}", found.name.as_deref().unwrap_or_default()), wanted);
            let title = found.label().to_owned();
            people.push(Hit { kind: Kind::Contact, id, ticket: None, title, snippet });
        }
    }
    Ok(people)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_is_written_and_nothing_else_is_one() {
        let place = Place { skip: 50, newest: Id(7) };
        assert_eq!(place.to_string().parse::<Place>().unwrap(), place);
        for text in ["", "1", "x.7", "-1.7", "1.7.8", "1. 7"] {
            assert_eq!(text.parse::<Place>().unwrap_err().fields[0].field, "after", "{text}");
        }
    }
}
