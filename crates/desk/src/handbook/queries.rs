use store::{Conn, Result, Row, Tx, sql};

use super::Revision;

pub(super) async fn newest(conn: &mut Conn) -> Result<Option<(i64, String)>> {
    let row = sql("SELECT number, digest FROM handbook_revisions ORDER BY number DESC LIMIT 1").optional(conn).await?;
    row.map(|row| Ok((row.get("number")?, row.get("digest")?))).transpose()
}

/// The newest first.
pub(super) async fn all(conn: &mut Conn) -> Result<Vec<Revision>> {
    let rows =
        sql("SELECT number, digest, published_by, published_at, note FROM handbook_revisions ORDER BY number DESC")
            .all(conn)
            .await?;
    rows.iter().map(revision).collect()
}

/// Those before a number, the newest first.
pub(super) async fn before(conn: &mut Conn, number: i64, limit: u32) -> Result<Vec<Revision>> {
    let rows = sql("SELECT number, digest, published_by, published_at, note FROM handbook_revisions
        WHERE number < $1 ORDER BY number DESC")
    .bind(number)
    .limit(limit)
    .all(conn)
    .await?;
    rows.iter().map(revision).collect()
}

fn revision(row: &Row) -> Result<Revision> {
    Ok(Revision {
        number: row.get("number")?,
        digest: row.get("digest")?,
        published_by: row.get("published_by")?,
        published_at: row.get("published_at")?,
        note: row.get("note")?,
    })
}

pub(super) async fn files(conn: &mut Conn, number: i64) -> Result<Option<String>> {
    sql("SELECT files FROM handbook_revisions WHERE number = $1").bind(number).scalar(conn, "files").await
}

pub(super) async fn insert(tx: &mut Tx, revision: &Revision, files: &str) -> Result<()> {
    sql("INSERT INTO handbook_revisions (number, digest, files, published_by, published_at, note)
        VALUES ($1, $2, $3, $4, $5, $6)")
    .bind(revision.number)
    .bind(&revision.digest)
    .bind(files)
    .bind(&revision.published_by)
    .bind(revision.published_at)
    .bind(&revision.note)
    .execute(tx)
    .await
    .map(drop)
}
