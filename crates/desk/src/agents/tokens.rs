//! Tokens: how programs show who they are, and agents to the API. Only a digest is stored.

use sha2::{Digest, Sha256};
use store::{Conn, Id};

use super::queries;
use crate::{Actor, Context, Error, Result, Role};

/// Makes a token and returns it; it can never be read again. With an agent it acts as that agent.
pub async fn create(context: &mut Context<'_>, name: &str, role: Role, agent: Option<Id>) -> Result<String> {
    if name.trim().is_empty() {
        return Err(Error::invalid_field("name", "required", "a token needs a name that says what it is for"));
    }
    let token = context.chance.token()?;
    queries::insert_token(context.tx, &digest(&token), name.trim(), role, agent, context.now).await?;
    Ok(token)
}

/// Who shows this token; `None` when it is not one of ours. Compared by digest, so timing tells nothing.
pub async fn actor(conn: &mut Conn, token: &str) -> Result<Option<Actor>> {
    let Some(row) = queries::find_token(conn, &digest(token)).await? else { return Ok(None) };
    let role: Role = row.get::<String>("role")?.parse()?;
    match row.get::<Option<Id>>("agent_id")? {
        None => Ok(Some(Actor::Program { name: row.get("name")?, role })),
        Some(id) => Ok(super::find_active(conn, id).await?.map(|agent| agent.as_actor())),
    }
}

fn digest(token: &str) -> String {
    store::chance::hex(&Sha256::digest(token.as_bytes()))
}
