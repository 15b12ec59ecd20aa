use jiff::Timestamp;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::Kept;
use super::listening::Listening;
use super::watch::{Behind, Watched};
use crate::messages::copies;
use crate::page::Page;

pub(super) async fn keep(tx: &mut Tx, kept: &Kept, raw: &[u8]) -> Result<()> {
    sql("INSERT INTO kept_mails (id, outcome, reason, sender, subject, ticket_id, raw, received_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(kept.id)
    .bind(&kept.outcome)
    .bind(&kept.reason)
    .bind(&kept.sender)
    .bind(&kept.subject)
    .bind(kept.ticket)
    .bind(raw)
    .bind(kept.received_at)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn kept(conn: &mut Conn, page: Page) -> Result<Vec<Kept>> {
    let query = match page.after {
        None => sql("SELECT id, outcome, reason, sender, subject, ticket_id, received_at FROM kept_mails
            ORDER BY received_at DESC, id DESC"),
        Some(after) => sql("SELECT id, outcome, reason, sender, subject, ticket_id, received_at FROM kept_mails
            WHERE (received_at, id) < ($1, $2) ORDER BY received_at DESC, id DESC")
        .bind(after.at)
        .bind(after.id),
    };
    let rows = query.limit(page.limit + 1).all(conn).await?;
    rows.iter().map(kept_row).collect()
}

pub(super) async fn kept_mail(conn: &mut Conn, id: Id) -> Result<Option<(Kept, Vec<u8>)>> {
    let row =
        sql("SELECT id, outcome, reason, sender, subject, ticket_id, received_at, raw FROM kept_mails WHERE id = $1")
            .bind(id)
            .optional(conn)
            .await?;
    row.map(|row| Ok((kept_row(&row)?, row.get("raw")?))).transpose()
}

pub(super) async fn is_kept(conn: &mut Conn, id: Id) -> Result<bool> {
    Ok(sql("SELECT id FROM kept_mails WHERE id = $1").bind(id).optional(conn).await?.is_some())
}

/// How many mails wait for somebody to look at them, counted up to 100.
pub(super) async fn count_set_aside(conn: &mut Conn) -> Result<i64> {
    sql("SELECT COUNT(*) AS n FROM (SELECT id FROM kept_mails WHERE outcome = 'set_aside' LIMIT 100) AS found")
        .one(conn)
        .await?
        .get("n")
}

/// Files a mail that was set aside; says whether it still was.
pub(super) async fn file_kept(tx: &mut Tx, id: Id) -> Result<bool> {
    let query = sql("UPDATE kept_mails SET outcome = 'filed' WHERE id = $1 AND outcome = 'set_aside'");
    Ok(query.bind(id).execute(tx).await? == 1)
}

pub(super) async fn give_kept(tx: &mut Tx, id: Id, ticket: Id) -> Result<()> {
    sql("UPDATE kept_mails SET ticket_id = $2, outcome = 'opened' WHERE id = $1")
        .bind(id)
        .bind(ticket)
        .execute(tx)
        .await
        .map(drop)
}

fn kept_row(row: &Row) -> Result<Kept> {
    Ok(Kept {
        id: row.get("id")?,
        outcome: row.get("outcome")?,
        reason: row.get("reason")?,
        sender: row.get("sender")?,
        subject: row.get("subject")?,
        ticket: row.get("ticket_id")?,
        received_at: row.get("received_at")?,
    })
}

pub(super) async fn remember_mail_id(tx: &mut Tx, mail_id: &str, ticket: Id, message: Id) -> Result<()> {
    sql("INSERT INTO mail_ids (mail_id, ticket_id, message_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(mail_id)
        .bind(ticket)
        .bind(message)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn tickets_of_mail_id(conn: &mut Conn, mail_id: &str) -> Result<Vec<Id>> {
    let rows = sql("SELECT ticket_id FROM mail_ids WHERE mail_id = $1 ORDER BY ticket_id DESC LIMIT 20")
        .bind(mail_id)
        .all(conn)
        .await?;
    rows.iter().map(|row| row.get("ticket_id")).collect()
}

/// What we sent under a Message-ID: ticket, message, and whom it went to, lower-cased.
pub(super) async fn sent_under(conn: &mut Conn, mail_id: &str) -> Result<Vec<(Id, Id, Vec<String>)>> {
    let rows =
        sql("SELECT mail_ids.ticket_id AS ticket_id, messages.id AS message_id, messages.recipient AS recipient,
        messages.copies AS copies FROM mail_ids JOIN messages ON messages.id = mail_ids.message_id
        WHERE mail_ids.mail_id = $1 AND messages.recipient IS NOT NULL ORDER BY messages.id DESC LIMIT 20")
        .bind(mail_id)
        .all(conn)
        .await?;
    rows.iter()
        .map(|row| {
            let mut went_to = vec![row.get::<String>("recipient")?.to_lowercase()];
            let copies = copies::read(row.get::<Option<String>>("copies")?.as_deref());
            went_to.extend(copies.iter().map(mail::Address::key));
            Ok((row.get("ticket_id")?, row.get("message_id")?, went_to))
        })
        .collect()
}

/// The newest message of a ticket that went to `address`.
pub(super) async fn newest_sent_to(conn: &mut Conn, ticket: Id, address: &str) -> Result<Option<Id>> {
    sql("SELECT id FROM messages WHERE ticket_id = $1 AND recipient = $2 ORDER BY id DESC LIMIT 1")
        .bind(ticket)
        .bind(address)
        .scalar(conn, "id")
        .await
}

/// What came in under a Message-ID: ticket and message.
pub(super) async fn came_under(conn: &mut Conn, mail_id: &str) -> Result<Vec<(Id, Id)>> {
    let rows = sql("SELECT mail_ids.ticket_id AS ticket_id, messages.id AS message_id
        FROM mail_ids JOIN messages ON messages.id = mail_ids.message_id
        WHERE mail_ids.mail_id = $1 AND messages.kind = 'incoming' ORDER BY messages.id DESC LIMIT 20")
    .bind(mail_id)
    .all(conn)
    .await?;
    rows.iter().map(|row| Ok((row.get("ticket_id")?, row.get("message_id")?))).collect()
}

/// The Message-IDs of a ticket's thread before `message`, oldest first: what an answer refers to. Of what we sent only what went to
/// `recipient`: the others' hold tokens of theirs. What several people read names of that only what several got.
pub(super) async fn thread_before(
    conn: &mut Conn,
    (ticket, message): (Id, Id),
    recipient: &str,
    has_copies: bool,
) -> Result<Vec<String>> {
    let rows =
        sql("SELECT mail_ids.mail_id AS mail_id FROM mail_ids JOIN messages ON messages.id = mail_ids.message_id
        WHERE mail_ids.ticket_id = $1 AND mail_ids.message_id < $2
            AND (messages.recipient IS NULL OR (messages.recipient = $3 AND (messages.copies IS NOT NULL OR NOT $4)))
        ORDER BY mail_ids.message_id DESC LIMIT 20")
        .bind(ticket)
        .bind(message)
        .bind(recipient)
        .bind(has_copies)
        .all(conn)
        .await?;
    rows.iter().rev().map(|row| row.get("mail_id")).collect()
}

pub(super) async fn mail_id_of_message(conn: &mut Conn, message: Id) -> Result<Option<String>> {
    sql("SELECT mail_id FROM mail_ids WHERE message_id = $1 ORDER BY mail_id LIMIT 1")
        .bind(message)
        .scalar(conn, "mail_id")
        .await
}

/// Whether a mail of ours on this ticket with this Message-ID went to `address`, and to nobody else.
pub(super) async fn went_to(conn: &mut Conn, mail_id: &str, ticket: Id, address: &str) -> Result<bool> {
    let row = sql("SELECT 1 AS found FROM mail_ids JOIN messages ON messages.id = mail_ids.message_id
        WHERE mail_ids.mail_id = $1 AND mail_ids.ticket_id = $2 AND messages.recipient = $3
            AND messages.copies IS NULL")
    .bind(mail_id)
    .bind(ticket)
    .bind(address)
    .optional(conn)
    .await?;
    Ok(row.is_some())
}

/// Remembers until when a mailbox is caught up; that never goes back.
pub(super) async fn caught_up(tx: &mut Tx, name: &str, until: Timestamp, now: Timestamp) -> Result<()> {
    sql("INSERT INTO mailboxes (name, caught_up_until, reported_at) VALUES ($1, $2, $3)
        ON CONFLICT (name) DO UPDATE SET reported_at = excluded.reported_at, caught_up_until =
        CASE WHEN mailboxes.caught_up_until > excluded.caught_up_until THEN mailboxes.caught_up_until
        ELSE excluded.caught_up_until END")
    .bind(name)
    .bind(until)
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn forget(tx: &mut Tx, name: &str) -> Result<bool> {
    Ok(sql("DELETE FROM mailboxes WHERE name = $1").bind(name).execute(tx).await? > 0)
}

pub(super) async fn rename_watched(tx: &mut Tx, name: &str, now_called: &str) -> Result<()> {
    let renaming = sql("UPDATE mailboxes SET name = $2 WHERE name = $1");
    renaming.bind(name).bind(now_called).execute(tx).await.map(drop)
}

pub(super) async fn furthest_behind(conn: &mut Conn) -> Result<Option<Watched>> {
    let row = sql("SELECT name, caught_up_until, reported_at FROM mailboxes ORDER BY caught_up_until, name LIMIT 1")
        .optional(conn)
        .await?;
    row.as_ref().map(watched).transpose()
}

pub(super) async fn mailboxes(conn: &mut Conn) -> Result<Vec<Watched>> {
    let rows = sql("SELECT name, caught_up_until, reported_at FROM mailboxes ORDER BY name").all(conn).await?;
    rows.iter().map(watched).collect()
}

/// What is furthest behind of the mailboxes and of what the desk missed while it did not listen, which has no name.
pub(super) async fn behind(conn: &mut Conn, now: Timestamp) -> Result<Option<Behind>> {
    let row = sql(
        "SELECT missed_from AS in_until, '' AS name, patient_until AS until FROM listening WHERE patient_until > $1
        UNION ALL SELECT caught_up_until, name, NULL FROM mailboxes
        ORDER BY in_until, name LIMIT 1",
    )
    .bind(now)
    .optional(conn)
    .await?;
    row.map(|row| {
        let name: String = row.get("name")?;
        let mailbox = Some(name).filter(|name| !name.is_empty());
        Ok(Behind { in_until: row.get("in_until")?, mailbox, until: row.get("until")? })
    })
    .transpose()
}

pub(super) async fn listening(conn: &mut Conn) -> Result<Option<Listening>> {
    let row = sql("SELECT heard_until, missed_from, patient_until FROM listening WHERE desk = 1")
        .locking()
        .optional(conn)
        .await?;
    row.map(|row| {
        Ok(Listening {
            heard_until: row.get("heard_until")?,
            missed_from: row.get("missed_from")?,
            patient_until: row.get("patient_until")?,
        })
    })
    .transpose()
}

pub(super) async fn keep_listening(tx: &mut Tx, listening: &Listening) -> Result<()> {
    sql("INSERT INTO listening (desk, heard_until, missed_from, patient_until) VALUES (1, $1, $2, $3)
        ON CONFLICT (desk) DO UPDATE SET heard_until = excluded.heard_until, missed_from = excluded.missed_from,
        patient_until = excluded.patient_until")
    .bind(listening.heard_until)
    .bind(listening.missed_from)
    .bind(listening.patient_until)
    .execute(tx)
    .await
    .map(drop)
}

fn watched(row: &Row) -> Result<Watched> {
    Ok(Watched {
        name: row.get("name")?,
        caught_up_until: row.get("caught_up_until")?,
        reported_at: row.get("reported_at")?,
    })
}
