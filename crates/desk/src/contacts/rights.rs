//! What contacts may do for their organization: give a confirmation, approve a cost. Playbooks name these rights; the directory says
//! who has them.

use store::{Conn, Id};

use super::{Contact, queries};
use crate::error::FieldError;
use crate::{Context, Error, Result};

/// The most rights of a contact.
const RIGHTS_MAX: usize = 50;
/// The longest right, in characters.
const RIGHT_MAX: usize = 100;

/// What a contact may do, sorted.
pub async fn of(conn: &mut Conn, contact: Id) -> Result<Vec<String>> {
    Ok(queries::rights(conn, contact).await?)
}

/// The contact of `organization` with this verified address and, where one is named, this right.
pub async fn verified(conn: &mut Conn, organization: Id, may: Option<&str>, address: &str) -> Result<Option<Contact>> {
    let Some(contact) = queries::verified(conn, organization, &super::key(address)?).await? else { return Ok(None) };
    let entitled = match may {
        Some(may) => queries::rights(conn, contact.id).await?.iter().any(|right| right == may),
        None => true,
    };
    Ok(entitled.then_some(contact))
}

/// The people of `organization` who have a verified address and, where one is named, this right; those known longest first, `limit`
/// at most.
pub async fn holders(conn: &mut Conn, organization: Id, may: Option<&str>, limit: u32) -> Result<Vec<Contact>> {
    let ids = match may {
        Some(may) => queries::holders(conn, organization, may, limit).await?,
        None => queries::verified_people(conn, organization, limit).await?,
    };
    let mut people = Vec::with_capacity(ids.len());
    for id in ids {
        people.extend(queries::find_verified(conn, id).await?);
    }
    Ok(people)
}

/// Replaces what a contact may do.
pub(super) async fn set(context: &mut Context<'_>, contact: Id, may: &[String]) -> Result<()> {
    check(may)?;
    queries::clear_rights(context.tx, contact).await?;
    for right in may {
        queries::give_right(context.tx, contact, right.trim()).await?;
    }
    Ok(())
}

fn check(may: &[String]) -> Result<()> {
    let fits = |right: &String| !right.trim().is_empty() && right.chars().count() <= RIGHT_MAX;
    let wrong = if may.len() > RIGHTS_MAX {
        format!("{RIGHTS_MAX} rights at most")
    } else if !may.iter().all(fits) {
        format!("each is a word of 1 to {RIGHT_MAX} characters, such as confirm-access")
    } else {
        return Ok(());
    };
    Err(Error::invalid_fields(vec![FieldError::new("may", "wrong-rights", wrong)]))
}
