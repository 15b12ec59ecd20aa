//! Somebody is invited to work at the desk.

use store::Id;

use super::Done;
use super::change_people::require_teams;
use crate::accounts::attempts::{self, Limit};
use crate::accounts::links::{self, Purpose};
use crate::accounts::{self, Secret};
use crate::agents::{self, NewAgent};
use crate::handbook::Handbooks;
use crate::rights::{self, Verb};
use crate::{Context, Error, Result, Role, letters};

/// Somebody is invited. Whoever left and has this address comes back.
#[derive(Clone, Debug)]
pub struct Invite {
    /// Who it is.
    pub agent: NewAgent,
    /// The tag of the language of whoever invites.
    pub language: String,
}

impl Invite {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Done> {
        // Nobody gives somebody else a right that they could not take away again.
        if self.agent.role <= Role::Lead {
            rights::require(context.actor, Verb::KeepAgents)?;
        }
        require_public_url(context)?;
        require_teams(context, handbooks, &self.agent.teams).await?;
        let left = accounts::all(context.tx)
            .await?
            .into_iter()
            .find(|account| !account.active && account.agent.address.eq_ignore_ascii_case(self.agent.address.trim()));
        let agent = match left {
            Some(account) => self.again(context, account.agent.id).await?,
            None => agents::add(context, &self.agent).await?,
        };
        send(context, &self.agent.address, &self.language).await?;
        Ok(Done::Agent(agent))
    }

    async fn again(&self, context: &mut Context<'_>, agent: Id) -> Result<Id> {
        // Whether they were an owner does not matter: they have no password until they take the invitation up.
        rights::require(context.actor, Verb::KeepAgents)?;
        accounts::come_back(context, agent).await?;
        accounts::change_role(context, agent, self.agent.role).await?;
        agents::set_teams(context, agent, &self.agent.teams).await?;
        Ok(agent)
    }
}

/// Somebody who was invited and has not come is sent another invitation.
#[derive(Clone, Debug)]
pub struct InviteAgain {
    /// Who it is.
    pub agent: Id,
    /// The tag of the language of whoever invites.
    pub language: String,
}

impl InviteAgain {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Done> {
        require_public_url(context)?;
        let account = accounts::require(context.tx, self.agent).await?;
        if account.agent.role <= Role::Lead {
            rights::require(context.actor, Verb::KeepAgents)?;
        }
        if account.password.is_some() {
            return Err(Error::conflict("came-already", "They have a password already.")
                .advise("They can ask for another one where they sign in."));
        }
        send(context, &account.agent.address, &self.language).await?;
        Ok(Done::Agent(self.agent))
    }
}

/// Whoever has the machine is given a link to somebody's account, to hand over: mail does not reach them, or nobody gets in.
#[derive(Clone, Copy, Debug)]
pub struct MakeLink {
    /// Whose account.
    pub agent: Id,
    /// What it is for.
    pub purpose: Purpose,
}

impl MakeLink {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Done> {
        accounts::require(context.tx, self.agent).await?;
        Ok(Done::Link(Secret(links::make(context, self.purpose, Some(self.agent)).await?)))
    }
}

async fn send(context: &mut Context<'_>, address: &str, language: &str) -> Result<()> {
    if attempts::count(context, &[Limit::letters_to(address)]).await?.is_some() {
        return Err(Error::conflict("letters-enough", "This address was written to several times just now.")
            .advise("Wait some minutes, and have them look among their spam."));
    }
    let sender = context.actor.name().to_owned();
    letters::send(context, Purpose::Invitation, address, &sender, language).await
}

/// An invitation that could not say where to come to is no invitation.
fn require_public_url(context: &Context<'_>) -> Result<()> {
    match context.settings.public_url {
        Some(_) => Ok(()),
        None => Err(Error::conflict("no-public-url", "This desk was not told where browsers reach it.")
            .advise("Start it with --public-url, such as https://desk.acme.example.")),
    }
}
