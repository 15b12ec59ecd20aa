use jiff::Timestamp;
use mail::Address;
use store::{Conn, Id, Result, Row, Tx, Value, sql};

use super::Extent;
use super::marks::Marks;
use crate::messages::copies;
use crate::runs::by_hand::CORRECTED;
use crate::words::Index;

/// A message as far as it holds words.
pub(super) struct Message {
    pub(super) id: Id,
    pub(super) is_note: bool,
    pub(super) author_kind: String,
    pub(super) author: Option<Id>,
    pub(super) author_name: String,
    pub(super) recipient: Option<String>,
    pub(super) copies: Vec<Address>,
    pub(super) subject: Option<String>,
    pub(super) text: String,
    pub(super) html: Option<String>,
}

/// What stands beside the messages of a ticket: table, the column that tells its rows apart, and the columns with words.
const BESIDE: [(&str, &str, &[&str]); 9] = [
    ("history", "id", &["trace", "fault"]),
    ("queued_events", "id", &["data"]),
    ("outbox", "id", &["last_error"]),
    ("notices", "id", &["text", "facts"]),
    ("askings", "id", &["parameters", "last_error"]),
    ("questions", "id", &["asked", "text", "answers", "answer"]),
    ("suggestions", "id", &["subject", "text"]),
    ("priority_reasons", "ticket_id", &["because"]),
    ("runs", "ticket_id", &["memory"]),
];

pub(super) async fn is_stand_in(conn: &mut Conn, contact: Id) -> Result<bool> {
    let row = sql("SELECT contact_id FROM stand_ins WHERE contact_id = $1").bind(contact).optional(conn).await?;
    Ok(row.is_some())
}

pub(super) async fn extent(conn: &mut Conn, contact: Id) -> Result<Extent> {
    let row = sql("SELECT (SELECT COUNT(*) FROM tickets WHERE requester_id = $1) AS tickets,
        (SELECT COUNT(*) FROM messages JOIN tickets ON tickets.id = messages.ticket_id WHERE tickets.requester_id = $1) AS messages,
        (SELECT COUNT(*) FROM attachments JOIN messages ON messages.id = attachments.message_id
            JOIN tickets ON tickets.id = messages.ticket_id WHERE tickets.requester_id = $1) AS files")
    .bind(contact)
    .one(conn)
    .await?;
    Ok(Extent { tickets: row.get("tickets")?, messages: row.get("messages")?, files: row.get("files")? })
}

pub(super) async fn tickets_of(conn: &mut Conn, contact: Id) -> Result<Vec<Id>> {
    let rows = sql("SELECT id FROM tickets WHERE requester_id = $1
        UNION SELECT participants.ticket_id AS id FROM participants
            JOIN contact_addresses ON contact_addresses.address = participants.address
            WHERE contact_addresses.contact_id = $1
        UNION SELECT ticket_id AS id FROM messages WHERE author_kind = 'contact' AND author_id = $1")
    .bind(contact)
    .all(conn)
    .await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// The tickets on which these words stand one behind the other, in what was said or noted; of the newest 2,000 messages that hold them.
pub(super) async fn tickets_holding(conn: &mut Conn, words: Vec<String>) -> Result<Vec<Id>> {
    let wanted = conn.engine().wanted_words(&[words], false);
    let mut found = Vec::new();
    for index in [Index::Said, Index::Noted] {
        let hits = conn.engine().newest_words(index.table(), 1, 2, "");
        let text =
            format!("SELECT messages.ticket_id AS id FROM ({hits}) AS hits JOIN messages ON messages.id = hits.id");
        let rows = sql(text).bind(&wanted).bind(Id(i64::MAX)).all(conn).await?;
        for row in rows {
            found.push(row.get("id")?);
        }
        let text = format!("SELECT tickets.id AS id FROM ({hits}) AS hits JOIN tickets ON tickets.id = hits.id");
        for row in sql(text).bind(&wanted).bind(Id(i64::MAX)).all(conn).await? {
            found.push(row.get("id")?);
        }
    }
    Ok(found)
}

pub(super) async fn messages(tx: &mut Tx, ticket: Id) -> Result<Vec<Message>> {
    let rows = sql(
        "SELECT id, kind, author_kind, author_id, author_name, recipient, copies, subject, text, html FROM messages
        WHERE ticket_id = $1 OR via_ticket_id = $1 ORDER BY id",
    )
    .bind(ticket)
    .all(tx)
    .await?;
    rows.iter().map(message).collect()
}

fn message(row: &Row) -> Result<Message> {
    Ok(Message {
        id: row.get("id")?,
        is_note: row.get::<String>("kind")? == "note",
        author_kind: row.get("author_kind")?,
        author: row.get("author_id")?,
        author_name: row.get("author_name")?,
        recipient: row.get("recipient")?,
        copies: copies::read(row.get::<Option<String>>("copies")?.as_deref()),
        subject: row.get("subject")?,
        text: row.get("text")?,
        html: row.get("html")?,
    })
}

pub(super) async fn set_words(
    tx: &mut Tx,
    message: Id,
    author: &str,
    (recipient, copies): (Option<String>, &[Address]),
    subject: Option<String>,
    text: &str,
    html: Option<String>,
) -> Result<()> {
    sql("UPDATE messages SET author_name = $2, recipient = $3, subject = $4, text = $5, html = $6, copies = $7 WHERE id = $1")
        .bind(message)
        .bind(author)
        .bind(recipient)
        .bind(subject)
        .bind(text)
        .bind(html)
        .bind(copies::written(copies))
        .execute(tx)
        .await
        .map(drop)
}

/// A mail that has not left goes to nobody now.
pub(super) async fn keep_back(tx: &mut Tx, message: Id, now: Timestamp) -> Result<()> {
    sql("UPDATE outbox SET state = 'failed', done_at = $2, last_error = NULL
        WHERE message_id = $1 AND state IN ('waiting', 'held')")
    .bind(message)
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

/// Takes the files of a message away, and what ties mails to it; gives their keys on the shelf.
pub(super) async fn forget_files(tx: &mut Tx, message: Id) -> Result<Vec<String>> {
    let rows = sql("SELECT storage_key FROM attachments WHERE message_id = $1").bind(message).all(tx).await?;
    sql("DELETE FROM attachments WHERE message_id = $1").bind(message).execute(tx).await?;
    sql("DELETE FROM mail_ids WHERE message_id = $1").bind(message).execute(tx).await?;
    sql("UPDATE bounces SET recipient = NULL, reason = NULL WHERE message_id = $1").bind(message).execute(tx).await?;
    rows.iter().map(|row| row.get("storage_key")).collect()
}

/// What was written on a ticket and has not left: drafts, replies that wait, suggestions. Gives the keys of their files.
pub(super) async fn forget_unsent(tx: &mut Tx, ticket: Id, now: Timestamp) -> Result<Vec<String>> {
    let mut keys: Vec<String> = Vec::new();
    for row in sql("SELECT storage_key FROM draft_files WHERE ticket_id = $1").bind(ticket).all(tx).await? {
        keys.push(row.get("storage_key")?);
    }
    let waiting = sql("SELECT sending_files.storage_key AS storage_key FROM sending_files
        JOIN sendings ON sendings.id = sending_files.sending_id WHERE sendings.ticket_id = $1");
    for row in waiting.bind(ticket).all(tx).await? {
        keys.push(row.get("storage_key")?);
    }
    sql("DELETE FROM sending_files WHERE sending_id IN (SELECT id FROM sendings WHERE ticket_id = $1)")
        .bind(ticket)
        .execute(tx)
        .await?;
    sql("DELETE FROM sendings WHERE ticket_id = $1").bind(ticket).execute(tx).await?;
    sql("DELETE FROM draft_files WHERE ticket_id = $1").bind(ticket).execute(tx).await?;
    sql("DELETE FROM drafts WHERE ticket_id = $1").bind(ticket).execute(tx).await?;
    sql("UPDATE suggestions SET state = 'lapsed', subject = '', text = '', send_at = NULL, suspended_send_at = NULL,
        closed_at = $2 WHERE ticket_id = $1 AND state = 'waiting'")
    .bind(ticket)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(keys)
}

/// Takes words out of what stands beside the messages of a ticket.
pub(super) async fn take_out(tx: &mut Tx, ticket: Id, marks: &Marks) -> Result<()> {
    for (table, key, columns) in BESIDE {
        let listed = columns.join(", ");
        let rows = sql(format!("SELECT {key} AS id, {listed} FROM {table} WHERE ticket_id = $1"));
        for row in rows.bind(ticket).all(tx).await? {
            let id: Id = row.get("id")?;
            for column in columns {
                let Some(text) = row.get::<Option<String>>(column)? else { continue };
                let Some(left) = marks.taken_out(&text) else { continue };
                let update = sql(format!("UPDATE {table} SET {column} = $2 WHERE {key} = $1"));
                update.bind(id).bind(left).execute(tx).await?;
            }
        }
    }
    Ok(())
}

/// What the history of a ticket tells of each field that was corrected, and the line that tells it.
pub(super) async fn corrections(conn: &mut Conn, ticket: Id) -> Result<Vec<(Id, String)>> {
    let rows = sql("SELECT id, trace FROM history WHERE ticket_id = $1 AND event = $2");
    let rows = rows.bind(ticket).bind(CORRECTED).all(conn).await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("trace")?))).collect()
}

/// Has a line of history tell this instead.
pub(super) async fn tell(tx: &mut Tx, line: Id, trace: &str) -> Result<()> {
    sql("UPDATE history SET trace = $2 WHERE id = $1").bind(line).bind(trace).execute(tx).await.map(drop)
}

/// Calls whoever did something on a ticket otherwise.
pub(super) async fn rename_actor(tx: &mut Tx, ticket: Id, contact: Id, name: &str) -> Result<()> {
    sql("UPDATE history SET actor_name = $3 WHERE ticket_id = $1 AND actor_kind = 'contact' AND actor_id = $2")
        .bind(ticket)
        .bind(contact)
        .bind(name)
        .execute(tx)
        .await
        .map(drop)
}

/// Takes away what is kept beside a ticket about somebody of these names and addresses; of a ticket of theirs all of it.
pub(super) async fn forget_beside(tx: &mut Tx, ticket: Id, known: &[String], is_theirs: bool) -> Result<()> {
    let marks = Marks::of(known.iter().map(String::as_str));
    for row in sql("SELECT key FROM said_once WHERE ticket_id = $1").bind(ticket).all(tx).await? {
        let key: String = row.get("key")?;
        if marks.taken_out(&key).is_some() {
            sql("DELETE FROM said_once WHERE key = $1").bind(&key).execute(tx).await?;
        }
    }
    for address in known {
        sql("DELETE FROM participants WHERE ticket_id = $1 AND address = $2")
            .bind(ticket)
            .bind(address)
            .execute(tx)
            .await?;
        sql("DELETE FROM caught_mails WHERE ticket_id = $1 AND recipient = $2")
            .bind(ticket)
            .bind(address)
            .execute(tx)
            .await?;
        sql("UPDATE bounces SET recipient = NULL, reason = NULL WHERE recipient = $2
            AND message_id IN (SELECT id FROM messages WHERE ticket_id = $1)")
        .bind(ticket)
        .bind(address)
        .execute(tx)
        .await?;
    }
    if is_theirs {
        sql("DELETE FROM caught_mails WHERE ticket_id = $1").bind(ticket).execute(tx).await?;
        sql("DELETE FROM kept_mails WHERE ticket_id = $1").bind(ticket).execute(tx).await?;
    }
    Ok(())
}

/// Takes away the mails that were kept and come from one of these addresses.
pub(super) async fn forget_kept_mails(tx: &mut Tx, marks: &Marks) -> Result<()> {
    for row in sql("SELECT id, sender FROM kept_mails").all(tx).await? {
        let (id, sender): (Id, String) = (row.get("id")?, row.get("sender")?);
        if marks.taken_out(&sender).is_some() {
            sql("DELETE FROM kept_mails WHERE id = $1").bind(id).execute(tx).await?;
        }
    }
    Ok(())
}

/// Takes an address out of every ticket: nobody there takes part under it, and nothing leaves for it in copy.
pub(super) async fn forget_participant(tx: &mut Tx, address: &str) -> Result<()> {
    sql("DELETE FROM outbox WHERE copy_to = $1").bind(address).execute(tx).await?;
    sql("DELETE FROM participants WHERE address = $1").bind(address).execute(tx).await.map(drop)
}

/// Empties the rows of imports that are about somebody.
pub(super) async fn forget_imported(tx: &mut Tx, contact: Id, address: &str) -> Result<()> {
    sql("UPDATE import_rows SET key = '', cells = '[]', why = '[]', stood = NULL, stands = NULL
        WHERE person_id = $1 OR key = $2")
    .bind(contact)
    .bind(address)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn erase_contact(tx: &mut Tx, contact: Id, name: &str, now: Timestamp) -> Result<()> {
    sql("DELETE FROM contact_rights WHERE contact_id = $1").bind(contact).execute(tx).await?;
    sql("DELETE FROM contact_addresses WHERE contact_id = $1").bind(contact).execute(tx).await?;
    sql("UPDATE contacts SET name = $2, organization_id = NULL, role = NULL, language = NULL, attributes = '{}',
        sorted_by = '', erased_at = $3, updated_at = $3 WHERE id = $1")
    .bind(contact)
    .bind(Value::from(name))
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}
