use jiff::Timestamp;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::{Draft, File, Kind, NewDraft};

pub(super) async fn of_ticket(conn: &mut Conn, writer: &str, ticket: Id) -> Result<Vec<Draft>> {
    let rows = sql("SELECT kind, party, text, updated_at FROM drafts WHERE writer = $1 AND ticket_id = $2")
        .bind(writer)
        .bind(ticket)
        .all(conn)
        .await?;
    rows.iter().map(draft).collect()
}

/// Keeps words where none are kept, or those that were read; says how many drafts that were.
pub(super) async fn keep(
    tx: &mut Tx,
    writer: &str,
    ticket: Id,
    draft: &NewDraft,
    (kept, text): (&str, &str),
    now: Timestamp,
) -> Result<u64> {
    sql("INSERT INTO drafts (writer, ticket_id, kind, party, text, updated_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (writer, ticket_id, kind) DO UPDATE SET party = excluded.party, text = excluded.text,
        updated_at = excluded.updated_at WHERE drafts.text = $7")
    .bind(writer)
    .bind(ticket)
    .bind(draft.kind.as_str())
    .bind(&draft.party)
    .bind(text)
    .bind(now)
    .bind(kept)
    .execute(tx)
    .await
}

/// Takes away the words that were read, and no others.
pub(super) async fn forget(tx: &mut Tx, writer: &str, ticket: Id, kind: Kind, kept: &str) -> Result<u64> {
    sql("DELETE FROM drafts WHERE writer = $1 AND ticket_id = $2 AND kind = $3 AND text = $4")
        .bind(writer)
        .bind(ticket)
        .bind(kind.as_str())
        .bind(kept)
        .execute(tx)
        .await
}

pub(super) async fn remove(tx: &mut Tx, writer: &str, ticket: Id, kind: Kind) -> Result<()> {
    sql("DELETE FROM drafts WHERE writer = $1 AND ticket_id = $2 AND kind = $3")
        .bind(writer)
        .bind(ticket)
        .bind(kind.as_str())
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn files(conn: &mut Conn, writer: &str, ticket: Id) -> Result<Vec<(Kind, File)>> {
    let rows = sql("SELECT id, draft, name, kind, size, storage_key FROM draft_files
        WHERE writer = $1 AND ticket_id = $2 ORDER BY id")
    .bind(writer)
    .bind(ticket)
    .all(conn)
    .await?;
    rows.iter().map(|row| Ok((Kind::named(&row.get::<String>("draft")?), file(row)?))).collect()
}

pub(super) async fn attach(
    tx: &mut Tx,
    writer: &str,
    ticket: Id,
    kind: Kind,
    file: &File,
    now: Timestamp,
) -> Result<()> {
    sql("INSERT INTO draft_files (id, writer, ticket_id, draft, name, kind, size, storage_key, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(file.id)
    .bind(writer)
    .bind(ticket)
    .bind(kind.as_str())
    .bind(&file.name)
    .bind(&file.kind)
    .bind(file.size)
    .bind(&file.storage_key)
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn detach(tx: &mut Tx, writer: &str, ticket: Id, file: Id) -> Result<u64> {
    sql("DELETE FROM draft_files WHERE id = $1 AND writer = $2 AND ticket_id = $3")
        .bind(file)
        .bind(writer)
        .bind(ticket)
        .execute(tx)
        .await
}

/// Takes away the oldest files, a hundred at most, that came before `until` and beside which no words were saved since; where their
/// bytes stand.
pub(super) async fn forget_files(tx: &mut Tx, until: Timestamp) -> Result<Vec<String>> {
    let rows = sql("DELETE FROM draft_files WHERE id IN (
            SELECT draft_files.id FROM draft_files
            LEFT JOIN drafts ON drafts.writer = draft_files.writer AND drafts.ticket_id = draft_files.ticket_id
                AND drafts.kind = draft_files.draft
            WHERE draft_files.created_at < $1 AND (drafts.updated_at IS NULL OR drafts.updated_at < $1)
            ORDER BY draft_files.id LIMIT 100
        ) RETURNING storage_key")
    .bind(until)
    .all(tx)
    .await?;
    rows.iter().map(|row| row.get("storage_key")).collect()
}

fn draft(row: &Row) -> Result<Draft> {
    Ok(Draft {
        kind: Kind::named(&row.get::<String>("kind")?),
        party: row.get("party")?,
        text: row.get("text")?,
        files: Vec::new(),
        updated_at: Some(row.get("updated_at")?),
    })
}

/// A file from its row.
pub(crate) fn file(row: &Row) -> Result<File> {
    Ok(File {
        id: row.get("id")?,
        name: row.get("name")?,
        kind: row.get("kind")?,
        size: row.get("size")?,
        storage_key: row.get("storage_key")?,
    })
}
