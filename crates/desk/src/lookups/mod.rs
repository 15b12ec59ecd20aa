//! Look-ups: questions to a company's other databases. The step that asks stores the question; it is put outside of any
//! transaction, and its answer comes back as one event of the ticket.
//!
//! Of several questions that a playbook asked of one ticket under the same name only the last one's answer counts: asking
//! anew supersedes what still waits. An answer that no active state listens for moves nothing.

mod connections;
mod queries;
mod question;

use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use playbook::Event;
use serde_json::{Map, Value, json};
use store::{Conn, Id, News};

pub use connections::{Connections, variable};
pub use directory::Answer;
pub use question::{Directory, Question, check, query};

use crate::ground::Ground;
use crate::{Actor, Context, Result};

/// How often a question is put before its answer is `failed`: with the pauses of [`pause_after`] about two minutes.
pub const ATTEMPTS_MAX: i64 = 4;
/// How many questions are put through one connection at a time: as many as a connection carries.
pub const LANES: usize = 2;
/// How long a claim holds when its process dies, on the clock that nobody moves: longer than any question may take.
pub(crate) const CLAIM: SignedDuration = SignedDuration::from_secs(20);

/// A question that waits for its answer.
#[derive(Clone, Debug)]
pub struct Asking {
    /// Its row.
    pub id: Id,
    /// The ticket it is asked for.
    pub ticket: Id,
    /// The playbook that asks.
    pub playbook: String,
    /// What the playbook calls it: `person` in `person.found`.
    pub name: String,
    /// The look-up, of the handbook revision that the run is pinned to.
    pub lookup: String,
    /// The connection it is asked through.
    pub connection: String,
    /// That revision.
    pub revision: i64,
    /// What is given for its parameters.
    pub parameters: Map<String, Value>,
    /// How often it was asked.
    pub attempts: i64,
}

/// A question that has no answer yet, as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// What the playbook calls it.
    pub name: String,
    /// The look-up.
    pub lookup: String,
    /// When it is put, or put again.
    pub due: Timestamp,
}

/// A question to be stored.
pub struct NewAsking<'a> {
    /// The key under which it is asked once.
    pub key: &'a str,
    /// The ticket.
    pub ticket: Id,
    /// The playbook that asks.
    pub playbook: &'a str,
    /// What the playbook calls it.
    pub name: &'a str,
    /// The look-up.
    pub lookup: &'a str,
    /// Its connection.
    pub connection: &'a str,
    /// The handbook revision.
    pub revision: i64,
    /// What is given for its parameters.
    pub parameters: &'a Map<String, Value>,
}

/// What a run is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// One row: its columns.
    Found(Map<String, Value>),
    /// No row.
    Missing,
    /// Several rows, at least so many.
    Ambiguous(usize),
    /// No answer, and why; the words hold neither an address of a database nor what was asked for.
    Failed(String),
}

impl Heard {
    /// The event that a question called `name` raises.
    #[must_use]
    pub fn event(&self, name: &str) -> Event {
        let event = |outcome: &str, data: Value| Event::new(format!("{name}.{outcome}")).with_data(data);
        match self {
            Self::Found(columns) => event("found", Value::Object(columns.clone())),
            Self::Missing => event("missing", json!({})),
            Self::Ambiguous(rows) => event("ambiguous", json!({ "rows": rows })),
            Self::Failed(reason) => event("failed", json!({ "reason": reason })).with_reason(reason.clone()),
        }
    }
}

/// Stores a question. The same key again changes nothing; what the same playbook asked before under the same name is
/// answered no more.
pub async fn put(context: &mut Context<'_>, new: &NewAsking<'_>) -> Result<()> {
    let id = context.ids.next();
    if queries::insert(context.tx, id, new, context.now).await? {
        queries::supersede(context.tx, id, new, context.now).await?;
        context.tx.announce(News::of("lookup", id, 0));
    }
    Ok(())
}

/// The connections that something due is to be asked through.
pub async fn connections_due(ground: &Ground) -> Result<Vec<String>> {
    let (now, real_now) = (ground.clock.now(), ground.clock.real_now());
    Ok(queries::connections_due(&mut ground.read().await?, now, real_now).await?)
}

/// Claims the oldest question that is due through a connection.
pub async fn claim(ground: &Ground, connection: &str) -> Result<Option<Asking>> {
    let (real_now, connection) = (ground.clock.real_now(), connection.to_owned());
    ground
        .change(&Actor::Desk, move |context| {
            let connection = connection.clone();
            async move { Ok(queries::claim(context.tx, &connection, context.now, real_now, real_now + CLAIM).await?) }
                .boxed()
        })
        .await
}

/// What the run is to be told of an answer; `None` when the same question is to be put again later, which is remembered.
pub async fn weigh(ground: &Ground, asking: &Asking, answer: Answer) -> Result<Option<Heard>> {
    let heard = match answer {
        Answer::Found(columns) => Heard::Found(columns),
        Answer::Missing => Heard::Missing,
        Answer::Ambiguous(rows) => Heard::Ambiguous(rows),
        Answer::Failed { reason, again } => {
            if again && asking.attempts + 1 < ATTEMPTS_MAX {
                let pause = SignedDuration::from_secs(pause_after(asking.attempts + 1));
                put_off(ground, asking.id, pause, &reason).await?;
                return Ok(None);
            }
            Heard::Failed(reason)
        }
    };
    Ok(Some(heard))
}

/// Has a question put again after a while.
pub async fn put_off(ground: &Ground, asking: Id, pause: SignedDuration, reason: &str) -> Result<()> {
    let reason = reason.to_owned();
    ground
        .change(&Actor::Desk, move |context| {
            let reason = reason.clone();
            async move { Ok(queries::try_later(context.tx, asking, context.now + pause, &reason).await?) }.boxed()
        })
        .await
}

/// The questions that have no answer yet, the one that is due first before the others; as many as a person reads.
pub async fn waiting(conn: &mut Conn) -> Result<Vec<Waiting>> {
    Ok(queries::waiting(conn).await?)
}

/// The question, while it waits for its answer.
pub async fn find_waiting(conn: &mut Conn, asking: Id) -> Result<Option<Asking>> {
    Ok(queries::find_waiting(conn, asking).await?)
}

/// Remembers that a question was answered. What was asked for is forgotten.
pub async fn answered(context: &mut Context<'_>, asking: Id) -> Result<()> {
    Ok(queries::close(context.tx, asking, "answered", context.now).await?)
}

/// Has an answered question put anew at `due`: its answer could not be used.
pub async fn ask_again(context: &mut Context<'_>, asking: &Asking, due: Timestamp) -> Result<()> {
    queries::reopen(context.tx, asking, due).await?;
    context.tx.announce(News::of("lookup", asking.id, 0));
    Ok(())
}

/// Remembers that nobody waits for the answer any more.
pub async fn lapse(context: &mut Context<'_>, asking: Id) -> Result<()> {
    Ok(queries::close(context.tx, asking, "lapsed", context.now).await?)
}

/// Nothing is asked for a ticket until it [goes on](resume); an answer that is on its way finds nobody.
pub async fn suspend(context: &mut Context<'_>, ticket: Id) -> Result<()> {
    Ok(queries::suspend(context.tx, ticket).await?)
}

/// What was set aside is asked, or asked once more: reading does no harm.
pub async fn resume(context: &mut Context<'_>, ticket: Id) -> Result<()> {
    if queries::resume(context.tx, ticket).await? > 0 {
        context.tx.announce(News::of("lookup", ticket, 0));
    }
    Ok(())
}

/// Gives up the claims that end after an instant; see [`claims`](crate::claims).
pub(crate) async fn release_claims(context: &mut Context<'_>, ends_after: Timestamp) -> Result<u64> {
    Ok(queries::release_claims(context.tx, ends_after).await?)
}

/// When the next question is due that nobody is putting now.
pub async fn next_due(ground: &Ground, conn: &mut Conn) -> Result<Option<Timestamp>> {
    Ok(queries::next_due(conn, ground.clock.real_now()).await?)
}

/// Seconds to wait after the given number of failed attempts: 5, 20, 80.
#[must_use]
pub fn pause_after(attempts: i64) -> i64 {
    5 << (2 * (attempts.clamp(1, ATTEMPTS_MAX) - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_put_for_about_two_minutes() {
        let pauses: Vec<i64> = (1..ATTEMPTS_MAX).map(pause_after).collect();
        assert_eq!(pauses, [5, 20, 80]);
        assert!(directory::Limits::default().whole.as_secs() < CLAIM.unsigned_abs().as_secs());
    }

    #[test]
    fn each_outcome_is_an_event_of_the_name_it_was_asked_under() {
        let events = [Heard::Missing, Heard::Ambiguous(2), Heard::Failed("it is away".to_owned())];
        let events: Vec<_> = events.iter().map(|heard| heard.event("person")).collect();
        let named: Vec<_> = events.iter().map(|event| (event.name.as_str(), event.data.to_string())).collect();
        let failed = r#"{"reason":"it is away"}"#.to_owned();
        assert_eq!(
            named,
            [
                ("person.missing", "{}".to_owned()),
                ("person.ambiguous", r#"{"rows":2}"#.to_owned()),
                ("person.failed", failed)
            ]
        );
        assert_eq!(events[2].reason.as_deref(), Some("it is away"));
    }
}
