//! Who takes part in a ticket's thread besides its requester, and who of them gets what the desk says there in copy.

mod queries;

use mail::Address;
use store::{Conn, Id};

use super::merges;
use crate::{Context, Error, Result, contacts};

/// How many people a ticket has in copy at most.
pub const COPIES_MAX: usize = 30;

/// Remembers who takes part in a ticket's thread.
pub async fn remember(context: &mut Context<'_>, ticket: Id, address: &str) -> Result<()> {
    Ok(queries::remember(context.tx, ticket, &Address::bare(address).key()).await?)
}

/// Whether `address`, lower-cased, takes part in a ticket's thread, its requester among them.
pub async fn takes_part(conn: &mut Conn, ticket: Id, address: &str) -> Result<bool> {
    Ok(queries::takes_part(conn, ticket, address).await?)
}

/// Whether this address is one of whoever asked.
pub(super) async fn is_requester(conn: &mut Conn, ticket: Id, address: &str) -> Result<bool> {
    Ok(queries::is_requester(conn, ticket, address).await?)
}

/// Who gets in copy what a person of the desk says on a ticket: those named as such, there or on a ticket that was merged into it, and
/// whoever asked the same.
pub async fn in_copy(conn: &mut Conn, ticket: Id) -> Result<Vec<Address>> {
    let parts = merges::parts(conn, ticket).await?;
    let own = queries::named(conn, ticket).await?;
    let mut copies: Vec<Address> = own.iter().filter(|named| named.in_copy).map(|named| named.who.clone()).collect();
    let mut others = Vec::new();
    for part in &parts {
        let named = queries::named(conn, *part).await?;
        others.extend(named.into_iter().filter(|named| named.in_copy).map(|named| named.who));
    }
    others.extend(requesters_of(conn, ticket, &parts).await?);
    for other in others {
        if is_requester(conn, ticket, &other.key()).await? {
            continue;
        }
        let is_known = own.iter().map(|named| &named.who).chain(&copies).any(|known| known.key() == other.key());
        if !is_known {
            copies.push(other);
        }
    }
    Ok(copies)
}

/// Who asked the same on tickets that were merged into this one: they get in copy what its playbook says too.
pub async fn also_asked(conn: &mut Conn, ticket: Id) -> Result<Vec<Address>> {
    let parts = merges::parts(conn, ticket).await?;
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let taken_out = queries::named(conn, ticket).await?.into_iter().filter(|named| !named.in_copy);
    let taken_out: Vec<String> = taken_out.map(|named| named.who.key()).collect();
    let mut asked = requesters_of(conn, ticket, &parts).await?;
    asked.retain(|asked| !taken_out.contains(&asked.key()));
    Ok(asked)
}

/// Puts somebody in copy, whose word joins the ticket from now on; `false` where they are already, or are who asked.
///
/// # Errors
/// `address` where there is none to write to, `copies` when there are [`COPIES_MAX`] already.
pub async fn copy(context: &mut Context<'_>, ticket: Id, who: &Address) -> Result<bool> {
    if !mail::address::is_plausible(&who.address) {
        return Err(Error::invalid_field("address", "address", "write one mail address, like maria@acme.example"));
    }
    let (new, room) = new_among(context.tx, ticket, std::slice::from_ref(who)).await?;
    if new.is_empty() {
        return Ok(false);
    }
    if room == 0 {
        let full = format!("This ticket has {COPIES_MAX} people in copy already.");
        return Err(Error::conflict("copies", full).advise("Take somebody out of it first, or write to a list."));
    }
    queries::set(context.tx, ticket, who, true).await?;
    Ok(true)
}

/// Puts those in copy whom a mail on the ticket names, as long as there is room.
pub async fn bring(context: &mut Context<'_>, ticket: Id, named: &[Address]) -> Result<()> {
    let (new, room) = new_among(context.tx, ticket, named).await?;
    for who in new.into_iter().take(room) {
        queries::set(context.tx, ticket, who, true).await?;
    }
    Ok(())
}

/// Those of `named` who are not in copy and did not ask, and how many more there is room for.
async fn new_among<'a>(conn: &mut Conn, ticket: Id, named: &'a [Address]) -> Result<(Vec<&'a Address>, usize)> {
    let copies = in_copy(conn, ticket).await?;
    let mut new = Vec::new();
    for who in named.iter().filter(|who| copies.iter().all(|known| known.key() != who.key())) {
        if !is_requester(conn, ticket, &who.key()).await? {
            new.push(who);
        }
    }
    Ok((new, COPIES_MAX.saturating_sub(copies.len())))
}

/// Whether `who` is in copy of a ticket.
pub async fn is_in_copy(conn: &mut Conn, ticket: Id, who: &Address) -> Result<bool> {
    Ok(in_copy(conn, ticket).await?.iter().any(|known| known.key() == who.key()))
}

/// Takes somebody out of copy; they still take part. `false` where they are not in it.
pub async fn leave_out(context: &mut Context<'_>, ticket: Id, who: &Address) -> Result<bool> {
    let copies = in_copy(context.tx, ticket).await?;
    let Some(known) = copies.into_iter().find(|known| known.key() == who.key()) else { return Ok(false) };
    queries::set(context.tx, ticket, &known, false).await?;
    Ok(true)
}

/// Who asked on `parts`, tickets merged into `ticket`, apart from its own requester.
async fn requesters_of(conn: &mut Conn, ticket: Id, parts: &[Id]) -> Result<Vec<Address>> {
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let own = super::find(conn, ticket).await?.map(|ticket| ticket.requester);
    let mut asked: Vec<Address> = Vec::new();
    for part in parts {
        let Some(part) = super::find(conn, *part).await? else { continue };
        let contact = contacts::find(conn, part.requester).await?.filter(|contact| Some(contact.id) != own);
        let Some(contact) = contact else { continue };
        let Some(address) = &contact.address else { continue };
        let address = Address::new(contact.name.as_deref(), address);
        if asked.iter().all(|known| known.key() != address.key()) {
            asked.push(address);
        }
    }
    Ok(asked)
}
