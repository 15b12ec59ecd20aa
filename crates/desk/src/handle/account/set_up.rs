//! A desk that nobody owns is set up: it gets its first owner, and its name and zone.

use playbook::Files;

use super::{Done, Visitor, signed_in};
use crate::accounts::links::{self, Purpose};
use crate::accounts::{self, PasswordHash, Profile, Secret};
use crate::agents::{self, NewAgent};
use crate::handbook::{self, Handbooks, Published};
use crate::{Actor, Context, Error, Result, Role, schedules};

/// Somebody sets the desk up and owns it from then on.
#[derive(Clone, Debug)]
pub struct SetUp {
    /// The code of the console; `None` where only this machine reaches the desk.
    pub code: Option<Secret>,
    /// The owner's name.
    pub name: String,
    /// The owner's mail address.
    pub address: String,
    /// The owner's password.
    pub password: PasswordHash,
    /// The language in which they read pages.
    pub language: Option<String>,
    /// The handbook with the desk's name and zone in it; `None` where they stay as they are.
    pub handbook: Option<Files>,
    /// The owner's browser.
    pub visitor: Visitor,
}

impl SetUp {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Done> {
        accounts::finish_set_up(context.tx).await?;
        if let Some(code) = &self.code {
            links::take(context, Purpose::SetUp, &code.0).await?;
        }
        links::withdraw_set_up(context).await?;
        let agent = self.owner(context).await?;
        if let Some(files) = &self.handbook {
            // Whoever owns the desk by now publishes it; before this transaction they were nobody.
            let owner = Actor::Agent { id: agent, name: self.name.clone(), role: Role::Owner };
            let Context { tx, now, ids, chance, settings, .. } = context;
            let (now, ids, chance, settings) = (*now, *ids, *chance, *settings);
            publish(&mut Context { tx, actor: &owner, now, ids, chance, settings }, handbooks, files).await?;
        }
        Ok(Done::SignedIn(signed_in(context, agent, &self.visitor).await?))
    }

    /// The owner: somebody new, or whoever has this address already.
    async fn owner(&self, context: &mut Context<'_>) -> Result<store::Id> {
        let known = accounts::find_by_address(context.tx, &self.address).await?;
        let agent = match known {
            Some(account) => account.agent.id,
            None => {
                let (name, address) = (self.name.clone(), self.address.clone());
                agents::add(context, &NewAgent { name, address, role: Role::Owner, teams: Vec::new() }).await?
            }
        };
        accounts::change_role(context, agent, Role::Owner).await?;
        let profile =
            Profile { name: self.name.clone(), language: self.language.clone(), time_zone: None, undo_seconds: None };
        accounts::keep_profile(context, agent, &profile).await?;
        accounts::set_password(context, agent, &self.password).await?;
        Ok(agent)
    }
}

async fn publish(context: &mut Context<'_>, handbooks: &Handbooks, files: &Files) -> Result<()> {
    let published = handbook::publish(context, handbooks, files, handbook::Publishing::default()).await?;
    if let Published::Unsound(findings) = &published {
        let first = findings.first().map(|finding| finding.message.clone()).unwrap_or_default();
        return Err(Error::invalid("unsound-handbook", format!("The handbook would not be sound: {first}")));
    }
    schedules::plan(context, handbooks, files, &published).await
}

/// A code is made with which somebody may set the desk up.
#[derive(Clone, Copy, Debug)]
pub struct MakeSetUpLink;

impl MakeSetUpLink {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Done> {
        if !accounts::needs_set_up(context.tx).await? {
            return Err(Error::conflict("set-up-already", "This desk has an owner by now.")
                .advise("Whoever forgot their password gets a new one by deskhand agent password."));
        }
        Ok(Done::Link(Secret(links::make(context, Purpose::SetUp, None).await?)))
    }
}
