//! Rows in bulk: what a desk holds after some years, made in seconds and the same each time.

mod queries;

use desk::{Desk, words};
use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use store::{Id, Tx};

use crate::Result;

/// How many rows a transaction takes.
const CHUNK: i64 = 500;
/// Ids of seeded rows lie below those that a desk makes.
const TICKETS: i64 = 1_000_000;
const CONTACTS: i64 = 1_000;
const MESSAGES: i64 = 100_000_000;

/// How many people, organizations and agents there are. An agent's id is its number from 1.
pub const PEOPLE: i64 = 5_000;
/// How many organizations they belong to.
pub const ORGANIZATIONS: i64 = 500;
/// How many agents there are.
pub const AGENTS: i64 = 20;

/// A message's row.
pub(crate) struct Said {
    pub(crate) id: Id,
    pub(crate) ticket: Id,
    pub(crate) text: String,
    pub(crate) created_at: Timestamp,
}

/// A ticket's row.
pub(crate) struct Row {
    pub(crate) id: Id,
    pub(crate) number: i64,
    pub(crate) subject: String,
    pub(crate) status: &'static str,
    pub(crate) waiting_on: &'static str,
    pub(crate) priority: &'static str,
    pub(crate) playbook: &'static str,
    pub(crate) state: &'static str,
    pub(crate) organization: Id,
    pub(crate) requester: Id,
    pub(crate) team: &'static str,
    pub(crate) assignee: Option<Id>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) due_at: Option<Timestamp>,
}

/// Fills a desk with `count` tickets that changed over two years: nine in ten are over, the others stand in every state there is.
pub async fn years(desk: &Desk, count: i64) -> Result<()> {
    people(desk).await?;
    let now = desk.now();
    tickets(desk, count, move |at| {
        let updated_at = now - SignedDuration::from_secs((count - at) * 630);
        // Spreads what is alike over the whole range without chance.
        let mixed = (at * 7_919) % 1_000;
        let (status, waiting_on, playbook, state) = standing(mixed, at % 10);
        Row {
            id: Id(TICKETS + at),
            number: 2_000 + at,
            subject: format!("Request {at} about the logo on the documents"),
            status,
            waiting_on,
            priority: ["normal", "normal", "high", "low", "normal", "urgent"][(at % 6) as usize],
            playbook,
            state,
            organization: Id(1 + at % ORGANIZATIONS),
            requester: Id(CONTACTS + (at * 31) % PEOPLE),
            team: if playbook == "document-configuration" { "customer-solutions" } else { "support" },
            assignee: (at % 7 > 0).then_some(Id(1 + (at * 13) % AGENTS)),
            created_at: updated_at - SignedDuration::from_hours(30),
            updated_at,
            due_at: (state == "published").then_some(now + SignedDuration::from_secs(3_600 + at)),
        }
    })
    .await
}

/// Puts the `count` tickets of [`years`] and their people into the indexes of words, as an upgrade does with what was there before.
pub async fn index(desk: &Desk, count: i64) -> Result<()> {
    let below = [("ticket", TICKETS + count), ("contact", CONTACTS + PEOPLE), ("organization", ORGANIZATIONS + 1)];
    desk.ground.db.write(move |tx| queries::to_index(tx, below).boxed()).await?;
    words::fill::all(&desk.ground).await?;
    Ok(())
}

/// Puts `count` messages on the `tickets` tickets of [`years`], each with its words in the index.
pub async fn messages(desk: &Desk, tickets: i64, count: i64) -> Result<()> {
    let now = desk.now();
    for first in (0..count).step_by(CHUNK as usize) {
        let last = count.min(first + CHUNK);
        let rows: Vec<Said> = (first..last)
            .map(|at| Said {
                id: Id(MESSAGES + at),
                ticket: Id(TICKETS + at * tickets / count),
                text: text(at),
                created_at: now - SignedDuration::from_secs((count - at) * 60),
            })
            .collect();
        let rows = std::sync::Arc::new(rows);
        desk.ground
            .db
            .write(move |tx| {
                let rows = std::sync::Arc::clone(&rows);
                async move { queries::messages(tx, &rows).await }.boxed()
            })
            .await?;
    }
    Ok(())
}

/// Sixty words, some of which every message has, some hardly any.
fn text(at: i64) -> String {
    let mut words = vec!["hello".to_owned(), format!("w{}", at % 40)];
    if at % 50 == 0 {
        words.extend(["the".to_owned(), "first".to_owned(), "page".to_owned()]);
    }
    if at % 10_000 == 7 {
        words.push("zebra".to_owned());
    }
    // Few words are used often and many seldom, without chance.
    let mut state = at.unsigned_abs().wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for _ in words.len()..60 {
        state = state.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
        let even = (state >> 40) % 20_000;
        words.push(format!("word{}", even * even / 20_000));
    }
    words.join(" ")
}

/// Where a ticket stands: old ones are closed, and of a tenth of them some are open.
fn standing(mixed: i64, kind: i64) -> (&'static str, &'static str, &'static str, &'static str) {
    match (mixed, kind) {
        (0..40, 0..6) => ("open", "us", "general-request", "open"),
        (0..40, 6..8) => ("open", "us", "document-change", "configuring.working"),
        (0..40, _) => ("open", "us", "document-configuration", "to_do"),
        (40..80, 0..6) => ("pending", "requester", "general-request", "waiting"),
        (40..80, _) => ("open", "us", "document-change", "by_hand"),
        (80..100, _) => ("solved", "requester", "document-change", "published"),
        (_, 0..6) => ("closed", "nobody", "general-request", "closed"),
        (_, 6..8) => ("closed", "nobody", "document-change", "closed"),
        _ => ("closed", "nobody", "document-configuration", "done"),
    }
}

/// Fills a desk with `count` tickets that were published a day ago, so that the time of each is up.
pub async fn overdue(desk: &Desk, count: i64) -> Result<()> {
    people(desk).await?;
    let now = desk.now();
    tickets(desk, count, move |at| {
        let published = now - SignedDuration::from_hours(24) - SignedDuration::from_millis(count - at);
        Row {
            id: Id(TICKETS + at),
            number: 2_000 + at,
            subject: format!("Document Survey: Client {at}"),
            status: "solved",
            waiting_on: "requester",
            priority: "normal",
            playbook: "document-change",
            state: "published",
            organization: Id(1 + at % ORGANIZATIONS),
            requester: Id(CONTACTS + at % PEOPLE),
            team: "support",
            assignee: None,
            created_at: published - SignedDuration::from_hours(30),
            updated_at: published,
            due_at: Some(published + SignedDuration::from_hours(24)),
        }
    })
    .await
}

async fn people(desk: &Desk) -> Result<()> {
    let now = desk.now();
    let db = &desk.ground.db;
    db.write(move |tx| queries::agents(tx, AGENTS, now).boxed()).await?;
    db.write(move |tx| queries::organizations(tx, ORGANIZATIONS, now).boxed()).await?;
    for first in (0..PEOPLE).step_by(CHUNK as usize) {
        let last = PEOPLE.min(first + CHUNK);
        db.write(move |tx| queries::contacts(tx, CONTACTS, first..last, ORGANIZATIONS, now).boxed()).await?;
    }
    Ok(())
}

async fn tickets(desk: &Desk, count: i64, row: impl Fn(i64) -> Row + Copy + Send + Sync + 'static) -> Result<()> {
    for first in (0..count).step_by(CHUNK as usize) {
        let last = count.min(first + CHUNK);
        desk.ground
            .db
            .write(move |tx| {
                let rows: Vec<Row> = (first..last).map(row).collect();
                insert(tx, rows)
            })
            .await?;
    }
    Ok(())
}

fn insert<'t>(tx: &'t mut Tx, rows: Vec<Row>) -> BoxFuture<'t, store::Result<()>> {
    async move {
        queries::tickets(tx, &rows).await?;
        queries::runs(tx, &rows).await?;
        queries::timers(tx, &rows).await
    }
    .boxed()
}
