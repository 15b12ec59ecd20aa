use jiff::Timestamp;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::{Due, Suggestion};
use crate::timers::held::Held;

pub(super) async fn insert(tx: &mut Tx, suggestion: &Suggestion) -> Result<()> {
    sql("INSERT INTO suggestions (id, ticket_id, reply_name, of_state, subject, text, state, send_at, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7, $8)")
    .bind(suggestion.id)
    .bind(suggestion.ticket)
    .bind(&suggestion.reply)
    .bind(&suggestion.of_state)
    .bind(&suggestion.subject)
    .bind(&suggestion.text)
    .bind(suggestion.send_at)
    .bind(suggestion.created_at)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn waiting(conn: &mut Conn, ticket: Id) -> Result<Option<Suggestion>> {
    let row = sql("SELECT id, ticket_id, reply_name, of_state, subject, text, send_at, created_at FROM suggestions
        WHERE ticket_id = $1 AND state = 'waiting'")
    .bind(ticket)
    .optional(conn)
    .await?;
    row.as_ref().map(suggestion).transpose()
}

pub(super) async fn end(tx: &mut Tx, ticket: Id, state: &str, now: Timestamp) -> Result<()> {
    sql("UPDATE suggestions SET state = $2, closed_at = $3, send_at = NULL, subject = '', text = ''
        WHERE ticket_id = $1 AND state = 'waiting'")
    .bind(ticket)
    .bind(state)
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn rename_state(tx: &mut Tx, ticket: Id, state: &str) -> Result<()> {
    sql("UPDATE suggestions SET of_state = $2 WHERE ticket_id = $1 AND state = 'waiting'")
        .bind(ticket)
        .bind(state)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn postpone(tx: &mut Tx, ticket: Id, now: Timestamp, until: Timestamp) -> Result<()> {
    sql("UPDATE suggestions SET send_at = $3 WHERE ticket_id = $1 AND send_at <= $2")
        .bind(ticket)
        .bind(now)
        .bind(until)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn suspend(tx: &mut Tx, ticket: Id) -> Result<()> {
    sql("UPDATE suggestions SET suspended_send_at = send_at, send_at = NULL
        WHERE ticket_id = $1 AND state = 'waiting' AND send_at IS NOT NULL")
    .bind(ticket)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn resume(tx: &mut Tx, ticket: Id, earliest: Option<Timestamp>) -> Result<u64> {
    sql("UPDATE suggestions SET send_at = CASE WHEN suspended_send_at < $2 THEN $2 ELSE suspended_send_at END,
        suspended_send_at = NULL WHERE ticket_id = $1 AND state = 'waiting' AND suspended_send_at IS NOT NULL")
    .bind(ticket)
    .bind(earliest.unwrap_or(Timestamp::UNIX_EPOCH))
    .execute(tx)
    .await
}

pub(super) async fn due(conn: &mut Conn, now: Timestamp, limit: u32) -> Result<Vec<Due>> {
    let rows = sql("SELECT id, ticket_id, send_at FROM suggestions WHERE send_at <= $1 ORDER BY send_at, id")
        .bind(now)
        .limit(limit)
        .all(conn)
        .await?;
    rows.iter().map(due_of).collect()
}

/// Those due at `now` that are not held while the mail is in until `in_until`, and those held and not told of that were due by
/// `told_by`.
pub(super) async fn due_and_in(
    conn: &mut Conn,
    now: Timestamp,
    in_until: Timestamp,
    told_by: Timestamp,
    limit: u32,
) -> Result<Vec<Due>> {
    let rows = sql("SELECT id, ticket_id, send_at FROM suggestions WHERE send_at <= $1
        AND (send_at <= $2 OR (told_at IS NULL AND send_at <= $3)) ORDER BY send_at, id")
    .bind(now)
    .bind(in_until)
    .bind(told_by)
    .limit(limit)
    .all(conn)
    .await?;
    rows.iter().map(due_of).collect()
}

/// The first that is due at `now`, held, and not told of yet.
pub(super) async fn first_held_untold(
    conn: &mut Conn,
    now: Timestamp,
    in_until: Timestamp,
) -> Result<Option<Timestamp>> {
    sql("SELECT send_at FROM suggestions WHERE send_at <= $1 AND send_at > $2 AND told_at IS NULL ORDER BY send_at LIMIT 1")
        .bind(now)
        .bind(in_until)
        .scalar(conn, "send_at")
        .await
}

pub(super) async fn first_after(conn: &mut Conn, now: Timestamp) -> Result<Option<Timestamp>> {
    sql("SELECT send_at FROM suggestions WHERE send_at > $1 ORDER BY send_at LIMIT 1")
        .bind(now)
        .scalar(conn, "send_at")
        .await
}

/// The tickets of those that are due at `now` and held.
pub(super) async fn held(conn: &mut Conn, now: Timestamp, in_until: Timestamp, limit: u32) -> Result<Vec<Held>> {
    let rows =
        sql("SELECT tickets.id AS id, tickets.number AS number, tickets.subject AS subject, suggestions.send_at AS due
        FROM suggestions JOIN tickets ON tickets.id = suggestions.ticket_id
        WHERE suggestions.send_at <= $1 AND suggestions.send_at > $2 ORDER BY due, id")
        .bind(now)
        .bind(in_until)
        .limit(limit)
        .all(conn)
        .await?;
    rows.iter().map(Held::of).collect()
}

/// Remembers that the team was told that a draft is held; false when it had been told before.
pub(super) async fn note_told(tx: &mut Tx, id: Id, now: Timestamp) -> Result<bool> {
    let noted = sql("UPDATE suggestions SET told_at = $2 WHERE id = $1 AND told_at IS NULL")
        .bind(id)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(noted > 0)
}

fn due_of(row: &Row) -> Result<Due> {
    Ok(Due { suggestion: row.get("id")?, ticket: row.get("ticket_id")?, at: row.get("send_at")? })
}

fn suggestion(row: &Row) -> Result<Suggestion> {
    Ok(Suggestion {
        id: row.get("id")?,
        ticket: row.get("ticket_id")?,
        reply: row.get("reply_name")?,
        of_state: row.get("of_state")?,
        subject: row.get("subject")?,
        text: row.get("text")?,
        send_at: row.get("send_at")?,
        created_at: row.get("created_at")?,
    })
}
