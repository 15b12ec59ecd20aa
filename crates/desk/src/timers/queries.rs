use jiff::Timestamp;
use playbook::Timer;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::Due;
use super::held::Held;

pub(super) async fn insert(tx: &mut Tx, ticket: Id, timer: &Timer, punctual: bool) -> Result<()> {
    sql("INSERT INTO timers (ticket_id, state, position, started_at, due_at, punctual) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(ticket)
        .bind(&timer.state)
        .bind(timer.position)
        .bind(timer.started)
        .bind(timer.due)
        .bind(i64::from(punctual))
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
        ORDER BY due_at, ticket_id")
    .bind(now)
    .limit(limit)
    .all(conn)
    .await?;
    rows.iter().map(|row| Ok(Due { ticket: row.get("ticket_id")?, timer: timer(row)? })).collect()
}

pub(super) async fn next_due(conn: &mut Conn) -> Result<Option<Timestamp>> {
    sql("SELECT due_at FROM timers ORDER BY due_at LIMIT 1").scalar(conn, "due_at").await
}

/// Those due at `now` that are not held while the mail is in until `in_until`, and those held and not told of that were
/// due by `told_by`.
pub(super) async fn due_and_in(
    conn: &mut Conn,
    now: Timestamp,
    in_until: Timestamp,
    told_by: Timestamp,
    limit: u32,
) -> Result<Vec<Due>> {
    let rows = sql("SELECT timers.ticket_id, timers.state, timers.position, timers.started_at, timers.due_at
        FROM timers JOIN tickets ON tickets.id = timers.ticket_id WHERE timers.due_at <= $1
        AND (timers.due_at <= $2 OR timers.punctual = 1 OR tickets.waiting_on IN ('us', 'third_party', 'nobody')
        OR (timers.told_at IS NULL AND timers.due_at <= $3))
        ORDER BY timers.due_at, timers.ticket_id")
    .bind(now)
    .bind(in_until)
    .bind(told_by)
    .limit(limit)
    .all(conn)
    .await?;
    rows.iter().map(|row| Ok(Due { ticket: row.get("ticket_id")?, timer: timer(row)? })).collect()
}

/// The first that is due at `now` and not held.
pub(super) async fn first_free(conn: &mut Conn, now: Timestamp, in_until: Timestamp) -> Result<Option<Timestamp>> {
    sql("SELECT timers.due_at FROM timers JOIN tickets ON tickets.id = timers.ticket_id WHERE timers.due_at <= $1
        AND (timers.due_at <= $2 OR timers.punctual = 1 OR tickets.waiting_on IN ('us', 'third_party', 'nobody'))
        ORDER BY timers.due_at LIMIT 1")
    .bind(now)
    .bind(in_until)
    .scalar(conn, "due_at")
    .await
}

/// The first that is due at `now`, held, and not told of yet.
pub(super) async fn first_held_untold(
    conn: &mut Conn,
    now: Timestamp,
    in_until: Timestamp,
) -> Result<Option<Timestamp>> {
    sql("SELECT timers.due_at FROM timers JOIN tickets ON tickets.id = timers.ticket_id WHERE timers.due_at <= $1
        AND timers.due_at > $2 AND timers.punctual = 0 AND timers.told_at IS NULL
        AND tickets.waiting_on NOT IN ('us', 'third_party', 'nobody')
        ORDER BY timers.due_at LIMIT 1")
    .bind(now)
    .bind(in_until)
    .scalar(conn, "due_at")
    .await
}

pub(super) async fn first_after(conn: &mut Conn, now: Timestamp) -> Result<Option<Timestamp>> {
    sql("SELECT due_at FROM timers WHERE due_at > $1 ORDER BY due_at LIMIT 1").bind(now).scalar(conn, "due_at").await
}

/// The tickets of those that are due at `now` and held, each once.
pub(super) async fn held(conn: &mut Conn, now: Timestamp, in_until: Timestamp, limit: u32) -> Result<Vec<Held>> {
    let rows =
        sql("SELECT tickets.id AS id, tickets.number AS number, tickets.subject AS subject, MIN(timers.due_at) AS due
        FROM timers JOIN tickets ON tickets.id = timers.ticket_id WHERE timers.due_at <= $1
        AND timers.due_at > $2 AND timers.punctual = 0 AND tickets.waiting_on NOT IN ('us', 'third_party', 'nobody')
        GROUP BY tickets.id, tickets.number, tickets.subject ORDER BY due, id")
        .bind(now)
        .bind(in_until)
        .limit(limit)
        .all(conn)
        .await?;
    rows.iter().map(Held::of).collect()
}

/// Remembers that the team was told that a timer is held; false when it had been told before.
pub(super) async fn note_told(tx: &mut Tx, ticket: Id, timer: &Timer, now: Timestamp) -> Result<bool> {
    let noted =
        sql("UPDATE timers SET told_at = $4 WHERE ticket_id = $1 AND state = $2 AND position = $3 AND told_at IS NULL")
            .bind(ticket)
            .bind(&timer.state)
            .bind(timer.position)
            .bind(now)
            .execute(tx)
            .await?;
    Ok(noted > 0)
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

pub(super) async fn suspend(tx: &mut Tx, ticket: Id) -> Result<()> {
    sql("INSERT INTO suspended_timers (ticket_id, state, position, started_at, due_at, punctual, told_at)
        SELECT ticket_id, state, position, started_at, due_at, punctual, told_at FROM timers WHERE ticket_id = $1")
    .bind(ticket)
    .execute(tx)
    .await?;
    sql("DELETE FROM timers WHERE ticket_id = $1").bind(ticket).execute(tx).await.map(drop)
}

pub(super) async fn resume(tx: &mut Tx, ticket: Id) -> Result<()> {
    sql("INSERT INTO timers (ticket_id, state, position, started_at, due_at, punctual, told_at)
        SELECT ticket_id, state, position, started_at, due_at, punctual, told_at FROM suspended_timers
        WHERE ticket_id = $1")
    .bind(ticket)
    .execute(tx)
    .await?;
    sql("DELETE FROM suspended_timers WHERE ticket_id = $1").bind(ticket).execute(tx).await.map(drop)
}

fn timer(row: &Row) -> Result<Timer> {
    Ok(Timer {
        state: row.get("state")?,
        position: row.get("position")?,
        started: row.get("started_at")?,
        due: row.get("due_at")?,
    })
}
