use jiff::Timestamp;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::sessions::Session;
use super::{Account, PasswordHash, Profile};
use crate::Role;
use crate::agents::Agent;

const ACCOUNTS: &str =
    "SELECT id, name, address, role, active, password, language, time_zone, undo_seconds FROM agents";

const SESSIONS: &str = "SELECT id, agent_id, device, created_at, seen_at, ends_at FROM sessions";

pub(super) async fn find(conn: &mut Conn, agent: Id) -> Result<Option<Account>> {
    sql(format!("{ACCOUNTS} WHERE id = $1")).bind(agent).optional(conn).await?.as_ref().map(account).transpose()
}

pub(super) async fn find_by_address(conn: &mut Conn, address: &str) -> Result<Option<Account>> {
    let row = sql(format!("{ACCOUNTS} WHERE address = $1")).bind(address).optional(conn).await?;
    row.as_ref().map(account).transpose()
}

pub(super) async fn all(conn: &mut Conn) -> Result<Vec<Account>> {
    let rows = sql(format!("{ACCOUNTS} ORDER BY active DESC, name, id")).all(conn).await?;
    rows.iter().map(account).collect()
}

pub(super) async fn has_owner(conn: &mut Conn) -> Result<bool> {
    let row = sql("SELECT id FROM agents WHERE role = 'owner' AND active = $1 AND password IS NOT NULL LIMIT 1")
        .bind(true)
        .optional(conn)
        .await?;
    Ok(row.is_some())
}

pub(super) async fn note_set_up(tx: &mut Tx) -> Result<u64> {
    sql("INSERT INTO settings (name, value) VALUES ('set_up', 'done') ON CONFLICT (name) DO NOTHING").execute(tx).await
}

pub(super) async fn lock_owners(tx: &mut Tx) -> Result<Vec<Id>> {
    let rows = sql("SELECT id FROM agents WHERE role = 'owner' AND active = $1 AND password IS NOT NULL ORDER BY id")
        .bind(true)
        .locking()
        .all(tx)
        .await?;
    rows.iter().map(|row| row.get("id")).collect()
}

pub(super) async fn set_password(tx: &mut Tx, agent: Id, password: &str) -> Result<()> {
    sql("UPDATE agents SET password = $2 WHERE id = $1").bind(agent).bind(password).execute(tx).await.map(drop)
}

pub(super) async fn forget_password(tx: &mut Tx, agent: Id) -> Result<()> {
    sql("UPDATE agents SET password = NULL WHERE id = $1").bind(agent).execute(tx).await.map(drop)
}

pub(super) async fn set_role(tx: &mut Tx, agent: Id, role: Role) -> Result<()> {
    sql("UPDATE agents SET role = $2 WHERE id = $1").bind(agent).bind(role.as_str()).execute(tx).await.map(drop)
}

pub(super) async fn set_active(tx: &mut Tx, agent: Id, active: bool) -> Result<()> {
    sql("UPDATE agents SET active = $2 WHERE id = $1").bind(agent).bind(active).execute(tx).await.map(drop)
}

pub(super) async fn keep_profile(tx: &mut Tx, agent: Id, profile: &Profile) -> Result<()> {
    sql("UPDATE agents SET name = $2, language = $3, time_zone = $4, undo_seconds = $5 WHERE id = $1")
        .bind(agent)
        .bind(profile.name.trim())
        .bind(profile.language.as_deref())
        .bind(profile.time_zone.as_deref())
        .bind(profile.undo_seconds)
        .execute(tx)
        .await
        .map(drop)
}

// Sessions -------------------------------------------------------------------------------------------------------------

pub(super) async fn insert_session(tx: &mut Tx, session: &Session, digest: &str) -> Result<()> {
    sql("INSERT INTO sessions (id, digest, agent_id, device, created_at, seen_at, ends_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)")
    .bind(session.id)
    .bind(digest)
    .bind(session.agent)
    .bind(&session.device)
    .bind(session.created_at)
    .bind(session.seen_at)
    .bind(session.ends_at)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn find_session(conn: &mut Conn, digest: &str) -> Result<Option<Session>> {
    let row = sql(format!("{SESSIONS} WHERE digest = $1")).bind(digest).optional(conn).await?;
    row.as_ref().map(read_session).transpose()
}

pub(super) async fn session(conn: &mut Conn, id: Id) -> Result<Option<Session>> {
    sql(format!("{SESSIONS} WHERE id = $1")).bind(id).optional(conn).await?.as_ref().map(read_session).transpose()
}

pub(super) async fn sessions_of(conn: &mut Conn, agent: Id) -> Result<Vec<Session>> {
    let rows =
        sql(format!("{SESSIONS} WHERE agent_id = $1 ORDER BY seen_at DESC, id DESC")).bind(agent).all(conn).await?;
    rows.iter().map(read_session).collect()
}

pub(super) async fn note_seen(tx: &mut Tx, session: Id, now: Timestamp) -> Result<()> {
    sql("UPDATE sessions SET seen_at = $2 WHERE id = $1").bind(session).bind(now).execute(tx).await.map(drop)
}

pub(super) async fn remove_session(tx: &mut Tx, agent: Id, session: Id) -> Result<u64> {
    sql("DELETE FROM sessions WHERE id = $1 AND agent_id = $2").bind(session).bind(agent).execute(tx).await
}

pub(super) async fn remove_other_sessions(tx: &mut Tx, agent: Id, kept: Id) -> Result<()> {
    sql("DELETE FROM sessions WHERE agent_id = $1 AND id <> $2").bind(agent).bind(kept).execute(tx).await.map(drop)
}

pub(super) async fn remove_sessions(tx: &mut Tx, agent: Id) -> Result<()> {
    sql("DELETE FROM sessions WHERE agent_id = $1").bind(agent).execute(tx).await.map(drop)
}

pub(super) async fn remove_sessions_over(tx: &mut Tx, now: Timestamp, seen_before: Timestamp) -> Result<()> {
    sql("DELETE FROM sessions WHERE ends_at <= $1 OR seen_at <= $2")
        .bind(now)
        .bind(seen_before)
        .execute(tx)
        .await
        .map(drop)
}

// Known browsers -------------------------------------------------------------------------------------------------------

pub(super) async fn insert_device(tx: &mut Tx, digest: &str, agent: Id, now: Timestamp) -> Result<()> {
    sql("INSERT INTO known_devices (digest, agent_id, seen_at) VALUES ($1, $2, $3)")
        .bind(digest)
        .bind(agent)
        .bind(now)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn knows_device(conn: &mut Conn, digest: &str, agent: Id) -> Result<bool> {
    let row = sql("SELECT agent_id FROM known_devices WHERE digest = $1 AND agent_id = $2")
        .bind(digest)
        .bind(agent)
        .optional(conn)
        .await?;
    Ok(row.is_some())
}

pub(super) async fn forget_device(tx: &mut Tx, digest: &str, agent: Id) -> Result<()> {
    sql("DELETE FROM known_devices WHERE digest = $1 AND agent_id = $2")
        .bind(digest)
        .bind(agent)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn forget_devices(tx: &mut Tx, agent: Id) -> Result<()> {
    sql("DELETE FROM known_devices WHERE agent_id = $1").bind(agent).execute(tx).await.map(drop)
}

pub(super) async fn forget_old_devices(tx: &mut Tx, seen_before: Timestamp) -> Result<()> {
    sql("DELETE FROM known_devices WHERE seen_at < $1").bind(seen_before).execute(tx).await.map(drop)
}

// Links ----------------------------------------------------------------------------------------------------------------

pub(super) async fn insert_link(
    tx: &mut Tx,
    digest: &str,
    kind: &str,
    agent: Option<Id>,
    ends_at: Timestamp,
) -> Result<()> {
    sql("INSERT INTO links (digest, kind, agent_id, ends_at) VALUES ($1, $2, $3, $4)")
        .bind(digest)
        .bind(kind)
        .bind(agent)
        .bind(ends_at)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn find_link(conn: &mut Conn, digest: &str, kind: &str) -> Result<Option<(Option<Id>, Timestamp)>> {
    let row = sql("SELECT agent_id, ends_at FROM links WHERE digest = $1 AND kind = $2")
        .bind(digest)
        .bind(kind)
        .optional(conn)
        .await?;
    row.map(|row| Ok((row.get("agent_id")?, row.get("ends_at")?))).transpose()
}

pub(super) async fn remove_link(tx: &mut Tx, digest: &str, kind: &str) -> Result<u64> {
    sql("DELETE FROM links WHERE digest = $1 AND kind = $2").bind(digest).bind(kind).execute(tx).await
}

pub(super) async fn remove_links_of(tx: &mut Tx, agent: Id) -> Result<()> {
    sql("DELETE FROM links WHERE agent_id = $1").bind(agent).execute(tx).await.map(drop)
}

pub(super) async fn remove_links_for(tx: &mut Tx, kind: &str) -> Result<()> {
    sql("DELETE FROM links WHERE kind = $1").bind(kind).execute(tx).await.map(drop)
}

pub(super) async fn remove_links_over(tx: &mut Tx, now: Timestamp) -> Result<()> {
    sql("DELETE FROM links WHERE ends_at <= $1").bind(now).execute(tx).await.map(drop)
}

// Attempts -------------------------------------------------------------------------------------------------------------

pub(super) async fn make_attempt(tx: &mut Tx, key: &str, now: Timestamp) -> Result<()> {
    sql("INSERT INTO attempts (key, count, free_at, last_at) VALUES ($1, 0, 0, $2) ON CONFLICT (key) DO NOTHING")
        .bind(key)
        .bind(now)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn lock_attempt(tx: &mut Tx, key: &str) -> Result<(i64, Timestamp, Timestamp)> {
    let row = sql("SELECT count, free_at, last_at FROM attempts WHERE key = $1").bind(key).locking().one(tx).await?;
    Ok((row.get("count")?, row.get("free_at")?, row.get("last_at")?))
}

pub(super) async fn count_attempt(
    tx: &mut Tx,
    key: &str,
    count: i64,
    free_at: Timestamp,
    now: Timestamp,
) -> Result<()> {
    sql("UPDATE attempts SET count = $2, free_at = $3, last_at = $4 WHERE key = $1")
        .bind(key)
        .bind(count)
        .bind(free_at)
        .bind(now)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn take_attempt_back(tx: &mut Tx, key: &str, now: Timestamp) -> Result<()> {
    sql("UPDATE attempts SET count = count - 1, free_at = $2 WHERE key = $1 AND count > 0")
        .bind(key)
        .bind(now)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn remove_attempt(tx: &mut Tx, key: &str) -> Result<()> {
    sql("DELETE FROM attempts WHERE key = $1").bind(key).execute(tx).await.map(drop)
}

pub(super) async fn remove_old_attempts(tx: &mut Tx, before: Timestamp) -> Result<()> {
    sql("DELETE FROM attempts WHERE last_at < $1").bind(before).execute(tx).await.map(drop)
}

fn account(row: &Row) -> Result<Account> {
    let role: String = row.get("role")?;
    let unknown = |error: crate::Error| store::Error::Column { column: "role".to_owned(), reason: error.message };
    let agent = Agent {
        id: row.get("id")?,
        name: row.get("name")?,
        address: row.get("address")?,
        role: role.parse().map_err(unknown)?,
    };
    Ok(Account {
        agent,
        active: row.get("active")?,
        password: row.get::<Option<String>>("password")?.map(PasswordHash::stored),
        language: row.get("language")?,
        time_zone: row.get("time_zone")?,
        undo_seconds: row.get("undo_seconds")?,
    })
}

fn read_session(row: &Row) -> Result<Session> {
    Ok(Session {
        id: row.get("id")?,
        agent: row.get("agent_id")?,
        device: row.get("device")?,
        created_at: row.get("created_at")?,
        seen_at: row.get("seen_at")?,
        ends_at: row.get("ends_at")?,
    })
}
