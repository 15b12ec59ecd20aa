use jiff::Timestamp;
use store::{Conn, Result, Tx, sql};

pub(super) async fn find(conn: &mut Conn, key: &str) -> Result<Option<(String, String)>> {
    let row = sql("SELECT digest, outcome FROM receipts WHERE key = $1").bind(key).optional(conn).await?;
    row.map(|row| Ok((row.get("digest")?, row.get("outcome")?))).transpose()
}

pub(super) async fn insert(tx: &mut Tx, key: &str, digest: &str, outcome: &str, now: Timestamp) -> Result<u64> {
    sql("INSERT INTO receipts (key, digest, outcome, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (key) DO NOTHING")
        .bind(key)
        .bind(digest)
        .bind(outcome)
        .bind(now)
        .execute(tx)
        .await
}

/// The oldest receipts of requests from before `until`: 500 at most, which [`super::AT_ONCE`] says too.
pub(super) async fn forget_requests(tx: &mut Tx, until: Timestamp) -> Result<u64> {
    sql("DELETE FROM receipts WHERE key IN (SELECT key FROM receipts
        WHERE substr(key, 1, 5) = 'http:' AND created_at < $1 ORDER BY created_at LIMIT 500)")
    .bind(until)
    .execute(tx)
    .await
}
