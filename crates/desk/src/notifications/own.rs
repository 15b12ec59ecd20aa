//! What one person was told: their list, unread first, and what they have read. Only what they may still see is listed and counted.

use jiff::{SignedDuration, Timestamp};
use store::{Conn, Id, News};

use super::{Notice, TOLD, queries};
use crate::ground::Ground;
use crate::rights::Scope;
use crate::tickets::merges;
use crate::{Actor, Context, Error, Result};

/// The most that is counted as unread: what is beyond is "more".
pub const COUNTED_MAX: u32 = 100;
/// For how long what somebody was told stays in their list.
pub const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24 * 90);
/// How many rows are cleared away in one transaction.
const CLEARED_AT_ONCE: u32 = 500;

/// A notice in somebody's list.
#[derive(Clone, Debug)]
pub struct Own {
    /// Its place in the list.
    pub id: Id,
    /// Whether they have not read it yet.
    pub unread: bool,
    /// The notice.
    pub notice: Notice,
    /// The ticket that it is about, or that goes on for it where it was merged: id, number and subject as it stands.
    pub ticket: Option<(Id, i64, String)>,
    /// Whether the ticket that it is about was merged into another one.
    pub is_merged: bool,
}

/// Where a page begins: behind this row, among the unread ones or among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Whether the row was unread.
    pub unread: bool,
    /// The row.
    pub id: Id,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", u8::from(self.unread), self.id)
    }
}

impl std::str::FromStr for Place {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let read = |(unread, id): (&str, &str)| {
            let unread = match unread {
                "1" => true,
                "0" => false,
                _ => return None,
            };
            Some(Self { unread, id: id.parse().ok()? })
        };
        text.split_once('.').and_then(read).ok_or_else(|| {
            Error::invalid_field("after", "no-cursor", "this is no cursor of a list")
                .advise("Take `next` of the page before, unchanged.")
        })
    }
}

/// A page of somebody's list.
#[derive(Clone, Debug)]
pub struct Page {
    /// The rows.
    pub items: Vec<Own>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<Place>,
}

/// Whose list it is: only agents have one.
///
/// # Errors
/// `nobody` for everybody else.
pub fn whose(actor: &Actor) -> Result<Id> {
    actor.agent_id().ok_or_else(|| {
        Error::conflict("nobody", "A program has no notices: there is nobody to be told.")
            .advise("Use a token of somebody's own.")
    })
}

/// A page of what `actor` was told, the unread first and among them the newest. With `unread_only` the others are left out.
pub async fn list(conn: &mut Conn, actor: &Actor, unread_only: bool, after: Option<Place>, limit: u32) -> Result<Page> {
    let (agent, scope) = (whose(actor)?, Scope::of(actor)?);
    let (mut items, wanted) = (Vec::new(), limit + 1);
    let newest = Id(i64::MAX);
    if after.is_none_or(|after| after.unread) {
        let before = after.map_or(newest, |after| after.id);
        items = queries::own(conn, (agent, scope), true, before, wanted).await?;
    }
    let left = wanted.saturating_sub(u32::try_from(items.len()).unwrap_or(wanted));
    if !unread_only && left > 0 {
        let before = after.filter(|after| !after.unread).map_or(newest, |after| after.id);
        items.extend(queries::own(conn, (agent, scope), false, before, left).await?);
    }
    let more = crate::page::cut(&mut items, limit);
    for own in items.iter_mut().filter(|own| own.is_merged) {
        if let Some((ticket, ..)) = own.ticket
            && let Some(onward) = merges::onward(conn, scope, ticket).await?
        {
            own.ticket = Some(onward);
        }
    }
    let next = items.last().filter(|_| more).map(|own| Place { unread: own.unread, id: own.id });
    Ok(Page { items, next })
}

/// How many are unread, up to [`COUNTED_MAX`].
pub async fn count_unread(conn: &mut Conn, actor: &Actor) -> Result<i64> {
    Ok(queries::count_unread(conn, (whose(actor)?, Scope::of(actor)?), COUNTED_MAX).await?)
}

/// What is read from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// One row of the list.
    One(Id),
    /// What is about a ticket, and about those that were merged into it.
    OnTicket(Id),
    /// Everything up to this row, which was the newest when they looked; later ones stay unread.
    UpTo(Id),
    /// Everything.
    All,
}

/// Notes that an agent has read some of what they were told; says whether anything was unread.
pub async fn read(context: &mut Context<'_>, agent: Id, which: &Which) -> Result<bool> {
    let changed = match which {
        Which::One(id) => queries::read_one(context.tx, agent, *id).await?,
        Which::OnTicket(ticket) => {
            let mut changed = queries::read_on_ticket(context.tx, agent, *ticket).await?;
            for part in merges::parts(context.tx, *ticket).await? {
                changed += queries::read_on_ticket(context.tx, agent, part).await?;
            }
            changed
        }
        Which::UpTo(id) => queries::read_up_to(context.tx, agent, *id).await?,
        Which::All => queries::read_up_to(context.tx, agent, Id(i64::MAX)).await?,
    };
    if changed > 0 {
        context.tx.announce(News::of(TOLD, agent, 0));
    }
    Ok(changed > 0)
}

/// Whether an agent has unread notices about a ticket, or about one that was merged into it.
pub async fn has_unread_on(conn: &mut Conn, agent: Id, ticket: Id) -> Result<bool> {
    if queries::has_unread_on(conn, agent, ticket).await? {
        return Ok(true);
    }
    for part in merges::parts(conn, ticket).await? {
        if queries::has_unread_on(conn, agent, part).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Clears away what is older than [`KEPT_FOR`], so that nothing grows without end: everybody's lists, what left the desk, and notices
/// about no ticket. Those of tickets stay with them. Says how many rows went.
pub async fn clear_old(ground: &Ground) -> Result<u64> {
    let before = ground.clock.now() - KEPT_FOR;
    let mut cleared = 0;
    loop {
        let work = ground.change(&Actor::Desk, move |context| {
            futures::FutureExt::boxed(async move { clear_some(context, before).await })
        });
        let some = work.await?;
        cleared += some;
        if some < u64::from(CLEARED_AT_ONCE) {
            return Ok(cleared);
        }
    }
}

async fn clear_some(context: &mut Context<'_>, before: Timestamp) -> Result<u64> {
    Ok(queries::clear(context.tx, Id::first_at(before), CLEARED_AT_ONCE).await?)
}
