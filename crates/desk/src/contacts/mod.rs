//! Contacts: the people who write to the desk. A contact is a row with several addresses, each verified or not.

mod addresses;
mod listing;
mod queries;
pub mod rights;

pub use listing::{Address, Filter, Known, Listed, addresses, known_of, list};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::{Conn, Id};

use crate::error::FieldError;
use crate::words::{self, Document};
use crate::{Context, Error, Result};

/// The most characters of a name.
const NAME_MAX: usize = 200;

/// Somebody who writes to the desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// Their id.
    pub id: Id,
    /// Their name, once known.
    pub name: Option<String>,
    /// The address they are written to: the one they were first known by.
    pub address: Option<String>,
    /// Their organization.
    pub organization: Option<Id>,
    /// Their role there, such as `admin`.
    pub role: Option<String>,
    /// The language they are written to in.
    pub language: Option<String>,
    /// Declared attributes of the handbook.
    pub attributes: Map<String, Value>,
}

impl Contact {
    /// What people see: the name, or the address.
    pub fn label(&self) -> &str {
        self.name.as_deref().or(self.address.as_deref()).unwrap_or("?")
    }
}

/// What an upsert says of a contact. What is `None` stays as it is; an empty text takes away what was there.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// Their name.
    pub name: Option<String>,
    /// Their organization; `Some(None)` for nobody's.
    pub organization: Option<Option<Id>>,
    /// Their role there.
    pub role: Option<String>,
    /// Their language.
    pub language: Option<String>,
    /// Attributes to set; a null takes one away.
    pub attributes: Map<String, Value>,
    /// All that they may do for their organization.
    pub may: Option<Vec<String>>,
    /// All of their addresses, the one they are written to first.
    pub addresses: Option<Vec<String>>,
}

/// The contact with this id.
pub async fn find(conn: &mut Conn, id: Id) -> Result<Option<Contact>> {
    Ok(queries::find(conn, id).await?)
}

/// The contact with this address, compared whole and lower-cased.
pub async fn find_by_address(conn: &mut Conn, address: &str) -> Result<Option<Contact>> {
    Ok(queries::find_by_address(conn, &key(address)?).await?)
}

/// Up to `limit` contacts with an address in order of their ids, those after this one.
pub async fn after(conn: &mut Conn, id: Option<Id>, limit: u32) -> Result<Vec<Contact>> {
    Ok(queries::after(conn, id.unwrap_or(Id(0)), limit).await?)
}

/// The contact that stands for an organization, or for the desk, where no person asked. It is called `name` when it is
/// made, and has no address: a reply to it is told to the ticket's team instead.
pub async fn stand_in(context: &mut Context<'_>, organization: Option<Id>, name: &str) -> Result<Contact> {
    let stands_for = organization.map_or_else(|| "desk".to_owned(), |id| format!("organization:{id}"));
    if let Some(id) = queries::stand_in(context.tx, &stands_for).await? {
        return find(context.tx, id).await?.ok_or_else(|| Error::internal("a stand-in without a contact"));
    }
    let contact = Contact {
        id: context.ids.next(),
        name: Some(name.to_owned()),
        address: None,
        organization,
        role: None,
        language: None,
        attributes: Map::new(),
    };
    queries::insert_stand_in(context.tx, &contact, &stands_for, context.now).await?;
    // It is found as what it stands for.
    Ok(contact)
}

/// Whether `address` is one of the contact's.
pub async fn owns_address(conn: &mut Conn, contact: Id, address: &str) -> Result<bool> {
    Ok(find_by_address(conn, address).await?.is_some_and(|found| found.id == contact))
}

/// The contact with this address, made when there is none. A name is taken only where none was known: what a mail's
/// header claims does not overwrite what the desk knows.
pub async fn meet(context: &mut Context<'_>, address: &str, name: Option<&str>) -> Result<Contact> {
    let key = key(address)?;
    let name = name.map(str::trim).filter(|name| !name.is_empty());
    if let Some(mut known) = queries::find_by_address(context.tx, &key).await? {
        if known.name.is_none() && name.is_some() {
            known.name = name.map(str::to_owned);
            update(context, &known).await?;
        }
        return Ok(known);
    }
    let contact = Contact {
        id: context.ids.next(),
        name: name.map(str::to_owned),
        address: Some(key),
        organization: None,
        role: None,
        language: None,
        attributes: Map::new(),
    };
    queries::insert(context.tx, &contact, false, context.now).await?;
    let document = found_as(context, contact.id).await?;
    words::add(context, &document).await?;
    Ok(contact)
}

/// Stores a contact as they are known now.
async fn update(context: &mut Context<'_>, contact: &Contact) -> Result<()> {
    let before = found_as(context, contact.id).await?;
    store(context, contact, &before).await
}

/// The same, where addresses may have changed since they were found so.
async fn store(context: &mut Context<'_>, contact: &Contact, before: &Document) -> Result<()> {
    queries::update(context.tx, contact, context.now).await?;
    let after = found_as(context, contact.id).await?;
    words::change(context, before, &after).await
}

/// What a search finds the contact by: also by addresses that they are not written to.
async fn found_as(context: &mut Context<'_>, contact: Id) -> Result<Document> {
    let (name, addresses) = queries::name_and_addresses(context.tx, contact).await?;
    Ok(Document::contact(contact, name.as_deref(), &addresses))
}

/// Makes or changes the contact with this address. What comes this way is known to be true, so the address counts as
/// verified.
pub async fn upsert(context: &mut Context<'_>, address: &str, change: &Change) -> Result<Contact> {
    check(change)?;
    let mut contact = meet(context, address, change.name.as_deref()).await?;
    let Change { name, organization, role, language, attributes, may, addresses } = change.clone();
    let before = found_as(context, contact.id).await?;
    let said = |change: Option<String>, known: Option<String>| {
        change.map_or(known, |text| Some(text).filter(|text| !text.is_empty()))
    };
    contact.name = said(name, contact.name);
    contact.organization = organization.unwrap_or(contact.organization);
    contact.role = said(role, contact.role);
    contact.language = said(language, contact.language);
    for (name, value) in attributes {
        if value.is_null() {
            contact.attributes.remove(&name)
        } else {
            contact.attributes.insert(name, value)
        };
    }
    queries::verify_address(context.tx, &key(address)?).await?;
    if let Some(addresses) = addresses {
        addresses::set(context, &mut contact, &addresses).await?;
    }
    store(context, &contact, &before).await?;
    if let Some(may) = may {
        rights::set(context, contact.id, &may).await?;
    }
    Ok(contact)
}

/// Refuses what is longer than a name or a word may be.
///
/// # Errors
/// Each field that is.
pub fn check(change: &Change) -> Result<()> {
    let texts = [("name", &change.name, NAME_MAX), ("role", &change.role, 100), ("language", &change.language, 35)];
    let too_long = |(field, text, most): (&str, &Option<String>, usize)| {
        let is_long = text.as_ref().is_some_and(|text| text.chars().count() > most);
        is_long.then(|| FieldError::new(field, "too-long", format!("has {most} characters at most")))
    };
    let wrong: Vec<FieldError> = texts.into_iter().filter_map(too_long).collect();
    if wrong.is_empty() { Ok(()) } else { Err(Error::invalid_fields(wrong)) }
}

/// Puts a contact back as they stood, with what they might do for their organization.
pub async fn put_back(context: &mut Context<'_>, stood: &Contact, may: &[String]) -> Result<()> {
    update(context, stood).await?;
    rights::set(context, stood.id, may).await
}

/// Takes a contact away again who has no ticket and stands for nobody; says whether they went.
pub async fn remove(context: &mut Context<'_>, contact: Id) -> Result<bool> {
    if queries::is_in_use(context.tx, contact).await? {
        return Ok(false);
    }
    let document = found_as(context, contact).await?;
    words::remove(context, &document).await?;
    queries::remove(context.tx, contact).await?;
    Ok(true)
}

/// Whether somebody was erased.
pub async fn is_erased(conn: &mut Conn, contact: Id) -> Result<bool> {
    Ok(queries::is_erased(conn, contact).await?)
}

/// Refuses what cannot be a mail address, with an error of the field `email`.
pub fn check_address(address: &str) -> Result<()> {
    key(address).map(drop)
}

pub(crate) fn key(address: &str) -> Result<String> {
    let key = address.trim().to_lowercase();
    if mail::address::is_plausible(&key) {
        Ok(key)
    } else {
        Err(Error::invalid_field("email", "not-an-address", "this is no mail address"))
    }
}
