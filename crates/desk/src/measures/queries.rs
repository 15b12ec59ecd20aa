//! Each counts along an index and stops at 10,000, as [`super::COUNTED_MAX`] says.

use jiff::Timestamp;
use store::{Conn, Id, Query, Result, sql};

pub(super) async fn tickets_of(conn: &mut Conn, status: &str) -> Result<i64> {
    let counting = sql("SELECT COUNT(*) AS n FROM (SELECT id FROM tickets WHERE status = $1 LIMIT 10000) AS found");
    count(conn, counting.bind(status)).await
}

pub(super) async fn mails_waiting(conn: &mut Conn) -> Result<i64> {
    count(conn, sql("SELECT COUNT(*) AS n FROM (SELECT id FROM outbox WHERE state = 'waiting' LIMIT 10000) AS found"))
        .await
}

pub(super) async fn mails_held(conn: &mut Conn) -> Result<i64> {
    count(conn, sql("SELECT COUNT(*) AS n FROM (SELECT id FROM outbox WHERE state = 'held' LIMIT 10000) AS found"))
        .await
}

pub(super) async fn mails_failed_since(conn: &mut Conn, since: Timestamp) -> Result<i64> {
    let counting = sql(
        "SELECT COUNT(*) AS n FROM (SELECT id FROM outbox WHERE state = 'failed' AND done_at >= $1 LIMIT 10000) AS found",
    );
    count(conn, counting.bind(since)).await
}

pub(super) async fn lookups_waiting(conn: &mut Conn) -> Result<i64> {
    count(conn, sql("SELECT COUNT(*) AS n FROM (SELECT id FROM askings WHERE state = 'waiting' LIMIT 10000) AS found"))
        .await
}

pub(super) async fn first_lookup_due(conn: &mut Conn) -> Result<Option<Timestamp>> {
    sql("SELECT due_at FROM askings WHERE state = 'waiting' ORDER BY due_at LIMIT 1").scalar(conn, "due_at").await
}

pub(super) async fn events_waiting(conn: &mut Conn) -> Result<i64> {
    count(conn, sql("SELECT COUNT(*) AS n FROM (SELECT id FROM queued_events WHERE NOT parked LIMIT 10000) AS found"))
        .await
}

pub(super) async fn newest_id(conn: &mut Conn) -> Result<Option<Id>> {
    let newest =
        sql("SELECT MAX(id) AS id FROM (SELECT MAX(id) AS id FROM tickets UNION ALL SELECT MAX(id) AS id FROM messages
        UNION ALL SELECT MAX(id) AS id FROM history UNION ALL SELECT MAX(id) AS id FROM queued_events
        UNION ALL SELECT MAX(id) AS id FROM told UNION ALL SELECT MAX(id) AS id FROM dispatches) AS newest");
    newest.one(conn).await?.get("id")
}

async fn count(conn: &mut Conn, counting: Query) -> Result<i64> {
    counting.one(conn).await?.get("n")
}
