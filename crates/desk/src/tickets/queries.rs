use jiff::Timestamp;
use playbook::Status;
use serde_json::{Map, Value};
use store::{Conn, Id, News, Result, Row, Tx, sql};

use super::{Priority, Ticket};

/// What [`ticket`] reads of a row, whatever else is joined.
pub(super) const TICKET_COLUMNS: &str = "tickets.id AS id, tickets.number AS number, tickets.subject AS subject,
    tickets.status AS status, tickets.waiting_on AS waiting_on, tickets.priority AS priority, tickets.playbook AS playbook,
    tickets.state AS state, tickets.organization_id AS organization_id, tickets.requester_id AS requester_id,
    tickets.team AS team, tickets.assignee_id AS assignee_id, tickets.fields AS fields,
    tickets.snoozed_until AS snoozed_until, tickets.version AS version, tickets.created_at AS created_at,
    tickets.updated_at AS updated_at, tickets.closed_at AS closed_at, tickets.merged_into_id AS merged_into_id";

/// When the first thing happens by itself to the ticket whose id is bound first. While none of its clocks counts, nothing comes of their
/// timers (`@NAME`). The least instant is asked for in groups, so that
/// no planner goes through those of all tickets in their order instead.
const FIRST_DUE: &str = "COALESCE((SELECT MIN(happening.at) FROM (
        SELECT MIN(timers.due_at) AS at FROM timers WHERE timers.ticket_id = $1
            AND (timers.state NOT LIKE '@%' OR EXISTS (SELECT 1 FROM tickets AS own WHERE own.id = $1 AND own.clock IS NOT NULL))
            GROUP BY timers.ticket_id
        UNION ALL SELECT send_at FROM suggestions WHERE suggestions.ticket_id = $1 AND suggestions.state = 'waiting'
        UNION ALL SELECT MIN(chase_at) FROM questions WHERE questions.ticket_id = $1 AND chase_at IS NOT NULL
            GROUP BY questions.ticket_id
    ) AS happening), 253402207200000000)";

pub(super) async fn look_at_due(tx: &mut Tx, id: Id) -> Result<()> {
    sql(format!("UPDATE tickets SET due_at = {FIRST_DUE} WHERE id = $1")).bind(id).execute(tx).await.map(drop)
}

pub(super) async fn set_clock(tx: &mut Tx, id: Id, name: Option<&str>, due: Timestamp) -> Result<()> {
    sql("UPDATE tickets SET clock = $2, clock_at = $3 WHERE id = $1")
        .bind(id)
        .bind(name)
        .bind(due)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn unsnooze(tx: &mut Tx, id: Id) -> Result<()> {
    sql("UPDATE tickets SET snoozed_until = NULL WHERE id = $1 AND snoozed_until IS NOT NULL")
        .bind(id)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn snoozed_by(conn: &mut Conn, now: Timestamp, limit: u32) -> Result<Vec<(Timestamp, Id)>> {
    let rows = sql("SELECT snoozed_until, id FROM tickets WHERE snoozed_until <= $1 ORDER BY snoozed_until, id")
        .bind(now)
        .limit(limit)
        .all(conn)
        .await?;
    rows.iter().map(|row| Ok((row.get("snoozed_until")?, row.get("id")?))).collect()
}

pub(super) async fn next_number(tx: &mut Tx) -> Result<i64> {
    let statement = tx.engine().next_ticket_number();
    sql(statement).one(tx).await?.get("number")
}

pub(super) async fn insert(tx: &mut Tx, ticket: &Ticket) -> Result<()> {
    sql("INSERT INTO tickets (id, number, subject, status, waiting_on, priority, playbook, state, organization_id,
        requester_id, team, assignee_id, fields, version, created_at, updated_at, closed_at, component, rank)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)")
    .bind(ticket.id)
    .bind(ticket.number)
    .bind(&ticket.subject)
    .bind(ticket.status.as_str())
    .bind(&ticket.waiting_on)
    .bind(ticket.priority.as_str())
    .bind(&ticket.playbook)
    .bind(&ticket.state)
    .bind(ticket.organization)
    .bind(ticket.requester)
    .bind(ticket.team.as_deref())
    .bind(ticket.assignee)
    .bind(Value::Object(ticket.fields.clone()).to_string())
    .bind(ticket.version)
    .bind(ticket.created_at)
    .bind(ticket.updated_at)
    .bind(ticket.closed_at)
    .bind(ticket.component())
    .bind(ticket.priority.rank())
    .execute(tx)
    .await
    .map(drop)
}

/// Writes what is no longer as it was `before`, and nothing else: a column that is written costs in every index that knows it.
pub(super) async fn update(tx: &mut Tx, before: &Ticket, ticket: &Ticket) -> Result<()> {
    let mut values: Vec<store::Value> = vec![ticket.id.into()];
    let mut columns: Vec<String> = Vec::new();
    for ((column, was), (_, is)) in changeable(before).into_iter().zip(changeable(ticket)) {
        if was != is {
            values.push(is);
            columns.push(format!("{column} = ${}", values.len()));
        }
    }
    if columns.is_empty() {
        return Ok(());
    }
    // The rows that this is read from are written before the ticket's.
    let text = format!("UPDATE tickets SET {}, due_at = {FIRST_DUE} WHERE id = $1", columns.join(", "));
    values.into_iter().fold(sql(text), store::Query::bind).execute(tx).await.map(drop)
}

/// The columns that may change after the ticket was opened.
fn changeable(ticket: &Ticket) -> [(&'static str, store::Value); 18] {
    [
        ("subject", (&ticket.subject).into()),
        ("status", ticket.status.as_str().into()),
        ("waiting_on", (&ticket.waiting_on).into()),
        ("priority", ticket.priority.as_str().into()),
        ("rank", ticket.priority.rank().into()),
        ("playbook", (&ticket.playbook).into()),
        ("state", (&ticket.state).into()),
        ("organization_id", ticket.organization.into()),
        ("requester_id", ticket.requester.into()),
        ("team", ticket.team.as_deref().into()),
        ("assignee_id", ticket.assignee.into()),
        ("fields", Value::Object(ticket.fields.clone()).to_string().into()),
        ("component", ticket.component().into()),
        ("snoozed_until", ticket.snoozed_until.into()),
        ("version", ticket.version.into()),
        ("updated_at", ticket.updated_at.into()),
        ("closed_at", ticket.closed_at.into()),
        ("merged_into_id", ticket.merged_into.into()),
    ]
}

pub(super) async fn touch(tx: &mut Tx, id: Id, now: Timestamp) -> Result<Option<i64>> {
    sql("UPDATE tickets SET version = version + 1, updated_at = $2 WHERE id = $1 RETURNING version")
        .bind(id)
        .bind(now)
        .scalar(tx, "version")
        .await
}

pub(super) async fn mark_changed(tx: &mut Tx, id: Id) -> Result<Option<i64>> {
    sql("UPDATE tickets SET version = version + 1 WHERE id = $1 RETURNING version").bind(id).scalar(tx, "version").await
}

pub(super) async fn version(conn: &mut Conn, id: Id) -> Result<Option<i64>> {
    sql("SELECT version FROM tickets WHERE id = $1").bind(id).scalar(conn, "version").await
}

pub(super) async fn find(conn: &mut Conn, id: Id) -> Result<Option<Ticket>> {
    sql(format!("SELECT {TICKET_COLUMNS} FROM tickets WHERE id = $1"))
        .bind(id)
        .optional(conn)
        .await?
        .as_ref()
        .map(ticket)
        .transpose()
}

pub(super) async fn lock(tx: &mut Tx, id: Id) -> Result<Option<Ticket>> {
    sql(format!("SELECT {TICKET_COLUMNS} FROM tickets WHERE id = $1"))
        .bind(id)
        .locking()
        .optional(tx)
        .await?
        .as_ref()
        .map(ticket)
        .transpose()
}

pub(super) async fn find_by_number(conn: &mut Conn, number: i64) -> Result<Option<Ticket>> {
    sql(format!("SELECT {TICKET_COLUMNS} FROM tickets WHERE number = $1"))
        .bind(number)
        .optional(conn)
        .await?
        .as_ref()
        .map(ticket)
        .transpose()
}

pub(super) async fn tag(tx: &mut Tx, id: Id, tag: &str) -> Result<()> {
    sql("INSERT INTO ticket_tags (ticket_id, tag) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(id)
        .bind(tag)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn untag(tx: &mut Tx, id: Id, tag: &str) -> Result<()> {
    sql("DELETE FROM ticket_tags WHERE ticket_id = $1 AND tag = $2").bind(id).bind(tag).execute(tx).await.map(drop)
}

pub(super) async fn tags(conn: &mut Conn, id: Id) -> Result<Vec<String>> {
    let rows = sql("SELECT tag FROM ticket_tags WHERE ticket_id = $1 ORDER BY tag").bind(id).all(conn).await?;
    rows.iter().map(|row| row.get("tag")).collect()
}

pub(super) async fn open_of(conn: &mut Conn, agent: Id) -> Result<Vec<Id>> {
    let rows = sql("SELECT id FROM tickets WHERE assignee_id = $1 AND status <> 'closed' ORDER BY id")
        .bind(agent)
        .all(conn)
        .await?;
    rows.iter().map(|row| row.get("id")).collect()
}

pub(super) async fn changed_since(conn: &mut Conn, since: Timestamp) -> Result<Vec<News>> {
    let rows = sql("SELECT id, version FROM tickets WHERE updated_at >= $1 ORDER BY updated_at, id LIMIT 1000")
        .bind(since)
        .all(conn)
        .await?;
    rows.iter().map(|row| Ok(News::of("ticket", row.get("id")?, row.get("version")?))).collect()
}

/// What the unfinished tickets of a team's active members are about: member, component, how many.
pub(super) async fn components_of_members(conn: &mut Conn, team: &str) -> Result<Vec<(Id, Option<String>, i64)>> {
    let rows = sql("SELECT tickets.assignee_id AS assignee_id, tickets.component AS component, COUNT(*) AS unfinished
        FROM memberships JOIN agents ON agents.id = memberships.agent_id
        JOIN tickets ON tickets.assignee_id = agents.id AND tickets.status IN ('open', 'pending')
        WHERE memberships.team = $1 AND agents.active = $2
        GROUP BY tickets.assignee_id, tickets.component")
    .bind(team)
    .bind(true)
    .all(conn)
    .await?;
    rows.iter().map(|row| Ok((row.get("assignee_id")?, row.get("component")?, row.get("unfinished")?))).collect()
}

/// The same of what the team has and nobody is assigned.
pub(super) async fn components_of_nobody(conn: &mut Conn, team: &str) -> Result<Vec<(Option<String>, i64)>> {
    let rows = sql("SELECT component, COUNT(*) AS unfinished FROM tickets
        WHERE team = $1 AND status IN ('open', 'pending') AND assignee_id IS NULL GROUP BY component")
    .bind(team)
    .all(conn)
    .await?;
    rows.iter().map(|row| Ok((row.get("component")?, row.get("unfinished")?))).collect()
}

/// A ticket from its row.
pub(super) fn ticket(row: &Row) -> Result<Ticket> {
    let fields: String = row.get("fields")?;
    Ok(Ticket {
        id: row.get("id")?,
        number: row.get("number")?,
        subject: row.get("subject")?,
        status: status(&row.get::<String>("status")?)?,
        waiting_on: row.get("waiting_on")?,
        priority: row.get::<String>("priority")?.parse::<Priority>().unwrap_or_default(),
        playbook: row.get("playbook")?,
        state: row.get("state")?,
        organization: row.get("organization_id")?,
        requester: row.get("requester_id")?,
        team: row.get("team")?,
        assignee: row.get("assignee_id")?,
        fields: serde_json::from_str::<Map<String, Value>>(&fields).unwrap_or_default(),
        snoozed_until: row.get("snoozed_until")?,
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        closed_at: row.get("closed_at")?,
        merged_into: row.get("merged_into_id")?,
    })
}

pub(super) fn status(text: &str) -> Result<Status> {
    [Status::Open, Status::Pending, Status::Solved, Status::Closed]
        .into_iter()
        .find(|status| status.as_str() == text)
        .ok_or_else(|| store::Error::Column { column: "status".to_owned(), reason: format!("{text:?} is no status") })
}
