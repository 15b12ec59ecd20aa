//! Who looks at a ticket at present, and who writes there. It is told between processes by the channel of news, held in memory for a
//! little longer than it takes to be told again, and never stored.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use desk::{Desk, Result};
use store::{Clock, Db, Id, News};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

/// How long somebody counts as present who was not heard of again: pages tell it every twenty seconds.
pub const REMEMBERED: Duration = Duration::from_secs(45);
/// How often those who went without a word are looked for.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How many tickets are remembered: beyond them nobody is told anything new.
const TICKETS_MAX: usize = 10_000;

/// What somebody does on a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doing {
    /// Reads it.
    Looks,
    /// Writes to somebody outside.
    Writes,
}

/// What is told of an agent and a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// They are there.
    There(Doing),
    /// They have gone.
    Gone,
}

impl Told {
    /// The topic of its news. Their id is the ticket's, their version the agent's id.
    fn topic(self) -> &'static str {
        match self {
            Self::There(Doing::Looks) => "looks",
            Self::There(Doing::Writes) => "writes",
            Self::Gone => "gone",
        }
    }

    /// What a page posts as `doing`: `looks`, `writes`; anything else is to have gone.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "looks" => Self::There(Doing::Looks),
            "writes" => Self::There(Doing::Writes),
            _ => Self::Gone,
        }
    }
}

/// The topic under which this process's pages are told that somebody came or went.
pub const CHANGED: &str = "presence";

/// Everybody who is present, as this process knows it. Cheap to clone.
#[derive(Clone)]
pub struct Presence {
    clock: Clock,
    present: Arc<Mutex<HashMap<Id, HashMap<Id, Mark>>>>,
}

#[derive(Clone, Copy)]
struct Mark {
    doing: Doing,
    until: Duration,
}

impl Presence {
    /// Nobody, by this clock.
    pub fn new(clock: Clock) -> Self {
        Self { clock, present: Arc::default() }
    }

    /// Tells every process that an agent is on a ticket, or gone from it.
    pub async fn tell(&self, desk: &Desk, ticket: Id, agent: Id, told: Told) -> Result<()> {
        let changed = self.hear(self.clock.monotonic(), ticket, agent, told);
        let db = &desk.ground.db;
        db.tell(News::of(told.topic(), ticket, agent.0)).await?;
        if changed {
            db.pass_on(News::of(CHANGED, ticket, 0));
        }
        Ok(())
    }

    /// Who is on a ticket, by id: those who write first.
    pub fn on(&self, ticket: Id) -> Vec<(Id, Doing)> {
        self.on_at(self.clock.monotonic(), ticket)
    }

    fn on_at(&self, now: Duration, ticket: Id) -> Vec<(Id, Doing)> {
        let present = self.present.lock().unwrap_or_else(PoisonError::into_inner);
        let marks = present.get(&ticket).into_iter().flatten();
        let mut there: Vec<(Id, Doing)> =
            marks.filter(|(_, mark)| mark.until > now).map(|(agent, mark)| (*agent, mark.doing)).collect();
        there.sort_by_key(|(agent, doing)| (std::cmp::Reverse(*doing), *agent));
        there
    }

    /// Takes note of what was told; whether anything changed that a page would show.
    fn hear(&self, now: Duration, ticket: Id, agent: Id, told: Told) -> bool {
        let mut present = self.present.lock().unwrap_or_else(PoisonError::into_inner);
        match told {
            Told::Gone => {
                let gone = present.get_mut(&ticket).and_then(|marks| marks.remove(&agent));
                present.retain(|_, marks| !marks.is_empty());
                gone.is_some_and(|mark| mark.until > now)
            }
            Told::There(_) if present.len() >= TICKETS_MAX && !present.contains_key(&ticket) => false,
            Told::There(doing) => {
                let mark = Mark { doing, until: now + REMEMBERED };
                let before = present.entry(ticket).or_default().insert(agent, mark);
                before.is_none_or(|before| before.until <= now || before.doing != doing)
            }
        }
    }

    /// Forgets those who were not heard of again; the tickets that they were on.
    fn forget(&self, now: Duration) -> Vec<Id> {
        let mut present = self.present.lock().unwrap_or_else(PoisonError::into_inner);
        let mut left = Vec::new();
        for (ticket, marks) in present.iter_mut() {
            let before = marks.len();
            marks.retain(|_, mark| mark.until > now);
            if marks.len() < before {
                left.push(*ticket);
            }
        }
        present.retain(|_, marks| !marks.is_empty());
        left
    }

    /// Hears what other processes tell until this one stops.
    pub async fn listen(self, db: Db, mut stopping: watch::Receiver<bool>) {
        let mut news = db.news();
        let mut look = tokio::time::interval(LOOK_EVERY);
        loop {
            tokio::select! {
                _ = stopping.wait_for(|stop| *stop) => return,
                _ = look.tick() => {
                    let left = self.forget(self.clock.monotonic());
                    left.into_iter().for_each(|ticket| db.pass_on(News::of(CHANGED, ticket, 0)));
                }
                heard = news.recv() => match heard {
                    Ok(news) => self.take(&db, &news),
                    // What was missed is told again within seconds.
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return,
                }
            }
        }
    }

    fn take(&self, db: &Db, news: &News) {
        if !matches!(news.topic.as_str(), "looks" | "writes" | "gone") {
            return;
        }
        if self.hear(self.clock.monotonic(), news.id, Id(news.version), Told::named(&news.topic)) {
            db.pass_on(News::of(CHANGED, news.id, 0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Id = Id(1);
    const ANA: Id = Id(7);
    const BO: Id = Id(8);

    const START: Duration = Duration::from_secs(100);

    fn presence() -> Presence {
        Presence::new(Clock::standing_at("2026-11-17T09:00:00Z".parse().unwrap()))
    }

    #[test]
    fn whoever_writes_stands_before_those_who_look_and_only_changes_are_news() {
        let presence = presence();
        let hear = |agent, doing| presence.hear(START, ONE, agent, Told::named(doing));
        assert!(hear(ANA, "looks"));
        assert!(!hear(ANA, "looks"), "the same again is no news");
        assert!(hear(BO, "writes"));
        assert_eq!(presence.on_at(START, ONE), [(BO, Doing::Writes), (ANA, Doing::Looks)]);
        assert_eq!(presence.on_at(START, Id(2)), []);
        assert!(hear(BO, "looks"));
        assert!(hear(BO, "gone") && !hear(BO, "gone"));
        assert_eq!(presence.on_at(START, ONE), [(ANA, Doing::Looks)]);
    }

    #[test]
    fn who_is_not_heard_of_again_is_gone() {
        let presence = presence();
        presence.hear(START, ONE, ANA, Told::named("looks"));
        let nearly = START + REMEMBERED - Duration::from_secs(1);
        assert!(presence.forget(nearly).is_empty() && presence.on_at(nearly, ONE).len() == 1);
        let after = START + REMEMBERED;
        assert_eq!(presence.on_at(after, ONE), []);
        assert_eq!(presence.forget(after), [ONE]);
        assert!(presence.forget(after).is_empty());
    }
}
