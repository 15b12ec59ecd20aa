use jiff::Timestamp;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::{Due, Suggestion};

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

pub(super) async fn due(conn: &mut Conn, now: Timestamp, limit: u32) -> Result<Vec<Due>> {
    let rows = sql("SELECT id, ticket_id, send_at FROM suggestions WHERE send_at <= $1 ORDER BY send_at, id")
        .bind(now)
        .limit(limit)
        .all(conn)
        .await?;
    rows.iter()
        .map(|row| Ok(Due { suggestion: row.get("id")?, ticket: row.get("ticket_id")?, at: row.get("send_at")? }))
        .collect()
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
