use std::collections::{HashSet, VecDeque};

use store::dialect::words::id_list;
use store::{Conn, Engine, Id, Result, Row, sql};

use super::super::binds::Binds;
use super::super::cuts::{Condition, Is};
use super::super::place::Place;
use super::{FEW, LOOKED_MAX, Seen, Spot, Step, Walk};
use crate::page::Cursor;
use crate::rights::Scope;
use crate::words::Index;

/// When what stands in a place was written, and when a ticket was opened.
const WRITTEN_AT: &str = "COALESCE(messages.created_at, tickets.created_at)";
const OPENED_AT: &str = "tickets.created_at";

/// The next `limit` places behind this one.
pub(super) async fn next(conn: &mut Conn, walk: &Walk<'_>, behind: Option<Place>, limit: u32) -> Result<Vec<Seen>> {
    if walk.words.is_empty() {
        return tickets(conn, walk, behind, limit).await;
    }
    let engine = conn.engine();
    let mut binds = Binds::default();
    let wanted = binds.add(walk.words.for_engine(engine));
    let (from, until) = walk.between(behind);
    let (until, from) = (binds.add(until), binds.add(from));
    let seen = Seeing::of(walk.scope, &mut binds);
    let places = all(engine, walk, (wanted, until, from), &seen, limit);
    look(conn, walk, binds, &places, &seen).await
}

/// Those of these places in which the words stand. Each is looked up in the one index that it can be in: a look-up is what costs here.
pub(super) async fn holding(conn: &mut Conn, walk: &Walk<'_>, these: &[Spot]) -> Result<Vec<Seen>> {
    let engine = conn.engine();
    let mut binds = Binds::default();
    let wanted = binds.add(walk.words.for_engine(engine));
    let mut holding = Vec::new();
    for index in walk.indexes() {
        let of_it = these.iter().filter(|spot| spot.is_note == (*index == Index::Noted)).map(|spot| spot.id);
        let members = engine.members(binds.add(id_list(of_it)));
        let holds = holds(engine, *index, wanted, "these.id");
        holding.push(format!("SELECT these.id AS id FROM {members} AS these WHERE {holds}"));
    }
    let seen = Seeing::of(walk.scope, &mut binds);
    look(conn, walk, binds, &holding.join(" UNION ALL "), &seen).await
}

/// What is seen at these places, a query for their ids, the newest first.
async fn look(conn: &mut Conn, walk: &Walk<'_>, mut binds: Binds, places: &str, seen: &Seeing) -> Result<Vec<Seen>> {
    let fits = all_of(conn.engine(), &mut binds, walk.cuts.conditions.iter(), WRITTEN_AT);
    let text = format!(
        "SELECT places.id AS id, messages.id AS message_id, tickets.id AS ticket_id,
            CAST(CASE WHEN {fits} THEN 1 ELSE 0 END AS BIGINT) AS fits
        FROM ({places}) AS places LEFT JOIN messages ON messages.id = places.id
        LEFT JOIN tickets ON tickets.id = {}
        ORDER BY places.id DESC",
        seen.shown("places.id")
    );
    let rows = binds.into_query(text).all(conn).await?;
    let newest = walk.newest;
    rows.iter().map(|row| seen_at(row, Place::Words { behind: row.get("id")?, newest })).collect()
}

fn seen_at(row: &Row, behind: Place) -> Result<Seen> {
    let step = match row.get::<Option<Id>>("ticket_id")? {
        Some(ticket) => Some(Step { ticket, message: row.get("message_id")? }),
        None => None,
    };
    Ok(Seen { behind, step, fits: row.get::<i64>("fits")? == 1 })
}

/// The newest places of the words that the viewer sees, out of each index in its own order.
fn all(
    engine: Engine,
    walk: &Walk<'_>,
    (wanted, until, from): (usize, usize, usize),
    seen: &Seeing,
    limit: u32,
) -> String {
    let each: Vec<String> = walk
        .indexes()
        .iter()
        .map(|index| {
            let table = index.table();
            let document = engine.document_id(table);
            let mut only = format!("{document} >= ${from}");
            if let Some(condition) = &seen.condition {
                only.push_str(&format!(" AND {}", on_a_ticket(&document, condition)));
            }
            let places = engine.places_of_words(table, wanted, until, &only, limit);
            format!("SELECT id FROM ({places}) AS {table}")
        })
        .collect();
    match each.as_slice() {
        [one] => one.clone(),
        several => format!("{} ORDER BY id DESC LIMIT {limit}", several.join(" UNION ALL ")),
    }
}

/// The condition that the words stand in the place `id`, of those that this index has.
fn holds(engine: Engine, index: Index, wanted: usize, id: &str) -> String {
    let table = index.table();
    let (holds, document) = (engine.holds_words(table, wanted), engine.document_id(table));
    format!("EXISTS (SELECT 1 FROM {table} WHERE {holds} AND {document} = {id})")
}

/// A query for every place on these tickets: each ticket's own, its messages, and what is shown on it from another. Who cuts from it keeps it
/// materialized: PostgreSQL would otherwise go through all places between two ids rather than through those of few tickets.
fn places_on(scope: Scope, members: &str) -> String {
    let via = match scope.is_everything() {
        true => String::new(),
        false => {
            format!("UNION SELECT messages.id, messages.kind FROM messages WHERE messages.via_ticket_id IN {members}")
        }
    };
    format!(
        "SELECT tickets.id AS id, 'ticket' AS kind FROM tickets WHERE tickets.id IN {members}
        UNION SELECT messages.id, messages.kind FROM messages WHERE messages.ticket_id IN {members} {via}"
    )
}

/// Which of these tickets a page before showed: those on which the words stand in a place that is no older than `page`.
pub(super) async fn shown_before(conn: &mut Conn, walk: &Walk<'_>, tickets: &HashSet<Id>, page: Id) -> Result<Vec<Id>> {
    if tickets.is_empty() {
        return Ok(Vec::new());
    }
    let engine = conn.engine();
    let mut binds = Binds::default();
    let wanted = binds.add(walk.words.for_engine(engine));
    let members = engine.members(binds.add(id_list(tickets.iter().copied())));
    let (page, newest) = (binds.add(page), binds.add(walk.newest));
    let seen = Seeing::of(walk.scope, &mut binds);
    let (places, each) = (places_on(walk.scope, &members), walk.indexes().iter());
    let holds: Vec<String> = each
        .map(|index| {
            let is_note = if *index == Index::Noted { "=" } else { "<>" };
            format!("among.kind {is_note} 'note' AND {}", holds(engine, *index, wanted, "among.id"))
        })
        .collect();
    let holds = if holds.is_empty() { "1 = 0".to_owned() } else { holds.join(" OR ") };
    let fits = all_of(engine, &mut binds, walk.cuts.conditions.iter(), WRITTEN_AT);
    let text = format!(
        "WITH among AS MATERIALIZED ({places})
        SELECT DISTINCT tickets.id AS id FROM among LEFT JOIN messages ON messages.id = among.id
        JOIN tickets ON tickets.id = {}
        WHERE among.id >= ${page} AND among.id <= ${newest} AND ({holds}) AND {fits}",
        seen.shown("among.id")
    );
    binds.into_query(text).all(conn).await?.iter().map(|row| row.get("id")).collect()
}

/// Tickets that meet the conditions by which an index leads to them, and whether they meet the others.
async fn tickets(conn: &mut Conn, walk: &Walk<'_>, behind: Option<Place>, limit: u32) -> Result<Vec<Seen>> {
    let engine = conn.engine();
    let mut binds = Binds::default();
    let mut cut = led_to(engine, walk, &mut binds);
    let by_day = walk.is_of_days();
    match behind {
        Some(Place::Changes(after)) if !by_day => {
            let (at, id) = (binds.add(after.at), binds.add(after.id));
            cut.push_str(&format!(" AND (tickets.updated_at, tickets.id) < (${at}, ${id})"));
        }
        Some(Place::Openings(id)) if by_day => cut.push_str(&format!(" AND tickets.id < ${}", binds.add(id))),
        _ => {}
    }
    let order = match by_day {
        true => {
            let (from, until) = (binds.add(walk.ids.0), binds.add(walk.ids.1));
            cut.push_str(&format!(" AND tickets.id >= ${from} AND tickets.id <= ${until}"));
            "ORDER BY tickets.id DESC"
        }
        false => "ORDER BY tickets.updated_at DESC, tickets.id DESC",
    };
    let fits = all_of(engine, &mut binds, walk.following(), OPENED_AT);
    let text = format!(
        "SELECT tickets.id AS ticket_id, tickets.updated_at AS updated_at, CAST(CASE WHEN {fits} THEN 1 ELSE 0 END AS BIGINT) AS fits
        FROM (SELECT * FROM tickets WHERE {cut} {order} LIMIT {limit}) AS tickets {order}"
    );
    let rows = binds.into_query(text).all(conn).await?;
    rows.iter()
        .map(|row| {
            let ticket: Id = row.get("ticket_id")?;
            let behind = match by_day {
                true => Place::Openings(ticket),
                false => Place::Changes(Cursor { at: row.get("updated_at")?, id: ticket }),
            };
            let step = Some(Step { ticket, message: None });
            Ok(Seen { behind, step, fits: row.get::<i64>("fits")? == 1 })
        })
        .collect()
}

/// Every place behind this one on the tickets to which an index leads, the newest first; `None` when the tickets, or the places, are
/// too many to be gone through one by one.
pub(super) async fn few(conn: &mut Conn, walk: &Walk<'_>, behind: Option<Place>) -> Result<Option<VecDeque<Spot>>> {
    let engine = conn.engine();
    let mut binds = Binds::default();
    let cut = led_to(engine, walk, &mut binds);
    let text = format!("SELECT tickets.id AS id FROM tickets WHERE {cut}");
    let tickets = binds.into_query(text).limit(FEW + 1).all(conn).await?;
    if tickets.len() > FEW as usize {
        return Ok(None);
    }
    let tickets: Vec<Id> = tickets.iter().map(|row| row.get("id")).collect::<Result<_>>()?;
    let places = places_on(walk.scope, &engine.members(1));
    let (from, until) = walk.between(behind);
    let rows = sql(format!(
        "WITH places AS MATERIALIZED ({places})
        SELECT places.id AS id, CAST(CASE WHEN places.kind = 'note' THEN 1 ELSE 0 END AS BIGINT) AS is_note
        FROM places WHERE places.id >= $2 AND places.id <= $3 ORDER BY places.id DESC"
    ))
    .bind(id_list(tickets))
    .bind(from)
    .bind(until)
    .limit(LOOKED_MAX + 1)
    .all(conn)
    .await?;
    if rows.len() > LOOKED_MAX as usize {
        return Ok(None);
    }
    rows.iter()
        .map(|row| Ok(Spot { id: row.get("id")?, is_note: row.get::<i64>("is_note")? == 1 }))
        .collect::<Result<_>>()
        .map(Some)
}

/// The condition that an index leads to, under the viewer's scope.
fn led_to(engine: Engine, walk: &Walk<'_>, binds: &mut Binds) -> String {
    let seen = Seeing::of(walk.scope, binds);
    let led = all_of(engine, binds, walk.leading(), OPENED_AT);
    match seen.condition {
        Some(condition) => format!("{led} AND {condition}"),
        None => led,
    }
}

fn all_of<'c>(engine: Engine, binds: &mut Binds, conditions: impl Iterator<Item = &'c Condition>, at: &str) -> String {
    // Words that must not stand on a ticket cost the most and are looked for last.
    let (dear, cheap): (Vec<_>, Vec<_>) = conditions.partition(|condition| matches!(condition.is, Is::Holding(_)));
    let conditions = cheap.into_iter().chain(dear);
    let texts: Vec<String> = conditions.map(|condition| format!("({})", condition.text(engine, binds, at))).collect();
    if texts.is_empty() { "1 = 1".to_owned() } else { texts.join(" AND ") }
}

/// What the viewer sees.
struct Seeing {
    /// The condition on `tickets`; `None` where every one is seen.
    condition: Option<String>,
}

impl Seeing {
    fn of(scope: Scope, binds: &mut Binds) -> Self {
        // The place of a value is known once it stands there.
        let Some((agent, _)) = scope.condition(0) else { return Self { condition: None } };
        let place = binds.add(agent);
        Self { condition: scope.condition(place).map(|(_, condition)| condition) }
    }

    /// The ticket that what stands at the document `id` is shown on: what was said on one ticket and is seen on another alone leads to
    /// that one.
    fn shown(&self, id: &str) -> String {
        match &self.condition {
            None => format!("COALESCE(messages.ticket_id, {id})"),
            Some(condition) => format!(
                "(SELECT tickets.id FROM tickets
                WHERE tickets.id IN ({id}, messages.ticket_id, messages.via_ticket_id) AND {condition}
                ORDER BY CASE WHEN tickets.id = messages.via_ticket_id THEN 1 ELSE 0 END LIMIT 1)"
            ),
        }
    }
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
