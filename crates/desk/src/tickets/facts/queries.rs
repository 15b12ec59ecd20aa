use std::collections::BTreeMap;

use jiff::Timestamp;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::{Cuts, Facts, Kind, Side, Told, Turn};
use crate::tickets::Ticket;

pub(super) async fn insert(tx: &mut Tx, ticket: &Ticket, side: Side, cut: Id) -> Result<()> {
    sql("INSERT INTO ticket_facts (ticket_id, opened_at, turned_at, answered_at, side, cut_id, merged)
        VALUES ($1, $2, $2, NULL, $3, $4, $5)")
    .bind(ticket.id)
    .bind(ticket.created_at)
    .bind(side.as_str())
    .bind(cut)
    .bind(false)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn find(conn: &mut Conn, ticket: Id) -> Result<Option<Facts>> {
    let row = sql("SELECT opened_at, turned_at, answered_at, side, cut_id FROM ticket_facts WHERE ticket_id = $1")
        .bind(ticket)
        .optional(conn)
        .await?;
    row.map(|row| {
        Ok(Facts {
            opened_at: row.get("opened_at")?,
            turned_at: row.get("turned_at")?,
            is_answered: row.get::<Option<i64>>("answered_at")?.is_some(),
            side: Side::named(&row.get::<String>("side")?),
            cut: row.get("cut_id")?,
        })
    })
    .transpose()
}

pub(super) async fn update(tx: &mut Tx, ticket: Id, side: Side, cut: Id, at: Timestamp) -> Result<()> {
    sql("UPDATE ticket_facts SET side = $2, cut_id = $3, turned_at = $4 WHERE ticket_id = $1")
        .bind(ticket)
        .bind(side.as_str())
        .bind(cut)
        .bind(at)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn find_cut(conn: &mut Conn, cuts: &Cuts) -> Result<Option<Id>> {
    sql("SELECT id FROM ticket_cuts WHERE playbook = $1 AND team = $2 AND organization_id = $3")
        .bind(&cuts.playbook)
        .bind(cuts.team.as_deref().unwrap_or_default())
        .bind(cuts.organization.unwrap_or(Id(0)))
        .scalar(conn, "id")
        .await
}

/// Makes a cut known under this id; the id that it has, for somebody else may have been quicker.
pub(super) async fn insert_cut(tx: &mut Tx, id: Id, cuts: &Cuts) -> Result<Id> {
    sql("INSERT INTO ticket_cuts (id, playbook, team, organization_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
        .bind(id)
        .bind(&cuts.playbook)
        .bind(cuts.team.as_deref().unwrap_or_default())
        .bind(cuts.organization.unwrap_or(Id(0)))
        .execute(tx)
        .await?;
    Ok(find_cut(tx, cuts).await?.unwrap_or(id))
}

pub(super) async fn all_cuts(conn: &mut Conn) -> Result<BTreeMap<Id, Cuts>> {
    let rows = sql("SELECT id, playbook, team, organization_id FROM ticket_cuts").all(conn).await?;
    let cuts = |row: &Row| {
        let (team, organization): (String, Id) = (row.get("team")?, row.get("organization_id")?);
        let team = Some(team).filter(|team| !team.is_empty());
        let organization = Some(organization).filter(|id| *id != Id(0));
        Ok((row.get("id")?, Cuts { playbook: row.get("playbook")?, team, organization }))
    };
    rows.iter().map(cuts).collect()
}

/// Takes a ticket and all its turns out of the counts, or puts them back.
pub(super) async fn set_merged(tx: &mut Tx, ticket: Id, merged: bool) -> Result<()> {
    sql("UPDATE ticket_facts SET merged = $2 WHERE ticket_id = $1").bind(ticket).bind(merged).execute(tx).await?;
    sql("UPDATE ticket_turns SET merged = $2 WHERE ticket_id = $1")
        .bind(ticket)
        .bind(merged)
        .execute(tx)
        .await
        .map(drop)
}

/// Says when the client was answered; whether that was not known.
pub(super) async fn set_answered(tx: &mut Tx, ticket: Id, at: Timestamp) -> Result<bool> {
    let changed = sql("UPDATE ticket_facts SET answered_at = $2 WHERE ticket_id = $1 AND answered_at IS NULL")
        .bind(ticket)
        .bind(at)
        .execute(tx)
        .await?;
    Ok(changed > 0)
}

pub(super) async fn insert_turn(tx: &mut Tx, id: Id, ticket: Id, turn: &Turn) -> Result<()> {
    sql("INSERT INTO ticket_turns (id, ticket_id, at, kind, us, them, answered_after, cut_id, merged)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, merged FROM ticket_facts WHERE ticket_id = $2")
    .bind(id)
    .bind(ticket)
    .bind(turn.at)
    .bind(turn.kind.as_str())
    .bind(turn.us)
    .bind(turn.them)
    .bind(turn.answered_after)
    .bind(turn.cut)
    .execute(tx)
    .await
    .map(drop)
}

/// The steps that the ticket's run made at that instant: the event, and whether it was the first of all.
pub(super) async fn steps_at(conn: &mut Conn, ticket: Id, at: Timestamp) -> Result<Vec<(String, bool)>> {
    let rows = sql("SELECT event, id, (SELECT MIN(id) FROM history WHERE ticket_id = $1) AS first FROM history
        WHERE ticket_id = $1 AND created_at = $2 ORDER BY id DESC LIMIT 50")
    .bind(ticket)
    .bind(at)
    .all(conn)
    .await?;
    rows.iter().map(|row| Ok((row.get("event")?, row.get::<Id>("id")? == row.get::<Id>("first")?))).collect()
}

const TOLD: &str = "SELECT at, kind, us, them, answered_after, cut_id FROM ticket_turns WHERE at >= $1 AND at < $2 AND NOT merged
    UNION ALL SELECT CAST(0 AS BIGINT), 'standing', -CAST(SUM(us) AS BIGINT), -CAST(SUM(them) AS BIGINT), CAST(NULL AS BIGINT), cut_id
        FROM ticket_turns WHERE at >= $2 AND NOT merged GROUP BY cut_id
    UNION ALL SELECT CAST(0 AS BIGINT), 'standing', COUNT(CASE WHEN side = 'us' THEN 1 END), COUNT(CASE WHEN side = 'them' THEN 1 END),
        CAST(NULL AS BIGINT), cut_id FROM ticket_facts WHERE side IN ('us', 'them') AND NOT merged GROUP BY cut_id";

/// One statement, so that what is told is of one moment.
pub(super) async fn told(
    conn: &mut Conn,
    from: Timestamp,
    to: Timestamp,
    mut take: impl FnMut(Told) -> Result<()>,
) -> Result<()> {
    let telling = sql(TOLD).bind(from).bind(to);
    telling
        .each(conn, |row| {
            let (us, them, cut) = (row.get("us")?, row.get("them")?, row.get("cut_id")?);
            let kind = row.get::<String>("kind")?;
            match Kind::ALL.into_iter().find(|known| known.as_str() == kind) {
                None => take(Told::Standing(cut, us, them)),
                Some(kind) => {
                    let (at, answered_after) = (row.get("at")?, row.get("answered_after")?);
                    take(Told::Turn(Turn { at, kind, us, them, answered_after, cut }))
                }
            }
        })
        .await
}

pub(super) async fn to_fill(conn: &mut Conn) -> Result<Option<Id>> {
    sql("SELECT below_id FROM facts_to_fill").scalar(conn, "below_id").await
}

/// The same, so that no other process fills at the same time.
pub(super) async fn lock_to_fill(tx: &mut Tx) -> Result<Option<Id>> {
    sql("SELECT below_id FROM facts_to_fill").locking().scalar(tx, "below_id").await
}

/// Whether this ticket is still to be filled in; then nobody does so before this transaction ends.
pub(super) async fn lock_if_to_fill(tx: &mut Tx, ticket: Id) -> Result<bool> {
    Ok(lock_to_fill(tx).await?.is_some_and(|below| ticket < below))
}

pub(super) async fn below(conn: &mut Conn, id: Id, limit: u32) -> Result<Vec<Id>> {
    let rows = sql("SELECT id FROM tickets WHERE id < $1 ORDER BY id DESC").bind(id).limit(limit).all(conn).await?;
    rows.iter().map(|row| row.get("id")).collect()
}

pub(super) async fn filled_down_to(tx: &mut Tx, lowest: Option<Id>) -> Result<()> {
    match lowest {
        Some(id) => sql("UPDATE facts_to_fill SET below_id = $1").bind(id).execute(tx).await.map(drop),
        None => sql("DELETE FROM facts_to_fill").execute(tx).await.map(drop),
    }
}
