use jiff::Timestamp;
use store::dialect::words::id_list;
use store::{Conn, Engine, Id, Result, Row, sql};

use super::super::queries::{TICKET_COLUMNS, ticket};
use super::super::{Filter, FirstClock, NEVER_DUE, Order, Summary};
use super::COUNTED_MAX;
use crate::page::Page;
use crate::rights::Scope;

/// What a list shows beside a ticket. Tables that are only shown are joined from the left, so that no planner begins with them.
const BESIDE: &str = "due_at, clock, clock_at,
    contacts.name AS requester_name, organizations.name AS organization_name, agents.name AS assignee_name,
    (SELECT address FROM contact_addresses WHERE contact_id = tickets.requester_id
     ORDER BY contact_addresses.place, contact_addresses.created_at, address LIMIT 1) AS requester_address";
const SHOWN: &str = "LEFT JOIN contacts ON contacts.id = tickets.requester_id
    LEFT JOIN organizations ON organizations.id = tickets.organization_id
    LEFT JOIN agents ON agents.id = tickets.assignee_id";

/// As the indexes of unfinished tickets have it: in other words they would not be used. No other index can be used for it.
const UNFINISHED: &str = "tickets.status NOT IN ('solved', 'closed')";
/// The same for indexes that begin with somebody or a team, and end with the status.
const OPEN_OR_PENDING: &str = "tickets.status IN ('open', 'pending')";

/// Every state that some ticket is in, one look into the index for each.
const STATES: &str = "WITH RECURSIVE known (state) AS (
        SELECT MIN(state) FROM tickets
        UNION ALL
        SELECT (SELECT MIN(tickets.state) FROM tickets WHERE tickets.state > known.state) FROM known
        WHERE known.state IS NOT NULL
    )
    SELECT state FROM known WHERE state IS NOT NULL";

pub(super) async fn summary(conn: &mut Conn, id: Id) -> Result<Option<Summary>> {
    let row = sql(format!("SELECT {TICKET_COLUMNS}, {BESIDE} FROM tickets {SHOWN} WHERE tickets.id = $1"))
        .bind(id)
        .optional(conn)
        .await?;
    row.as_ref().map(summarised).transpose()
}

/// Each cut adds a condition written here and binds its value. A page comes from an index that is sorted as the list is. Of
/// several states each has its own part of such an index, and the page is the first of their first.
pub(super) async fn list(
    conn: &mut Conn,
    scope: Scope,
    filter: &Filter,
    order: Order,
    page: Page,
) -> Result<Vec<Summary>> {
    let states = match &filter.state {
        Some(state) => states_within(conn, state).await?,
        None => Vec::new(),
    };
    if filter.state.is_some() && states.is_empty() {
        return Ok(Vec::new());
    }
    let mut cuts = Cuts::new(conn.engine());
    let mut conditions = cuts.of(scope, filter, Some(order));
    conditions.push_str(&cuts.after(order, page));
    let places: Vec<usize> = states.into_iter().map(|state| cuts.bind(state)).collect();
    let sorted = sorted(order);
    let limit = page.limit + 1;
    let text = match places.as_slice() {
        [] => format!("SELECT {TICKET_COLUMNS}, {BESIDE} FROM tickets {SHOWN} WHERE {conditions} {sorted}"),
        [one] => format!(
            "SELECT {TICKET_COLUMNS}, {BESIDE} FROM tickets {SHOWN} WHERE {conditions} AND tickets.state = ${one} {sorted}"
        ),
        several => {
            let pick = |place: &usize| {
                let cut = format!(
                    "SELECT * FROM tickets WHERE {conditions} AND tickets.state = ${place} {sorted} LIMIT {limit}"
                );
                format!("SELECT * FROM ({cut}) AS picked")
            };
            let picks: Vec<String> = several.iter().map(pick).collect();
            format!(
                "SELECT {TICKET_COLUMNS}, {BESIDE} FROM ({}) AS tickets {SHOWN} {sorted}",
                picks.join(" UNION ALL ")
            )
        }
    };
    let query = cuts.values.into_iter().fold(sql(text), store::Query::bind).limit(limit);
    query.all(conn).await?.iter().map(summarised).collect()
}

fn sorted(order: Order) -> &'static str {
    match order {
        Order::Newest => "ORDER BY tickets.updated_at DESC, tickets.id DESC",
        Order::Oldest => "ORDER BY tickets.updated_at, tickets.id",
        Order::Priority => "ORDER BY tickets.rank, tickets.id",
        Order::Due => "ORDER BY tickets.due_at, tickets.id",
        Order::Clock => "ORDER BY tickets.clock_at, tickets.id",
    }
}

/// Nothing is counted further than a page of the rail shows.
pub(super) async fn counts(conn: &mut Conn, scope: Scope, filters: &[Filter]) -> Result<Vec<i64>> {
    let mut cuts = Cuts::new(conn.engine());
    let mut counted = Vec::with_capacity(filters.len());
    for (place, filter) in filters.iter().enumerate() {
        let mut conditions = cuts.of(scope, filter, None);
        if let Some(state) = &filter.state {
            let states: Vec<String> =
                states_within(conn, state).await?.into_iter().map(|state| format!("${}", cuts.bind(state))).collect();
            let among = if states.is_empty() { "NULL".to_owned() } else { states.join(", ") };
            conditions.push_str(&format!(" AND tickets.state IN ({among})"));
        }
        counted.push(format!(
            "(SELECT COUNT(*) FROM (SELECT 1 AS one FROM tickets WHERE {conditions} LIMIT {COUNTED_MAX}) AS few) AS n{place}"
        ));
    }
    let query = cuts.values.into_iter().fold(sql(format!("SELECT {}", counted.join(", "))), store::Query::bind);
    let row = query.one(conn).await?;
    (0..filters.len()).map(|place| row.get(&format!("n{place}"))).collect()
}

/// The state itself and every path below it that some ticket is in.
pub(super) async fn states_within(conn: &mut Conn, state: &str) -> Result<Vec<String>> {
    let rows = sql(STATES).all(conn).await?;
    let all = rows.iter().map(|row| row.get::<String>("state")).collect::<Result<Vec<_>>>()?;
    let within = |path: &String| path.strip_prefix(state).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    Ok(all.into_iter().filter(within).collect())
}

/// Whether an index that begins with somebody or a team, and has the status next, holds few enough.
fn of_somebody(filter: &Filter) -> bool {
    filter.assignee.is_some() || filter.unassigned || filter.team.is_some() || filter.teams.is_some()
}

/// The values that the conditions of a statement refer to.
struct Cuts {
    engine: Engine,
    values: Vec<store::Value>,
}

impl Cuts {
    fn new(engine: Engine) -> Self {
        Self { engine, values: Vec::new() }
    }

    /// The conditions of all cuts but that by state, of a list that is sorted so, or of what is only counted.
    fn of(&mut self, scope: Scope, filter: &Filter, sorted: Option<Order>) -> String {
        let mut conditions = "1 = 1".to_owned();
        if let Some((agent, seen)) = scope.condition(self.values.len() + 1) {
            self.bind(agent);
            conditions.push_str(&format!(" AND {seen}"));
        }
        let mut equal = |column: &str, value: Option<store::Value>| {
            if let Some(value) = value {
                let place = self.bind(value);
                conditions.push_str(&format!(" AND tickets.{column} = ${place}"));
            }
        };
        // Half of what is unfinished may be so: an index of it would have all of them sorted, where a page of the sorted ones holds enough.
        let by_order = sorted.is_some_and(Order::is_of_unfinished) && !of_somebody(filter);
        let (status, waiting_on) =
            if by_order { ("status || ''", "waiting_on || ''") } else { ("status", "waiting_on") };
        equal(status, filter.status.map(|status| status.as_str().into()));
        equal("team", filter.team.as_deref().map(Into::into));
        equal("assignee_id", filter.assignee.map(Into::into));
        equal("playbook", filter.playbook.as_deref().map(Into::into));
        equal("organization_id", filter.organization.map(Into::into));
        equal("requester_id", filter.requester.map(Into::into));
        equal("component", filter.component.as_deref().map(Into::into));
        equal("rank", filter.priority.map(|priority| priority.rank().into()));
        equal(waiting_on, filter.waiting_on.as_deref().map(Into::into));
        if let Some(among) = &filter.among {
            let place = self.bind(id_list(among.iter().copied()));
            conditions.push_str(&format!(" AND tickets.id IN {}", self.engine.members(place)));
        }
        if let Some(teams) = &filter.teams {
            let places: Vec<String> = teams.iter().map(|team| format!("${}", self.bind(team.as_str()))).collect();
            let among = if places.is_empty() { "NULL".to_owned() } else { places.join(", ") };
            conditions.push_str(&format!(" AND tickets.team IN ({among})"));
        }
        if let Some(tag) = &filter.tag {
            let place = self.bind(tag.as_str());
            conditions.push_str(&format!(
                " AND tickets.id IN (SELECT ticket_tags.ticket_id FROM ticket_tags WHERE ticket_tags.tag = ${place})"
            ));
        }
        if let Some(by) = filter.due_by {
            let place = self.bind(by);
            conditions.push_str(&format!(" AND tickets.due_at <= ${place}"));
        }
        if let Some(by) = filter.clock_by {
            let place = self.bind(by);
            conditions.push_str(&format!(" AND tickets.clock_at <= ${place}"));
        }
        if let Some(since) = filter.quiet_since {
            let place = self.bind(since);
            conditions.push_str(&format!(" AND tickets.updated_at <= ${place}"));
        }
        match filter.snoozed {
            Some(true) => conditions.push_str(" AND tickets.snoozed_until IS NOT NULL"),
            Some(false) => conditions.push_str(" AND tickets.snoozed_until IS NULL"),
            None => {}
        }
        if filter.unassigned {
            conditions.push_str(" AND tickets.assignee_id IS NULL");
        }
        if filter.unfinished || sorted.is_some_and(Order::is_of_unfinished) {
            let alone = sorted.is_none() && filter.due_by.or(filter.clock_by).is_none();
            let by_status = of_somebody(filter) || alone && filter.waiting_on.is_none() && filter.playbook.is_none();
            conditions.push_str(&format!(" AND {}", if by_status { OPEN_OR_PENDING } else { UNFINISHED }));
        }
        conditions
    }

    /// The condition of the rows behind a cursor.
    fn after(&mut self, order: Order, page: Page) -> String {
        let Some(after) = page.after else { return String::new() };
        let (at, id) = (self.bind(after.at), self.bind(after.id));
        let (column, beyond) = match order {
            Order::Newest => ("updated_at", "<"),
            Order::Oldest => ("updated_at", ">"),
            Order::Priority => ("rank", ">"),
            Order::Due => ("due_at", ">"),
            Order::Clock => ("clock_at", ">"),
        };
        format!(" AND (tickets.{column}, tickets.id) {beyond} (${at}, ${id})")
    }

    /// Adds a value and says its place.
    fn bind(&mut self, value: impl Into<store::Value>) -> usize {
        self.values.push(value.into());
        self.values.len()
    }
}

fn summarised(row: &Row) -> Result<Summary> {
    let address: Option<String> = row.get("requester_address")?;
    let name: Option<String> = row.get("requester_name")?;
    let (due, ends): (Timestamp, Timestamp) = (row.get("due_at")?, row.get("clock_at")?);
    Ok(Summary {
        ticket: ticket(row)?,
        requester_name: name.or_else(|| address.clone()).unwrap_or_default(),
        requester_address: address,
        organization_name: row.get("organization_name")?,
        assignee_name: row.get("assignee_name")?,
        next_due: (due < NEVER_DUE).then_some(due),
        clock: row
            .get::<Option<String>>("clock")?
            .filter(|_| ends < NEVER_DUE)
            .map(|name| FirstClock { name, due: ends }),
    })
}
