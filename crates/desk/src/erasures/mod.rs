//! Somebody is erased: what is known of them, what they wrote and were written, and the files. Their tickets stay as numbers, with their
//! states and times.

pub mod marks;
mod queries;
mod tickets;

use store::{Conn, Id};

pub use tickets::ticket;

use self::marks::Marks;
use crate::contacts::{self, Contact};
use crate::words::{self, Document};
use crate::{Context, Error, Result};

/// What somebody who was erased is called.
pub const ERASED_PERSON: &str = "Erased person";
/// What a ticket of theirs is called.
pub const ERASED_SUBJECT: &str = "Erased";

/// What goes when somebody is erased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Their tickets, which lose their words.
    pub tickets: i64,
    /// Messages on these, and what they wrote elsewhere.
    pub messages: i64,
    /// Files that came or went with those.
    pub files: i64,
}

/// What would go.
pub async fn extent(conn: &mut Conn, contact: Id) -> Result<Extent> {
    Ok(queries::extent(conn, contact).await?)
}

/// Somebody who can be erased.
///
/// # Errors
/// When there is nobody of this id, or they stand for an organization or the desk and are no person.
pub async fn find(conn: &mut Conn, contact: Id) -> Result<Contact> {
    let found = contacts::find(conn, contact).await?.ok_or_else(|| Error::not_found("contact"))?;
    if queries::is_stand_in(conn, contact).await? {
        return Err(Error::conflict("no-person", "This contact stands for an organization and is no person.")
            .advise("There is nothing to erase."));
    }
    Ok(found)
}

/// The tickets that hold anything of somebody: theirs, those whose thread they take part in, those they wrote on, and those on which an
/// address or name of theirs is written.
pub async fn tickets_of(conn: &mut Conn, contact: &Contact) -> Result<Vec<Id>> {
    let mut tickets = queries::tickets_of(conn, contact.id).await?;
    for address in contacts::addresses(conn, contact.id).await? {
        tickets.extend(queries::tickets_holding(conn, words::fold::words(&address.address)).await?);
    }
    let name = contact.name.as_deref().map(words::fold::words).filter(|words| words.len() > 1);
    if let Some(name) = name {
        tickets.extend(queries::tickets_holding(conn, name).await?);
    }
    tickets.sort_unstable();
    tickets.dedup();
    Ok(tickets)
}

/// What somebody is known by.
async fn known_by(conn: &mut Conn, contact: &Contact) -> Result<Vec<String>> {
    let mut known: Vec<String> =
        contacts::addresses(conn, contact.id).await?.into_iter().map(|known| known.address).collect();
    known.extend(contact.name.clone());
    Ok(known)
}

/// Erases what is known of somebody, once their tickets hold nothing of them. Gives the keys of files that go with it.
pub async fn contact(context: &mut Context<'_>, contact: &Contact) -> Result<()> {
    let known = known_by(context.tx, contact).await?;
    let addresses: Vec<String> = known.iter().filter(|known| known.contains('@')).cloned().collect();
    let document = Document::contact(contact.id, contact.name.as_deref(), &addresses);
    words::remove(context, &document).await?;
    queries::forget_kept_mails(context.tx, &Marks::of(addresses.iter().map(String::as_str))).await?;
    for address in &addresses {
        queries::forget_participant(context.tx, address).await?;
        queries::forget_imported(context.tx, contact.id, address).await?;
    }
    queries::erase_contact(context.tx, contact.id, ERASED_PERSON, context.now).await?;
    Ok(())
}
