//! Tokens: how programs show who they are, and agents to the API. Only a digest is stored.

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use store::{Conn, Id};

use super::queries;
use crate::ground::Ground;
use crate::{Actor, Context, Error, Result, Role};

/// How exactly it is known when a token was last used: writing it down at every request would cost a commit each.
const USED_WITHIN: SignedDuration = SignedDuration::from_hours(1);
/// The longest name, in characters.
const NAME_MAX: usize = 100;

/// A token to be made.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// What it is for; no two tokens have the same name.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// The agent it acts as, if any. It never may more than they.
    pub agent: Option<Id>,
    /// From when on it counts no more; never when `None`.
    pub expires_at: Option<Timestamp>,
}

/// A token as a list shows it; the token itself can never be read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// The agent it acts as.
    pub agent: Option<(Id, String)>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to the hour.
    pub used_at: Option<Timestamp>,
    /// From when on it counts no more.
    pub expires_at: Option<Timestamp>,
}

/// Who shows a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Who it is.
    pub actor: Actor,
    /// The token's digest, when it is to be noted that it was used: see [`note_use`].
    pub unnoted: Option<String>,
}

/// Makes a token and returns it; it can never be read again. With an agent it acts as that agent.
///
/// # Errors
/// [`Kind::Conflict`](crate::error::Kind::Conflict) when another token has the name, [`Kind::Invalid`](crate::error::Kind::Invalid)
/// for one without a name, or that ended before it began.
pub async fn create(context: &mut Context<'_>, new: &NewToken) -> Result<String> {
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > NAME_MAX || name.chars().any(char::is_control) {
        let wrong = "a token needs a name of 1 to 100 characters that says what it is for";
        return Err(Error::invalid_field("name", "required", wrong));
    }
    if new.expires_at.is_some_and(|end| end <= context.now) {
        return Err(Error::invalid_field("expires_at", "too-early", "a token ends in the future"));
    }
    let token = context.chance.token()?;
    if !queries::insert_token(context.tx, &digest(&token), name, new, context.now).await? {
        return Err(Error::conflict("name-taken", format!("Another token is called {name:?}."))
            .advise("Choose another name, or revoke that one first."));
    }
    Ok(token)
}

/// Takes a token away; from now on nobody is known by it.
///
/// # Errors
/// [`Kind::NotFound`](crate::error::Kind::NotFound) when there is none of this name.
pub async fn revoke(context: &mut Context<'_>, name: &str) -> Result<()> {
    if queries::delete_token(context.tx, name).await? { Ok(()) } else { Err(Error::not_found("token")) }
}

/// Up to `limit` tokens in order of their names, those after this one.
pub async fn list(conn: &mut Conn, after: Option<&str>, limit: u32) -> Result<Vec<Token>> {
    Ok(queries::tokens(conn, after.unwrap_or_default(), limit).await?)
}

/// Who shows this token at `now`; `None` when it is not one of ours, or counts no more. Compared by digest, so timing tells
/// nothing.
pub async fn actor(conn: &mut Conn, token: &str, now: Timestamp) -> Result<Option<Actor>> {
    Ok(shown(conn, token, now).await?.map(|shown| shown.actor))
}

/// The same, and whether it is to be noted that the token was used.
pub async fn shown(conn: &mut Conn, token: &str, now: Timestamp) -> Result<Option<Shown>> {
    let digest = digest(token);
    let Some(row) = queries::find_token(conn, &digest, now).await? else { return Ok(None) };
    let role: Role = row.get::<String>("role")?.parse()?;
    let actor = match row.get::<Option<Id>>("agent_id")? {
        None => Actor::Program { name: row.get("name")?, role },
        Some(id) => match super::find_active(conn, id).await? {
            // The lesser of the two: roles are ordered with the greatest first.
            Some(agent) => Actor::Agent { id, name: agent.name, role: role.max(agent.role) },
            None => return Ok(None),
        },
    };
    let used_at: Option<Timestamp> = row.get("used_at")?;
    let is_noted = used_at.is_some_and(|at| at > now - USED_WITHIN);
    Ok(Some(Shown { actor, unnoted: (!is_noted).then_some(digest) }))
}

/// Notes that the token with this digest was used.
pub async fn note_use(ground: &Ground, digest: String) -> Result<()> {
    let noting = ground.change(&Actor::Desk, move |context| {
        let digest = digest.clone();
        Box::pin(async move { Ok(queries::use_token(context.tx, &digest, context.now).await?) })
    });
    noting.await
}

fn digest(token: &str) -> String {
    store::chance::hex(&Sha256::digest(token.as_bytes()))
}
