//! What somebody changes of their own: what they are called, their password, their sessions.

use store::Id;

use super::{Done, Visitor, signed_in};
use crate::accounts::{self, PasswordHash, Profile, sessions};
use crate::{Context, Error, Result};

/// Somebody says what they are called, and how they read pages.
#[derive(Clone, Debug)]
pub struct KeepProfile(pub Profile);

impl KeepProfile {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Done> {
        let agent = own(context)?;
        accounts::keep_profile(context, agent, &self.0).await?;
        Ok(Done::Agent(agent))
    }
}

/// Somebody changes their password. All their sessions end, and a new one is opened for the browser they do it with.
#[derive(Clone, Debug)]
pub struct ChangePassword {
    /// What the old one was checked against; another one by now changes nothing.
    pub checked: PasswordHash,
    /// The new one.
    pub password: PasswordHash,
    /// Their browser.
    pub visitor: Visitor,
}

impl ChangePassword {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Done> {
        let agent = own(context)?;
        let account = accounts::require(context.tx, agent).await?;
        if account.password.as_ref() != Some(&self.checked) {
            return Ok(Done::Refused);
        }
        accounts::set_password(context, agent, &self.password).await?;
        Ok(Done::SignedIn(signed_in(context, agent, &self.visitor).await?))
    }
}

/// Somebody is given a password from the command line, because they are locked out.
#[derive(Clone, Debug)]
pub struct SetPassword {
    /// Who.
    pub agent: Id,
    /// Their password from now on.
    pub password: PasswordHash,
}

impl SetPassword {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Done> {
        accounts::require(context.tx, self.agent).await?;
        accounts::set_password(context, self.agent, &self.password).await?;
        Ok(Done::Agent(self.agent))
    }
}

/// Somebody ends one of their sessions: they sign out, or sign a browser elsewhere out.
#[derive(Clone, Copy, Debug)]
pub struct EndSession {
    /// The session.
    pub session: Id,
}

impl EndSession {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Done> {
        let agent = own(context)?;
        sessions::end(context, agent, self.session).await?;
        Ok(Done::Nothing)
    }
}

/// Somebody ends all their sessions but one.
#[derive(Clone, Copy, Debug)]
pub struct EndOtherSessions {
    /// The session that goes on.
    pub kept: Id,
}

impl EndOtherSessions {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Done> {
        let agent = own(context)?;
        sessions::end_others(context, agent, self.kept).await?;
        Ok(Done::Nothing)
    }
}

/// Whose account it is: an agent's own, and nobody else's.
fn own(context: &Context<'_>) -> Result<Id> {
    context.actor.agent_id().ok_or_else(|| Error::forbidden("change an account"))
}
