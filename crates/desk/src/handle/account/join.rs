//! Somebody takes up a link that they were sent: an invitation, or one to choose a new password.

use super::sign_in::forgive;
use super::{Done, Visitor, signed_in};
use crate::accounts::links::{self, Purpose};
use crate::accounts::{self, PasswordHash, Profile, Secret};
use crate::{Context, Result};

/// Somebody who was invited comes in.
#[derive(Clone, Debug)]
pub struct Join {
    /// What their link ends in.
    pub link: Secret,
    /// Their name, as they write it themselves.
    pub name: String,
    /// The tag of the language in which they read the page.
    pub language: Option<String>,
    /// Their password.
    pub password: PasswordHash,
    /// Their browser.
    pub visitor: Visitor,
}

impl Join {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Done> {
        let account = links::take(context, Purpose::Invitation, &self.link.0).await?.ok_or_else(links::over)?;
        let agent = account.agent.id;
        let profile = Profile {
            name: self.name.clone(),
            language: self.language.clone(),
            time_zone: account.time_zone,
            undo_seconds: account.undo_seconds,
        };
        accounts::keep_profile(context, agent, &profile).await?;
        accounts::set_password(context, agent, &self.password).await?;
        Ok(Done::SignedIn(signed_in(context, agent, &self.visitor).await?))
    }
}

/// Somebody who forgot their password chooses another.
#[derive(Clone, Debug)]
pub struct Reset {
    /// What their link ends in.
    pub link: Secret,
    /// Their new password.
    pub password: PasswordHash,
    /// Their browser.
    pub visitor: Visitor,
}

impl Reset {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Done> {
        let account = links::take(context, Purpose::Reset, &self.link.0).await?.ok_or_else(links::over)?;
        accounts::set_password(context, account.agent.id, &self.password).await?;
        forgive(context, &account.agent.address, &self.visitor).await?;
        Ok(Done::SignedIn(signed_in(context, account.agent.id, &self.visitor).await?))
    }
}
