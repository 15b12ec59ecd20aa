use jiff::Timestamp;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::Letter;
use crate::accounts::links::Purpose;

pub(super) async fn insert(tx: &mut Tx, letter: &Letter, now: Timestamp) -> Result<()> {
    sql("INSERT INTO letters (id, kind, recipient, sender_name, language, state, attempts, due_at, claimed_until, created_at)
        VALUES ($1, $2, $3, $4, $5, 'waiting', 0, $6, 0, $6)")
    .bind(letter.id)
    .bind(letter.purpose.as_str())
    .bind(&letter.recipient)
    .bind(&letter.sender)
    .bind(&letter.language)
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

/// What is due and claimed by nobody, oldest first; claimed until `until`, by the clock that nobody moves.
pub(super) async fn claim(
    tx: &mut Tx,
    now: Timestamp,
    real_now: Timestamp,
    until: Timestamp,
    limit: u32,
) -> Result<Vec<Letter>> {
    let rows = sql("SELECT id, kind, recipient, sender_name, language, attempts FROM letters
        WHERE state = 'waiting' AND due_at <= $1 AND claimed_until <= $2 ORDER BY due_at, id")
    .bind(now)
    .bind(real_now)
    .limit(limit)
    .claiming()
    .all(tx)
    .await?;
    let letters = rows.iter().map(letter).collect::<Result<Vec<_>>>()?;
    for claimed in &letters {
        sql("UPDATE letters SET claimed_until = $2 WHERE id = $1").bind(claimed.id).bind(until).execute(tx).await?;
    }
    Ok(letters)
}

pub(super) async fn release_claims(tx: &mut Tx, ends_after: Timestamp) -> Result<u64> {
    let query = sql("UPDATE letters SET claimed_until = 0 WHERE state = 'waiting' AND claimed_until > $1");
    query.bind(ends_after).execute(tx).await
}

pub(super) async fn give_up_waiting(tx: &mut Tx, error: &str) -> Result<u64> {
    sql("UPDATE letters SET state = 'failed', last_error = $1 WHERE state = 'waiting'").bind(error).execute(tx).await
}

pub(super) async fn remove(tx: &mut Tx, id: Id) -> Result<()> {
    sql("DELETE FROM letters WHERE id = $1").bind(id).execute(tx).await.map(drop)
}

pub(super) async fn remove_failed(tx: &mut Tx, recipient: &str) -> Result<()> {
    sql("DELETE FROM letters WHERE recipient = $1 AND state = 'failed'").bind(recipient).execute(tx).await.map(drop)
}

pub(super) async fn try_later(tx: &mut Tx, id: Id, due: Timestamp, error: &str) -> Result<()> {
    sql("UPDATE letters SET attempts = attempts + 1, due_at = $2, claimed_until = 0, last_error = $3 WHERE id = $1")
        .bind(id)
        .bind(due)
        .bind(error)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn give_up(tx: &mut Tx, id: Id, error: &str) -> Result<()> {
    sql("UPDATE letters SET state = 'failed', attempts = attempts + 1, last_error = $2 WHERE id = $1")
        .bind(id)
        .bind(error)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn next_due(conn: &mut Conn) -> Result<Option<Timestamp>> {
    sql("SELECT due_at FROM letters WHERE state = 'waiting' ORDER BY due_at, id LIMIT 1").scalar(conn, "due_at").await
}

pub(super) async fn is_due(conn: &mut Conn, now: Timestamp, real_now: Timestamp) -> Result<bool> {
    let row = sql("SELECT id FROM letters WHERE state = 'waiting' AND due_at <= $1 AND claimed_until <= $2 LIMIT 1")
        .bind(now)
        .bind(real_now)
        .optional(conn)
        .await?;
    Ok(row.is_some())
}

pub(super) async fn failed(conn: &mut Conn) -> Result<Vec<(String, String)>> {
    let rows = sql("SELECT recipient, last_error FROM letters WHERE state = 'failed' ORDER BY id").all(conn).await?;
    let read = |row: &Row| Ok((row.get("recipient")?, row.get::<Option<String>>("last_error")?.unwrap_or_default()));
    rows.iter().map(read).collect()
}

fn letter(row: &Row) -> Result<Letter> {
    let kind: String = row.get("kind")?;
    let purpose = Purpose::named(&kind)
        .ok_or_else(|| store::Error::Column { column: "kind".to_owned(), reason: format!("{kind:?} is no letter") })?;
    Ok(Letter {
        id: row.get("id")?,
        purpose,
        recipient: row.get("recipient")?,
        sender: row.get("sender_name")?,
        language: row.get("language")?,
        attempts: row.get("attempts")?,
    })
}
