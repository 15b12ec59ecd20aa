use jiff::Timestamp;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::Agent;
use crate::Role;

pub(super) async fn insert(tx: &mut Tx, id: Id, name: &str, address: &str, role: Role, now: Timestamp) -> Result<()> {
    sql("INSERT INTO agents (id, name, address, role, active, created_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id)
        .bind(name)
        .bind(address)
        .bind(role.as_str())
        .bind(true)
        .bind(now)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn join_team(tx: &mut Tx, team: &str, agent: Id) -> Result<()> {
    sql("INSERT INTO memberships (team, agent_id) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(team)
        .bind(agent)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn leave_teams(tx: &mut Tx, agent: Id) -> Result<()> {
    sql("DELETE FROM memberships WHERE agent_id = $1").bind(agent).execute(tx).await.map(drop)
}

pub(super) async fn find(conn: &mut Conn, id: Id) -> Result<Option<Agent>> {
    let row = sql("SELECT id, name, address, role FROM agents WHERE id = $1").bind(id).optional(conn).await?;
    row.as_ref().map(agent).transpose()
}

pub(super) async fn find_active(conn: &mut Conn, id: Id) -> Result<Option<Agent>> {
    let row = sql("SELECT id, name, address, role FROM agents WHERE id = $1 AND active = $2")
        .bind(id)
        .bind(true)
        .optional(conn)
        .await?;
    row.as_ref().map(agent).transpose()
}

pub(super) async fn find_by_name(conn: &mut Conn, name: &str) -> Result<Option<Agent>> {
    let row = sql("SELECT id, name, address, role FROM agents WHERE name = $1 AND active = $2 ORDER BY id LIMIT 1")
        .bind(name)
        .bind(true)
        .optional(conn)
        .await?;
    row.as_ref().map(agent).transpose()
}

pub(super) async fn all(conn: &mut Conn) -> Result<Vec<Agent>> {
    let rows = sql("SELECT id, name, address, role FROM agents WHERE active = $1 ORDER BY name, id")
        .bind(true)
        .all(conn)
        .await?;
    rows.iter().map(agent).collect()
}

pub(super) async fn members(conn: &mut Conn, team: &str) -> Result<Vec<Agent>> {
    let rows = sql("SELECT id, name, address, role FROM agents JOIN memberships ON memberships.agent_id = agents.id
        WHERE memberships.team = $1 AND active = $2 ORDER BY name, id")
    .bind(team)
    .bind(true)
    .all(conn)
    .await?;
    rows.iter().map(agent).collect()
}

/// The locking rows are the team's members, so that two tickets opened at once see each other's choice.
pub(super) async fn with_fewest_open(tx: &mut Tx, team: &str) -> Result<Option<Id>> {
    sql("SELECT agent_id FROM memberships WHERE team = $1 ORDER BY agent_id").bind(team).locking().all(tx).await?;
    sql("SELECT agents.id AS id FROM agents
        JOIN memberships ON memberships.agent_id = agents.id AND memberships.team = $1
        LEFT JOIN tickets ON tickets.assignee_id = agents.id AND tickets.status IN ('open', 'pending')
        WHERE agents.active = $2 AND agents.role <> 'collaborator'
        GROUP BY agents.id
        ORDER BY COUNT(tickets.id), agents.id
        LIMIT 1")
    .bind(team)
    .bind(true)
    .scalar(tx, "id")
    .await
}

pub(super) async fn teams_of(conn: &mut Conn, agent: Id) -> Result<Vec<String>> {
    let rows = sql("SELECT team FROM memberships WHERE agent_id = $1 ORDER BY team").bind(agent).all(conn).await?;
    rows.iter().map(|row| row.get("team")).collect()
}

pub(super) async fn insert_token(
    tx: &mut Tx,
    digest: &str,
    name: &str,
    role: Role,
    agent: Option<Id>,
    now: Timestamp,
) -> Result<()> {
    sql("INSERT INTO tokens (digest, name, role, agent_id, created_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(digest)
        .bind(name)
        .bind(role.as_str())
        .bind(agent)
        .bind(now)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn find_token(conn: &mut Conn, digest: &str) -> Result<Option<Row>> {
    sql("SELECT name, role, agent_id FROM tokens WHERE digest = $1").bind(digest).optional(conn).await
}

fn agent(row: &Row) -> Result<Agent> {
    Ok(Agent {
        id: row.get("id")?,
        name: row.get("name")?,
        address: row.get("address")?,
        role: row
            .get::<String>("role")?
            .parse()
            .map_err(|error: crate::Error| store::Error::Column { column: "role".to_owned(), reason: error.message })?,
    })
}
