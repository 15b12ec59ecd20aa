use jiff::Timestamp;
use store::{Conn, Id, Result, Row as Read, Tx, sql};

use super::View;
use crate::tickets::Order;

/// What is stored of a view.
pub(super) struct Row<'a> {
    pub(super) team: Option<&'a str>,
    pub(super) name: &'a str,
    pub(super) cut: &'a str,
    pub(super) order: Order,
}

pub(super) async fn of(conn: &mut Conn, agent: Id) -> Result<Vec<View>> {
    let rows = sql("SELECT id, owner_id, team, name, cut, sorted, created_at FROM views WHERE owner_id = $1
        UNION SELECT views.id, owner_id, views.team, name, cut, sorted, created_at FROM memberships
        JOIN views ON views.team = memberships.team WHERE memberships.agent_id = $1 ORDER BY id")
    .bind(agent)
    .limit(200)
    .all(conn)
    .await?;
    rows.iter().map(view).collect()
}

pub(super) async fn find(conn: &mut Conn, id: Id) -> Result<Option<View>> {
    let row = sql("SELECT id, owner_id, team, name, cut, sorted, created_at FROM views WHERE id = $1")
        .bind(id)
        .optional(conn)
        .await?;
    row.as_ref().map(view).transpose()
}

pub(super) async fn count(conn: &mut Conn, agent: Id) -> Result<i64> {
    sql("SELECT COUNT(*) AS kept FROM views WHERE owner_id = $1").bind(agent).one(conn).await?.get("kept")
}

pub(super) async fn insert(tx: &mut Tx, id: Id, owner: Id, row: &Row<'_>, now: Timestamp) -> Result<()> {
    sql("INSERT INTO views (id, owner_id, team, name, cut, sorted, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(id)
        .bind(owner)
        .bind(row.team)
        .bind(row.name)
        .bind(row.cut)
        .bind(row.order.as_str())
        .bind(now)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn change(tx: &mut Tx, id: Id, row: &Row<'_>) -> Result<()> {
    sql("UPDATE views SET team = $2, name = $3, cut = $4, sorted = $5 WHERE id = $1")
        .bind(id)
        .bind(row.team)
        .bind(row.name)
        .bind(row.cut)
        .bind(row.order.as_str())
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn remove(tx: &mut Tx, id: Id) -> Result<()> {
    sql("DELETE FROM views WHERE id = $1").bind(id).execute(tx).await.map(drop)
}

/// What a later version wrote that this one does not know lets everything through.
fn view(row: &Read) -> Result<View> {
    Ok(View {
        id: row.get("id")?,
        owner: row.get("owner_id")?,
        team: row.get("team")?,
        name: row.get("name")?,
        cut: serde_json::from_str(&row.get::<String>("cut")?).unwrap_or_default(),
        order: row.get::<String>("sorted")?.parse().unwrap_or_default(),
        created_at: row.get("created_at")?,
    })
}
