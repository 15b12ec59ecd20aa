use std::collections::HashMap;

use playbook::Status;
use store::dialect::words::{NEWEST, id_list};
use store::{Conn, Id, Result, Row, sql};

use super::walk::Step;
use super::{Hit, Kind, OfTicket, Snippet, Sought};
use crate::words::Index;

/// How much of a message is read to show where the words stand, in characters.
const READ_MAX: u32 = 100_000;

/// What is shown of these steps, in their order, and whether the ticket of each was merged.
pub(super) async fn hits(conn: &mut Conn, steps: &[Step], words: &Sought) -> Result<Vec<(Hit, bool)>> {
    if steps.is_empty() {
        return Ok(Vec::new());
    }
    let tickets = format!(
        "SELECT tickets.id AS id, number, subject, status, waiting_on, tickets.updated_at AS at,
            tickets.merged_into_id AS merged_into_id,
            contacts.name AS requester_name, organizations.name AS organization_name,
            (SELECT address FROM contact_addresses WHERE contact_id = tickets.requester_id
             ORDER BY contact_addresses.place, contact_addresses.created_at, address LIMIT 1) AS requester_address
        FROM tickets LEFT JOIN contacts ON contacts.id = tickets.requester_id
        LEFT JOIN organizations ON organizations.id = tickets.organization_id
        WHERE tickets.id IN {}",
        conn.engine().members(1)
    );
    let tickets = by_id(sql(tickets).bind(id_list(steps.iter().map(|step| step.ticket))).all(conn).await?)?;
    let messages = format!(
        "SELECT id, substr(text, 1, {READ_MAX}) AS text, created_at AS at FROM messages WHERE id IN {}",
        conn.engine().members(1)
    );
    let said: Vec<Id> = steps.iter().filter_map(|step| step.message).collect();
    let messages = match said.is_empty() {
        true => HashMap::new(),
        false => by_id(sql(messages).bind(id_list(said)).all(conn).await?)?,
    };
    let mut hits = Vec::with_capacity(steps.len());
    for step in steps {
        if let Some(row) = tickets.get(&step.ticket) {
            let hit = hit(row, step.message.and_then(|id| messages.get(&id)), words)?;
            hits.push((hit, row.get::<Option<Id>>("merged_into_id")?.is_some()));
        }
    }
    Ok(hits)
}

fn by_id(rows: Vec<Row>) -> Result<HashMap<Id, Row>> {
    rows.into_iter().map(|row| Ok((row.get("id")?, row))).collect()
}

fn hit(row: &Row, message: Option<&Row>, words: &Sought) -> Result<Hit> {
    let (name, address): (Option<String>, Option<String>) = (row.get("requester_name")?, row.get("requester_address")?);
    let ticket = OfTicket {
        id: row.get("id")?,
        number: row.get("number")?,
        status: Status::from_word(&row.get::<String>("status")?).unwrap_or(Status::Open),
        waiting_on: row.get("waiting_on")?,
        requester: name.or(address).unwrap_or_default(),
        organization: row.get("organization_name")?,
        merged_into: None,
    };
    let title: String = row.get("subject")?;
    let heading = Snippet::of(&title, words);
    let (kind, id, snippet, at) = match message {
        Some(said) => {
            (Kind::Message, said.get("id")?, Snippet::of(&said.get::<String>("text")?, words), said.get("at")?)
        }
        None => (Kind::Ticket, ticket.id, heading.clone(), row.get("at")?),
    };
    Ok(Hit { kind, id, ticket: Some(ticket), key: None, title, heading, snippet, at: Some(at) })
}

/// Contacts and organizations that hold the words, the best of the newest first.
pub(super) async fn people(conn: &mut Conn, words: &Sought, newest: Id, limit: u32) -> Result<Vec<Hit>> {
    let hits = conn.engine().newest_words(Index::People.table(), 1, 2, "");
    let newest_first = format!("SELECT id, score FROM ({hits}) AS each ORDER BY id DESC LIMIT {NEWEST}");
    let best = format!("SELECT id, score FROM ({newest_first}) AS newest ORDER BY score DESC, id DESC LIMIT {limit}");
    let text = format!(
        "SELECT hits.id AS id, organizations.key AS organization_key, organizations.name AS organization_name,
            contacts.name AS name,
            (SELECT address FROM contact_addresses WHERE contact_id = hits.id
             ORDER BY contact_addresses.place, contact_addresses.created_at, address LIMIT 1) AS address
        FROM ({best}) AS hits LEFT JOIN organizations ON organizations.id = hits.id
        LEFT JOIN contacts ON contacts.id = hits.id
        WHERE organizations.id IS NOT NULL OR contacts.id IS NOT NULL ORDER BY hits.score DESC, hits.id DESC"
    );
    let rows = sql(text).bind(words.for_engine(conn.engine())).bind(newest).all(conn).await?;
    rows.iter().map(|row| person(row, words)).collect()
}

fn person(row: &Row, words: &Sought) -> Result<Hit> {
    let (kind, key, title, text) = match row.get::<Option<String>>("organization_key")? {
        Some(key) => {
            let name: String = row.get("organization_name")?;
            let text = format!("{name} ({key})");
            (Kind::Organization, Some(key), name, text)
        }
        None => {
            let (name, address): (Option<String>, Option<String>) = (row.get("name")?, row.get("address")?);
            let text = format!("{} {}", name.as_deref().unwrap_or_default(), address.as_deref().unwrap_or_default());
            let title = name.or_else(|| address.clone()).unwrap_or_else(|| "?".to_owned());
            (Kind::Contact, address, title, text)
        }
    };
    let (heading, snippet) = (Snippet::of(&title, words), Snippet::of(&text, words));
    Ok(Hit { kind, id: row.get("id")?, ticket: None, key, title, heading, snippet, at: None })
}
