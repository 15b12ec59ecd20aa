use jiff::Timestamp;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::Recount;
use crate::tickets::Ticket;

pub(super) async fn insert(tx: &mut Tx, recount: &Recount, now: Timestamp) -> Result<()> {
    sql("INSERT INTO recounts (id, organization_id, team, revision, why, after_ticket_id, begun_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(recount.id)
        .bind(recount.organization)
        .bind(recount.team.as_deref())
        .bind(recount.revision)
        .bind(&recount.why)
        .bind(recount.after)
        .bind(now)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn remove_all(tx: &mut Tx) -> Result<()> {
    sql("DELETE FROM recounts").execute(tx).await.map(drop)
}

pub(super) async fn remove_of(tx: &mut Tx, organization: Id) -> Result<()> {
    sql("DELETE FROM recounts WHERE organization_id = $1").bind(organization).execute(tx).await.map(drop)
}

pub(super) async fn remove_of_team(tx: &mut Tx, team: &str) -> Result<()> {
    sql("DELETE FROM recounts WHERE team = $1").bind(team).execute(tx).await.map(drop)
}

pub(super) async fn remove(tx: &mut Tx, id: Id) -> Result<()> {
    sql("DELETE FROM recounts WHERE id = $1").bind(id).execute(tx).await.map(drop)
}

pub(super) async fn came_to(tx: &mut Tx, id: Id, ticket: Id) -> Result<()> {
    sql("UPDATE recounts SET after_ticket_id = $2 WHERE id = $1").bind(id).bind(ticket).execute(tx).await.map(drop)
}

pub(super) async fn first(conn: &mut Conn) -> Result<Option<Recount>> {
    let row = sql("SELECT id, organization_id, team, revision, why, after_ticket_id FROM recounts ORDER BY id LIMIT 1")
        .optional(conn)
        .await?;
    row.as_ref().map(recount).transpose()
}

pub(super) async fn find(conn: &mut Conn, id: Id) -> Result<Option<Recount>> {
    let row = sql("SELECT id, organization_id, team, revision, why, after_ticket_id FROM recounts WHERE id = $1")
        .bind(id)
        .optional(conn)
        .await?;
    row.as_ref().map(recount).transpose()
}

pub(super) async fn ahead_of(conn: &mut Conn, ticket: &Ticket) -> Result<Option<Recount>> {
    let row = sql("SELECT id, organization_id, team, revision, why, after_ticket_id FROM recounts
        WHERE after_ticket_id < $1 AND ((organization_id IS NULL AND team IS NULL) OR organization_id = $2 OR team = $3)
        ORDER BY revision DESC, id DESC LIMIT 1")
    .bind(ticket.id)
    .bind(ticket.organization)
    .bind(ticket.team.as_deref())
    .optional(conn)
    .await?;
    row.as_ref().map(recount).transpose()
}

pub(super) async fn tickets(conn: &mut Conn, after: Id, limit: u32) -> Result<Vec<Id>> {
    let rows = sql("SELECT DISTINCT ticket_id FROM timers WHERE ticket_id > $1 ORDER BY ticket_id")
        .bind(after)
        .limit(limit)
        .all(conn)
        .await?;
    rows.iter().map(|row| row.get("ticket_id")).collect()
}

pub(super) async fn tickets_of(conn: &mut Conn, organization: Id, after: Id, limit: u32) -> Result<Vec<Id>> {
    let rows = sql("SELECT DISTINCT timers.ticket_id AS ticket_id FROM timers
        JOIN tickets ON tickets.id = timers.ticket_id
        WHERE tickets.organization_id = $1 AND timers.ticket_id > $2 ORDER BY timers.ticket_id")
    .bind(organization)
    .bind(after)
    .limit(limit)
    .all(conn)
    .await?;
    rows.iter().map(|row| row.get("ticket_id")).collect()
}

pub(super) async fn tickets_of_team(conn: &mut Conn, team: &str, after: Id, limit: u32) -> Result<Vec<Id>> {
    let rows = sql("SELECT DISTINCT timers.ticket_id AS ticket_id FROM timers
        JOIN tickets ON tickets.id = timers.ticket_id
        WHERE tickets.team = $1 AND timers.ticket_id > $2 ORDER BY timers.ticket_id")
    .bind(team)
    .bind(after)
    .limit(limit)
    .all(conn)
    .await?;
    rows.iter().map(|row| row.get("ticket_id")).collect()
}

fn recount(row: &Row) -> Result<Recount> {
    Ok(Recount {
        id: row.get("id")?,
        organization: row.get("organization_id")?,
        team: row.get("team")?,
        revision: row.get("revision")?,
        why: row.get("why")?,
        after: row.get("after_ticket_id")?,
    })
}
