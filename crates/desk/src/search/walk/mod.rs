//! From the newest to the oldest, until a page is full: through the places where words stand, or through tickets where no words are
//! looked for. A page costs what it takes to fill it, however much there is behind it.

pub(super) mod queries;

use std::collections::{HashSet, VecDeque};

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
/// How many times as many as the time before, at most.
const GROWTH: u32 = 4;
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

/// Where what was looked at ends.
enum End {
    /// There is nothing behind it.
    OfAll,
    /// The rest is behind this place.
    Behind(Place),
}

/// A place on one of few tickets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) id: Id,
    /// Whether it is a note.
    pub(super) is_note: bool,
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
            let (seen, end) = self.look(conn, few.as_mut(), behind, size).await?;
            looked += size;
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
            let End::Behind(last) = end else { return Ok((found, None)) };
            behind = Some(last);
            if looked >= LOOKED_MAX {
                return Ok((found, behind));
            }
            // The newest places did not fill the page: are there only few tickets that can?
            if looked == size {
                few = match self.words.is_empty() || self.leading().next().is_none() {
                    true => None,
                    false => queries::few(conn, self, behind).await?,
                };
            }
            size = next_size(size, looked, found.len(), limit).min(LOOKED_MAX - looked);
        }
    }

    /// The next `size` places, and where the ones after them begin.
    async fn look(
        &self,
        conn: &mut Conn,
        few: Option<&mut VecDeque<Spot>>,
        behind: Option<Place>,
        size: u32,
    ) -> Result<(Vec<Seen>, End)> {
        let Some(few) = few else {
            let seen = queries::next(conn, self, behind, size).await?;
            let end = match seen.last() {
                Some(last) if seen.len() == size as usize => End::Behind(last.behind),
                _ => End::OfAll,
            };
            return Ok((seen, end));
        };
        let these: Vec<Spot> = few.drain(..few.len().min(size as usize)).collect();
        let end = match these.last() {
            Some(last) if !few.is_empty() => End::Behind(Place::Words { behind: last.id, newest: self.newest }),
            _ => End::OfAll,
        };
        Ok((queries::holding(conn, self, &these).await?, end))
    }

    /// Between which ids lies what is looked at behind this place.
    fn between(&self, behind: Option<Place>) -> (Id, Id) {
        let until = match behind {
            Some(Place::Words { behind, .. }) => Id(behind.0 - 1),
            _ => self.newest,
        };
        (self.ids.0, self.ids.1.min(until))
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

/// How many are looked at next: half as many again as the rest of the page takes if as many fit as before, of which there is no telling
/// where none did.
fn next_size(size: u32, looked: u32, found: usize, limit: u32) -> u32 {
    let found = u32::try_from(found).unwrap_or(limit);
    let most = size.saturating_mul(GROWTH).min(AT_ONCE.1);
    match found {
        0 => most,
        _ => (limit.saturating_sub(found) * looked / found * 3 / 2).clamp(AT_ONCE.0, most),
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
