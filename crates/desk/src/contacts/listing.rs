//! Contacts in the order of their names, cut by words and by organization.

use std::collections::BTreeMap;

use jiff::Timestamp;
use store::{Conn, Id};

use super::{Contact, queries};
use crate::page::{NamePlace, Named};
use crate::{Result, words};

/// What a list of contacts is cut by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of their names or addresses; of the newest 2,000 people and organizations that hold them.
    pub words: Option<String>,
    /// Whose they are.
    pub organization: Option<Id>,
}

/// A row of a list of contacts.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Who it is.
    pub contact: Contact,
    /// The key and name of their organization.
    pub organization: Option<(String, String)>,
}

/// An address of a contact's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The address, lower-cased.
    pub address: String,
    /// Whether it is known to be theirs.
    pub verified: bool,
    /// Since when it is known.
    pub since: Timestamp,
}

/// A page of contacts. Those who stand for an organization or the desk, and who were erased, are in no list.
pub async fn list(conn: &mut Conn, filter: &Filter, after: Option<&NamePlace>, limit: u32) -> Result<Named<Listed>> {
    let among = match &filter.words {
        Some(typed) => Some(words::people(conn, typed).await?.unwrap_or_default()),
        None => None,
    };
    let found = queries::list(conn, filter.organization, among, after, limit + 1).await?;
    Ok(Named::cut(found, limit, |found| NamePlace {
        name: words::sorted_by(found.contact.label()),
        id: found.contact.id,
    }))
}

/// Every address of a contact, the one they are written to first.
pub async fn addresses(conn: &mut Conn, contact: Id) -> Result<Vec<Address>> {
    Ok(queries::addresses(conn, contact).await?)
}

/// What is known of a contact beside their row: every address, the one they are written to first, and what they may do, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Their addresses.
    pub addresses: Vec<Address>,
    /// What they may do for their organization.
    pub may: Vec<String>,
}

/// The same of many contacts, in as many statements as of one.
pub async fn known_of(conn: &mut Conn, contacts: &[Id]) -> Result<BTreeMap<Id, Known>> {
    let mut known: BTreeMap<Id, Known> = BTreeMap::new();
    for (contact, address) in queries::addresses_of(conn, contacts).await? {
        known.entry(contact).or_default().addresses.push(address);
    }
    for (contact, may) in queries::rights_of(conn, contacts).await? {
        known.entry(contact).or_default().may.push(may);
    }
    Ok(known)
}
