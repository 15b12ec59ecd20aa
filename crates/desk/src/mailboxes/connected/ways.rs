//! By which way an answer leaves, and whom it is from: through the mailbox that its ticket came by, else the default one, else by
//! what the process was given.

use mail::Address;
use store::{Conn, Id};

use super::queries;
use crate::{Result, Settings};

/// How far up a linked ticket's openers are asked which mailbox they came by.
const OPENERS_MAX: i64 = 9;

/// Whom a mail is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Name and address.
    pub address: Address,
    /// Whether answers may go to the address with a token in it.
    pub tagged: bool,
}

/// The mailbox that mail of a ticket leaves through at present; `None` for what the process was given.
pub async fn way_of(conn: &mut Conn, ticket: Id) -> Result<Option<Id>> {
    if let Some(id) = own(conn, ticket).await?
        && queries::find(conn, id).await?.is_some_and(|mailbox| mailbox.outgoing.is_some())
    {
        return Ok(Some(id));
    }
    default_way(conn).await
}

/// Whether a ticket came by another mailbox than `mailbox`, so that the same letter in both asks two teams.
pub async fn is_by_another(conn: &mut Conn, ticket: Id, mailbox: Option<Id>) -> Result<bool> {
    let Some(mailbox) = mailbox else { return Ok(false) };
    Ok(own(conn, ticket).await?.is_some_and(|own| own != mailbox))
}

/// The mailbox that mail leaves through which came by none.
pub async fn default_way(conn: &mut Conn) -> Result<Option<Id>> {
    let found = queries::find_default(conn).await?;
    Ok(found.filter(|mailbox| mailbox.outgoing.is_some()).map(|mailbox| mailbox.id))
}

/// Whom mail of a ticket is from that leaves by `way`: the mailbox's own address, for its server lets it send as no other. What leaves by the
/// process's own way is from the mailbox that the ticket came by, or else from the desk.
pub async fn identity(conn: &mut Conn, settings: &Settings, ticket: Id, way: Option<Id>) -> Result<Identity> {
    let id = match way {
        Some(id) => Some(id),
        None => own(conn, ticket).await?,
    };
    let mailbox = match id {
        Some(id) => queries::find(conn, id).await?,
        None => None,
    };
    Ok(match mailbox {
        Some(mailbox) => Identity { address: mailbox.sender(settings.address.name.as_deref()), tagged: mailbox.tagged },
        None => Identity { address: settings.address.clone(), tagged: true },
    })
}

/// The mailbox that a ticket came by, or else the ticket that opened it.
pub async fn own(conn: &mut Conn, ticket: Id) -> Result<Option<Id>> {
    Ok(queries::of_ticket_or_opener(conn, ticket, OPENERS_MAX).await?)
}
