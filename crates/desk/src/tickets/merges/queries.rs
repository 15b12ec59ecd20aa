use jiff::Timestamp;
use store::{Conn, Id, Result, Tx, sql};

use super::{Before, Merged};
use crate::tickets::Ticket;
use crate::tickets::queries::{TICKET_COLUMNS, status, ticket as ticket_of_row};

pub(super) async fn insert(tx: &mut Tx, ticket: &Ticket, into: Id, by: &str, now: Timestamp) -> Result<()> {
    sql("INSERT INTO ticket_merges (ticket_id, into_id, status, waiting_on, closed_at, by_name, merged_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)")
    .bind(ticket.id)
    .bind(into)
    .bind(ticket.status.as_str())
    .bind(&ticket.waiting_on)
    .bind(ticket.closed_at)
    .bind(by)
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

/// Takes the row of a merge away; how the ticket stood before it.
pub(super) async fn take(tx: &mut Tx, ticket: Id) -> Result<Option<Before>> {
    let row = sql("SELECT status, waiting_on, closed_at, merged_at FROM ticket_merges WHERE ticket_id = $1")
        .bind(ticket)
        .optional(tx)
        .await?;
    let Some(row) = row else { return Ok(None) };
    sql("DELETE FROM ticket_merges WHERE ticket_id = $1").bind(ticket).execute(tx).await?;
    Ok(Some(Before {
        status: status(&row.get::<String>("status")?)?,
        waiting_on: row.get("waiting_on")?,
        closed_at: row.get("closed_at")?,
        merged_at: row.get("merged_at")?,
    }))
}

pub(super) async fn root(conn: &mut Conn, ticket: Id, depth: i64) -> Result<Option<Id>> {
    sql("WITH RECURSIVE way (id, into_id, depth) AS (
            SELECT id, merged_into_id, CAST(0 AS BIGINT) FROM tickets WHERE id = $1
            UNION ALL
            SELECT tickets.id, tickets.merged_into_id, way.depth + 1 FROM way JOIN tickets ON tickets.id = way.into_id
            WHERE way.depth < $2
        )
        SELECT id FROM way WHERE into_id IS NULL")
    .bind(ticket)
    .bind(depth)
    .scalar(conn, "id")
    .await
}

pub(super) async fn parts(conn: &mut Conn, ticket: Id, depth: i64) -> Result<Vec<Id>> {
    let rows = sql("WITH RECURSIVE parts (id, depth) AS (
            SELECT id, CAST(1 AS BIGINT) FROM tickets WHERE merged_into_id = $1
            UNION ALL
            SELECT tickets.id, parts.depth + 1 FROM parts JOIN tickets ON tickets.merged_into_id = parts.id
            WHERE parts.depth < $2
        )
        SELECT id FROM parts ORDER BY id")
    .bind(ticket)
    .bind(depth)
    .all(conn)
    .await?;
    rows.iter().map(|row| row.get("id")).collect()
}

pub(super) async fn into_this(conn: &mut Conn, ticket: Id) -> Result<Vec<Merged>> {
    let rows = sql(format!(
        "SELECT {TICKET_COLUMNS}, ticket_merges.by_name AS by_name, ticket_merges.merged_at AS merged_at
        FROM ticket_merges JOIN tickets ON tickets.id = ticket_merges.ticket_id
        WHERE ticket_merges.into_id = $1 ORDER BY tickets.id"
    ))
    .bind(ticket)
    .all(conn)
    .await?;
    let merged = rows
        .iter()
        .map(|row| Ok(Merged { ticket: ticket_of_row(row)?, by: row.get("by_name")?, at: row.get("merged_at")? }));
    merged.collect()
}

pub(super) async fn merge_of(conn: &mut Conn, ticket: Id) -> Result<Option<(String, Timestamp)>> {
    let row =
        sql("SELECT by_name, merged_at FROM ticket_merges WHERE ticket_id = $1").bind(ticket).optional(conn).await?;
    row.map(|row| Ok((row.get("by_name")?, row.get("merged_at")?))).transpose()
}
