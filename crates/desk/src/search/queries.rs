use store::dialect::words::NEWEST;
use store::{Conn, Engine, Id, Result, Row, sql};

use super::{Hit, Kind, OfTicket, Snippet, Wanted};
use crate::rights::Scope;
use crate::words::Index;

/// The indexes of what stands on tickets.
const ON_TICKETS: [Index; 2] = [Index::Said, Index::Noted];

/// How much of a message is read to show where the words stand, in characters.
const READ_MAX: u32 = 100_000;

/// Places on tickets that hold the words and that `scope` may see, the best of the newest first.
pub(super) async fn on_tickets(
    conn: &mut Conn,
    scope: Scope,
    wanted: &Wanted,
    newest: Id,
    skip: u32,
    limit: u32,
) -> Result<Vec<Hit>> {
    let engine = conn.engine();
    let seen = scope.condition(4);
    let seen = seen.as_ref().map(|(agent, condition)| (*agent, condition.as_str()));
    let hits = newest_of(engine, &ON_TICKETS, seen.map(|(_, condition)| condition));
    // What was said on one ticket and is shown on another leads to the one that is seen.
    let shown = match seen {
        None => "COALESCE(messages.ticket_id, best.id)".to_owned(),
        Some((_, condition)) => format!(
            "(SELECT tickets.id FROM tickets
            WHERE tickets.id IN (best.id, messages.ticket_id, messages.via_ticket_id) AND {condition}
            ORDER BY CASE WHEN tickets.id = messages.via_ticket_id THEN 1 ELSE 0 END LIMIT 1)"
        ),
    };
    let text = format!(
        "SELECT best.id AS id, messages.id AS message_id, substr(messages.text, 1, {READ_MAX}) AS text,
            shown.id AS ticket_id, shown.number AS number, shown.subject AS subject
        FROM (SELECT id, score FROM ({hits}) AS hits ORDER BY score DESC, id DESC LIMIT {limit} OFFSET $3) AS best
        LEFT JOIN messages ON messages.id = best.id
        JOIN tickets AS shown ON shown.id = {shown}
        ORDER BY best.score DESC, best.id DESC"
    );
    let query = sql(text).bind(wanted.for_engine(engine)).bind(newest).bind(skip);
    let query = match seen {
        Some((agent, _)) => query.bind(agent),
        None => query,
    };
    query.all(conn).await?.iter().map(|row| hit(row, wanted)).collect()
}

fn hit(row: &Row, wanted: &Wanted) -> Result<Hit> {
    let title: String = row.get("subject")?;
    let ticket = OfTicket { id: row.get("ticket_id")?, number: row.get("number")? };
    let (kind, snippet) = match row.get::<Option<String>>("text")? {
        Some(text) => (Kind::Message, Snippet::of(&text, wanted)),
        None => (Kind::Ticket, Snippet::of(&title, wanted)),
    };
    Ok(Hit { kind, id: row.get("id")?, ticket: Some(ticket), title, snippet })
}

/// Contacts and organizations that hold the words, the best first.
pub(super) async fn people(conn: &mut Conn, wanted: &Wanted, newest: Id, limit: u32) -> Result<Vec<Id>> {
    let hits = newest_of(conn.engine(), &[Index::People], None);
    let rows = sql(format!("SELECT id FROM ({hits}) AS hits ORDER BY score DESC, id DESC LIMIT {limit}"))
        .bind(wanted.for_engine(conn.engine()))
        .bind(newest)
        .all(conn)
        .await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// Tickets with a place that holds the words and that `scope` may see: those it stands on, and those it was written from.
pub(super) async fn tickets(conn: &mut Conn, scope: Scope, wanted: &Wanted) -> Result<Vec<Id>> {
    let seen = scope.condition(3);
    let hits = newest_of(conn.engine(), &ON_TICKETS, seen.as_ref().map(|(_, condition)| condition.as_str()));
    let query = sql(format!(
        "SELECT DISTINCT COALESCE(messages.ticket_id, hits.id) AS id, messages.via_ticket_id AS via
        FROM ({hits}) AS hits LEFT JOIN messages ON messages.id = hits.id"
    ))
    .bind(wanted.for_engine(conn.engine()))
    .bind(Id(i64::MAX));
    let query = match seen {
        Some((agent, _)) => query.bind(agent),
        None => query,
    };
    let rows = query.all(conn).await?;
    let mut ids = Vec::with_capacity(rows.len());
    for row in &rows {
        ids.push(row.get("id")?);
        ids.extend(row.get::<Option<Id>>("via")?);
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// The newest documents of these indexes together that hold parameter 1 and are no newer than parameter 2; where `seen` is given,
/// only those on a ticket that meets it.
fn newest_of(engine: Engine, indexes: &[Index], seen: Option<&str>) -> String {
    let each = indexes.iter().map(|index| {
        let table = index.table();
        let only = seen.map(|condition| on_a_ticket(&engine.document_id(table), condition)).unwrap_or_default();
        let newest = engine.newest_words(table, 1, 2, &only);
        format!("SELECT id, score FROM ({newest}) AS {table}")
    });
    let each: Vec<String> = each.collect();
    format!("{} ORDER BY id DESC LIMIT {NEWEST}", each.join(" UNION ALL "))
}

/// The condition on a document (a ticket, or a message, which may be shown on two) that a ticket which shows it meets `condition`.
fn on_a_ticket(document: &str, condition: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM tickets WHERE tickets.id IN (
            SELECT {document}
            UNION ALL SELECT messages.ticket_id FROM messages WHERE messages.id = {document}
            UNION ALL SELECT messages.via_ticket_id FROM messages WHERE messages.id = {document}
        ) AND {condition})"
    )
}
