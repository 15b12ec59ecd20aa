//! Who follows a ticket: they hear of it without having it.

mod queries;

use store::{Conn, Id};

use crate::agents::Agent;
use crate::{Context, Result};

/// How many followers of one ticket are told.
const TOLD_MAX: u32 = 200;

/// Has an agent follow a ticket; `false` when they do already.
pub async fn follow(context: &mut Context<'_>, ticket: Id, agent: Id) -> Result<bool> {
    Ok(queries::follow(context.tx, ticket, agent).await?)
}

/// Has an agent follow a ticket no longer; `false` when they did not.
pub async fn unfollow(context: &mut Context<'_>, ticket: Id, agent: Id) -> Result<bool> {
    Ok(queries::unfollow(context.tx, ticket, agent).await?)
}

/// Who follows a ticket and still works here, by name.
pub async fn of_ticket(conn: &mut Conn, ticket: Id) -> Result<Vec<Agent>> {
    Ok(queries::of_ticket(conn, ticket, TOLD_MAX).await?)
}
