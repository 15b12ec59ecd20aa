use mail::Address;
use store::{Conn, Id, Result, Tx, sql};

/// Somebody who was put in copy of a ticket at some time.
pub(super) struct Named {
    pub(super) who: Address,
    /// Whether they still are.
    pub(super) in_copy: bool,
}

pub(super) async fn remember(tx: &mut Tx, ticket: Id, address: &str) -> Result<()> {
    sql("INSERT INTO participants (ticket_id, address) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(ticket)
        .bind(address)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn takes_part(conn: &mut Conn, ticket: Id, address: &str) -> Result<bool> {
    let row = sql("SELECT 1 AS found FROM participants WHERE ticket_id = $1 AND address = $2
        UNION ALL
        SELECT 1 AS found FROM tickets JOIN contact_addresses ON contact_addresses.contact_id = tickets.requester_id
        WHERE tickets.id = $1 AND contact_addresses.address = $2
        LIMIT 1")
    .bind(ticket)
    .bind(address)
    .optional(conn)
    .await?;
    Ok(row.is_some())
}

/// Whether this address is one of whoever asked.
pub(super) async fn is_requester(conn: &mut Conn, ticket: Id, address: &str) -> Result<bool> {
    let found = sql("SELECT tickets.id AS id FROM tickets
        JOIN contact_addresses ON contact_addresses.contact_id = tickets.requester_id
        WHERE tickets.id = $1 AND contact_addresses.address = $2");
    Ok(found.bind(ticket).bind(address).optional(conn).await?.is_some())
}

pub(super) async fn named(conn: &mut Conn, ticket: Id) -> Result<Vec<Named>> {
    let rows = sql("SELECT address, name, in_copy FROM participants
        WHERE ticket_id = $1 AND in_copy IS NOT NULL ORDER BY address LIMIT 500")
    .bind(ticket)
    .all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            let (name, address): (Option<String>, String) = (row.get("name")?, row.get("address")?);
            Ok(Named { who: Address::new(name.as_deref(), &address), in_copy: row.get("in_copy")? })
        })
        .collect()
}

pub(super) async fn set(tx: &mut Tx, ticket: Id, who: &Address, in_copy: bool) -> Result<()> {
    sql("INSERT INTO participants (ticket_id, address, name, in_copy) VALUES ($1, $2, $3, $4)
        ON CONFLICT (ticket_id, address) DO UPDATE
        SET in_copy = excluded.in_copy, name = COALESCE(excluded.name, participants.name)")
    .bind(ticket)
    .bind(who.key())
    .bind(who.name.as_deref())
    .bind(in_copy)
    .execute(tx)
    .await
    .map(drop)
}
