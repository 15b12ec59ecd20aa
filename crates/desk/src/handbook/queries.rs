use jiff::Timestamp;
use store::{Conn, Result, Tx, sql};

pub(super) async fn newest(conn: &mut Conn) -> Result<Option<(i64, String)>> {
    let row = sql("SELECT number, digest FROM handbook_revisions ORDER BY number DESC LIMIT 1").optional(conn).await?;
    row.map(|row| Ok((row.get("number")?, row.get("digest")?))).transpose()
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
