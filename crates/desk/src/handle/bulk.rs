//! The same done to many tickets: one command a ticket, in chunks that let others in between, and what came of each.

use futures::future::join_all;
use store::Id;

use super::{Change, Command, Outcome, Undo};
use crate::error::Kind;
use crate::rights::Scope;
use crate::tickets::bulk::{self, Deed, TICKETS_MAX};
use crate::{Actor, Context, Desk, Error, Result};

/// How many commands are put before the writer at once: what they take together stays under 10 ms.
const CHUNK: usize = 16;

/// A bulk change begins.
#[derive(Clone, Debug)]
pub struct BeginBulk {
    /// What is going to be done.
    pub deed: Deed,
}

impl BeginBulk {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        Ok(Outcome::Bulk(bulk::begin(context, &self.deed).await?))
    }
}

/// What came of a bulk change, or of undoing one.
#[derive(Debug, Default)]
pub struct Done {
    /// Under which it can be undone; `None` when nothing changed, or what changed cannot be undone.
    pub bulk: Option<Id>,
    /// The tickets that changed.
    pub changed: Vec<Id>,
    /// The tickets that stood so already.
    pub unchanged: Vec<Id>,
    /// Those that it was not done to, each with why.
    pub refused: Vec<(Id, Error)>,
}

impl Desk {
    /// Does `deed` to each of `tickets` that `actor` sees, each once, one command a ticket. What fails for one is said and holds up
    /// no other.
    ///
    /// # Errors
    /// When there are none or more than [`TICKETS_MAX`], and when the database is away.
    pub async fn bulk(&self, actor: &Actor, tickets: &[Id], deed: &Deed) -> Result<Done> {
        let mut tickets = tickets.to_vec();
        let mut known = std::collections::HashSet::new();
        tickets.retain(|ticket| known.insert(*ticket));
        if tickets.is_empty() || tickets.len() > TICKETS_MAX {
            return Err(Error::invalid_field("tickets", "bad-tickets", format!("1 to {TICKETS_MAX} tickets")));
        }
        let begun = match deed.can_be_undone() {
            true => self.handle(actor, Command::BeginBulk(BeginBulk { deed: deed.clone() })).await?,
            false => Outcome::Moved(false),
        };
        let bulk = if let Outcome::Bulk(id) = begun { Some(id) } else { None };
        let change = |ticket| Command::Change(Change { ticket, deeds: vec![deed.clone()], bulk });
        let mut done = self.each(actor, &tickets, change).await?;
        done.bulk = bulk.filter(|_| !done.changed.is_empty());
        Ok(done)
    }

    /// Puts the tickets of a bulk change back as they stood; with `only` that one alone. Those that changed since are left alone.
    pub async fn undo_bulk(&self, actor: &Actor, bulk: Id, only: Option<Id>) -> Result<Done> {
        let tickets = {
            let mut conn = self.read().await?;
            Scope::of(actor)?;
            bulk::find(&mut conn, bulk).await?;
            bulk::tickets_of(&mut conn, bulk).await?
        };
        let tickets: Vec<Id> = tickets.into_iter().filter(|id| only.is_none_or(|only| only == *id)).collect();
        self.each(actor, &tickets, |ticket| Command::Undo(Undo { bulk, ticket })).await
    }

    async fn each(&self, actor: &Actor, tickets: &[Id], command: impl Fn(Id) -> Command) -> Result<Done> {
        let mut done = Done::default();
        for chunk in tickets.chunks(CHUNK) {
            let outcomes = join_all(chunk.iter().map(|ticket| self.handle(actor, command(*ticket)))).await;
            for (ticket, outcome) in chunk.iter().zip(outcomes) {
                match outcome {
                    Ok(Outcome::Moved(false)) => done.unchanged.push(*ticket),
                    Ok(_) => done.changed.push(*ticket),
                    Err(error) if matches!(error.kind, Kind::Unavailable | Kind::Internal) => return Err(error),
                    Err(error) => done.refused.push((*ticket, error)),
                }
            }
        }
        Ok(done)
    }
}
