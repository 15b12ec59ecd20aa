//! The addresses of a contact, as somebody says them: the first is the one they are written to.

use store::Id;

use super::{Contact, key, queries};
use crate::error::FieldError;
use crate::{Context, Error, Result};

/// The most addresses of a contact.
const ADDRESSES_MAX: usize = 20;

/// Makes these the contact's addresses, in this order; they count as verified. What each error says begins with the address.
///
/// # Errors
/// Of the field `addresses`: `addresses-none`, `addresses-many`, `addresses-wrong`, `addresses-taken` for one that somebody else has, and
/// `addresses-used` where one is missing that mail was exchanged with: what was said stays theirs.
pub(super) async fn set(context: &mut Context<'_>, contact: &mut Contact, said: &[String]) -> Result<()> {
    let said = checked(said)?;
    let known = queries::addresses(context.tx, contact.id).await?;
    let mut wrong = Vec::new();
    for address in &said {
        let other = queries::find_by_address(context.tx, address).await?.filter(|other| other.id != contact.id);
        wrong.extend(other.map(|_| refused("addresses-taken", format!("{address} is somebody else's"))));
    }
    let gone: Vec<_> = known.into_iter().map(|known| known.address).filter(|known| !said.contains(known)).collect();
    for address in &gone {
        if queries::is_address_in_use(context.tx, contact.id, address).await? {
            wrong.push(refused("addresses-used", format!("{address} had mail and stays; it can stand last")));
        }
    }
    if !wrong.is_empty() {
        return Err(Error::invalid_fields(wrong));
    }
    put(context, contact.id, &said, &gone).await?;
    contact.address = said.into_iter().next();
    Ok(())
}

async fn put(context: &mut Context<'_>, contact: Id, said: &[String], gone: &[String]) -> Result<()> {
    for address in gone {
        queries::remove_address(context.tx, contact, address).await?;
    }
    for (place, address) in (0_i64..).zip(said) {
        queries::place_address(context.tx, contact, address, place, context.now).await?;
    }
    Ok(())
}

/// The addresses as they are compared, each once.
fn checked(said: &[String]) -> Result<Vec<String>> {
    let (mut addresses, mut wrong) = (Vec::new(), Vec::new());
    for address in said.iter().map(|address| address.trim()).filter(|address| !address.is_empty()) {
        match key(address) {
            // One too many says so already: what comes behind is not held against all of them.
            Ok(address) if addresses.len() > ADDRESSES_MAX || addresses.contains(&address) => {}
            Ok(address) => addresses.push(address),
            Err(_) => wrong.push(refused("addresses-wrong", format!("{address} is no mail address"))),
        }
    }
    if addresses.is_empty() && wrong.is_empty() {
        wrong.push(refused("addresses-none", "a contact has one address at least".to_owned()));
    } else if addresses.len() > ADDRESSES_MAX {
        wrong.push(refused("addresses-many", format!("a contact has {ADDRESSES_MAX} addresses at most")));
    }
    if wrong.is_empty() { Ok(addresses) } else { Err(Error::invalid_fields(wrong)) }
}

fn refused(code: &str, message: String) -> FieldError {
    FieldError::new("addresses", code, message)
}
