use jiff::Timestamp;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::{Asked, Due, Listing, Question, State};
use crate::Role;
use crate::messages::Author;
use crate::page::Page;

const FIND: &str =
    "SELECT id, ticket_id, name, asked_kind, asked, asked_agent_id, text, answers, chase, chase_at, state,
    answer, closed_by_kind, closed_by_id, closed_by_name, created_at, closed_at FROM questions";

/// The open questions that are put to an agent: `$1` their id, `$2` to `$4` the roles they answer for.
const PUT_TO: &str = "questions.state = 'open' AND (
        (asked_kind = 'person' AND asked_agent_id = $1)
        OR (asked_kind = 'team' AND asked IN (SELECT memberships.team FROM memberships WHERE agent_id = $1))
        OR (asked_kind = 'role' AND asked IN ($2, $3, $4)))";

pub(super) async fn insert(tx: &mut Tx, question: &Question) -> Result<()> {
    let agent = match &question.asked {
        Asked::Person { agent, .. } => *agent,
        _ => None,
    };
    sql("INSERT INTO questions (id, ticket_id, name, asked_kind, asked, asked_agent_id, text, answers, chase, chase_at, state,
        created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
    .bind(question.id)
    .bind(question.ticket)
    .bind(&question.name)
    .bind(question.asked.kind())
    .bind(question.asked.name())
    .bind(agent)
    .bind(&question.text)
    .bind(serde_json::Value::from(question.answers.clone()).to_string())
    .bind(question.chase.as_deref())
    .bind(question.chase_at)
    .bind(question.state.as_str())
    .bind(question.asked_at)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn find(conn: &mut Conn, id: Id) -> Result<Option<Question>> {
    sql(format!("{FIND} WHERE id = $1")).bind(id).optional(conn).await?.as_ref().map(question).transpose()
}

pub(super) async fn find_by_name(conn: &mut Conn, ticket: Id, name: &str) -> Result<Option<Question>> {
    let text = format!("{FIND} WHERE ticket_id = $1 AND name = $2 ORDER BY id DESC LIMIT 1");
    sql(text).bind(ticket).bind(name).optional(conn).await?.as_ref().map(question).transpose()
}

pub(super) async fn of_ticket(conn: &mut Conn, ticket: Id, limit: u32) -> Result<Vec<Question>> {
    let text = format!("{FIND} WHERE ticket_id = $1 ORDER BY id DESC");
    sql(text).bind(ticket).limit(limit).all(conn).await?.iter().rev().map(question).collect()
}

pub(super) async fn put_to(conn: &mut Conn, agent: Option<Id>, roles: &[Role], page: Page) -> Result<Vec<Listing>> {
    let after = match page.after {
        Some(_) => "AND (questions.created_at < $5 OR (questions.created_at = $5 AND questions.id < $6))",
        None => "",
    };
    let text = format!(
        "SELECT questions.id AS id, ticket_id, name, asked_kind, asked, asked_agent_id, text, answers, chase, chase_at,
        questions.state AS state, answer, closed_by_kind, closed_by_id, closed_by_name,
        questions.created_at AS created_at, questions.closed_at AS closed_at, tickets.number AS number,
        tickets.subject AS subject
        FROM questions JOIN tickets ON tickets.id = questions.ticket_id
        WHERE {PUT_TO} {after} ORDER BY questions.created_at DESC, questions.id DESC"
    );
    let mut query = named(sql(text), agent, roles);
    if let Some(after) = page.after {
        query = query.bind(after.at).bind(after.id);
    }
    let rows = query.limit(page.limit + 1).all(conn).await?;
    rows.iter()
        .map(|row| Ok(Listing { question: question(row)?, number: row.get("number")?, subject: row.get("subject")? }))
        .collect()
}

pub(super) async fn count_put_to(conn: &mut Conn, agent: Option<Id>, roles: &[Role]) -> Result<i64> {
    let text = format!("SELECT COUNT(*) AS count FROM questions WHERE {PUT_TO}");
    Ok(named(sql(text), agent, roles).scalar(conn, "count").await?.unwrap_or(0))
}

/// Binds the agent and their roles, of which there are three at most.
fn named(query: store::Query, agent: Option<Id>, roles: &[Role]) -> store::Query {
    let role = |at: usize| roles.get(at).map(|role| role.as_str());
    query.bind(agent).bind(role(0)).bind(role(1)).bind(role(2))
}

pub(super) async fn answer(tx: &mut Tx, id: Id, answer: &str, by: &Author, now: Timestamp) -> Result<()> {
    sql("UPDATE questions SET state = 'answered', answer = $2, closed_by_kind = $3, closed_by_id = $4, closed_by_name = $5,
        closed_at = $6, chase_at = NULL WHERE id = $1")
    .bind(id)
    .bind(answer)
    .bind(&by.kind)
    .bind(by.id)
    .bind(&by.name)
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn close_named(tx: &mut Tx, ticket: Id, name: &str, state: State, now: Timestamp) -> Result<()> {
    sql("UPDATE questions SET state = $3, closed_at = $4, chase_at = NULL
        WHERE ticket_id = $1 AND name = $2 AND state = 'open'")
    .bind(ticket)
    .bind(name)
    .bind(state.as_str())
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn close_open(tx: &mut Tx, ticket: Id, state: State, now: Timestamp) -> Result<()> {
    sql("UPDATE questions SET state = $2, closed_at = $3, chase_at = NULL WHERE ticket_id = $1 AND state = 'open'")
        .bind(ticket)
        .bind(state.as_str())
        .bind(now)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn suspend(tx: &mut Tx, ticket: Id) -> Result<u64> {
    sql("UPDATE questions SET state = 'suspended', suspended_chase_at = chase_at, chase_at = NULL
        WHERE ticket_id = $1 AND state = 'open'")
    .bind(ticket)
    .execute(tx)
    .await
}

pub(super) async fn resume(tx: &mut Tx, ticket: Id) -> Result<u64> {
    sql("UPDATE questions SET state = 'open', chase_at = suspended_chase_at, suspended_chase_at = NULL
        WHERE ticket_id = $1 AND state = 'suspended'")
    .bind(ticket)
    .execute(tx)
    .await
}

pub(super) async fn set_chase(tx: &mut Tx, id: Id, at: Option<Timestamp>) -> Result<()> {
    sql("UPDATE questions SET chase_at = $2 WHERE id = $1").bind(id).bind(at).execute(tx).await.map(drop)
}

pub(super) async fn postpone(tx: &mut Tx, ticket: Id, now: Timestamp, until: Timestamp) -> Result<()> {
    sql("UPDATE questions SET chase_at = $3 WHERE ticket_id = $1 AND chase_at <= $2")
        .bind(ticket)
        .bind(now)
        .bind(until)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn due(conn: &mut Conn, now: Timestamp, limit: u32) -> Result<Vec<Due>> {
    let rows = sql("SELECT id, ticket_id, chase_at FROM questions WHERE chase_at <= $1 ORDER BY chase_at, id")
        .bind(now)
        .limit(limit)
        .all(conn)
        .await?;
    rows.iter()
        .map(|row| Ok(Due { question: row.get("id")?, ticket: row.get("ticket_id")?, at: row.get("chase_at")? }))
        .collect()
}

fn question(row: &Row) -> Result<Question> {
    let by = row.get::<Option<String>>("closed_by_kind")?;
    let answered_by = match by {
        Some(kind) => {
            let name = row.get::<Option<String>>("closed_by_name")?.unwrap_or_default();
            Some(Author { kind, id: row.get("closed_by_id")?, name })
        }
        None => None,
    };
    let state: String = row.get("state")?;
    let answers: String = row.get("answers")?;
    Ok(Question {
        id: row.get("id")?,
        ticket: row.get("ticket_id")?,
        name: row.get("name")?,
        asked: asked(row)?,
        text: row.get("text")?,
        answers: serde_json::from_str(&answers).map_err(|error| wrong("answers", error.to_string()))?,
        chase: row.get("chase")?,
        chase_at: row.get("chase_at")?,
        state: State::from_word(&state).ok_or_else(|| wrong("state", state))?,
        answer: row.get("answer")?,
        answered_by,
        asked_at: row.get("created_at")?,
        closed_at: row.get("closed_at")?,
    })
}

fn asked(row: &Row) -> Result<Asked> {
    let (kind, name): (String, String) = (row.get("asked_kind")?, row.get("asked")?);
    match kind.as_str() {
        "team" => Ok(Asked::Team(name)),
        "role" => name.parse().map(Asked::Role).map_err(|error: crate::Error| wrong("asked", error.message)),
        _ => Ok(Asked::Person { name, agent: row.get("asked_agent_id")? }),
    }
}

fn wrong(column: &str, reason: String) -> store::Error {
    store::Error::Column { column: column.to_owned(), reason }
}
