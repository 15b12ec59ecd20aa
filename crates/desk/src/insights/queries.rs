use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use store::{Conn, Id, Result, sql};

use super::life::{Said, Step};

/// The keys and names of these organizations.
pub(super) async fn names(conn: &mut Conn, ids: &BTreeSet<Id>) -> Result<BTreeMap<Id, (String, String)>> {
    let mut names = BTreeMap::new();
    let all = sql("SELECT id, key, name FROM organizations");
    all.each(conn, |row| {
        let id: Id = row.get("id")?;
        if ids.contains(&id) {
            names.insert(id, (row.get("key")?, row.get("name")?));
        }
        Ok::<_, store::Error>(())
    })
    .await?;
    Ok(names)
}

/// The revision of the handbook that a ticket's run is pinned to.
pub(super) async fn revision(conn: &mut Conn, ticket: Id) -> Result<Option<i64>> {
    sql("SELECT revision FROM runs WHERE ticket_id = $1").bind(ticket).scalar(conn, "revision").await
}

/// Every line of a ticket's history, oldest first.
pub(super) async fn steps(conn: &mut Conn, ticket: Id) -> Result<Vec<Step>> {
    let rows = sql("SELECT event, to_state, fault, created_at FROM history WHERE ticket_id = $1 ORDER BY id")
        .bind(ticket)
        .all(conn)
        .await?;
    rows.iter()
        .map(|row| {
            let failed = row.get::<Option<String>>("fault")?.is_some();
            let state: Option<String> = row.get("to_state")?;
            Ok(Step { event: row.get("event")?, state: state.filter(|_| !failed), at: row.get("created_at")? })
        })
        .collect()
}

/// What was said to whoever asked, oldest first: whether a playbook did, and when.
pub(super) async fn said(conn: &mut Conn, ticket: Id) -> Result<Vec<Said>> {
    let rows = sql("SELECT messages.kind AS kind, messages.created_at AS created_at FROM tickets
        JOIN messages ON messages.ticket_id = tickets.id
        JOIN contact_addresses ON contact_addresses.contact_id = tickets.requester_id
            AND contact_addresses.address = messages.recipient
        WHERE tickets.id = $1 AND messages.kind IN ('reply', 'automatic') ORDER BY messages.id")
    .bind(ticket)
    .all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            let at: Timestamp = row.get("created_at")?;
            Ok(Said { by_playbook: row.get::<String>("kind")? == "automatic", at })
        })
        .collect()
}
