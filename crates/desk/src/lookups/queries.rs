use jiff::Timestamp;
use serde_json::{Map, Value};
use store::{Conn, Id, Result, Row, Tx, sql};

use super::{Asking, NewAsking, Waiting};

/// Says whether it was stored: the same key again is not.
pub(super) async fn insert(tx: &mut Tx, id: Id, new: &NewAsking<'_>, now: Timestamp) -> Result<bool> {
    let rows = sql("INSERT INTO askings (id, key, ticket_id, playbook, name, lookup, connection, revision, parameters,
            state, attempts, due_at, claimed_until, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', 0, $10, 0, $10) ON CONFLICT (key) DO NOTHING")
    .bind(id)
    .bind(new.key)
    .bind(new.ticket)
    .bind(new.playbook)
    .bind(new.name)
    .bind(new.lookup)
    .bind(new.connection)
    .bind(new.revision)
    .bind(Value::Object(new.parameters.clone()).to_string())
    .bind(now)
    .execute(tx)
    .await?;
    Ok(rows > 0)
}

/// What the same playbook asked before under the same name no longer waits.
pub(super) async fn supersede(tx: &mut Tx, id: Id, new: &NewAsking<'_>, now: Timestamp) -> Result<()> {
    sql("UPDATE askings SET state = 'superseded', parameters = '{}', done_at = $5
        WHERE ticket_id = $2 AND playbook = $3 AND name = $4 AND id <> $1 AND state = 'waiting'")
    .bind(id)
    .bind(new.ticket)
    .bind(new.playbook)
    .bind(new.name)
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

/// The connections that something due and claimed by nobody is to be asked through.
pub(super) async fn connections_due(conn: &mut Conn, now: Timestamp, real_now: Timestamp) -> Result<Vec<String>> {
    sql("SELECT DISTINCT connection FROM askings WHERE state = 'waiting' AND due_at <= $1 AND claimed_until <= $2
        ORDER BY connection")
    .bind(now)
    .bind(real_now)
    .all(conn)
    .await?
    .iter()
    .map(|row| row.get("connection"))
    .collect()
}

/// The oldest that is due through `connection` and claimed by nobody; claimed until `until`, by the clock that nobody moves.
pub(super) async fn claim(
    tx: &mut Tx,
    connection: &str,
    now: Timestamp,
    real_now: Timestamp,
    until: Timestamp,
) -> Result<Option<Asking>> {
    let row =
        sql("SELECT id, ticket_id, playbook, name, lookup, connection, revision, parameters, attempts FROM askings
        WHERE state = 'waiting' AND connection = $1 AND due_at <= $2 AND claimed_until <= $3
        ORDER BY due_at, id LIMIT 1")
        .bind(connection)
        .bind(now)
        .bind(real_now)
        .claiming()
        .optional(tx)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let asking = asking(&row)?;
    sql("UPDATE askings SET claimed_until = $2 WHERE id = $1").bind(asking.id).bind(until).execute(tx).await?;
    Ok(Some(asking))
}

pub(super) async fn find_waiting(conn: &mut Conn, id: Id) -> Result<Option<Asking>> {
    let row =
        sql("SELECT id, ticket_id, playbook, name, lookup, connection, revision, parameters, attempts FROM askings
        WHERE id = $1 AND state = 'waiting'")
        .bind(id)
        .optional(conn)
        .await?;
    row.as_ref().map(asking).transpose()
}

pub(super) async fn waiting(conn: &mut Conn) -> Result<Vec<Waiting>> {
    sql("SELECT name, lookup, due_at FROM askings WHERE state = 'waiting' ORDER BY due_at, id LIMIT 20")
        .all(conn)
        .await?
        .iter()
        .map(|row| Ok(Waiting { name: row.get("name")?, lookup: row.get("lookup")?, due: row.get("due_at")? }))
        .collect()
}

pub(super) async fn close(tx: &mut Tx, id: Id, state: &str, now: Timestamp) -> Result<()> {
    sql("UPDATE askings SET state = $2, parameters = '{}', attempts = attempts + 1, claimed_until = 0, done_at = $3
        WHERE id = $1")
    .bind(id)
    .bind(state)
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

/// Lets an answered question wait again, as if it had not been asked yet.
pub(super) async fn reopen(tx: &mut Tx, asking: &Asking, due: Timestamp) -> Result<()> {
    sql("UPDATE askings SET state = 'waiting', parameters = $2, attempts = 0, due_at = $3, done_at = NULL WHERE id = $1")
        .bind(asking.id)
        .bind(Value::Object(asking.parameters.clone()).to_string())
        .bind(due)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn try_later(tx: &mut Tx, id: Id, due: Timestamp, reason: &str) -> Result<()> {
    sql("UPDATE askings SET attempts = attempts + 1, due_at = $2, claimed_until = 0, last_error = $3
        WHERE id = $1 AND state = 'waiting'")
    .bind(id)
    .bind(due)
    .bind(reason)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn suspend(tx: &mut Tx, ticket: Id) -> Result<()> {
    sql("UPDATE askings SET state = 'suspended', claimed_until = 0 WHERE ticket_id = $1 AND state = 'waiting'")
        .bind(ticket)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn resume(tx: &mut Tx, ticket: Id) -> Result<u64> {
    sql("UPDATE askings SET state = 'waiting' WHERE ticket_id = $1 AND state = 'suspended'")
        .bind(ticket)
        .execute(tx)
        .await
}

pub(super) async fn release_claims(tx: &mut Tx, ends_after: Timestamp) -> Result<u64> {
    let query = sql("UPDATE askings SET claimed_until = 0 WHERE state = 'waiting' AND claimed_until > $1");
    query.bind(ends_after).execute(tx).await
}

pub(super) async fn next_due(conn: &mut Conn, real_now: Timestamp) -> Result<Option<Timestamp>> {
    sql("SELECT due_at FROM askings WHERE state = 'waiting' AND claimed_until <= $1 ORDER BY due_at, id LIMIT 1")
        .bind(real_now)
        .scalar(conn, "due_at")
        .await
}

fn asking(row: &Row) -> Result<Asking> {
    let parameters: String = row.get("parameters")?;
    Ok(Asking {
        id: row.get("id")?,
        ticket: row.get("ticket_id")?,
        playbook: row.get("playbook")?,
        name: row.get("name")?,
        lookup: row.get("lookup")?,
        connection: row.get("connection")?,
        revision: row.get("revision")?,
        parameters: serde_json::from_str::<Map<String, Value>>(&parameters).unwrap_or_default(),
        attempts: row.get("attempts")?,
    })
}
