use std::ops::Range;

use desk::words::{Index, fold};
use jiff::{SignedDuration, Timestamp};
use store::{Query, Result, Tx, Value, sql};

use super::{Row, Said};

/// One statement that inserts many rows: `head` and a bracket of parameters for each.
fn many(head: &str, rows: Vec<Vec<Value>>) -> Query {
    let mut next = 0;
    let brackets: Vec<String> = rows
        .iter()
        .map(|row| {
            let places: Vec<String> = row
                .iter()
                .map(|_| {
                    next += 1;
                    format!("${next}")
                })
                .collect();
            format!("({})", places.join(", "))
        })
        .collect();
    rows.into_iter().flatten().fold(sql(format!("{head} VALUES {}", brackets.join(", "))), Query::bind)
}

async fn insert(tx: &mut Tx, head: &str, rows: Vec<Vec<Value>>) -> Result<()> {
    if rows.is_empty() { Ok(()) } else { many(head, rows).execute(tx).await.map(drop) }
}

pub(super) async fn agents(tx: &mut Tx, count: i64, now: Timestamp) -> Result<()> {
    let rows = (1..=count).map(|id| {
        vec![
            id.into(),
            format!("Seeded {id}").into(),
            format!("seeded{id}@desk.example").into(),
            "agent".into(),
            true.into(),
            now.into(),
        ]
    });
    insert(tx, "INSERT INTO agents (id, name, address, role, active, created_at)", rows.collect()).await
}

pub(super) async fn organizations(tx: &mut Tx, count: i64, now: Timestamp) -> Result<()> {
    let rows = (1..=count).map(|id| {
        vec![
            id.into(),
            format!("seeded-{id}").into(),
            format!("Seeded {id}").into(),
            "pro".into(),
            "{}".into(),
            now.into(),
            now.into(),
        ]
    });
    insert(tx, "INSERT INTO organizations (id, key, name, plan, attributes, created_at, updated_at)", rows.collect())
        .await
}

pub(super) async fn contacts(
    tx: &mut Tx,
    from: i64,
    numbers: Range<i64>,
    organizations: i64,
    now: Timestamp,
) -> Result<()> {
    let people = numbers.clone().map(|number| {
        vec![
            (from + number).into(),
            format!("Person {number}").into(),
            (1 + number % organizations).into(),
            "admin".into(),
            "{}".into(),
            now.into(),
            now.into(),
        ]
    });
    insert(
        tx,
        "INSERT INTO contacts (id, name, organization_id, role, attributes, created_at, updated_at)",
        people.collect(),
    )
    .await?;
    let addresses = numbers.map(|number| {
        vec![format!("person{number}@seeded.example").into(), (from + number).into(), true.into(), now.into()]
    });
    insert(tx, "INSERT INTO contact_addresses (address, contact_id, verified, created_at)", addresses.collect()).await
}

pub(super) async fn tickets(tx: &mut Tx, rows: &[Row]) -> Result<()> {
    let rows = rows.iter().map(|row| {
        let closed_at = (row.status == "closed").then_some(row.updated_at);
        vec![
            row.id.into(),
            row.number.into(),
            (&row.subject).into(),
            row.status.into(),
            row.waiting_on.into(),
            row.priority.into(),
            row.playbook.into(),
            row.state.into(),
            row.organization.into(),
            row.requester.into(),
            row.team.into(),
            row.assignee.into(),
            r#"{"documents":1,"details":"The logo on page one is the old one."}"#.into(),
            3_i64.into(),
            row.created_at.into(),
            row.updated_at.into(),
            closed_at.into(),
        ]
    });
    insert(
        tx,
        "INSERT INTO tickets (id, number, subject, status, waiting_on, priority, playbook, state, organization_id, requester_id,
        team, assignee_id, fields, version, created_at, updated_at, closed_at)",
        rows.collect(),
    )
    .await
}

pub(super) async fn runs(tx: &mut Tx, rows: &[Row]) -> Result<()> {
    let rows = rows.iter().map(|row| {
        let ended_at = (row.status == "closed").then_some(row.updated_at);
        vec![row.id.into(), row.playbook.into(), 1_i64.into(), true.into(), 3_i64.into(), ended_at.into()]
    });
    insert(tx, "INSERT INTO runs (ticket_id, playbook, revision, begun, step, ended_at)", rows.collect()).await
}

pub(super) async fn timers(tx: &mut Tx, rows: &[Row]) -> Result<()> {
    let rows = rows.iter().filter_map(|row| {
        let due = row.due_at?;
        let started = due - SignedDuration::from_hours(24);
        Some(vec![row.id.into(), row.state.into(), 0_i64.into(), started.into(), due.into()])
    });
    insert(tx, "INSERT INTO timers (ticket_id, state, position, started_at, due_at)", rows.collect()).await
}

/// Messages, with their words in the index.
pub(super) async fn messages(tx: &mut Tx, rows: &[Said]) -> Result<()> {
    let values = rows.iter().map(|row| {
        vec![
            row.id.into(),
            row.ticket.into(),
            "incoming".into(),
            "mail".into(),
            "contact".into(),
            "Somebody".into(),
            (&row.text).into(),
            row.created_at.into(),
        ]
    });
    let head = "INSERT INTO messages (id, ticket_id, kind, channel, author_kind, author_name, text, created_at)";
    insert(tx, head, values.collect()).await?;
    for row in rows {
        let adding = tx.engine().add_words(Index::Said.table(), row.id, &fold::words(&row.text));
        adding.execute(tx).await?;
    }
    Ok(())
}

/// Says what is in no index of words yet: documents of these kinds with lesser ids than these.
pub(super) async fn to_index(tx: &mut Tx, below: [(&'static str, i64); 3]) -> Result<()> {
    let rows = below.into_iter().map(|(kind, id)| vec![kind.into(), id.into()]).collect();
    insert(tx, "INSERT INTO words_to_fill (kind, below_id)", rows).await
}
