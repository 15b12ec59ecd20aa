//! Somebody signs in, in two steps: the attempt is counted before their password is looked at, and the session is opened after.

use store::Id;

use super::{Done, Visitor, signed_in};
use crate::accounts::attempts::{self, Limit};
use crate::accounts::{self, PasswordHash, devices};
use crate::{Context, Result};

/// Somebody tries to sign in.
#[derive(Clone, Debug)]
pub struct Knock {
    /// The mail address they give.
    pub address: String,
    /// Their browser.
    pub visitor: Visitor,
}

impl Knock {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Done> {
        let limits = limits(context, &self.address, &self.visitor).await?;
        Ok(attempts::count(context, &limits).await?.map_or(Done::Free, Done::Wait))
    }
}

/// What an attempt counts for. A browser that signed in to the account before is not slowed down by strangers' guesses.
async fn limits(context: &mut Context<'_>, address: &str, visitor: &Visitor) -> Result<Vec<Limit>> {
    let mut limits = vec![Limit::account_from(address, visitor.peer), Limit::place(visitor.peer)];
    let account = accounts::find_by_address(context.tx, address).await?;
    let is_known = match (&visitor.known_by, account) {
        (Some(secret), Some(account)) => devices::is_known(context.tx, &secret.0, account.agent.id).await?,
        _ => false,
    };
    if !is_known {
        limits.push(Limit::account(address));
    }
    Ok(limits)
}

/// Their password is theirs: a session is opened.
#[derive(Clone, Debug)]
pub struct OpenSession {
    /// Whose it is.
    pub agent: Id,
    /// What their password was checked against; another one by now opens nothing.
    pub checked: PasswordHash,
    /// The same password hashed at today's cost, where that was cheaper.
    pub stronger: Option<PasswordHash>,
    /// Their browser.
    pub visitor: Visitor,
}

impl OpenSession {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Done> {
        let account = accounts::find(context.tx, self.agent).await?.filter(|account| account.active);
        let Some(account) = account.filter(|account| account.password.as_ref() == Some(&self.checked)) else {
            return Ok(Done::Refused);
        };
        if let Some(stronger) = &self.stronger {
            accounts::strengthen(context, self.agent, stronger).await?;
        }
        forgive(context, &account.agent.address, &self.visitor).await?;
        Ok(Done::SignedIn(signed_in(context, self.agent, &self.visitor).await?))
    }
}

/// Forgets what was counted against whoever turned out to be who they said.
pub(super) async fn forgive(context: &mut Context<'_>, address: &str, visitor: &Visitor) -> Result<()> {
    attempts::forget(context, &[Limit::account_from(address, visitor.peer), Limit::account(address)]).await?;
    attempts::take_back(context, &Limit::place(visitor.peer)).await
}
