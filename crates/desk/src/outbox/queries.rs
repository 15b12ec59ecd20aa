use jiff::Timestamp;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::catcher::{Caught, CaughtLetter};
use super::{Parcel, Waiting, Ways};
use crate::page::Page;

pub(super) async fn insert(
    tx: &mut Tx,
    id: Id,
    key: &str,
    (ticket, message): (Id, Id),
    (way, copy_to): (Option<Id>, Option<String>),
    now: Timestamp,
) -> Result<()> {
    sql("INSERT INTO outbox (id, key, kind, ticket_id, message_id, state, attempts, due_at, claimed_until, created_at,
        mailbox_id, copy_to) VALUES ($1, $2, 'mail', $3, $4, 'waiting', 0, $5, 0, $5, $6, $7) ON CONFLICT (key) DO NOTHING")
    .bind(id)
    .bind(key)
    .bind(ticket)
    .bind(message)
    .bind(now)
    .bind(way)
    .bind(copy_to)
    .execute(tx)
    .await
    .map(drop)
}

/// What is the first of its ticket's mails to its address: a condition on `outbox`. Whoever claims by it alone never carries two of them
/// at once, by however many processes, and the order in which they were written is kept.
const FIRST: &str =
    "NOT EXISTS (SELECT 1 FROM outbox AS earlier JOIN messages AS before ON before.id = earlier.message_id
    WHERE earlier.state = 'waiting' AND earlier.ticket_id = outbox.ticket_id AND earlier.id < outbox.id
    AND COALESCE(earlier.copy_to, before.recipient)
        = COALESCE(outbox.copy_to, (SELECT recipient FROM messages WHERE messages.id = outbox.message_id)))";

/// What is due, the first of its kind and claimed by nobody, oldest first; claimed until `until`, by the clock that nobody moves.
pub(super) async fn claim(
    tx: &mut Tx,
    now: Timestamp,
    real_now: Timestamp,
    until: Timestamp,
    (ways, limit): (Ways, u32),
) -> Result<Vec<Waiting>> {
    let of_way = match ways {
        Ways::All => "",
        Ways::Just(_) => "AND COALESCE(mailbox_id, 0) = $3",
    };
    let query = sql(format!(
        "SELECT id, key, ticket_id, message_id, attempts, mailbox_id, copy_to FROM outbox
        WHERE state = 'waiting' AND due_at <= $1 AND claimed_until <= $2 {of_way} AND {FIRST} ORDER BY due_at, id"
    ))
    .bind(now)
    .bind(real_now);
    let query = match ways {
        Ways::All => query,
        Ways::Just(way) => query.bind(way.unwrap_or(Id(0))),
    };
    let rows = query.limit(limit).claiming().all(tx).await?;
    let waiting = rows.iter().map(waiting).collect::<Result<Vec<_>>>()?;
    for claimed in &waiting {
        sql("UPDATE outbox SET claimed_until = $2 WHERE id = $1").bind(claimed.id).bind(until).execute(tx).await?;
    }
    Ok(waiting)
}

/// Gives up a claim that ends at `until`, so that anybody may have it.
pub(super) async fn let_go(tx: &mut Tx, id: Id, until: Timestamp) -> Result<()> {
    sql("UPDATE outbox SET claimed_until = 0 WHERE id = $1 AND state = 'waiting' AND claimed_until = $2")
        .bind(id)
        .bind(until)
        .execute(tx)
        .await
        .map(drop)
}

/// The ways by which something that may be claimed is due at `now`.
pub(super) async fn ways_due(conn: &mut Conn, now: Timestamp, real_now: Timestamp) -> Result<Vec<Option<Id>>> {
    let rows = sql(format!(
        "SELECT DISTINCT mailbox_id FROM outbox
        WHERE state = 'waiting' AND due_at <= $1 AND claimed_until <= $2 AND {FIRST}"
    ))
    .bind(now)
    .bind(real_now)
    .all(conn)
    .await?;
    rows.iter().map(|row| row.get("mailbox_id")).collect()
}

/// Has what waits to leave by one way leave by another.
pub(super) async fn reroute(tx: &mut Tx, from: Id, to: Option<Id>) -> Result<u64> {
    let query = sql("UPDATE outbox SET mailbox_id = $2, claimed_until = 0 WHERE state = 'waiting' AND mailbox_id = $1");
    query.bind(from).bind(to).execute(tx).await
}

/// How many mails wait that were tried by this way, and what the last one was refused for.
pub(super) async fn refused(conn: &mut Conn, way: Option<Id>) -> Result<Option<(i64, String)>> {
    let count = sql("SELECT COUNT(*) AS waiting FROM outbox
        WHERE state = 'waiting' AND attempts > 0 AND COALESCE(mailbox_id, 0) = $1")
    .bind(way.unwrap_or(Id(0)))
    .one(conn)
    .await?
    .get("waiting")?;
    let error = sql("SELECT last_error FROM outbox
        WHERE state = 'waiting' AND attempts > 0 AND COALESCE(mailbox_id, 0) = $1 ORDER BY id DESC LIMIT 1")
    .bind(way.unwrap_or(Id(0)))
    .scalar::<Option<String>>(conn, "last_error")
    .await?;
    Ok(error.flatten().map(|error| (count, error)))
}

pub(super) async fn release_claims(tx: &mut Tx, ends_after: Timestamp) -> Result<u64> {
    let query = sql("UPDATE outbox SET claimed_until = 0 WHERE state = 'waiting' AND claimed_until > $1");
    query.bind(ends_after).execute(tx).await
}

pub(super) async fn done(tx: &mut Tx, id: Id, now: Timestamp) -> Result<()> {
    sql("UPDATE outbox SET state = 'done', attempts = attempts + 1, done_at = $2, last_error = NULL WHERE id = $1")
        .bind(id)
        .bind(now)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn try_later(tx: &mut Tx, id: Id, due: Timestamp, error: &str) -> Result<()> {
    sql("UPDATE outbox SET attempts = attempts + 1, due_at = $2, claimed_until = 0, last_error = $3 WHERE id = $1")
        .bind(id)
        .bind(due)
        .bind(error)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn give_up(tx: &mut Tx, id: Id, now: Timestamp, error: &str) -> Result<()> {
    sql("UPDATE outbox SET state = 'failed', attempts = attempts + 1, done_at = $2, last_error = $3 WHERE id = $1")
        .bind(id)
        .bind(now)
        .bind(error)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn count_waiting(conn: &mut Conn) -> Result<i64> {
    sql("SELECT COUNT(*) AS waiting FROM outbox WHERE state = 'waiting'").one(conn).await?.get("waiting")
}

pub(super) async fn hold(tx: &mut Tx) -> Result<u64> {
    sql("UPDATE outbox SET state = 'held', claimed_until = 0 WHERE state = 'waiting'").execute(tx).await
}

pub(super) async fn held(conn: &mut Conn, limit: u32) -> Result<Vec<Waiting>> {
    let rows = sql("SELECT id, key, ticket_id, message_id, attempts, mailbox_id, copy_to FROM outbox
        WHERE state = 'held' ORDER BY id")
    .limit(limit)
    .all(conn)
    .await?;
    rows.iter().map(waiting).collect()
}

pub(super) async fn count_held(conn: &mut Conn) -> Result<i64> {
    sql("SELECT COUNT(*) AS held FROM outbox WHERE state = 'held'").one(conn).await?.get("held")
}

pub(super) async fn release(tx: &mut Tx, id: Id) -> Result<()> {
    sql("UPDATE outbox SET state = 'waiting' WHERE id = $1 AND state = 'held'").bind(id).execute(tx).await.map(drop)
}

pub(super) async fn next_due(conn: &mut Conn) -> Result<Option<Timestamp>> {
    let query = sql(format!("SELECT due_at FROM outbox WHERE state = 'waiting' AND {FIRST} ORDER BY due_at, id"));
    query.limit(1).scalar(conn, "due_at").await
}

pub(super) async fn catch(tx: &mut Tx, id: Id, parcel: &Parcel, now: Timestamp) -> Result<()> {
    sql("INSERT INTO caught_mails (id, key, ticket_id, message_id, recipient, subject, raw, caught_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (key) DO NOTHING")
    .bind(id)
    .bind(&parcel.key)
    .bind(parcel.ticket)
    .bind(parcel.message)
    .bind(parcel.mail.recipients.join(", "))
    .bind(&parcel.mail.subject)
    .bind(parcel.mail.raw.clone())
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn caught(conn: &mut Conn, page: Page) -> Result<Vec<Caught>> {
    let query = match page.after {
        None => sql("SELECT id, key, ticket_id, message_id, recipient, subject, caught_at FROM caught_mails
            ORDER BY caught_at DESC, id DESC"),
        Some(after) => sql("SELECT id, key, ticket_id, message_id, recipient, subject, caught_at FROM caught_mails
            WHERE (caught_at, id) < ($1, $2) ORDER BY caught_at DESC, id DESC")
        .bind(after.at)
        .bind(after.id),
    };
    query.limit(page.limit + 1).all(conn).await?.iter().map(caught_row).collect()
}

pub(super) async fn caught_one(conn: &mut Conn, id: Id) -> Result<Option<(Caught, Vec<u8>)>> {
    let row = sql(
        "SELECT id, key, ticket_id, message_id, recipient, subject, raw, caught_at FROM caught_mails WHERE id = $1",
    )
    .bind(id)
    .optional(conn)
    .await?;
    row.map(|row| Ok((caught_row(&row)?, row.get("raw")?))).transpose()
}

pub(super) async fn catch_letter(tx: &mut Tx, id: Id, parcel: &Parcel, now: Timestamp) -> Result<()> {
    sql("INSERT INTO caught_letters (id, recipient, subject, raw, caught_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(parcel.mail.recipients.join(", "))
        .bind(&parcel.mail.subject)
        .bind(parcel.mail.raw.clone())
        .bind(now)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn caught_letters(conn: &mut Conn, limit: u32) -> Result<Vec<CaughtLetter>> {
    let query = sql("SELECT id, recipient, subject, caught_at FROM caught_letters ORDER BY caught_at DESC, id DESC");
    query.limit(limit).all(conn).await?.iter().map(caught_letter_row).collect()
}

pub(super) async fn caught_letter(conn: &mut Conn, id: Id) -> Result<Option<(CaughtLetter, Vec<u8>)>> {
    let row = sql("SELECT id, recipient, subject, raw, caught_at FROM caught_letters WHERE id = $1")
        .bind(id)
        .optional(conn)
        .await?;
    row.map(|row| Ok((caught_letter_row(&row)?, row.get("raw")?))).transpose()
}

fn caught_letter_row(row: &Row) -> Result<CaughtLetter> {
    Ok(CaughtLetter {
        id: row.get("id")?,
        recipient: row.get("recipient")?,
        subject: row.get("subject")?,
        caught_at: row.get("caught_at")?,
    })
}

fn waiting(row: &Row) -> Result<Waiting> {
    Ok(Waiting {
        id: row.get("id")?,
        key: row.get("key")?,
        ticket: row.get("ticket_id")?,
        message: row.get("message_id")?,
        attempts: row.get("attempts")?,
        way: row.get("mailbox_id")?,
        copy_to: row.get("copy_to")?,
    })
}

fn caught_row(row: &Row) -> Result<Caught> {
    Ok(Caught {
        id: row.get("id")?,
        key: row.get("key")?,
        ticket: row.get("ticket_id")?,
        message: row.get("message_id")?,
        recipient: row.get("recipient")?,
        subject: row.get("subject")?,
        caught_at: row.get("caught_at")?,
    })
}
