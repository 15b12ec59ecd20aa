use std::collections::BTreeMap;

use jiff::Timestamp;
use store::{Conn, Result, Tx, sql};

use super::Draft;

pub(super) async fn find(conn: &mut Conn, writer: &str) -> Result<Option<Draft>> {
    let row = sql("SELECT base, digest, version, updated_at FROM handbook_drafts WHERE writer = $1")
        .bind(writer)
        .optional(conn)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let rows = sql("SELECT path, text FROM handbook_draft_files WHERE writer = $1 ORDER BY path")
        .bind(writer)
        .all(conn)
        .await?;
    let files = rows.iter().map(|row| Ok((row.get("path")?, row.get("text")?)));
    Ok(Some(Draft {
        base: row.get("base")?,
        digest: row.get("digest")?,
        version: row.get("version")?,
        updated_at: row.get("updated_at")?,
        files: files.collect::<Result<BTreeMap<String, Option<String>>>>()?,
    }))
}

/// Begins a draft; an error when there is one.
pub(super) async fn begin(tx: &mut Tx, writer: &str, base: i64, digest: &str, now: Timestamp) -> Result<()> {
    sql("INSERT INTO handbook_drafts (writer, base, digest, version, updated_at) VALUES ($1, $2, $3, 0, $4)")
        .bind(writer)
        .bind(base)
        .bind(digest)
        .bind(now)
        .execute(tx)
        .await
        .map(drop)
}

/// Notes an edit of the draft of this version; whether it still has it.
pub(super) async fn touch(tx: &mut Tx, writer: &str, draft: (i64, &str, i64), now: Timestamp) -> Result<bool> {
    let (base, digest, version) = draft;
    let touched = sql("UPDATE handbook_drafts SET base = $3, digest = $4, version = version + 1, updated_at = $5
        WHERE writer = $1 AND version = $2")
    .bind(writer)
    .bind(version)
    .bind(base)
    .bind(digest)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(touched > 0)
}

pub(super) async fn keep_file(tx: &mut Tx, writer: &str, path: &str, text: Option<&str>) -> Result<()> {
    sql("INSERT INTO handbook_draft_files (writer, path, text) VALUES ($1, $2, $3)
        ON CONFLICT (writer, path) DO UPDATE SET text = excluded.text")
    .bind(writer)
    .bind(path)
    .bind(text)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn remove_file(tx: &mut Tx, writer: &str, path: &str) -> Result<()> {
    sql("DELETE FROM handbook_draft_files WHERE writer = $1 AND path = $2")
        .bind(writer)
        .bind(path)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn remove(tx: &mut Tx, writer: &str) -> Result<()> {
    sql("DELETE FROM handbook_draft_files WHERE writer = $1").bind(writer).execute(tx).await?;
    sql("DELETE FROM handbook_drafts WHERE writer = $1").bind(writer).execute(tx).await.map(drop)
}
