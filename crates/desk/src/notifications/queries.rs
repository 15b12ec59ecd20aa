use jiff::Timestamp;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::Notice;

pub(super) async fn insert(
    tx: &mut Tx,
    id: Id,
    ticket: Option<Id>,
    kind: &str,
    audience: &str,
    text: &str,
    now: Timestamp,
) -> Result<()> {
    sql("INSERT INTO notices (id, ticket_id, audience_kind, audience, text, created_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id)
        .bind(ticket)
        .bind(kind)
        .bind(audience)
        .bind(text)
        .bind(now)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn of_ticket(conn: &mut Conn, ticket: Id, limit: u32) -> Result<Vec<Notice>> {
    let rows = sql("SELECT id, audience_kind, audience, text, created_at FROM notices WHERE ticket_id = $1
        ORDER BY id DESC")
    .bind(ticket)
    .limit(limit)
    .all(conn)
    .await?;
    rows.iter().rev().map(notice).collect()
}

pub(super) async fn beside_tickets(conn: &mut Conn, limit: u32) -> Result<Vec<Notice>> {
    let rows = sql("SELECT id, audience_kind, audience, text, created_at FROM notices WHERE ticket_id IS NULL
        ORDER BY id DESC")
    .limit(limit)
    .all(conn)
    .await?;
    rows.iter().rev().map(notice).collect()
}

fn notice(row: &Row) -> Result<Notice> {
    Ok(Notice {
        id: row.get("id")?,
        audience_kind: row.get("audience_kind")?,
        audience: row.get("audience")?,
        text: row.get("text")?,
        created_at: row.get("created_at")?,
    })
}
