//! Search: tickets by words that stand on them and by operators, contacts and organizations by their words.
//!
//! What a scope may see is cut out inside the indexed query: nobody learns from a search what they may not read, and nobody misses
//! what they may because of it. A ticket is found once, in its newest place; the newest comes first.

pub mod alike;
mod binds;
mod cuts;
pub mod grammar;
pub mod notice;
pub mod place;
mod queries;
pub mod snippet;
pub mod sought;
mod walk;
pub mod wanted;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use playbook::Status;
use store::{Conn, Id};

pub use cuts::list::as_list;
pub use notice::Notice;
pub use place::Place;
pub use snippet::Snippet;
pub use walk::LOOKED_MAX;
pub use wanted::Wanted;

use crate::ground::Ground;
use crate::page;
use crate::rights::{self, Scope, Verb};
use crate::tickets::merges;
use crate::{Actor, Result};
use cuts::Cuts;
use sought::Sought;
use walk::Walk;

/// How many contacts and organizations are found at most; they come before all else.
const PEOPLE_MAX: u32 = 20;
/// How many tickets [`tickets`] is asked for at most.
pub const TICKETS_MAX: usize = 2_000;
/// How many of them are looked for at a time.
const AT_ONCE: usize = 200;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A ticket, by its number, its subject or operators alone.
    Ticket,
    /// A ticket, by a message of it or a note on it.
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
    /// Its status.
    pub status: Status,
    /// Whom it waits for: `us`, `requester`, …
    pub waiting_on: String,
    /// What whoever asked is called: their name, or their address.
    pub requester: String,
    /// The name of the organization that it is for.
    pub organization: Option<String>,
    /// The ticket that goes on for it where it was merged, if whoever searches sees that one: its id and number.
    pub merged_into: Option<(Id, i64)>,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// Its id.
    pub id: Id,
    /// The ticket that it is or belongs to.
    pub ticket: Option<OfTicket>,
    /// The key of an organization, or the address that a contact is written to.
    pub key: Option<String>,
    /// What it is called; of a message, what its ticket is called.
    pub title: String,
    /// The beginning of that, with the words in it.
    pub heading: Snippet,
    /// Where the words stand.
    pub snippet: Snippet,
    /// When the message was written, or the ticket last changed; `None` of people.
    pub at: Option<Timestamp>,
}

/// A page of what was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// What was found: contacts and organizations, then tickets, the newest first.
    pub items: Vec<Hit>,
    /// Where the next page begins; `None` on the last. A page may hold fewer than were asked for, or none, and have a next one: what
    /// many places would have to be looked through for is looked for [`LOOKED_MAX`] places at a time.
    pub next: Option<Place>,
    /// What is to be said about the names that were asked for.
    pub notices: Vec<Notice>,
}

/// Finds what `actor` may see and `wanted` asks for. Days are those of `zone`.
pub async fn find(
    ground: &Ground,
    actor: &Actor,
    wanted: &Wanted,
    zone: &TimeZone,
    after: Option<Place>,
    limit: u32,
) -> Result<Found> {
    let scope = Scope::of(actor)?;
    let mut conn = ground.read().await?;
    let now = ground.clock.now();
    let cuts = Cuts::of(&mut conn, actor, wanted, now, zone).await?;
    let newest = match after {
        Some(Place::Words { newest, .. } | Place::People { newest, .. }) => newest,
        _ => ground.ids.next(),
    };
    let (mut items, more) = match after {
        None | Some(Place::People { .. }) if wanted.is_words_alone() && rights::may(actor, Verb::ReadPeople) => {
            let skip = if let Some(Place::People { skip, .. }) = after { skip } else { 0 };
            let mut people = queries::people(&mut conn, &wanted.words, newest, PEOPLE_MAX).await?;
            people.drain(..people.len().min(skip as usize));
            let more = page::cut(&mut people, limit);
            (people, more.then(|| Place::People { skip: skip.saturating_add(limit), newest }))
        }
        _ => (Vec::new(), None),
    };
    let room = limit - u32::try_from(items.len()).unwrap_or(limit).min(limit);
    let next = match more {
        Some(place) => Some(place),
        // The page is full of people, and tickets begin on the next one.
        None if room == 0 => Some(Place::People { skip: PEOPLE_MAX, newest }),
        None => {
            let walk = Walk { scope, words: &wanted.words, ids: ids_of(ground, &cuts, now), cuts: &cuts, newest };
            let behind = after.filter(|place| !matches!(place, Place::People { .. }));
            let (steps, next) = walk.page(&mut conn, behind, room).await?;
            for (mut hit, is_merged) in queries::hits(&mut conn, &steps, &wanted.words).await? {
                if let Some(ticket) = hit.ticket.as_mut().filter(|_| is_merged) {
                    let onward = merges::onward(&mut conn, scope, ticket.id).await?;
                    ticket.merged_into = onward.map(|(id, number, _)| (id, number));
                }
                items.push(hit);
            }
            next
        }
    };
    Ok(Found { items, next, notices: cuts.notices })
}

/// The newest `most` tickets that `actor` may see and `wanted` asks for, in the order of their ids. Days are those of `zone`.
pub async fn tickets(
    ground: &Ground,
    conn: &mut Conn,
    actor: &Actor,
    wanted: &Wanted,
    zone: &TimeZone,
    most: usize,
) -> Result<Vec<Id>> {
    let (scope, now) = (Scope::of(actor)?, ground.clock.now());
    let cuts = Cuts::of(conn, actor, wanted, now, zone).await?;
    let walk =
        Walk { scope, words: &wanted.words, ids: ids_of(ground, &cuts, now), cuts: &cuts, newest: ground.ids.next() };
    let (mut ids, mut behind) = (Vec::new(), None);
    loop {
        let room = u32::try_from(AT_ONCE.min(most - ids.len())).unwrap_or(u32::MAX);
        let (steps, next) = walk.page(conn, behind, room).await?;
        ids.extend(steps.into_iter().map(|step| step.ticket));
        behind = next;
        if behind.is_none() || ids.len() >= most {
            ids.sort_unstable();
            return Ok(ids);
        }
    }
}

/// The newest `most` tickets that `scope` may see and on which these words stand in one place.
async fn holding(conn: &mut Conn, scope: Scope, words: &Sought, most: u32) -> Result<Vec<Id>> {
    let everything = (Id(0), Id(i64::MAX));
    let walk = Walk { scope, words, cuts: &Cuts::none(), newest: everything.1, ids: everything };
    let (steps, _) = walk.page(conn, None, most).await?;
    Ok(steps.into_iter().map(|step| step.ticket).collect())
}

/// Between which ids lies what was written on the days that are asked for.
fn ids_of(ground: &Ground, cuts: &Cuts, now: Timestamp) -> (Id, Id) {
    // After a clock was set back, ids go on from those that were made before.
    let is_ahead = ground.ids.next() > Id::first_at(now + SignedDuration::from_hours(1));
    walk::ids_of(&cuts.conditions, is_ahead)
}
