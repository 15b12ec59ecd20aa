use jiff::Timestamp;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::claims::Leaving;
use super::hooks::{Hook, NewHook, Of};
use super::route::Told;
use super::{Dispatch, Item};
use crate::notifications::{Channel, What};
use crate::rights::Scope;
use crate::sealed::{Sealed, Secret};

pub(super) async fn has_to_route(conn: &mut Conn) -> Result<bool> {
    let told = sql("SELECT id FROM told WHERE NOT routed LIMIT 1").optional(conn).await?;
    Ok(told.is_some() || sql("SELECT id FROM notices WHERE NOT routed LIMIT 1").optional(conn).await?.is_some())
}

/// What people were told and is routed by nobody else at this moment, oldest first.
pub(super) async fn to_route(tx: &mut Tx, limit: u32) -> Result<Vec<Told>> {
    let rows = sql("SELECT id, notice_id, agent_id FROM told WHERE NOT routed ORDER BY id")
        .limit(limit)
        .claiming()
        .all(tx)
        .await?;
    let mut told = Vec::with_capacity(rows.len());
    for row in &rows {
        let notice: Id = row.get("notice_id")?;
        let about = sql("SELECT kind, facts, urgent_ticket FROM notices WHERE id = $1").bind(notice).one(tx).await?;
        told.push(Told {
            id: row.get("id")?,
            notice,
            agent: row.get("agent_id")?,
            what: what(&about)?,
            urgent_ticket: about.get::<Option<bool>>("urgent_ticket")?.unwrap_or(false),
        });
    }
    Ok(told)
}

pub(super) async fn routed(tx: &mut Tx, told: Id) -> Result<()> {
    sql("UPDATE told SET routed = $2 WHERE id = $1").bind(told).bind(true).execute(tx).await.map(drop)
}

/// The notices of which it was not looked up whether their audience has an address of its own, with the audience.
pub(super) async fn notices_to_route(tx: &mut Tx, limit: u32) -> Result<Vec<(Id, String, String)>> {
    let rows = sql("SELECT id, audience_kind, audience FROM notices WHERE NOT routed ORDER BY id")
        .limit(limit)
        .claiming()
        .all(tx)
        .await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("audience_kind")?, row.get("audience")?))).collect()
}

pub(super) async fn notice_routed(tx: &mut Tx, notice: Id) -> Result<()> {
    sql("UPDATE notices SET routed = $2 WHERE id = $1").bind(notice).bind(true).execute(tx).await.map(drop)
}

/// Makes a dispatch, unless there is one under its key.
/// Whether there was none under this key.
pub(super) async fn insert(
    tx: &mut Tx,
    id: Id,
    key: &str,
    (channel, agent, target): (Channel, Option<Id>, Option<Id>),
    due: Timestamp,
    now: Timestamp,
) -> Result<bool> {
    sql("INSERT INTO dispatches (id, key, channel, agent_id, target_id, state, attempts, due_at, claimed_until, created_at)
        VALUES ($1, $2, $3, $4, $5, 'waiting', 0, $6, 0, $7) ON CONFLICT (key) DO NOTHING")
    .bind(id)
    .bind(key)
    .bind(channel.as_str())
    .bind(agent)
    .bind(target)
    .bind(due)
    .bind(now)
    .execute(tx)
    .await
    .map(|made| made == 1)
}

/// The dispatch under a key that nobody has ever taken up, locked.
pub(super) async fn open(tx: &mut Tx, key: &str) -> Result<Option<Id>> {
    let row =
        sql("SELECT id FROM dispatches WHERE key = $1 AND state = 'waiting' AND attempts = 0 AND claimed_until = 0")
            .bind(key)
            .locking()
            .optional(tx)
            .await?;
    row.map(|row| row.get("id")).transpose()
}

pub(super) async fn attach(tx: &mut Tx, dispatch: Id, notice: Id) -> Result<()> {
    sql("INSERT INTO dispatched (dispatch_id, notice_id) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(dispatch)
        .bind(notice)
        .execute(tx)
        .await
        .map(drop)
}

/// What is due and claimed by nobody, oldest first.
const MAILS_DUE: &str = "SELECT id, channel, agent_id, target_id, attempts FROM dispatches
    WHERE state = 'waiting' AND channel = 'mail' AND due_at <= $1 AND claimed_until <= $2 ORDER BY due_at, id";
const POSTS_DUE: &str = "SELECT id, channel, agent_id, target_id, attempts FROM dispatches
    WHERE state = 'waiting' AND channel <> 'mail' AND due_at <= $1 AND claimed_until <= $2 ORDER BY due_at, id";

fn due(leaving: Leaving) -> &'static str {
    match leaving {
        Leaving::Mail => MAILS_DUE,
        Leaving::Posts => POSTS_DUE,
    }
}

/// Claims what is due until `until`, by the clock that nobody moves.
pub(super) async fn claim(
    tx: &mut Tx,
    leaving: Leaving,
    (now, real_now): (Timestamp, Timestamp),
    until: Timestamp,
    limit: u32,
) -> Result<Vec<Dispatch>> {
    let rows = sql(due(leaving)).bind(now).bind(real_now).limit(limit).claiming().all(tx).await?;
    let claimed = rows.iter().map(dispatch).collect::<Result<Vec<_>>>()?;
    for one in &claimed {
        sql("UPDATE dispatches SET claimed_until = $2 WHERE id = $1").bind(one.id).bind(until).execute(tx).await?;
    }
    Ok(claimed)
}

pub(super) async fn is_due(conn: &mut Conn, leaving: Leaving, now: Timestamp, real_now: Timestamp) -> Result<bool> {
    Ok(sql(due(leaving)).bind(now).bind(real_now).limit(1).optional(conn).await?.is_some())
}

pub(super) async fn next_due(conn: &mut Conn) -> Result<Option<Timestamp>> {
    sql("SELECT due_at FROM dispatches WHERE state = 'waiting' AND channel = 'mail' ORDER BY due_at, id LIMIT 1")
        .scalar(conn, "due_at")
        .await
}

pub(super) async fn release_claims(tx: &mut Tx, ends_after: Timestamp) -> Result<u64> {
    let query = sql("UPDATE dispatches SET claimed_until = 0 WHERE state = 'waiting' AND claimed_until > $1");
    query.bind(ends_after).execute(tx).await
}

pub(super) async fn give_up_waiting(tx: &mut Tx, error: &str) -> Result<u64> {
    sql("UPDATE told SET routed = $1 WHERE NOT routed").bind(true).execute(tx).await?;
    sql("UPDATE notices SET routed = $1 WHERE NOT routed").bind(true).execute(tx).await?;
    sql("UPDATE dispatches SET state = 'failed', last_error = $1 WHERE state = 'waiting'").bind(error).execute(tx).await
}

pub(super) async fn done(tx: &mut Tx, id: Id) -> Result<()> {
    sql("UPDATE dispatches SET state = 'sent', last_error = NULL WHERE id = $1").bind(id).execute(tx).await.map(drop)
}

pub(super) async fn try_later(tx: &mut Tx, id: Id, due: Timestamp, error: &str) -> Result<()> {
    sql("UPDATE dispatches SET attempts = attempts + 1, due_at = $2, claimed_until = 0, last_error = $3 WHERE id = $1")
        .bind(id)
        .bind(due)
        .bind(error)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn give_up(tx: &mut Tx, id: Id, error: &str) -> Result<()> {
    sql("UPDATE dispatches SET state = 'failed', attempts = attempts + 1, last_error = $2 WHERE id = $1")
        .bind(id)
        .bind(error)
        .execute(tx)
        .await
        .map(drop)
}

/// What a reader is still to be told, oldest first: what they may see and have not read in their list.
pub(super) async fn items(tx: &mut Tx, dispatch: Id, (agent, scope): (Id, Scope)) -> Result<Vec<Item>> {
    let seen = scope.condition(2);
    let seen = seen.map_or_else(String::new, |(_, seen)| format!(" AND notices.ticket_id IS NOT NULL AND {seen}"));
    let text = format!(
        "SELECT notices.kind AS kind, notices.facts AS facts, notices.created_at AS created_at, tickets.id AS ticket_id,
        tickets.number AS number, tickets.subject AS subject, tickets.merged_into_id AS merged_into_id
        FROM dispatched JOIN notices ON notices.id = dispatched.notice_id
        JOIN told ON told.notice_id = notices.id AND told.agent_id = $2
        LEFT JOIN tickets ON tickets.id = notices.ticket_id
        WHERE dispatched.dispatch_id = $1 AND (told.unread OR NOT told.listed){seen} ORDER BY notices.id"
    );
    let rows = sql(text).bind(dispatch).bind(agent).all(tx).await?;
    items_of(&rows)
}

fn items_of(rows: &[Row]) -> Result<Vec<Item>> {
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(what) = what(row)? else { continue };
        let ticket = match row.get::<Option<Id>>("ticket_id")? {
            Some(ticket) => Some((ticket, row.get("number")?, row.get("subject")?)),
            None => None,
        };
        let is_merged = row.get::<Option<Id>>("merged_into_id")?.is_some();
        items.push(Item { what, ticket, is_merged, told_at: row.get("created_at")? });
    }
    Ok(items)
}

pub(super) async fn mailed_to(conn: &mut Conn, dispatch: Id) -> Result<Option<Id>> {
    let row =
        sql("SELECT agent_id FROM dispatches WHERE id = $1 AND channel = 'mail'").bind(dispatch).optional(conn).await?;
    row.map_or(Ok(None), |row| row.get("agent_id"))
}

pub(super) async fn last_failure(conn: &mut Conn, agent: Id) -> Result<Option<String>> {
    let row = sql("SELECT state, last_error FROM dispatches
        WHERE agent_id = $1 AND channel = 'mail' AND (state <> 'waiting' OR attempts > 0) ORDER BY id DESC LIMIT 1")
    .bind(agent)
    .optional(conn)
    .await?;
    row.map_or(Ok(None), |row| row.get("last_error"))
}

fn what(row: &Row) -> Result<Option<What>> {
    let (kind, facts): (Option<String>, Option<String>) = (row.get("kind")?, row.get("facts")?);
    Ok(kind.zip(facts).and_then(|(kind, facts)| What::of(&kind, &facts)))
}

fn dispatch(row: &Row) -> Result<Dispatch> {
    Ok(Dispatch {
        id: row.get("id")?,
        channel: channel(row)?,
        agent: row.get("agent_id")?,
        target: row.get("target_id")?,
        attempts: row.get("attempts")?,
    })
}

pub(super) async fn next_post_due(conn: &mut Conn) -> Result<Option<Timestamp>> {
    sql("SELECT due_at FROM dispatches WHERE state = 'waiting' AND channel <> 'mail' ORDER BY due_at, id LIMIT 1")
        .scalar(conn, "due_at")
        .await
}

/// What an audience is to be told, whoever has read it in their own list.
pub(super) async fn all_items(tx: &mut Tx, dispatch: Id) -> Result<Vec<Item>> {
    let rows = sql("SELECT notices.kind AS kind, notices.facts AS facts, notices.created_at AS created_at,
        tickets.id AS ticket_id, tickets.number AS number, tickets.subject AS subject,
        tickets.merged_into_id AS merged_into_id
        FROM dispatched JOIN notices ON notices.id = dispatched.notice_id
        LEFT JOIN tickets ON tickets.id = notices.ticket_id WHERE dispatched.dispatch_id = $1 ORDER BY notices.id")
    .bind(dispatch)
    .all(tx)
    .await?;
    items_of(&rows)
}

const HOOKS: &str =
    "SELECT id, channel, agent_id, audience_kind, audience, language, host, last_error, created_at FROM notice_hooks";

pub(super) async fn insert_hook(
    tx: &mut Tx,
    id: Id,
    new: &NewHook,
    (host, address): (&str, &Sealed<Secret>),
    now: Timestamp,
) -> Result<()> {
    let agent = match &new.of {
        Of::Agent(agent) => Some(*agent),
        _ => None,
    };
    let (kind, audience) = new.of.audience().unzip();
    sql("INSERT INTO notice_hooks (id, channel, agent_id, audience_kind, audience, language, host, address, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(id)
    .bind(new.channel.as_str())
    .bind(agent)
    .bind(kind)
    .bind(audience)
    .bind(&new.language)
    .bind(host)
    .bind(address.bytes().to_vec())
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn remove_hook(tx: &mut Tx, id: Id) -> Result<()> {
    sql("DELETE FROM notice_hooks WHERE id = $1").bind(id).execute(tx).await.map(drop)
}

pub(super) async fn note_hook(tx: &mut Tx, id: Id, error: Option<&str>) -> Result<()> {
    sql("UPDATE notice_hooks SET last_error = $2 WHERE id = $1").bind(id).bind(error).execute(tx).await.map(drop)
}

pub(super) async fn hook(conn: &mut Conn, id: Id) -> Result<Option<Hook>> {
    sql(format!("{HOOKS} WHERE id = $1")).bind(id).optional(conn).await?.as_ref().map(hook_of).transpose()
}

pub(super) async fn hooks_of(conn: &mut Conn, agent: Id) -> Result<Vec<Hook>> {
    let rows = sql(format!("{HOOKS} WHERE agent_id = $1 ORDER BY id")).bind(agent).all(conn).await?;
    rows.iter().map(hook_of).collect()
}

pub(super) async fn hooks_of_audiences(conn: &mut Conn) -> Result<Vec<Hook>> {
    let rows = sql(format!("{HOOKS} WHERE agent_id IS NULL ORDER BY id")).all(conn).await?;
    rows.iter().map(hook_of).collect()
}

/// The addresses of an audience; those of roles are one.
pub(super) async fn hooks_for(conn: &mut Conn, kind: &str, audience: &str) -> Result<Vec<Hook>> {
    let rows = sql(format!(
        "{HOOKS} WHERE agent_id IS NULL AND audience_kind = $1 AND (audience = $2 OR audience = '') ORDER BY id"
    ))
    .bind(kind)
    .bind(audience)
    .all(conn)
    .await?;
    rows.iter().map(hook_of).collect()
}

pub(super) async fn hook_address(conn: &mut Conn, id: Id) -> Result<Option<Vec<u8>>> {
    sql("SELECT address FROM notice_hooks WHERE id = $1").bind(id).scalar(conn, "address").await
}

pub(super) async fn has_hooks(conn: &mut Conn) -> Result<bool> {
    Ok(sql("SELECT id FROM notice_hooks LIMIT 1").optional(conn).await?.is_some())
}

fn hook_of(row: &Row) -> Result<Hook> {
    let audience: String = row.get::<Option<String>>("audience")?.unwrap_or_default();
    let of = match (row.get::<Option<Id>>("agent_id")?, row.get::<Option<String>>("audience_kind")?.as_deref()) {
        (Some(agent), _) => Of::Agent(agent),
        (None, Some("team")) => Of::Team(audience),
        (None, Some("channel")) => Of::Channel(audience),
        _ => Of::Roles,
    };
    Ok(Hook {
        id: row.get("id")?,
        channel: channel(row)?,
        of,
        language: row.get("language")?,
        host: row.get("host")?,
        last_error: row.get("last_error")?,
        created_at: row.get("created_at")?,
    })
}

fn channel(row: &Row) -> Result<Channel> {
    let channel: String = row.get("channel")?;
    Channel::named(&channel)
        .ok_or_else(|| store::Error::Column { column: "channel".to_owned(), reason: format!("{channel:?} is no way") })
}
