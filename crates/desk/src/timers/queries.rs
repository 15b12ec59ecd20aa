use jiff::Timestamp;
use playbook::Timer;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::Due;

pub(super) async fn insert(tx: &mut Tx, ticket: Id, timer: &Timer) -> Result<()> {
    sql("INSERT INTO timers (ticket_id, state, position, started_at, due_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(ticket)
        .bind(&timer.state)
        .bind(timer.position)
        .bind(timer.started)
        .bind(timer.due)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn remove(tx: &mut Tx, ticket: Id, timer: &Timer) -> Result<()> {
    sql("DELETE FROM timers WHERE ticket_id = $1 AND state = $2 AND position = $3")
        .bind(ticket)
        .bind(&timer.state)
        .bind(timer.position)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn of_ticket(conn: &mut Conn, ticket: Id) -> Result<Vec<Timer>> {
    let rows = sql(
        "SELECT state, position, started_at, due_at FROM timers WHERE ticket_id = $1 ORDER BY due_at, state, position",
    )
    .bind(ticket)
    .all(conn)
    .await?;
    rows.iter().map(timer).collect()
}

pub(super) async fn due(conn: &mut Conn, now: Timestamp, limit: u32) -> Result<Vec<Due>> {
    let rows = sql("SELECT ticket_id, state, position, started_at, due_at FROM timers WHERE due_at <= $1
        ORDER BY due_at, ticket_id LIMIT $2")
    .bind(now)
    .bind(limit)
    .all(conn)
    .await?;
    rows.iter().map(|row| Ok(Due { ticket: row.get("ticket_id")?, timer: timer(row)? })).collect()
}

pub(super) async fn next_due(conn: &mut Conn) -> Result<Option<Timestamp>> {
    sql("SELECT due_at FROM timers ORDER BY due_at LIMIT 1").scalar(conn, "due_at").await
}

pub(super) async fn postpone(tx: &mut Tx, ticket: Id, now: Timestamp, until: Timestamp) -> Result<()> {
    sql("UPDATE timers SET due_at = $3 WHERE ticket_id = $1 AND due_at <= $2")
        .bind(ticket)
        .bind(now)
        .bind(until)
        .execute(tx)
        .await
        .map(drop)
}

fn timer(row: &Row) -> Result<Timer> {
    Ok(Timer {
        state: row.get("state")?,
        position: row.get("position")?,
        started: row.get("started_at")?,
        due: row.get("due_at")?,
    })
}
