use jiff::Timestamp;
use serde_json::{Value, json};
use store::{Conn, Id, Result, sql};

/// A ticket that holds something of somebody.
pub(super) struct Ticket {
    pub(super) id: Id,
    pub(super) is_theirs: bool,
    pub(super) data: Value,
}

/// Their tickets, and those on which they wrote.
pub(super) async fn tickets_of(conn: &mut Conn, contact: Id, limit: u32) -> Result<Vec<Ticket>> {
    let rows = sql("SELECT id, number, subject, status, playbook, fields, requester_id, created_at, closed_at FROM tickets
        WHERE requester_id = $1 OR id IN (SELECT ticket_id FROM messages WHERE author_kind = 'contact' AND author_id = $1)
        ORDER BY id")
    .bind(contact)
    .limit(limit)
    .all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            let is_theirs = row.get::<Id>("requester_id")? == contact;
            let (created, closed): (Timestamp, Option<Timestamp>) = (row.get("created_at")?, row.get("closed_at")?);
            let mut data = json!({"number": row.get::<i64>("number")?, "created_at": created, "closed_at": closed});
            if is_theirs {
                data["subject"] = Value::from(row.get::<String>("subject")?);
                data["status"] = Value::from(row.get::<String>("status")?);
                data["procedure"] = Value::from(row.get::<String>("playbook")?);
                data["fields"] = serde_json::from_str(&row.get::<String>("fields")?).unwrap_or_default();
            }
            Ok(Ticket { id: row.get("id")?, is_theirs, data })
        })
        .collect()
}

/// The messages of a ticket: all of theirs, and of another one what they wrote.
pub(super) async fn messages_of(conn: &mut Conn, ticket: Id, contact: Id, is_theirs: bool) -> Result<Vec<(Id, Value)>> {
    let rows =
        sql("SELECT id, kind, channel, author_kind, author_id, author_name, recipient, subject, text, html, created_at
        FROM messages WHERE ticket_id = $1 ORDER BY id")
        .bind(ticket)
        .all(conn)
        .await?;
    let mut messages = Vec::new();
    for row in rows {
        let kind: String = row.get("author_kind")?;
        let wrote = kind == "contact" && row.get::<Option<Id>>("author_id")? == Some(contact);
        if !wrote && !is_theirs {
            continue;
        }
        let at: Timestamp = row.get("created_at")?;
        let data = json!({
            "kind": row.get::<String>("kind")?,
            "channel": row.get::<String>("channel")?,
            "author": row.get::<String>("author_name")?,
            "to": row.get::<Option<String>>("recipient")?,
            "subject": row.get::<Option<String>>("subject")?,
            "text": row.get::<String>("text")?,
            "html": row.get::<Option<String>>("html")?,
            "at": at,
        });
        messages.push((row.get("id")?, data));
    }
    Ok(messages)
}
