use jiff::Timestamp;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::own::Own;
use super::{Notice, What, Wording};
use crate::Context;
use crate::rights::Scope;

const NOTICES: &str = "SELECT id, audience_kind, audience, text, kind, facts, created_at FROM notices";

/// The rows of somebody's list, with the notice and the ticket of each.
const OWN: &str =
    "SELECT told.id AS told_id, told.unread AS unread, notices.id AS id, audience_kind, audience, text, kind, facts,
    notices.created_at AS created_at, tickets.id AS ticket_id, tickets.number AS number, tickets.subject AS subject,
    tickets.merged_into_id AS merged_into_id
    FROM told JOIN notices ON notices.id = told.notice_id LEFT JOIN tickets ON tickets.id = told.ticket_id";

pub(super) async fn insert(
    context: &mut Context<'_>,
    id: Id,
    ticket: Option<Id>,
    (audience_kind, audience): (&str, &str),
    (what, urgent_ticket): (&What, bool),
) -> Result<()> {
    let ((kind, facts), routed) = (what.parts(), context.settings.public_url.is_none());
    sql("INSERT INTO notices (id, ticket_id, audience_kind, audience, text, kind, facts, urgent_ticket, routed, created_at)
        VALUES ($1, $2, $3, $4, '', $5, $6, $7, $8, $9)")
    .bind(id)
    .bind(ticket)
    .bind(audience_kind)
    .bind(audience)
    .bind(kind)
    .bind(serde_json::Value::Object(facts).to_string())
    .bind(urgent_ticket)
    .bind(routed)
    .bind(context.now)
    .execute(context.tx)
    .await
    .map(drop)
}

pub(super) async fn insert_told(
    tx: &mut Tx,
    id: Id,
    (notice, agent, ticket): (Id, Id, Option<Id>),
    (listed, routed): (bool, bool),
) -> Result<()> {
    sql("INSERT INTO told (id, notice_id, agent_id, ticket_id, listed, unread, routed) VALUES ($1, $2, $3, $4, $5, $5, $6)")
        .bind(id)
        .bind(notice)
        .bind(agent)
        .bind(ticket)
        .bind(listed)
        .bind(routed)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn priority(tx: &mut Tx, ticket: Id) -> Result<Option<String>> {
    sql("SELECT priority FROM tickets WHERE id = $1").bind(ticket).scalar(tx, "priority").await
}

pub(super) async fn was_told(tx: &mut Tx, (ticket, agent): (Id, Id), kind: &str, at: Timestamp) -> Result<bool> {
    let row = sql("SELECT told.id AS id FROM told JOIN notices ON notices.id = told.notice_id
        WHERE told.ticket_id = $1 AND told.agent_id = $2 AND notices.kind = $3 AND notices.created_at = $4 LIMIT 1")
    .bind(ticket)
    .bind(agent)
    .bind(kind)
    .bind(at)
    .optional(tx)
    .await?;
    Ok(row.is_some())
}

pub(super) async fn of_ticket(conn: &mut Conn, ticket: Id, limit: u32) -> Result<Vec<Notice>> {
    let rows =
        sql(format!("{NOTICES} WHERE ticket_id = $1 ORDER BY id DESC")).bind(ticket).limit(limit).all(conn).await?;
    rows.iter().rev().map(notice).collect()
}

pub(super) async fn beside_tickets(conn: &mut Conn, limit: u32) -> Result<Vec<Notice>> {
    let rows = sql(format!("{NOTICES} WHERE ticket_id IS NULL ORDER BY id DESC")).limit(limit).all(conn).await?;
    rows.iter().rev().map(notice).collect()
}

/// The condition that what somebody was told meets while they may see it: a collaborator hears of no more than their tickets.
fn visible(scope: Scope, place: usize) -> String {
    scope.condition(place).map_or_else(String::new, |(_, seen)| format!(" AND told.ticket_id IS NOT NULL AND {seen}"))
}

pub(super) async fn own(
    conn: &mut Conn,
    (agent, scope): (Id, Scope),
    unread: bool,
    before: Id,
    limit: u32,
) -> Result<Vec<Own>> {
    let (part, seen) = (if unread { "told.unread" } else { "NOT told.unread" }, visible(scope, 1));
    let text = format!(
        "{OWN} WHERE told.agent_id = $1 AND told.listed AND {part} AND told.id < $2{seen} ORDER BY told.id DESC"
    );
    let rows = sql(text).bind(agent).bind(before).limit(limit).all(conn).await?;
    rows.iter().map(of_list).collect()
}

pub(super) async fn count_unread(conn: &mut Conn, (agent, scope): (Id, Scope), most: u32) -> Result<i64> {
    let seen = visible(scope, 1);
    let text = format!(
        "SELECT COUNT(*) AS count FROM (SELECT told.id FROM told LEFT JOIN tickets ON tickets.id = told.ticket_id
        WHERE told.agent_id = $1 AND told.listed AND told.unread{seen} LIMIT {most}) AS counted"
    );
    sql(text).bind(agent).one(conn).await?.get("count")
}

pub(super) async fn read_one(tx: &mut Tx, agent: Id, id: Id) -> Result<u64> {
    sql("UPDATE told SET unread = $3 WHERE agent_id = $1 AND id = $2 AND unread")
        .bind(agent)
        .bind(id)
        .bind(false)
        .execute(tx)
        .await
}

pub(super) async fn read_on_ticket(tx: &mut Tx, agent: Id, ticket: Id) -> Result<u64> {
    sql("UPDATE told SET unread = $3 WHERE ticket_id = $2 AND agent_id = $1 AND unread")
        .bind(agent)
        .bind(ticket)
        .bind(false)
        .execute(tx)
        .await
}

pub(super) async fn read_up_to(tx: &mut Tx, agent: Id, id: Id) -> Result<u64> {
    sql("UPDATE told SET unread = $3 WHERE agent_id = $1 AND id <= $2 AND listed AND unread")
        .bind(agent)
        .bind(id)
        .bind(false)
        .execute(tx)
        .await
}

pub(super) async fn has_unread_on(conn: &mut Conn, agent: Id, ticket: Id) -> Result<bool> {
    let row = sql("SELECT id FROM told WHERE ticket_id = $2 AND agent_id = $1 AND unread LIMIT 1")
        .bind(agent)
        .bind(ticket)
        .optional(conn)
        .await?;
    Ok(row.is_some())
}

pub(super) async fn clear(tx: &mut Tx, before: Id, limit: u32) -> Result<u64> {
    let mut cleared = 0;
    let old = sql("SELECT id FROM dispatches WHERE id < $1 ORDER BY id").bind(before).limit(limit).all(tx).await?;
    for row in &old {
        let id: Id = row.get("id")?;
        sql("DELETE FROM dispatched WHERE dispatch_id = $1").bind(id).execute(tx).await?;
        cleared += sql("DELETE FROM dispatches WHERE id = $1").bind(id).execute(tx).await?;
    }
    let old = sql("SELECT id FROM told WHERE id < $1 ORDER BY id").bind(before).limit(limit).all(tx).await?;
    for row in &old {
        cleared += sql("DELETE FROM told WHERE id = $1").bind(row.get::<Id>("id")?).execute(tx).await?;
    }
    // What hangs on them is gone by now, or goes with the next turn.
    let old = sql("SELECT id FROM notices WHERE ticket_id IS NULL AND id < $1
        AND NOT EXISTS (SELECT 1 FROM told WHERE told.notice_id = notices.id)
        AND NOT EXISTS (SELECT 1 FROM dispatched WHERE dispatched.notice_id = notices.id) ORDER BY id")
    .bind(before)
    .limit(limit)
    .all(tx)
    .await?;
    for row in &old {
        cleared += sql("DELETE FROM notices WHERE id = $1").bind(row.get::<Id>("id")?).execute(tx).await?;
    }
    Ok(cleared)
}

pub(super) async fn choices(conn: &mut Conn, agent: Id) -> Result<Option<String>> {
    sql("SELECT choices FROM notice_choices WHERE agent_id = $1").bind(agent).scalar(conn, "choices").await
}

pub(super) async fn keep_choices(tx: &mut Tx, agent: Id, choices: &str, now: Timestamp) -> Result<()> {
    sql("INSERT INTO notice_choices (agent_id, choices, changed_at) VALUES ($1, $2, $3)
        ON CONFLICT (agent_id) DO UPDATE SET choices = excluded.choices, changed_at = excluded.changed_at")
    .bind(agent)
    .bind(choices)
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

fn of_list(row: &Row) -> Result<Own> {
    let ticket = match row.get::<Option<Id>>("ticket_id")? {
        Some(ticket) => Some((ticket, row.get("number")?, row.get("subject")?)),
        None => None,
    };
    Ok(Own {
        id: row.get("told_id")?,
        unread: row.get("unread")?,
        notice: notice(row)?,
        ticket,
        is_merged: row.get::<Option<Id>>("merged_into_id")?.is_some(),
    })
}

/// What a row of notices is about, and what it says in English.
pub(crate) fn what(row: &Row) -> Result<(Option<What>, String)> {
    let (kind, facts): (Option<String>, Option<String>) = (row.get("kind")?, row.get("facts")?);
    let what = kind.zip(facts).and_then(|(kind, facts)| What::of(&kind, &facts));
    let text = match &what {
        Some(what) => Wording::of("en").say(what),
        None => row.get("text")?,
    };
    Ok((what, text))
}

fn notice(row: &Row) -> Result<Notice> {
    let (what, text) = what(row)?;
    Ok(Notice {
        id: row.get("id")?,
        audience_kind: row.get("audience_kind")?,
        audience: row.get("audience")?,
        text,
        what,
        created_at: row.get("created_at")?,
    })
}
