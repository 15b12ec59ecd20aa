use jiff::Timestamp;
use playbook::Status;
use serde_json::{Map, Value};
use store::dialect::words::id_list;
use store::{Conn, Engine, Id, News, Result, Row, Tx, sql};

use super::{Filter, Priority, Summary, Ticket};
use crate::page::Page;
use crate::rights::Scope;

const FIND: &str =
    "SELECT id, number, subject, status, waiting_on, priority, playbook, state, organization_id, requester_id,
    team, assignee_id, fields, version, created_at, updated_at, closed_at FROM tickets WHERE id = $1";

const FIND_BY_NUMBER: &str =
    "SELECT id, number, subject, status, waiting_on, priority, playbook, state, organization_id,
    requester_id, team, assignee_id, fields, version, created_at, updated_at, closed_at FROM tickets WHERE number = $1";

/// What a list shows of tickets. Tables that are only shown are joined from the left, so that no planner begins with them, and the
/// least instant is asked for in a group, so that none goes through those of all tickets in their order instead.
const SUMMARIES: &str = "SELECT tickets.id AS id, number, subject, status, waiting_on, priority, playbook, state,
    tickets.organization_id AS organization_id, requester_id, team, assignee_id, fields, version,
    tickets.created_at AS created_at, tickets.updated_at AS updated_at, closed_at,
    contacts.name AS requester_name, organizations.name AS organization_name, agents.name AS assignee_name,
    (SELECT address FROM contact_addresses WHERE contact_id = tickets.requester_id
     ORDER BY contact_addresses.created_at, address LIMIT 1) AS requester_address,
    (SELECT MIN(due_at) FROM timers WHERE timers.ticket_id = tickets.id GROUP BY timers.ticket_id) AS timer_due,
    (SELECT send_at FROM suggestions WHERE suggestions.ticket_id = tickets.id AND suggestions.state = 'waiting') AS draft_due,
    (SELECT MIN(chase_at) FROM questions WHERE questions.ticket_id = tickets.id AND chase_at IS NOT NULL
     GROUP BY questions.ticket_id) AS chase_due
 FROM";
const SHOWN: &str = "LEFT JOIN contacts ON contacts.id = tickets.requester_id
    LEFT JOIN organizations ON organizations.id = tickets.organization_id
    LEFT JOIN agents ON agents.id = tickets.assignee_id";

/// Every state that some ticket is in, one look into the index for each.
const STATES: &str = "WITH RECURSIVE known (state) AS (
        SELECT MIN(state) FROM tickets
        UNION ALL
        SELECT (SELECT MIN(tickets.state) FROM tickets WHERE tickets.state > known.state) FROM known
        WHERE known.state IS NOT NULL
    )
    SELECT state FROM known WHERE state IS NOT NULL";

pub(super) async fn next_number(tx: &mut Tx) -> Result<i64> {
    let statement = tx.engine().next_ticket_number();
    sql(statement).one(tx).await?.get("number")
}

pub(super) async fn insert(tx: &mut Tx, ticket: &Ticket) -> Result<()> {
    sql("INSERT INTO tickets (id, number, subject, status, waiting_on, priority, playbook, state, organization_id,
        requester_id, team, assignee_id, fields, version, created_at, updated_at, closed_at, component)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)")
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
    let text = format!("UPDATE tickets SET {} WHERE id = $1", columns.join(", "));
    values.into_iter().fold(sql(text), store::Query::bind).execute(tx).await.map(drop)
}

/// The columns that may change after the ticket was opened.
fn changeable(ticket: &Ticket) -> [(&'static str, store::Value); 15] {
    [
        ("subject", (&ticket.subject).into()),
        ("status", ticket.status.as_str().into()),
        ("waiting_on", (&ticket.waiting_on).into()),
        ("priority", ticket.priority.as_str().into()),
        ("playbook", (&ticket.playbook).into()),
        ("state", (&ticket.state).into()),
        ("organization_id", ticket.organization.into()),
        ("requester_id", ticket.requester.into()),
        ("team", ticket.team.as_deref().into()),
        ("assignee_id", ticket.assignee.into()),
        ("fields", Value::Object(ticket.fields.clone()).to_string().into()),
        ("component", ticket.component().into()),
        ("version", ticket.version.into()),
        ("updated_at", ticket.updated_at.into()),
        ("closed_at", ticket.closed_at.into()),
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

pub(super) async fn find(conn: &mut Conn, id: Id) -> Result<Option<Ticket>> {
    sql(FIND).bind(id).optional(conn).await?.as_ref().map(ticket).transpose()
}

pub(super) async fn lock(tx: &mut Tx, id: Id) -> Result<Option<Ticket>> {
    sql(FIND).bind(id).locking().optional(tx).await?.as_ref().map(ticket).transpose()
}

pub(super) async fn find_by_number(conn: &mut Conn, number: i64) -> Result<Option<Ticket>> {
    sql(FIND_BY_NUMBER).bind(number).optional(conn).await?.as_ref().map(ticket).transpose()
}

pub(super) async fn tag(tx: &mut Tx, id: Id, tag: &str) -> Result<()> {
    sql("INSERT INTO ticket_tags (ticket_id, tag) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(id)
        .bind(tag)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn tags(conn: &mut Conn, id: Id) -> Result<Vec<String>> {
    let rows = sql("SELECT tag FROM ticket_tags WHERE ticket_id = $1 ORDER BY tag").bind(id).all(conn).await?;
    rows.iter().map(|row| row.get("tag")).collect()
}

pub(super) async fn summary(conn: &mut Conn, id: Id) -> Result<Option<Summary>> {
    let row = sql(format!("{SUMMARIES} tickets {SHOWN} WHERE tickets.id = $1")).bind(id).optional(conn).await?;
    row.as_ref().map(summarised).transpose()
}

/// Each cut adds a condition written here and binds its value. A page comes from an index that is sorted as the list is. Of
/// several states each has its own part of such an index, and the page is the newest of their newest.
pub(super) async fn list(conn: &mut Conn, scope: Scope, filter: &Filter, page: Page) -> Result<Vec<Summary>> {
    let states = match &filter.state {
        Some(state) => states_within(conn, state).await?,
        None => Vec::new(),
    };
    if filter.state.is_some() && states.is_empty() {
        return Ok(Vec::new());
    }
    let mut cuts = Cuts::of(conn.engine(), scope, filter, page);
    let places: Vec<usize> = states.into_iter().map(|state| cuts.bind(state)).collect();
    let Cuts { conditions, values } = cuts;
    let newest = "ORDER BY tickets.updated_at DESC, tickets.id DESC";
    let limit = page.limit + 1;
    let text = match places.as_slice() {
        [] => format!("{SUMMARIES} tickets {SHOWN} WHERE {conditions} {newest}"),
        [one] => format!("{SUMMARIES} tickets {SHOWN} WHERE {conditions} AND tickets.state = ${one} {newest}"),
        several => {
            let pick = |place: &usize| {
                let cut = format!(
                    "SELECT * FROM tickets WHERE {conditions} AND tickets.state = ${place} {newest} LIMIT {limit}"
                );
                format!("SELECT * FROM ({cut}) AS picked")
            };
            let picks: Vec<String> = several.iter().map(pick).collect();
            format!("{SUMMARIES} ({}) AS tickets {SHOWN} {newest}", picks.join(" UNION ALL "))
        }
    };
    let query = values.into_iter().fold(sql(text), store::Query::bind).limit(limit);
    query.all(conn).await?.iter().map(summarised).collect()
}

/// The state itself and every path below it that some ticket is in.
async fn states_within(conn: &mut Conn, state: &str) -> Result<Vec<String>> {
    let rows = sql(STATES).all(conn).await?;
    let all = rows.iter().map(|row| row.get::<String>("state")).collect::<Result<Vec<_>>>()?;
    let within = |path: &String| path.strip_prefix(state).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    Ok(all.into_iter().filter(within).collect())
}

/// The conditions of a list and the values that they refer to.
struct Cuts {
    conditions: String,
    values: Vec<store::Value>,
}

impl Cuts {
    /// All cuts but that by state.
    fn of(engine: Engine, scope: Scope, filter: &Filter, page: Page) -> Self {
        let mut cuts = Self { conditions: "1 = 1".to_owned(), values: Vec::new() };
        if let Some((agent, seen)) = scope.condition(1) {
            cuts.bind(agent);
            cuts.conditions.push_str(&format!(" AND {seen}"));
        }
        cuts.equal("status", filter.status.map(|status| status.as_str()));
        cuts.equal("team", filter.team.as_deref());
        cuts.equal("assignee_id", filter.assignee);
        cuts.equal("playbook", filter.playbook.as_deref());
        cuts.equal("organization_id", filter.organization);
        cuts.equal("requester_id", filter.requester);
        cuts.equal("component", filter.component.as_deref());
        if let Some(among) = &filter.among {
            let place = cuts.bind(id_list(among.iter().copied()));
            cuts.conditions.push_str(&format!(" AND tickets.id IN {}", engine.members(place)));
        }
        if filter.unassigned {
            cuts.conditions.push_str(" AND tickets.assignee_id IS NULL");
        }
        if filter.unfinished {
            cuts.conditions.push_str(" AND tickets.status IN ('open', 'pending')");
        }
        if let Some(after) = page.after {
            let (at, id) = (cuts.bind(after.at), cuts.bind(after.id));
            cuts.conditions.push_str(&format!(" AND (tickets.updated_at, tickets.id) < (${at}, ${id})"));
        }
        cuts
    }

    fn equal(&mut self, column: &str, value: Option<impl Into<store::Value>>) {
        if let Some(value) = value {
            let place = self.bind(value);
            self.conditions.push_str(&format!(" AND tickets.{column} = ${place}"));
        }
    }

    /// Adds a value and says its place.
    fn bind(&mut self, value: impl Into<store::Value>) -> usize {
        self.values.push(value.into());
        self.values.len()
    }
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

fn summarised(row: &Row) -> Result<Summary> {
    let address: Option<String> = row.get("requester_address")?;
    let name: Option<String> = row.get("requester_name")?;
    Ok(Summary {
        ticket: ticket(row)?,
        requester_name: name.or_else(|| address.clone()).unwrap_or_default(),
        requester_address: address,
        organization_name: row.get("organization_name")?,
        assignee_name: row.get("assignee_name")?,
        next_due: next_due(row)?,
    })
}

/// The first of what happens by itself: a timer fires, a draft is sent, colleagues are asked again.
fn next_due(row: &Row) -> Result<Option<Timestamp>> {
    let mut first = None;
    for column in ["timer_due", "draft_due", "chase_due"] {
        first = first.into_iter().chain(row.get::<Option<Timestamp>>(column)?).min();
    }
    Ok(first)
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
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        closed_at: row.get("closed_at")?,
    })
}

fn status(text: &str) -> Result<Status> {
    [Status::Open, Status::Pending, Status::Solved, Status::Closed]
        .into_iter()
        .find(|status| status.as_str() == text)
        .ok_or_else(|| store::Error::Column { column: "status".to_owned(), reason: format!("{text:?} is no status") })
}
