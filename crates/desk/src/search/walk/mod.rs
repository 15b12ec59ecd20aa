//! From the newest to the oldest, until a page is full: through the places where words stand, or through tickets where no words are
//! looked for. A page costs what it takes to fill it, however much there is behind it.

pub(super) mod queries;

use std::collections::HashSet;

use jiff::Timestamp;
use store::{Conn, Id};

use super::cuts::{Condition, Cuts, Is};
use super::place::Place;
use super::sought::Sought;
use crate::Result;
use crate::rights::Scope;
use crate::words::Index;

/// How many places, or tickets, are looked at for one page. What stands behind them is looked at by the next one.
pub const LOOKED_MAX: u32 = 10_000;
/// How many are looked at first, and at once at most.
const AT_ONCE: (u32, u32) = (32, 2_048);
/// Up to how many tickets are gone through one by one, where operators leave no more, instead of all places of the words.
pub(super) const FEW: u32 = 100;

/// What is walked through, and what is taken from it.
pub(super) struct Walk<'w> {
    pub(super) scope: Scope,
    /// What stands in one place; empty where tickets themselves are looked for.
    pub(super) words: &'w Sought,
    pub(super) cuts: &'w Cuts,
    /// What is newer is not looked at.
    pub(super) newest: Id,
    /// Between which ids lies what was written on the days that are asked for.
    pub(super) ids: (Id, Id),
}

/// A ticket that was found, and where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) ticket: Id,
    /// The message in which the words stand; none for the ticket itself.
    pub(super) message: Option<Id>,
}

/// A place that was looked at.
pub(super) struct Seen {
    /// Behind this the walk goes on.
    pub(super) behind: Place,
    /// The ticket that it is shown on; `None` where there is none.
    pub(super) step: Option<Step>,
    /// Whether it meets the conditions.
    pub(super) fits: bool,
}

impl Walk<'_> {
    /// The next `limit` tickets behind `from`, each once, and where the page after them begins.
    pub(super) async fn page(
        &self,
        conn: &mut Conn,
        from: Option<Place>,
        limit: u32,
    ) -> Result<(Vec<Step>, Option<Place>)> {
        let mut few = None;
        let (mut found, mut known) = (Vec::new(), HashSet::new());
        let (mut behind, mut looked) = (from, 0);
        let mut size = AT_ONCE.0.max(limit + 1);
        loop {
            let seen = queries::next(conn, self, few.as_deref(), behind, size).await?;
            looked += size;
            let is_last = seen.len() < size as usize;
            if let Some(Place::Words { behind: page, .. }) = from {
                let tickets = seen.iter().filter(|seen| seen.fits).filter_map(|seen| seen.step.map(|step| step.ticket));
                let tickets: HashSet<Id> = tickets.collect();
                known.extend(queries::shown_before(conn, self, &tickets, page).await?);
            }
            for place in seen {
                if let Some(step) = place.step.filter(|step| place.fits && !known.contains(&step.ticket)) {
                    if found.len() == limit as usize {
                        return Ok((found, behind));
                    }
                    known.insert(step.ticket);
                    found.push(step);
                }
                behind = Some(place.behind);
            }
            if is_last {
                return Ok((found, None));
            }
            if looked >= LOOKED_MAX {
                return Ok((found, behind));
            }
            // The newest places did not fill the page: are there only few tickets that can?
            if looked == size {
                few = self.few(conn).await?;
            }
            size = (size * 4).min(AT_ONCE.1).min(LOOKED_MAX - looked);
        }
    }

    /// The tickets that the operators leave, where words are looked for on few of them.
    async fn few(&self, conn: &mut Conn) -> Result<Option<Vec<Id>>> {
        if self.words.is_empty() || self.leading().next().is_none() {
            return Ok(None);
        }
        let few = queries::few(conn, self, FEW + 1).await?;
        Ok(Some(few).filter(|few| few.len() <= FEW as usize))
    }

    /// The conditions by which an index leads to tickets.
    fn leading(&self) -> impl Iterator<Item = &Condition> {
        self.cuts.conditions.iter().filter(|condition| !condition.is_not && condition.is.has_an_index())
    }

    /// All others.
    fn following(&self) -> impl Iterator<Item = &Condition> {
        self.cuts.conditions.iter().filter(|condition| condition.is_not || !condition.is.has_an_index())
    }

    fn indexes(&self) -> &[Index] {
        &self.cuts.indexes
    }

    /// Whether tickets are looked for by when they were opened.
    fn is_of_days(&self) -> bool {
        self.words.is_empty()
            && self.cuts.conditions.iter().any(|condition| !condition.is_not && matches!(condition.is, Is::Between(..)))
    }
}

/// Between which ids lies whatever was written on the days of all these conditions. An id is never lesser than its time says; it
/// may be greater where a clock was set back, by a day as far as this knows, by more if ids are `ahead`.
pub(super) fn ids_of(conditions: &[Condition], is_ahead: bool) -> (Id, Id) {
    let day = jiff::SignedDuration::from_hours(24);
    let (mut from, mut until) = (Id(0), Id(i64::MAX));
    for condition in conditions.iter().filter(|condition| !condition.is_not) {
        if let Is::Between(begins, ends) = &condition.is {
            from = from.max(Id::first_at(*begins));
            if !is_ahead && *ends < Timestamp::MAX {
                until = until.min(Id::first_at(ends.checked_add(day).unwrap_or(Timestamp::MAX)));
            }
        }
    }
    (from, until)
}
