use jiff::Timestamp;
use playbook::Memory;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::Case;
use super::history::{Entry, NewEntry};
use super::moving::Standing;
use super::queue::Queued;

/// A run's row.
pub(super) struct StoredRun {
    pub(super) playbook: String,
    pub(super) revision: i64,
    pub(super) begun: bool,
    pub(super) step: u64,
    pub(super) ended_at: Option<Timestamp>,
    pub(super) memory: Memory,
}

pub(super) async fn insert(tx: &mut Tx, case: &Case) -> Result<()> {
    sql("INSERT INTO runs (ticket_id, playbook, revision, begun, step, ended_at, memory) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(case.ticket.id)
        .bind(&case.run.playbook)
        .bind(case.revision)
        .bind(case.begun)
        .bind(i64::try_from(case.run.step).unwrap_or(i64::MAX))
        .bind(case.run.ended)
        .bind(serde_json::to_string(&case.run.memory).unwrap_or_default())
        .execute(tx)
        .await
        .map(drop)
}

/// The run of a linked ticket, which begins in a transaction of its own.
pub(super) async fn insert_later(tx: &mut Tx, ticket: Id, playbook: &str, revision: i64) -> Result<()> {
    sql("INSERT INTO runs (ticket_id, playbook, revision, begun, step) VALUES ($1, $2, $3, $4, 0)")
        .bind(ticket)
        .bind(playbook)
        .bind(revision)
        .bind(false)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn find(conn: &mut Conn, ticket: Id) -> Result<Option<StoredRun>> {
    let row = sql("SELECT playbook, revision, begun, step, ended_at, memory FROM runs WHERE ticket_id = $1")
        .bind(ticket)
        .optional(conn)
        .await?;
    row.map(|row| {
        Ok(StoredRun {
            playbook: row.get("playbook")?,
            revision: row.get("revision")?,
            begun: row.get("begun")?,
            step: u64::try_from(row.get::<i64>("step")?).unwrap_or_default(),
            ended_at: row.get("ended_at")?,
            memory: serde_json::from_str(&row.get::<String>("memory")?).unwrap_or_default(),
        })
    })
    .transpose()
}

/// How many steps a ticket's run has taken.
pub(super) async fn step_of(conn: &mut Conn, ticket: Id) -> Result<u64> {
    let step: Option<i64> = sql("SELECT step FROM runs WHERE ticket_id = $1").bind(ticket).scalar(conn, "step").await?;
    Ok(step.and_then(|step| u64::try_from(step).ok()).unwrap_or_default())
}

pub(super) async fn update(tx: &mut Tx, case: &Case) -> Result<()> {
    sql("UPDATE runs SET playbook = $2, revision = $3, begun = $4, step = $5, ended_at = $6, memory = $7 WHERE ticket_id = $1")
        .bind(case.ticket.id)
        .bind(&case.run.playbook)
        .bind(case.revision)
        .bind(case.begun)
        .bind(i64::try_from(case.run.step).unwrap_or(i64::MAX))
        .bind(case.run.ended)
        .bind(serde_json::to_string(&case.run.memory).unwrap_or_default())
        .execute(tx)
        .await
        .map(drop)
}

/// Where the tickets under way stand.
pub(super) async fn standing(conn: &mut Conn) -> Result<Vec<Standing>> {
    let rows =
        sql("SELECT runs.playbook AS playbook, runs.revision AS revision, tickets.state AS state, COUNT(*) AS standing
        FROM runs JOIN tickets ON tickets.id = runs.ticket_id
        WHERE runs.begun AND runs.ended_at IS NULL AND tickets.merged_into_id IS NULL
        GROUP BY runs.playbook, runs.revision, tickets.state ORDER BY runs.playbook, runs.revision, tickets.state")
        .all(conn)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Standing {
                playbook: row.get("playbook")?,
                revision: row.get("revision")?,
                state: row.get("state")?,
                tickets: row.get("standing")?,
            })
        })
        .collect()
}

pub(super) async fn of_other_revisions(
    conn: &mut Conn,
    playbook: &str,
    revision: i64,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Id>> {
    let rows = sql("SELECT ticket_id FROM runs WHERE ticket_id > $1 AND playbook = $2 AND revision <> $3 AND begun
        AND ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM ticket_merges WHERE ticket_merges.ticket_id = runs.ticket_id)
        ORDER BY ticket_id")
    .bind(after.unwrap_or(Id(0)))
    .bind(playbook)
    .bind(revision)
    .limit(limit)
    .all(conn)
    .await?;
    rows.iter().map(|row| row.get("ticket_id")).collect()
}

pub(super) async fn enqueue(tx: &mut Tx, ticket: Id, queued: &Queued, now: Timestamp) -> Result<()> {
    sql("INSERT INTO queued_events (id, ticket_id, name, data, link_key, waits, parked, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(queued.id)
    .bind(ticket)
    .bind(&queued.name)
    .bind(queued.data.to_string())
    .bind(queued.key.as_deref())
    .bind(queued.waits)
    .bind(queued.parked)
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn comes_again(conn: &mut Conn, ticket: Id, queued: &Queued) -> Result<bool> {
    let row = sql("SELECT 1 AS found FROM queued_events WHERE ticket_id = $1 AND name = $2 AND id > $3 LIMIT 1")
        .bind(ticket)
        .bind(&queued.name)
        .bind(queued.id)
        .optional(conn)
        .await?;
    Ok(row.is_some())
}

pub(super) async fn head(conn: &mut Conn, ticket: Id) -> Result<Option<Queued>> {
    let row = sql("SELECT id, name, data, link_key, waits, parked FROM queued_events WHERE ticket_id = $1
        ORDER BY id LIMIT 1")
    .bind(ticket)
    .optional(conn)
    .await?;
    row.map(|row| {
        Ok(Queued {
            id: row.get("id")?,
            name: row.get("name")?,
            data: serde_json::from_str(&row.get::<String>("data")?).unwrap_or_default(),
            key: row.get("link_key")?,
            waits: row.get("waits")?,
            parked: row.get("parked")?,
        })
    })
    .transpose()
}

pub(super) async fn remove_queued(tx: &mut Tx, id: Id) -> Result<()> {
    sql("DELETE FROM queued_events WHERE id = $1").bind(id).execute(tx).await.map(drop)
}

/// Parks the head and everything behind it, since they wait in order.
pub(super) async fn park(tx: &mut Tx, ticket: Id) -> Result<()> {
    sql("UPDATE queued_events SET parked = $2 WHERE ticket_id = $1 AND NOT parked")
        .bind(ticket)
        .bind(true)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn wake(tx: &mut Tx, ticket: Id, since: Timestamp) -> Result<u64> {
    sql("UPDATE queued_events SET parked = $3 WHERE ticket_id = $1 AND created_at >= $2")
        .bind(ticket)
        .bind(since)
        .bind(false)
        .execute(tx)
        .await
}

pub(super) async fn tickets_with_unjudged_events(conn: &mut Conn, limit: u32) -> Result<Vec<Id>> {
    let rows = sql("SELECT ticket_id, MIN(id) AS first FROM queued_events WHERE NOT parked
        GROUP BY ticket_id ORDER BY first")
    .limit(limit)
    .all(conn)
    .await?;
    rows.iter().map(|row| row.get("ticket_id")).collect()
}

pub(super) async fn complete(tx: &mut Tx, id: Id, trace: &str) -> Result<()> {
    sql("UPDATE history SET trace = $2 WHERE id = $1").bind(id).bind(trace).execute(tx).await.map(drop)
}

pub(super) async fn record(tx: &mut Tx, id: Id, entry: &NewEntry<'_>, now: Timestamp) -> Result<()> {
    sql("INSERT INTO history (id, ticket_id, step, event, from_state, to_state, actor_kind, actor_id, actor_name, message_id,
        trace, fault, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
    .bind(id)
    .bind(entry.ticket)
    .bind(i64::try_from(entry.step).unwrap_or(i64::MAX))
    .bind(entry.event)
    .bind(entry.from)
    .bind(entry.to)
    .bind(&entry.by.kind)
    .bind(entry.by.id)
    .bind(&entry.by.name)
    .bind(entry.message)
    .bind(&entry.trace)
    .bind(entry.fault.as_deref())
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

/// Whether a message raised an event on its ticket.
pub(super) async fn raised(conn: &mut Conn, ticket: Id, message: Id, event: &str) -> Result<bool> {
    let row = sql("SELECT 1 AS found FROM history WHERE ticket_id = $1 AND message_id = $2 AND event = $3 LIMIT 1")
        .bind(ticket)
        .bind(message)
        .bind(event)
        .optional(conn)
        .await?;
    Ok(row.is_some())
}

/// How often an event of mail moved a ticket out of a state since then; counted no further than `most`.
pub(super) async fn departures(
    conn: &mut Conn,
    ticket: Id,
    (event, state): (&str, &str),
    since: Timestamp,
    most: u32,
) -> Result<usize> {
    let rows = sql("SELECT id FROM history WHERE ticket_id = $1 AND event = $2 AND from_state = $3 AND to_state <> $3
        AND message_id IS NOT NULL AND created_at > $4")
    .bind(ticket)
    .bind(event)
    .bind(state)
    .bind(since)
    .limit(most)
    .all(conn)
    .await?;
    Ok(rows.len())
}

pub(super) async fn history(conn: &mut Conn, ticket: Id, limit: u32) -> Result<Vec<Entry>> {
    let rows =
        sql("SELECT id, step, event, from_state, to_state, actor_kind, actor_id, actor_name, message_id, trace, fault,
        created_at FROM history WHERE ticket_id = $1 ORDER BY id DESC")
        .bind(ticket)
        .limit(limit)
        .all(conn)
        .await?;
    rows.iter().rev().map(entry).collect()
}

fn entry(row: &Row) -> Result<Entry> {
    Ok(Entry {
        id: row.get("id")?,
        step: row.get("step")?,
        event: row.get("event")?,
        from: row.get("from_state")?,
        to: row.get("to_state")?,
        by: crate::messages::Author {
            kind: row.get("actor_kind")?,
            id: row.get("actor_id")?,
            name: row.get("actor_name")?,
        },
        message: row.get("message_id")?,
        trace: serde_json::from_str(&row.get::<String>("trace")?).ok(),
        fault: row.get::<Option<String>>("fault")?.and_then(|text| serde_json::from_str(&text).ok()),
        created_at: row.get("created_at")?,
    })
}
