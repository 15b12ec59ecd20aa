use jiff::Timestamp;
use serde_json::{Map, Value};
use store::dialect::words::id_list;
use store::{Conn, Id, Result, Row, Tx, Value as Bound, sql};

use super::{Address, Contact, Listed};
use crate::page::NamePlace;
use crate::words;

const LISTED: &str = "SELECT contacts.id AS id, contacts.name AS name, contacts.organization_id AS organization_id,
    contacts.role AS role, contacts.language AS language, contacts.attributes AS attributes,
    (SELECT known.address FROM contact_addresses known WHERE known.contact_id = contacts.id
     ORDER BY known.place, known.created_at, known.address LIMIT 1) AS address,
    organizations.key AS organization_key, organizations.name AS organization_name
    FROM contacts LEFT JOIN organizations ON organizations.id = contacts.organization_id
    WHERE contacts.erased_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM stand_ins WHERE stand_ins.contact_id = contacts.id)";

const FIND: &str = "SELECT contacts.id AS id, contacts.name AS name, contacts.organization_id AS organization_id,
    contacts.role AS role, contacts.language AS language, contacts.attributes AS attributes,
    (SELECT known.address FROM contact_addresses known WHERE known.contact_id = contacts.id
     ORDER BY known.place, known.created_at, known.address LIMIT 1) AS address
    FROM contacts WHERE contacts.id = $1";

const AFTER: &str = "SELECT contacts.id AS id, contacts.name AS name, contacts.organization_id AS organization_id,
    contacts.role AS role, contacts.language AS language, contacts.attributes AS attributes,
    (SELECT known.address FROM contact_addresses known WHERE known.contact_id = contacts.id
     ORDER BY known.place, known.created_at, known.address LIMIT 1) AS address
    FROM contacts WHERE contacts.id > $1
    AND EXISTS (SELECT 1 FROM contact_addresses other WHERE other.contact_id = contacts.id)
    ORDER BY contacts.id";

const FIND_BY_ADDRESS: &str =
    "SELECT contacts.id AS id, contacts.name AS name, contacts.organization_id AS organization_id,
    contacts.role AS role, contacts.language AS language, contacts.attributes AS attributes,
    contact_addresses.address AS address
    FROM contact_addresses JOIN contacts ON contacts.id = contact_addresses.contact_id
    WHERE contact_addresses.address = $1";

pub(super) async fn find(conn: &mut Conn, id: Id) -> Result<Option<Contact>> {
    sql(FIND).bind(id).optional(conn).await?.as_ref().map(contact).transpose()
}

pub(super) async fn find_by_address(conn: &mut Conn, address: &str) -> Result<Option<Contact>> {
    sql(FIND_BY_ADDRESS).bind(address).optional(conn).await?.as_ref().map(contact).transpose()
}

/// What a contact is called and all of their addresses, the one they are written to first.
pub(super) async fn name_and_addresses(conn: &mut Conn, id: Id) -> Result<(Option<String>, Vec<String>)> {
    let rows = sql("SELECT contacts.name AS name, contact_addresses.address AS address
        FROM contacts LEFT JOIN contact_addresses ON contact_addresses.contact_id = contacts.id
        WHERE contacts.id = $1 ORDER BY contact_addresses.place, contact_addresses.created_at, contact_addresses.address")
    .bind(id)
    .all(conn)
    .await?;
    let name = rows.first().map(|row| row.get("name")).transpose()?.flatten();
    let addresses = rows.iter().map(|row| row.get::<Option<String>>("address")).collect::<Result<Vec<_>>>()?;
    Ok((name, addresses.into_iter().flatten().collect()))
}

/// Those with an address and greater ids than this one, in order of them.
pub(super) async fn after(conn: &mut Conn, id: Id, limit: u32) -> Result<Vec<Contact>> {
    let rows = sql(AFTER).bind(id).limit(limit).all(conn).await?;
    rows.iter().map(contact).collect()
}

/// A page by name, of an organization's and of those among these.
pub(super) async fn list(
    conn: &mut Conn,
    organization: Option<Id>,
    among: Option<Vec<Id>>,
    after: Option<&NamePlace>,
    limit: u32,
) -> Result<Vec<Listed>> {
    let (mut cuts, mut values): (String, Vec<Bound>) = (String::new(), Vec::new());
    let mut bind = |value: Bound| {
        values.push(value);
        values.len()
    };
    if let Some(organization) = organization {
        cuts += &format!(" AND contacts.organization_id = ${}", bind(organization.into()));
    }
    if let Some(among) = among {
        cuts += &format!(" AND contacts.id IN {}", conn.engine().members(bind(id_list(among))));
    }
    if let Some(after) = after {
        let (name, id) = (bind(after.name.as_str().into()), bind(after.id.into()));
        cuts += &format!(" AND (contacts.sorted_by, contacts.id) > (${name}, ${id})");
    }
    let query = sql(format!("{LISTED}{cuts} ORDER BY contacts.sorted_by, contacts.id"));
    let rows = values.into_iter().fold(query, store::Query::bind).limit(limit).all(conn).await?;
    rows.iter()
        .map(|row| {
            let key: Option<String> = row.get("organization_key")?;
            let name: Option<String> = row.get("organization_name")?;
            Ok(Listed { contact: contact(row)?, organization: key.zip(name) })
        })
        .collect()
}

pub(super) async fn addresses(conn: &mut Conn, contact: Id) -> Result<Vec<Address>> {
    let rows = sql("SELECT address, verified, created_at FROM contact_addresses WHERE contact_id = $1
        ORDER BY place, created_at, address")
    .bind(contact)
    .all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Address { address: row.get("address")?, verified: row.get("verified")?, since: row.get("created_at")? })
        })
        .collect()
}

/// Every address of these contacts with whose it is, the one that each is written to first.
pub(super) async fn addresses_of(conn: &mut Conn, contacts: &[Id]) -> Result<Vec<(Id, Address)>> {
    let among = conn.engine().members(1);
    let rows = sql(format!(
        "SELECT contact_id, address, verified, created_at FROM contact_addresses WHERE contact_id IN {among}
        ORDER BY contact_id, place, created_at, address"
    ))
    .bind(id_list(contacts.iter().copied()))
    .all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            let (address, verified) = (row.get("address")?, row.get("verified")?);
            Ok((row.get("contact_id")?, Address { address, verified, since: row.get("created_at")? }))
        })
        .collect()
}

/// What these contacts may do, with whose right each is, sorted.
pub(super) async fn rights_of(conn: &mut Conn, contacts: &[Id]) -> Result<Vec<(Id, String)>> {
    let among = conn.engine().members(1);
    let rows =
        sql(format!("SELECT contact_id, may FROM contact_rights WHERE contact_id IN {among} ORDER BY contact_id, may"))
            .bind(id_list(contacts.iter().copied()))
            .all(conn)
            .await?;
    rows.iter().map(|row| Ok((row.get("contact_id")?, row.get("may")?))).collect()
}

pub(super) async fn is_erased(conn: &mut Conn, contact: Id) -> Result<bool> {
    let row =
        sql("SELECT id FROM contacts WHERE id = $1 AND erased_at IS NOT NULL").bind(contact).optional(conn).await?;
    Ok(row.is_some())
}

/// Whether a ticket or a message refers to a contact, or they stand for somebody.
pub(super) async fn is_in_use(tx: &mut Tx, id: Id) -> Result<bool> {
    let row = sql("SELECT id FROM contacts WHERE id = $1 AND (
            EXISTS (SELECT 1 FROM tickets WHERE tickets.requester_id = contacts.id)
            OR EXISTS (SELECT 1 FROM stand_ins WHERE stand_ins.contact_id = contacts.id)
            OR EXISTS (SELECT 1 FROM contact_addresses known
                JOIN participants ON participants.address = known.address WHERE known.contact_id = contacts.id))")
    .bind(id)
    .optional(tx)
    .await?;
    Ok(row.is_some())
}

pub(super) async fn remove(tx: &mut Tx, id: Id) -> Result<()> {
    sql("DELETE FROM contact_rights WHERE contact_id = $1").bind(id).execute(tx).await?;
    sql("DELETE FROM contact_addresses WHERE contact_id = $1").bind(id).execute(tx).await?;
    sql("DELETE FROM contacts WHERE id = $1").bind(id).execute(tx).await.map(drop)
}

/// The contact that stands for an organization or for the desk.
pub(super) async fn stand_in(conn: &mut Conn, stands_for: &str) -> Result<Option<Id>> {
    sql("SELECT contact_id FROM stand_ins WHERE stands_for = $1").bind(stands_for).scalar(conn, "contact_id").await
}

/// A contact without an address, who stands for somebody from now on.
pub(super) async fn insert_stand_in(tx: &mut Tx, contact: &Contact, stands_for: &str, now: Timestamp) -> Result<()> {
    insert_alone(tx, contact, now).await?;
    let taken =
        sql("INSERT INTO stand_ins (stands_for, contact_id) VALUES ($1, $2) ON CONFLICT (stands_for) DO NOTHING")
            .bind(stands_for)
            .bind(contact.id)
            .execute(tx)
            .await?;
    if taken == 1 { Ok(()) } else { Err(tx.conflict()) }
}

/// The address comes first: where two transactions meet the same stranger, the second waits here and then fails as a
/// whole, to be tried again.
pub(super) async fn insert(tx: &mut Tx, contact: &Contact, verified: bool, now: Timestamp) -> Result<()> {
    insert_alone(tx, contact, now).await?;
    let taken = sql("INSERT INTO contact_addresses (address, contact_id, verified, created_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (address) DO NOTHING")
    .bind(contact.address.as_deref())
    .bind(contact.id)
    .bind(verified)
    .bind(now)
    .execute(tx)
    .await?;
    if taken == 1 { Ok(()) } else { Err(tx.conflict()) }
}

/// The contact without any address.
async fn insert_alone(tx: &mut Tx, contact: &Contact, now: Timestamp) -> Result<()> {
    sql("INSERT INTO contacts (id, name, organization_id, role, language, attributes, sorted_by, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)")
    .bind(contact.id)
    .bind(contact.name.as_deref())
    .bind(contact.organization)
    .bind(contact.role.as_deref())
    .bind(contact.language.as_deref())
    .bind(Value::Object(contact.attributes.clone()).to_string())
    .bind(words::sorted_by(contact.label()))
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn update(tx: &mut Tx, contact: &Contact, now: Timestamp) -> Result<()> {
    sql("UPDATE contacts SET name = $2, organization_id = $3, role = $4, language = $5, attributes = $6, sorted_by = $7,
        updated_at = $8 WHERE id = $1")
    .bind(contact.id)
    .bind(contact.name.as_deref())
    .bind(contact.organization)
    .bind(contact.role.as_deref())
    .bind(contact.language.as_deref())
    .bind(Value::Object(contact.attributes.clone()).to_string())
    .bind(words::sorted_by(contact.label()))
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn verify_address(tx: &mut Tx, address: &str) -> Result<()> {
    sql("UPDATE contact_addresses SET verified = $2 WHERE address = $1")
        .bind(address)
        .bind(true)
        .execute(tx)
        .await
        .map(drop)
}

/// Makes an address the contact's, at this place among theirs. One that is theirs already keeps the time since which it is known; another's
/// conflicts.
pub(super) async fn place_address(tx: &mut Tx, contact: Id, address: &str, place: i64, now: Timestamp) -> Result<()> {
    let taken = sql("INSERT INTO contact_addresses (address, contact_id, verified, created_at, place)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (address) DO UPDATE SET place = excluded.place, verified = excluded.verified
            WHERE contact_addresses.contact_id = excluded.contact_id")
    .bind(address)
    .bind(contact)
    .bind(true)
    .bind(now)
    .bind(place)
    .execute(tx)
    .await?;
    if taken == 1 { Ok(()) } else { Err(tx.conflict()) }
}

/// Whether mail of the contact's tickets went to an address, or it takes part in any thread.
pub(super) async fn is_address_in_use(conn: &mut Conn, contact: Id, address: &str) -> Result<bool> {
    let row = sql("SELECT address FROM contact_addresses WHERE address = $2 AND (
            EXISTS (SELECT 1 FROM participants WHERE participants.address = $2)
            OR EXISTS (SELECT 1 FROM tickets JOIN messages ON messages.ticket_id = tickets.id
                WHERE tickets.requester_id = $1 AND messages.recipient = $2))")
    .bind(contact)
    .bind(address)
    .optional(conn)
    .await?;
    Ok(row.is_some())
}

pub(super) async fn remove_address(tx: &mut Tx, contact: Id, address: &str) -> Result<()> {
    sql("DELETE FROM contact_addresses WHERE contact_id = $1 AND address = $2")
        .bind(contact)
        .bind(address)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn rights(conn: &mut Conn, contact: Id) -> Result<Vec<String>> {
    let rows = sql("SELECT may FROM contact_rights WHERE contact_id = $1 ORDER BY may").bind(contact).all(conn).await?;
    rows.iter().map(|row| row.get("may")).collect()
}

pub(super) async fn clear_rights(tx: &mut Tx, contact: Id) -> Result<()> {
    sql("DELETE FROM contact_rights WHERE contact_id = $1").bind(contact).execute(tx).await.map(drop)
}

pub(super) async fn give_right(tx: &mut Tx, contact: Id, may: &str) -> Result<()> {
    sql("INSERT INTO contact_rights (contact_id, may) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(contact)
        .bind(may)
        .execute(tx)
        .await
        .map(drop)
}

/// The contact of an organization who has this address, when it is verified.
pub(super) async fn verified(conn: &mut Conn, organization: Id, address: &str) -> Result<Option<Contact>> {
    let row = sql("SELECT contacts.id AS id, contacts.name AS name, contacts.organization_id AS organization_id,
        contacts.role AS role, contacts.language AS language, contacts.attributes AS attributes,
        contact_addresses.address AS address
        FROM contact_addresses JOIN contacts ON contacts.id = contact_addresses.contact_id
        WHERE contact_addresses.address = $1 AND contacts.organization_id = $2 AND contact_addresses.verified")
    .bind(address)
    .bind(organization)
    .optional(conn)
    .await?;
    row.as_ref().map(contact).transpose()
}

/// A contact by the verified address that they were first known by.
pub(super) async fn find_verified(conn: &mut Conn, id: Id) -> Result<Option<Contact>> {
    let row = sql("SELECT contacts.id AS id, contacts.name AS name, contacts.organization_id AS organization_id,
        contacts.role AS role, contacts.language AS language, contacts.attributes AS attributes,
        contact_addresses.address AS address
        FROM contact_addresses JOIN contacts ON contacts.id = contact_addresses.contact_id
        WHERE contacts.id = $1 AND contact_addresses.verified
        ORDER BY contact_addresses.place, contact_addresses.created_at, contact_addresses.address LIMIT 1")
    .bind(id)
    .optional(conn)
    .await?;
    row.as_ref().map(contact).transpose()
}

pub(super) async fn holders(conn: &mut Conn, organization: Id, may: &str, limit: u32) -> Result<Vec<Id>> {
    let rows = sql("SELECT contacts.id AS id FROM contacts
        JOIN contact_rights ON contact_rights.contact_id = contacts.id
        WHERE contacts.organization_id = $1 AND contact_rights.may = $2 AND EXISTS
            (SELECT 1 FROM contact_addresses known WHERE known.contact_id = contacts.id AND known.verified)
        ORDER BY contacts.id")
    .bind(organization)
    .bind(may)
    .limit(limit)
    .all(conn)
    .await?;
    rows.iter().map(|row| row.get("id")).collect()
}

pub(super) async fn verified_people(conn: &mut Conn, organization: Id, limit: u32) -> Result<Vec<Id>> {
    let rows = sql("SELECT contacts.id AS id FROM contacts WHERE contacts.organization_id = $1 AND EXISTS
            (SELECT 1 FROM contact_addresses known WHERE known.contact_id = contacts.id AND known.verified)
        ORDER BY contacts.id")
    .bind(organization)
    .limit(limit)
    .all(conn)
    .await?;
    rows.iter().map(|row| row.get("id")).collect()
}

fn contact(row: &Row) -> Result<Contact> {
    let attributes: String = row.get("attributes")?;
    Ok(Contact {
        id: row.get("id")?,
        name: row.get("name")?,
        address: row.get("address")?,
        organization: row.get("organization_id")?,
        role: row.get("role")?,
        language: row.get("language")?,
        attributes: serde_json::from_str::<Map<String, Value>>(&attributes).unwrap_or_default(),
    })
}
