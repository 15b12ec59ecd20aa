use jiff::Timestamp;
use store::dialect::words::id_list;
use store::{Conn, Id, Result, Tx, sql};

pub(super) async fn read_until(conn: &mut Conn, agent: Id) -> Result<Option<Timestamp>> {
    sql("SELECT COALESCE(read_until, created_at) AS read_until FROM agents WHERE id = $1")
        .bind(agent)
        .scalar(conn, "read_until")
        .await
}

pub(super) async fn seen(
    conn: &mut Conn,
    agent: Id,
    tickets: impl IntoIterator<Item = Id>,
) -> Result<Vec<(Id, Timestamp)>> {
    let members = conn.engine().members(2);
    let text = format!("SELECT ticket_id, changed_at FROM seen_tickets WHERE agent_id = $1 AND ticket_id IN {members}");
    let rows = sql(text).bind(agent).bind(id_list(tickets)).all(conn).await?;
    rows.iter().map(|row| Ok((row.get("ticket_id")?, row.get("changed_at")?))).collect()
}

pub(super) async fn keep(tx: &mut Tx, agent: Id, ticket: Id, changed_at: Timestamp) -> Result<()> {
    sql("INSERT INTO seen_tickets (agent_id, ticket_id, changed_at) VALUES ($1, $2, $3)
        ON CONFLICT (agent_id, ticket_id) DO UPDATE SET changed_at = excluded.changed_at")
    .bind(agent)
    .bind(ticket)
    .bind(changed_at)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn keep_up(tx: &mut Tx, agent: Id, ticket: Id, now: Timestamp) -> Result<()> {
    sql("UPDATE seen_tickets SET changed_at = $3 WHERE agent_id = $1 AND ticket_id = $2
        AND changed_at = (SELECT updated_at FROM tickets WHERE id = $2)")
    .bind(agent)
    .bind(ticket)
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn forget(tx: &mut Tx, agent: Id, ticket: Id) -> Result<()> {
    sql("DELETE FROM seen_tickets WHERE agent_id = $1 AND ticket_id = $2")
        .bind(agent)
        .bind(ticket)
        .execute(tx)
        .await
        .map(drop)
}
