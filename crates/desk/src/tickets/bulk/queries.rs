use jiff::Timestamp;
use store::{Conn, Error, Id, Result, Row, Tx, sql};

use super::{Bulk, Part};
use crate::Actor;

pub(super) async fn begin(tx: &mut Tx, id: Id, actor: &Actor, deed: &str, now: Timestamp) -> Result<()> {
    sql("INSERT INTO bulk_changes (id, actor_kind, actor_id, actor_name, deed, created_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id)
        .bind(actor.kind())
        .bind(actor.agent_id())
        .bind(actor.name())
        .bind(deed)
        .bind(now)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn find(conn: &mut Conn, id: Id) -> Result<Option<Bulk>> {
    let row = sql("SELECT id, actor_id, actor_name, deed, created_at FROM bulk_changes WHERE id = $1")
        .bind(id)
        .optional(conn)
        .await?;
    row.map(|row| {
        Ok(Bulk {
            id: row.get("id")?,
            agent: row.get("actor_id")?,
            by: row.get("actor_name")?,
            deed: read(&row, "deed")?,
            created_at: row.get("created_at")?,
        })
    })
    .transpose()
}

pub(super) async fn keep(tx: &mut Tx, part: &Part) -> Result<()> {
    sql("INSERT INTO bulk_tickets (bulk_id, ticket_id, stood, changed_at) VALUES ($1, $2, $3, $4)")
        .bind(part.bulk)
        .bind(part.ticket)
        .bind(serde_json::to_string(&part.stood).unwrap_or_default())
        .bind(part.changed_at)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn part(conn: &mut Conn, bulk: Id, ticket: Id) -> Result<Option<Part>> {
    let row = sql("SELECT bulk_id, ticket_id, stood, changed_at, undone_at FROM bulk_tickets
        WHERE bulk_id = $1 AND ticket_id = $2")
    .bind(bulk)
    .bind(ticket)
    .optional(conn)
    .await?;
    row.as_ref().map(part_of).transpose()
}

pub(super) async fn last_of(conn: &mut Conn, ticket: Id) -> Result<Option<Part>> {
    let row = sql("SELECT bulk_id, ticket_id, stood, changed_at, undone_at FROM bulk_tickets
        WHERE ticket_id = $1 ORDER BY bulk_id DESC LIMIT 1")
    .bind(ticket)
    .optional(conn)
    .await?;
    row.as_ref().map(part_of).transpose()
}

pub(super) async fn tickets_of(conn: &mut Conn, bulk: Id) -> Result<Vec<Id>> {
    let rows = sql("SELECT ticket_id FROM bulk_tickets WHERE bulk_id = $1 AND undone_at IS NULL ORDER BY ticket_id")
        .bind(bulk)
        .all(conn)
        .await?;
    rows.iter().map(|row| row.get("ticket_id")).collect()
}

pub(super) async fn note_undone(tx: &mut Tx, bulk: Id, ticket: Id, now: Timestamp) -> Result<()> {
    sql("UPDATE bulk_tickets SET undone_at = $3 WHERE bulk_id = $1 AND ticket_id = $2")
        .bind(bulk)
        .bind(ticket)
        .bind(now)
        .execute(tx)
        .await
        .map(drop)
}

fn part_of(row: &Row) -> Result<Part> {
    Ok(Part {
        bulk: row.get("bulk_id")?,
        ticket: row.get("ticket_id")?,
        stood: read(row, "stood")?,
        changed_at: row.get("changed_at")?,
        undone_at: row.get("undone_at")?,
    })
}

fn read<T: serde::de::DeserializeOwned>(row: &Row, column: &str) -> Result<T> {
    serde_json::from_str(&row.get::<String>(column)?)
        .map_err(|error| Error::Column { column: column.to_owned(), reason: error.to_string() })
}
