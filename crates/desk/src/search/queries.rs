use store::dialect::words::NEWEST;
use store::{Conn, Engine, Id, Result, Row, sql};

use super::{Hit, Kind, OfTicket, Snippet, Wanted};
use crate::words::Index;

/// How much of a message is read to show where the words stand, in characters.
const READ_MAX: u32 = 100_000;

/// Places on tickets that hold the words, the best of the newest first.
pub(super) async fn on_tickets(
    conn: &mut Conn,
    indexes: &[Index],
    wanted: &Wanted,
    newest: Id,
    skip: u32,
    limit: u32,
) -> Result<Vec<Hit>> {
    let hits = newest_of(conn.engine(), indexes);
    let text = format!(
        "SELECT best.id AS id, messages.id AS message_id, substr(messages.text, 1, {READ_MAX}) AS text,
            tickets.id AS ticket_id, tickets.number AS number, tickets.subject AS subject
        FROM (SELECT id, score FROM ({hits}) AS hits ORDER BY score DESC, id DESC LIMIT {limit} OFFSET $3) AS best
        LEFT JOIN messages ON messages.id = best.id
        LEFT JOIN tickets ON tickets.id = COALESCE(messages.ticket_id, best.id)
        ORDER BY best.score DESC, best.id DESC"
    );
    let rows = sql(text).bind(wanted.for_engine(conn.engine())).bind(newest).bind(skip).all(conn).await?;
    rows.iter().map(|row| hit(row, wanted)).collect()
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
    let hits = newest_of(conn.engine(), &[Index::People]);
    let rows = sql(format!("SELECT id FROM ({hits}) AS hits ORDER BY score DESC, id DESC LIMIT {limit}"))
        .bind(wanted.for_engine(conn.engine()))
        .bind(newest)
        .all(conn)
        .await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// Tickets with a place that holds the words: those it stands on, and those it was written from.
pub(super) async fn tickets(conn: &mut Conn, indexes: &[Index], wanted: &Wanted) -> Result<Vec<Id>> {
    let hits = newest_of(conn.engine(), indexes);
    let rows = sql(format!(
        "SELECT DISTINCT COALESCE(messages.ticket_id, hits.id) AS id, messages.via_ticket_id AS via
        FROM ({hits}) AS hits LEFT JOIN messages ON messages.id = hits.id"
    ))
    .bind(wanted.for_engine(conn.engine()))
    .bind(Id(i64::MAX))
    .all(conn)
    .await?;
    let mut ids = Vec::with_capacity(rows.len());
    for row in &rows {
        ids.push(row.get("id")?);
        ids.extend(row.get::<Option<Id>>("via")?);
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// The newest documents of these indexes together that hold parameter 1 and are no newer than parameter 2.
fn newest_of(engine: Engine, indexes: &[Index]) -> String {
    let each = indexes.iter().map(|index| {
        let newest = engine.newest_words(index.table(), 1, 2);
        format!("SELECT id, score FROM ({newest}) AS {}", index.table())
    });
    let each: Vec<String> = each.collect();
    format!("{} ORDER BY id DESC LIMIT {NEWEST}", each.join(" UNION ALL "))
}
