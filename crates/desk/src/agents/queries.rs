use jiff::Timestamp;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::tokens::{NewToken, Token};
use super::{Agent, Load};
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

pub(super) async fn keys(conn: &mut Conn, agent: Id) -> Result<Option<String>> {
    let row = sql("SELECT keys FROM agents WHERE id = $1").bind(agent).optional(conn).await?;
    row.map_or(Ok(None), |row| row.get("keys"))
}

pub(super) async fn keep_keys(tx: &mut Tx, agent: Id, keys: &str) -> Result<()> {
    sql("UPDATE agents SET keys = $2 WHERE id = $1").bind(agent).bind(keys).execute(tx).await.map(drop)
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

/// Every active member of a team with how many tickets they have open or pending, the fewest first and among equals the one who
/// joined the desk first. The order in which tickets are shared out; what is said of the work is said from the same rows. Each count
/// goes along one index; joined and grouped, every open ticket would become a row to be sorted first, which takes five times as long.
const LOADS: &str = "SELECT agents.id AS id, agents.name AS name, address, role,
    (SELECT COUNT(*) FROM tickets WHERE assignee_id = agents.id AND status = 'open')
    + (SELECT COUNT(*) FROM tickets WHERE assignee_id = agents.id AND status = 'pending') AS unfinished
    FROM agents JOIN memberships ON memberships.agent_id = agents.id AND memberships.team = $1
    WHERE agents.active = $2 AND agents.role <> 'collaborator' ORDER BY unfinished, agents.id";

pub(super) async fn loads(conn: &mut Conn, team: &str) -> Result<Vec<Load>> {
    let rows = sql(LOADS).bind(team).bind(true).all(conn).await?;
    rows.iter().map(|row| Ok(Load { agent: agent(row)?, unfinished: row.get("unfinished")? })).collect()
}

/// The locking rows are the team's members, so that two tickets opened at once see each other's choice.
pub(super) async fn lock_members(tx: &mut Tx, team: &str) -> Result<()> {
    sql("SELECT agent_id FROM memberships WHERE team = $1 ORDER BY agent_id")
        .bind(team)
        .locking()
        .all(tx)
        .await
        .map(drop)
}

pub(super) async fn teams_of(conn: &mut Conn, agent: Id) -> Result<Vec<String>> {
    let rows = sql("SELECT team FROM memberships WHERE agent_id = $1 ORDER BY team").bind(agent).all(conn).await?;
    rows.iter().map(|row| row.get("team")).collect()
}

/// Whether the name was free.
pub(super) async fn insert_token(
    tx: &mut Tx,
    digest: &str,
    name: &str,
    new: &NewToken,
    now: Timestamp,
) -> Result<bool> {
    let stored = sql("INSERT INTO tokens (digest, name, role, agent_id, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (name) DO NOTHING")
    .bind(digest)
    .bind(name)
    .bind(new.role.as_str())
    .bind(new.agent)
    .bind(now)
    .bind(new.expires_at)
    .execute(tx)
    .await?;
    Ok(stored == 1)
}

pub(super) async fn delete_token(tx: &mut Tx, name: &str) -> Result<bool> {
    Ok(sql("DELETE FROM tokens WHERE name = $1").bind(name).execute(tx).await? == 1)
}

pub(super) async fn use_token(tx: &mut Tx, digest: &str, now: Timestamp) -> Result<()> {
    sql("UPDATE tokens SET used_at = $2 WHERE digest = $1").bind(digest).bind(now).execute(tx).await.map(drop)
}

pub(super) async fn find_token(conn: &mut Conn, digest: &str, now: Timestamp) -> Result<Option<Row>> {
    sql("SELECT name, role, agent_id, used_at FROM tokens
        WHERE digest = $1 AND (expires_at IS NULL OR expires_at > $2)")
    .bind(digest)
    .bind(now)
    .optional(conn)
    .await
}

pub(super) async fn tokens(conn: &mut Conn, after: &str, limit: u32) -> Result<Vec<Token>> {
    let rows =
        sql("SELECT tokens.name AS name, tokens.role AS role, tokens.agent_id AS agent_id, agents.name AS agent_name,
        tokens.created_at AS created_at, tokens.used_at AS used_at, tokens.expires_at AS expires_at
        FROM tokens LEFT JOIN agents ON agents.id = tokens.agent_id WHERE tokens.name > $1 ORDER BY tokens.name")
        .bind(after)
        .limit(limit)
        .all(conn)
        .await?;
    rows.iter().map(token).collect()
}

fn token(row: &Row) -> Result<Token> {
    let agent = row.get::<Option<Id>>("agent_id")?;
    Ok(Token {
        name: row.get("name")?,
        role: role(row)?,
        agent: agent.zip(row.get::<Option<String>>("agent_name")?),
        created_at: row.get("created_at")?,
        used_at: row.get("used_at")?,
        expires_at: row.get("expires_at")?,
    })
}

fn agent(row: &Row) -> Result<Agent> {
    Ok(Agent { id: row.get("id")?, name: row.get("name")?, address: row.get("address")?, role: role(row)? })
}

fn role(row: &Row) -> Result<Role> {
    let wrong = |error: crate::Error| store::Error::Column { column: "role".to_owned(), reason: error.message };
    row.get::<String>("role")?.parse().map_err(wrong)
}
