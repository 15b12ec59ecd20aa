use jiff::Timestamp;
use store::{Conn, Id, Result, Tx, sql};

use super::{Kind, Related};
use crate::tickets::queries::{TICKET_COLUMNS, ticket as ticket_of_row};

pub(super) async fn link(tx: &mut Tx, lesser: Id, greater: Id, kind: Kind, now: Timestamp) -> Result<bool> {
    let stored = sql("INSERT INTO related_tickets (lesser_id, greater_id, kind, created_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT DO NOTHING")
    .bind(lesser)
    .bind(greater)
    .bind(kind.as_str())
    .bind(now)
    .execute(tx)
    .await?;
    Ok(stored > 0)
}

pub(super) async fn unlink(tx: &mut Tx, lesser: Id, greater: Id) -> Result<bool> {
    let gone = sql("DELETE FROM related_tickets WHERE lesser_id = $1 AND greater_id = $2")
        .bind(lesser)
        .bind(greater)
        .execute(tx)
        .await?;
    Ok(gone > 0)
}

/// How many are linked with a ticket; counted no further than `most`.
pub(super) async fn count(conn: &mut Conn, ticket: Id, most: u32) -> Result<usize> {
    let rows = sql("SELECT lesser_id, greater_id FROM related_tickets WHERE lesser_id = $1 OR greater_id = $1")
        .bind(ticket)
        .limit(most)
        .all(conn)
        .await?;
    Ok(rows.len())
}

pub(super) async fn of_ticket(conn: &mut Conn, ticket: Id, limit: u32) -> Result<Vec<Related>> {
    let rows = sql(format!(
        "SELECT {TICKET_COLUMNS}, linked.kind AS kind
        FROM (SELECT greater_id AS other_id, kind FROM related_tickets WHERE lesser_id = $1
            UNION ALL SELECT lesser_id, kind FROM related_tickets WHERE greater_id = $1) AS linked
        JOIN tickets ON tickets.id = linked.other_id ORDER BY tickets.id DESC"
    ))
    .bind(ticket)
    .limit(limit)
    .all(conn)
    .await?;
    let related =
        |row: &store::Row| Ok(Related { kind: Kind::named(&row.get::<String>("kind")?), ticket: ticket_of_row(row)? });
    rows.iter().map(related).collect()
}
