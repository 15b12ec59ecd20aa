use jiff::Timestamp;
use store::{Conn, Id, Result, Row, Tx, sql};

use super::{Due, Held, HeldOf, Listing, Sending, Stands};
use crate::attachments::Staged;
use crate::drafts::{File, file_of_row};
use crate::messages::Author;
use crate::page::Page;
use crate::rights::Scope;

const FIND: &str =
    "SELECT id, ticket_id, writer, author_kind, author_id, author_name, party, suggestion_id, text, seen_id, briefly,
    why, send_at, created_at FROM sendings";

pub(super) async fn insert(tx: &mut Tx, sending: &Sending) -> Result<()> {
    sql("INSERT INTO sendings (id, ticket_id, writer, author_kind, author_id, author_name, party, suggestion_id, text, seen_id,
        briefly, state, send_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'waiting', $12, $13)")
    .bind(sending.id)
    .bind(sending.ticket)
    .bind(&sending.writer)
    .bind(&sending.author.kind)
    .bind(sending.author.id)
    .bind(&sending.author.name)
    .bind(&sending.party)
    .bind(sending.suggestion)
    .bind(&sending.text)
    .bind(sending.seen)
    .bind(sending.briefly)
    .bind(sending.send_at)
    .bind(sending.created_at)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn attach(tx: &mut Tx, id: Id, sending: Id, file: &Staged) -> Result<()> {
    sql("INSERT INTO sending_files (id, sending_id, name, kind, size, storage_key) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(id)
        .bind(sending)
        .bind(&file.name)
        .bind(&file.kind)
        .bind(file.size)
        .bind(&file.storage_key)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn find(conn: &mut Conn, id: Id) -> Result<Option<Sending>> {
    sql(format!("{FIND} WHERE id = $1")).bind(id).optional(conn).await?.as_ref().map(sending).transpose()
}

pub(super) async fn of_ticket(conn: &mut Conn, ticket: Id, limit: u32) -> Result<Vec<Sending>> {
    let rows = sql(format!("{FIND} WHERE ticket_id = $1 ORDER BY id")).bind(ticket).limit(limit).all(conn).await?;
    rows.iter().map(sending).collect()
}

pub(super) async fn newest(conn: &mut Conn, ticket: Id) -> Result<Option<Id>> {
    sql("SELECT id FROM sendings WHERE ticket_id = $1 ORDER BY id DESC LIMIT 1").bind(ticket).scalar(conn, "id").await
}

pub(super) async fn know_of(tx: &mut Tx, left: &Sending, before: Option<Id>, message: Id) -> Result<()> {
    sql("UPDATE sendings SET seen_id = $4 WHERE ticket_id = $1 AND id > $2 AND COALESCE(seen_id, 0) >= $3")
        .bind(left.ticket)
        .bind(left.id)
        .bind(before.unwrap_or(Id(0)))
        .bind(message)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn files(conn: &mut Conn, sending: Id) -> Result<Vec<File>> {
    let rows = sql("SELECT id, name, kind, size, storage_key FROM sending_files WHERE sending_id = $1 ORDER BY id")
        .bind(sending)
        .all(conn)
        .await?;
    rows.iter().map(file_of_row).collect()
}

pub(super) async fn remove(tx: &mut Tx, id: Id) -> Result<()> {
    sql("DELETE FROM sending_files WHERE sending_id = $1").bind(id).execute(tx).await?;
    sql("DELETE FROM sendings WHERE id = $1").bind(id).execute(tx).await.map(drop)
}

pub(super) async fn set_time(tx: &mut Tx, id: Id, at: Timestamp, seen: Option<Id>) -> Result<()> {
    sql("UPDATE sendings SET send_at = $2, seen_id = $3, briefly = $4, state = 'waiting', why = NULL WHERE id = $1")
        .bind(id)
        .bind(at)
        .bind(seen)
        .bind(false)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn held(conn: &mut Conn, scope: Scope, of: &HeldOf, limit: u32) -> Result<Vec<Held>> {
    let mut values: Vec<store::Value> = Vec::new();
    let conditions = seen(scope, of, "sendings.state = 'held'", &mut values);
    let text = format!(
        "SELECT sendings.id AS id, author_name, why, send_at, tickets.id AS ticket_id, tickets.number AS number,
        tickets.subject AS subject FROM sendings JOIN tickets ON tickets.id = sendings.ticket_id
        WHERE {conditions} ORDER BY sendings.send_at, sendings.id"
    );
    let rows = values.into_iter().fold(sql(text), store::Query::bind).limit(limit).all(conn).await?;
    let held = |row: &Row| {
        Ok(Held {
            sending: row.get("id")?,
            writer: row.get("author_name")?,
            why: row.get::<Option<String>>("why")?.unwrap_or_default(),
            send_at: row.get("send_at")?,
            ticket: row.get("ticket_id")?,
            number: row.get("number")?,
            subject: row.get("subject")?,
        })
    };
    rows.iter().map(held).collect()
}

/// The condition of the replies that `scope` may see and that are of these people, beside a first one; its values follow those that are
/// there.
fn seen(scope: Scope, of: &HeldOf, first: &str, values: &mut Vec<store::Value>) -> String {
    let mut conditions = first.to_owned();
    if let Some((agent, seen)) = scope.condition(values.len() + 1) {
        values.push(agent.into());
        conditions.push_str(&format!(" AND {seen}"));
    }
    match of {
        HeldOf::Everybody => {}
        HeldOf::Writer(agent) => {
            values.push((*agent).into());
            conditions
                .push_str(&format!(" AND sendings.author_kind = 'agent' AND sendings.author_id = ${}", values.len()));
        }
        HeldOf::Teams(teams) => {
            let mut places = vec!["NULL".to_owned()];
            for team in teams {
                values.push(team.as_str().into());
                places.push(format!("${}", values.len()));
            }
            conditions.push_str(&format!(" AND tickets.team IN ({})", places.join(", ")));
        }
    }
    conditions
}

/// Up to `page.limit` of them.
pub(super) async fn list(
    conn: &mut Conn,
    scope: Scope,
    of: &HeldOf,
    stands: Stands,
    page: Page,
) -> Result<Vec<Listing>> {
    let (at, id) = page.after.map_or((Timestamp::UNIX_EPOCH, Id(0)), |after| (after.at, after.id));
    let mut values: Vec<store::Value> = vec![at.into(), id.into()];
    let first = match stands {
        Stands::Held => "sendings.state = 'held' AND (sendings.send_at, sendings.id) > ($1, $2)",
        Stands::Waiting => "sendings.state = 'waiting' AND (sendings.send_at, sendings.id) > ($1, $2)",
    };
    let conditions = seen(scope, of, first, &mut values);
    let text = format!(
        "SELECT sendings.id AS id, ticket_id, writer, author_kind, author_id, author_name, party, suggestion_id, text, seen_id, briefly, why,
        send_at, sendings.created_at AS created_at, tickets.number AS number, tickets.subject AS subject,
        contacts.name AS requester_name, (SELECT address FROM contact_addresses WHERE contact_id = tickets.requester_id
        ORDER BY contact_addresses.place, contact_addresses.created_at, address LIMIT 1) AS requester_address
        FROM sendings JOIN tickets ON tickets.id = sendings.ticket_id JOIN contacts ON contacts.id = tickets.requester_id
        WHERE {conditions} ORDER BY sendings.send_at, sendings.id"
    );
    let rows = values.into_iter().fold(sql(text), store::Query::bind).limit(page.limit).all(conn).await?;
    let listing = |row: &Row| {
        let (name, address): (Option<String>, Option<String>) =
            (row.get("requester_name")?, row.get("requester_address")?);
        Ok(Listing {
            sending: sending(row)?,
            number: row.get("number")?,
            subject: row.get("subject")?,
            requester: name.or(address).unwrap_or_default(),
        })
    };
    rows.iter().map(listing).collect()
}

pub(super) async fn hold(tx: &mut Tx, id: Id, why: &str) -> Result<()> {
    sql("UPDATE sendings SET state = 'held', why = $2 WHERE id = $1").bind(id).bind(why).execute(tx).await.map(drop)
}

pub(super) async fn hold_all(tx: &mut Tx) -> Result<u64> {
    sql("UPDATE sendings SET state = 'held', why = 'restored' WHERE state = 'waiting'").execute(tx).await
}

pub(super) async fn due(conn: &mut Conn, now: Timestamp, limit: u32) -> Result<Vec<Due>> {
    let rows = sql("SELECT id, ticket_id, send_at FROM sendings WHERE state = 'waiting' AND send_at <= $1
        ORDER BY send_at, id")
    .bind(now)
    .limit(limit)
    .all(conn)
    .await?;
    let due = |row: &Row| Ok(Due { sending: row.get("id")?, ticket: row.get("ticket_id")?, at: row.get("send_at")? });
    rows.iter().map(due).collect()
}

pub(super) async fn next_due(conn: &mut Conn) -> Result<Option<Timestamp>> {
    sql("SELECT send_at FROM sendings WHERE state = 'waiting' ORDER BY send_at, id LIMIT 1")
        .scalar(conn, "send_at")
        .await
}

pub(super) async fn postpone(tx: &mut Tx, ticket: Id, now: Timestamp, until: Timestamp) -> Result<()> {
    sql("UPDATE sendings SET send_at = $3 WHERE ticket_id = $1 AND state = 'waiting' AND send_at <= $2")
        .bind(ticket)
        .bind(now)
        .bind(until)
        .execute(tx)
        .await
        .map(drop)
}

fn sending(row: &Row) -> Result<Sending> {
    Ok(Sending {
        id: row.get("id")?,
        ticket: row.get("ticket_id")?,
        writer: row.get("writer")?,
        author: Author { kind: row.get("author_kind")?, id: row.get("author_id")?, name: row.get("author_name")? },
        party: row.get("party")?,
        suggestion: row.get("suggestion_id")?,
        text: row.get("text")?,
        seen: row.get("seen_id")?,
        briefly: row.get("briefly")?,
        held: row.get("why")?,
        send_at: row.get("send_at")?,
        created_at: row.get("created_at")?,
    })
}
