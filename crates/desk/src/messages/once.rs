//! What is said once to somebody, on whichever of their tickets it comes up first.

use store::Id;

use super::queries;
use crate::{Context, Result};

/// Takes the right to say something: `None` when this ticket is the first to say it, else the ticket that said it. A
/// transaction that fails gives the right back; of two that want it at once the second waits for the first.
pub async fn said_before(context: &mut Context<'_>, key: &str, ticket: Id) -> Result<Option<Id>> {
    if queries::say_once(context.tx, key, ticket, context.now).await? {
        return Ok(None);
    }
    Ok(queries::who_said(context.tx, key).await?)
}
