use store::{Conn, Id, Result, Row, Tx, sql};

use super::{Attachment, Staged};

pub(super) async fn insert(tx: &mut Tx, id: Id, message: Id, staged: &Staged) -> Result<()> {
    sql("INSERT INTO attachments (id, message_id, name, kind, size, inline, storage_key, content_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(id)
    .bind(message)
    .bind(&staged.name)
    .bind(&staged.kind)
    .bind(staged.size)
    .bind(staged.inline)
    .bind(&staged.storage_key)
    .bind(staged.content_id.as_deref())
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn of_message(conn: &mut Conn, message: Id) -> Result<Vec<Attachment>> {
    let rows =
        sql("SELECT id, name, kind, size, inline, storage_key, content_id FROM attachments WHERE message_id = $1 ORDER BY id")
            .bind(message)
            .all(conn)
            .await?;
    rows.iter().map(attachment).collect()
}

/// What came with the messages of a ticket's thread and with those written from it, each with its message.
pub(super) async fn of_ticket(conn: &mut Conn, ticket: Id) -> Result<Vec<(Id, Attachment)>> {
    let rows = sql(
        "SELECT attachments.id AS id, message_id, name, attachments.kind AS kind, size, inline, storage_key, content_id
        FROM messages JOIN attachments ON attachments.message_id = messages.id
        WHERE messages.ticket_id = $1 OR messages.via_ticket_id = $1 ORDER BY attachments.id",
    )
    .bind(ticket)
    .all(conn)
    .await?;
    rows.iter().map(|row| Ok((row.get("message_id")?, attachment(row)?))).collect()
}

pub(super) async fn find(conn: &mut Conn, id: Id) -> Result<Option<Attachment>> {
    let row = sql("SELECT id, name, kind, size, inline, storage_key, content_id FROM attachments WHERE id = $1")
        .bind(id)
        .optional(conn)
        .await?;
    row.as_ref().map(attachment).transpose()
}

/// The tickets that show the message that an attachment came with.
pub(super) async fn tickets_of(conn: &mut Conn, id: Id) -> Result<Vec<Id>> {
    let row = sql("SELECT messages.ticket_id AS ticket_id, messages.via_ticket_id AS via_ticket_id
        FROM attachments JOIN messages ON messages.id = attachments.message_id WHERE attachments.id = $1")
    .bind(id)
    .optional(conn)
    .await?;
    let Some(row) = row else { return Ok(Vec::new()) };
    Ok(std::iter::once(row.get("ticket_id")?).chain(row.get::<Option<Id>>("via_ticket_id")?).collect())
}

pub(super) async fn message_of(conn: &mut Conn, id: Id) -> Result<Option<Id>> {
    sql("SELECT message_id FROM attachments WHERE id = $1").bind(id).scalar(conn, "message_id").await
}

pub(super) async fn is_named(conn: &mut Conn, storage_key: &str) -> Result<bool> {
    let sent =
        sql("SELECT id FROM attachments WHERE storage_key = $1 LIMIT 1").bind(storage_key).optional(conn).await?;
    if sent.is_some() {
        return Ok(true);
    }
    let drafted = sql("SELECT id FROM draft_files WHERE storage_key = $1 LIMIT 1").bind(storage_key).optional(conn);
    if drafted.await?.is_some() {
        return Ok(true);
    }
    let waiting = sql("SELECT id FROM sending_files WHERE storage_key = $1 LIMIT 1").bind(storage_key).optional(conn);
    Ok(waiting.await?.is_some())
}

fn attachment(row: &Row) -> Result<Attachment> {
    Ok(Attachment {
        id: row.get("id")?,
        name: row.get("name")?,
        kind: row.get("kind")?,
        size: row.get("size")?,
        inline: row.get("inline")?,
        storage_key: row.get("storage_key")?,
        content_id: row.get("content_id")?,
    })
}
