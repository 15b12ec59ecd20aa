use jiff::Timestamp;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::bounces::Bounced;
use super::{Author, Kind, Message, copies};

pub(super) async fn insert(tx: &mut Tx, message: &Message) -> Result<()> {
    sql("INSERT INTO messages (id, ticket_id, via_ticket_id, kind, channel, automatic, author_kind, author_id, author_name,
        reply_name, recipient, copies, subject, text, html, delivery, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)")
    .bind(message.id)
    .bind(message.ticket)
    .bind(message.via_ticket)
    .bind(message.kind.as_str())
    .bind(&message.channel)
    .bind(message.automatic.as_deref())
    .bind(&message.author.kind)
    .bind(message.author.id)
    .bind(&message.author.name)
    .bind(message.reply_name.as_deref())
    .bind(message.recipient.as_deref())
    .bind(copies::written(&message.copies))
    .bind(message.subject.as_deref())
    .bind(&message.text)
    .bind(message.html.as_deref())
    .bind(message.delivery.as_deref())
    .bind(message.created_at)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn find(conn: &mut Conn, id: Id) -> Result<Option<Message>> {
    let row = sql("SELECT id, ticket_id, via_ticket_id, kind, channel, automatic, author_kind, author_id, author_name,
        reply_name, recipient, copies, subject, text, html, delivery, created_at FROM messages WHERE id = $1")
    .bind(id)
    .optional(conn)
    .await?;
    row.as_ref().map(message).transpose()
}

pub(super) async fn of_ticket(conn: &mut Conn, ticket: Id, limit: u32) -> Result<Vec<Message>> {
    let rows =
        sql("SELECT id, ticket_id, via_ticket_id, kind, channel, automatic, author_kind, author_id, author_name,
        reply_name, recipient, copies, subject, text, html, delivery, created_at FROM messages
        WHERE ticket_id = $1 OR via_ticket_id = $1 ORDER BY id DESC")
        .bind(ticket)
        .limit(limit)
        .all(conn)
        .await?;
    rows.iter().rev().map(message).collect()
}

pub(super) async fn first(conn: &mut Conn, ticket: Id) -> Result<Option<Message>> {
    let row = sql("SELECT id, ticket_id, via_ticket_id, kind, channel, automatic, author_kind, author_id, author_name,
        reply_name, recipient, copies, subject, text, html, delivery, created_at FROM messages
        WHERE ticket_id = $1 AND kind = 'incoming' ORDER BY id LIMIT 1")
    .bind(ticket)
    .optional(conn)
    .await?;
    row.as_ref().map(message).transpose()
}

pub(super) async fn set_delivery(tx: &mut Tx, message: Id, delivery: &str) -> Result<()> {
    sql("UPDATE messages SET delivery = $2 WHERE id = $1").bind(message).bind(delivery).execute(tx).await.map(drop)
}

pub(super) async fn newest_public(conn: &mut Conn, ticket: Id) -> Result<Option<Id>> {
    sql("SELECT id FROM messages WHERE ticket_id = $1 AND kind IN ('incoming', 'reply') ORDER BY id DESC LIMIT 1")
        .bind(ticket)
        .scalar(conn, "id")
        .await
}

/// Whether the key was free.
pub(super) async fn say_once(tx: &mut Tx, key: &str, ticket: Id, now: Timestamp) -> Result<bool> {
    let stored = sql("INSERT INTO said_once (key, ticket_id, said_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(key)
        .bind(ticket)
        .bind(now)
        .execute(tx)
        .await?;
    Ok(stored > 0)
}

pub(super) async fn who_said(conn: &mut Conn, key: &str) -> Result<Option<Id>> {
    sql("SELECT ticket_id FROM said_once WHERE key = $1").bind(key).scalar(conn, "ticket_id").await
}

pub(super) async fn insert_bounce(tx: &mut Tx, id: Id, bounced: &Bounced) -> Result<()> {
    sql("INSERT INTO bounces (id, message_id, recipient, status, hard, delayed, proved, reason, received_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(id)
    .bind(bounced.message)
    .bind(bounced.recipient.as_deref())
    .bind(bounced.status.as_deref())
    .bind(bounced.hard)
    .bind(bounced.delayed)
    .bind(bounced.proved)
    .bind(bounced.reason.as_deref())
    .bind(bounced.received_at)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn bounces_of_message(conn: &mut Conn, message: Id) -> Result<Vec<Bounced>> {
    let rows = sql("SELECT message_id, recipient, status, hard, delayed, proved, reason, received_at FROM bounces
        WHERE message_id = $1 ORDER BY id LIMIT 100")
    .bind(message)
    .all(conn)
    .await?;
    rows.iter().map(bounced).collect()
}

pub(super) async fn bounces_of_ticket(conn: &mut Conn, ticket: Id, limit: u32) -> Result<Vec<Bounced>> {
    let rows = sql("SELECT bounces.message_id AS message_id, bounces.recipient AS recipient, status, hard, delayed, proved, reason,
        received_at FROM messages JOIN bounces ON bounces.message_id = messages.id
        WHERE messages.ticket_id = $1 OR messages.via_ticket_id = $1 ORDER BY bounces.id DESC")
    .bind(ticket)
    .limit(limit)
    .all(conn)
    .await?;
    rows.iter().rev().map(bounced).collect()
}

fn bounced(row: &Row) -> Result<Bounced> {
    Ok(Bounced {
        message: row.get("message_id")?,
        recipient: row.get("recipient")?,
        status: row.get("status")?,
        hard: row.get("hard")?,
        delayed: row.get("delayed")?,
        proved: row.get("proved")?,
        reason: row.get("reason")?,
        received_at: row.get("received_at")?,
    })
}

/// How many automatic mails went to an address since then; counted no further than `most`.
pub(super) async fn automatic_since(conn: &mut Conn, address: &str, since: Timestamp, most: u32) -> Result<usize> {
    let rows = sql("SELECT id FROM messages WHERE recipient = $1 AND kind = 'automatic' AND created_at > $2")
        .bind(address)
        .bind(since)
        .limit(most)
        .all(conn)
        .await?;
    Ok(rows.len())
}

fn message(row: &Row) -> Result<Message> {
    let kind: String = row.get("kind")?;
    Ok(Message {
        id: row.get("id")?,
        ticket: row.get("ticket_id")?,
        via_ticket: row.get("via_ticket_id")?,
        kind: [Kind::Reply, Kind::Note, Kind::Incoming, Kind::Automatic]
            .into_iter()
            .find(|known| known.as_str() == kind)
            .ok_or_else(|| store::Error::Column {
                column: "kind".to_owned(),
                reason: format!("{kind:?} is no kind"),
            })?,
        channel: row.get("channel")?,
        automatic: row.get("automatic")?,
        author: Author { kind: row.get("author_kind")?, id: row.get("author_id")?, name: row.get("author_name")? },
        reply_name: row.get("reply_name")?,
        recipient: row.get("recipient")?,
        copies: copies::read(row.get::<Option<String>>("copies")?.as_deref()),
        subject: row.get("subject")?,
        text: row.get("text")?,
        html: row.get("html")?,
        delivery: row.get("delivery")?,
        created_at: row.get("created_at")?,
    })
}
