use jiff::Timestamp;
use store::{Conn, Result, Tx, sql};

use super::Revision;

pub(super) async fn newest(conn: &mut Conn) -> Result<Option<(i64, String)>> {
    let row = sql("SELECT number, digest FROM handbook_revisions ORDER BY number DESC LIMIT 1").optional(conn).await?;
    row.map(|row| Ok((row.get("number")?, row.get("digest")?))).transpose()
}

/// The newest first.
pub(super) async fn all(conn: &mut Conn) -> Result<Vec<Revision>> {
    sql("SELECT number, digest, published_by, published_at FROM handbook_revisions ORDER BY number DESC")
        .all(conn)
        .await?
        .iter()
        .map(|row| {
            Ok(Revision {
                number: row.get("number")?,
                digest: row.get("digest")?,
                published_by: row.get("published_by")?,
                published_at: row.get("published_at")?,
            })
        })
        .collect()
}

pub(super) async fn files(conn: &mut Conn, number: i64) -> Result<Option<String>> {
    sql("SELECT files FROM handbook_revisions WHERE number = $1").bind(number).scalar(conn, "files").await
}

pub(super) async fn insert(
    tx: &mut Tx,
    number: i64,
    digest: &str,
    files: &str,
    by: &str,
    now: Timestamp,
) -> Result<()> {
    sql("INSERT INTO handbook_revisions (number, digest, files, published_by, published_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(number)
        .bind(digest)
        .bind(files)
        .bind(by)
        .bind(now)
        .execute(tx)
        .await
        .map(drop)
}
