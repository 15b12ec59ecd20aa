use jiff::Timestamp;
use serde::Deserialize;
use store::dialect::words::id_list;
use store::{Conn, Id, Row, sql};

use super::log::{Case, Step};
use crate::Result;

/// Entries have ids that grow with time, so those of a span stand together. `tickets` comes second, whatever a planner expects of it.
const STEPS: &str =
    "SELECT history.id, history.ticket_id, history.event, history.actor_kind, history.actor_id, history.trace,
    history.created_at, tickets.playbook FROM history LEFT JOIN tickets ON tickets.id = history.ticket_id
    WHERE history.id >= $1 AND history.id < $2";

/// What of a trace is wanted; the rest is passed over.
#[derive(Deserialize)]
struct Trace {
    from: Option<String>,
    #[serde(default)]
    entered: Vec<String>,
}

/// The steps of a playbook's tickets since an instant, in order; says how many were read.
pub(super) async fn steps_since(
    conn: &mut Conn,
    playbook: &str,
    from: Timestamp,
    limit: u32,
    take: impl FnMut(Step) -> Result<()>,
) -> Result<u32> {
    steps_between(conn, Some(playbook), (from, Timestamp::MAX), limit, take).await
}

/// The steps between two instants, in order; of one playbook's tickets, or of all.
pub(super) async fn steps_between(
    conn: &mut Conn,
    playbook: Option<&str>,
    (from, to): (Timestamp, Timestamp),
    limit: u32,
    mut take: impl FnMut(Step) -> Result<()>,
) -> Result<u32> {
    let mut read = 0;
    let text = match playbook {
        Some(_) => format!("{STEPS} AND tickets.playbook = $3 ORDER BY history.id"),
        None => format!("{STEPS} ORDER BY history.id"),
    };
    let reading = sql(text).bind(Id::first_at(from)).bind(Id::first_at(to));
    let reading = playbook.into_iter().fold(reading, store::Query::bind);
    reading
        .limit(limit)
        .each(conn, |row| {
            read += 1;
            take(step(&row)?)
        })
        .await?;
    Ok(read)
}

fn step(row: &Row) -> Result<Step> {
    let trace: Option<Trace> = serde_json::from_str(&row.get::<String>("trace")?).unwrap_or_default();
    let by_agent = row.get::<String>("actor_kind")? == "agent";
    let agent: Option<Id> = row.get("actor_id")?;
    let (from, entered) = trace.map(|trace| (trace.from, trace.entered)).unwrap_or_default();
    Ok(Step {
        id: row.get("id")?,
        ticket: row.get("ticket_id")?,
        event: row.get("event")?,
        from,
        entered,
        agent: agent.filter(|_| by_agent),
        at: row.get("created_at")?,
    })
}

pub(super) async fn cases(conn: &mut Conn, tickets: &[Id]) -> Result<Vec<(Id, Case)>> {
    let members = conn.engine().members(1);
    let text = format!(
        "SELECT tickets.id, tickets.number, tickets.playbook, tickets.team, tickets.priority, tickets.organization_id,
        ticket_links.opener_id, ticket_links.alias FROM tickets LEFT JOIN ticket_links ON ticket_links.child_id = tickets.id
        WHERE tickets.id IN {members} ORDER BY tickets.id"
    );
    let rows = sql(text).bind(id_list(tickets.iter().copied())).all(conn).await?;
    rows.iter().map(|row| Ok((row.get("id")?, case(row)?))).collect()
}

fn case(row: &Row) -> Result<Case> {
    let opener: Option<Id> = row.get("opener_id")?;
    let alias: Option<String> = row.get("alias")?;
    Ok(Case {
        number: row.get("number")?,
        playbook: row.get("playbook")?,
        team: row.get("team")?,
        priority: row.get("priority")?,
        organization: row.get("organization_id")?,
        opener: opener.zip(alias),
    })
}
