use jiff::Timestamp;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::{Due, Standing};

pub(super) async fn all(conn: &mut Conn) -> Result<Vec<(String, String)>> {
    let rows = sql("SELECT playbook, schedule FROM schedules ORDER BY playbook, schedule").all(conn).await?;
    rows.iter().map(|row| Ok((row.get("playbook")?, row.get("schedule")?))).collect()
}

/// A schedule is looked at from its first member on, now; one that is new has seen to everything before `now`.
pub(super) async fn begin_again(tx: &mut Tx, playbook: &str, schedule: &str, now: Timestamp) -> Result<()> {
    sql("INSERT INTO schedules (playbook, schedule, next_at, done_until, looking_until, faults) VALUES ($1, $2, $3, $3, $3, 0)
        ON CONFLICT (playbook, schedule) DO UPDATE
        SET next_at = $3, cursor_id = NULL, soonest_at = NULL, faults = 0, first_fault = NULL")
    .bind(playbook)
    .bind(schedule)
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn remove(tx: &mut Tx, playbook: &str, schedule: &str) -> Result<()> {
    sql("DELETE FROM schedules WHERE playbook = $1 AND schedule = $2")
        .bind(playbook)
        .bind(schedule)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn due(conn: &mut Conn, now: Timestamp, limit: u32) -> Result<Vec<Due>> {
    let rows = sql("SELECT playbook, schedule, next_at FROM schedules WHERE next_at IS NOT NULL AND next_at <= $1
        ORDER BY next_at, playbook, schedule")
    .bind(now)
    .limit(limit)
    .all(conn)
    .await?;
    let due =
        |row: &Row| Ok(Due { at: row.get("next_at")?, playbook: row.get("playbook")?, schedule: row.get("schedule")? });
    rows.iter().map(due).collect()
}

pub(super) async fn next_due(conn: &mut Conn) -> Result<Option<Timestamp>> {
    sql("SELECT next_at FROM schedules WHERE next_at IS NOT NULL ORDER BY next_at LIMIT 1")
        .scalar(conn, "next_at")
        .await
}

pub(super) async fn lock(tx: &mut Tx, playbook: &str, schedule: &str) -> Result<Option<Standing>> {
    let row =
        sql("SELECT next_at, done_until, looking_until, cursor_id, soonest_at, faults, first_fault FROM schedules
        WHERE playbook = $1 AND schedule = $2")
        .bind(playbook)
        .bind(schedule)
        .locking()
        .optional(tx)
        .await?;
    let standing = |row: Row| {
        Ok(Standing {
            next_at: row.get("next_at")?,
            done_until: row.get("done_until")?,
            looking_until: row.get("looking_until")?,
            cursor: row.get("cursor_id")?,
            soonest_at: row.get("soonest_at")?,
            faults: row.get("faults")?,
            first_fault: row.get("first_fault")?,
        })
    };
    row.map(standing).transpose()
}

pub(super) async fn store(tx: &mut Tx, playbook: &str, schedule: &str, standing: &Standing) -> Result<()> {
    sql("UPDATE schedules SET next_at = $3, done_until = $4, looking_until = $5, cursor_id = $6, soonest_at = $7, faults = $8,
        first_fault = $9 WHERE playbook = $1 AND schedule = $2")
    .bind(playbook)
    .bind(schedule)
    .bind(standing.next_at)
    .bind(standing.done_until)
    .bind(standing.looking_until)
    .bind(standing.cursor)
    .bind(standing.soonest_at)
    .bind(standing.faults)
    .bind(standing.first_fault.as_deref())
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn is_opened(conn: &mut Conn, playbook: &str, key: &str) -> Result<bool> {
    let row = sql("SELECT ticket_id FROM scheduled_tickets WHERE playbook = $1 AND opening_key = $2")
        .bind(playbook)
        .bind(key)
        .optional(conn)
        .await?;
    Ok(row.is_some())
}

/// Whether the key was still free; it is taken now.
pub(super) async fn take_key(tx: &mut Tx, playbook: &str, key: &str, ticket: Id) -> Result<bool> {
    let taken = sql("INSERT INTO scheduled_tickets (playbook, opening_key, ticket_id) VALUES ($1, $2, $3)
        ON CONFLICT (playbook, opening_key) DO NOTHING")
    .bind(playbook)
    .bind(key)
    .bind(ticket)
    .execute(tx)
    .await?;
    Ok(taken == 1)
}
