//! New passwords: of somebody who was invited, who forgot theirs, or who changes it.

use store::Id;

use super::GIVEN_MAX;
use crate::accounts::hashing::Checked;
use crate::accounts::links::{self, Purpose};
use crate::accounts::{self, Account, PasswordHash, Secret, password};
use crate::handle::account::{Account as Command, ChangePassword, Done, Join, Reset, SetPassword, SignedIn, Visitor};
use crate::{Actor, Desk, Error, Result};

/// A password that somebody chose, with the browser that they did it with.
#[derive(Clone)]
pub struct NewPassword {
    /// The password as it was typed.
    pub password: String,
    /// Their browser.
    pub visitor: Visitor,
}

/// What somebody who was invited says of themselves.
#[derive(Clone, Debug)]
pub struct Joining {
    /// What they are called.
    pub name: String,
    /// The tag of the language in which they read the page.
    pub language: Option<String>,
}

impl Desk {
    /// Whose account a link opens, as long as it counts.
    ///
    /// # Errors
    /// [`links::over`] for every link that opens nothing, whatever the reason.
    pub async fn link(&self, purpose: Purpose, link: &str) -> Result<Account> {
        let found = links::look(&mut self.read().await?, purpose, link, self.now()).await?;
        found.flatten().ok_or_else(links::over)
    }

    /// Takes an invitation up.
    pub async fn join(&self, link: &str, joining: Joining, new: NewPassword) -> Result<SignedIn> {
        let account = self.link(Purpose::Invitation, link).await?;
        let password = self.hashed(&new.password, &joining.name, &account.agent.address).await?;
        let Joining { name, language } = joining;
        let command = Join { link: Secret(link.to_owned()), name, language, password, visitor: new.visitor };
        signed_in(self.account(&Actor::Outside, Command::Join(command)).await?)
    }

    /// Chooses a new password by a link. Every session of before ends.
    pub async fn reset_password(&self, link: &str, new: NewPassword) -> Result<SignedIn> {
        let account = self.link(Purpose::Reset, link).await?;
        let password = self.hashed(&new.password, &account.agent.name, &account.agent.address).await?;
        let command = Reset { link: Secret(link.to_owned()), password, visitor: new.visitor };
        signed_in(self.account(&Actor::Outside, Command::Reset(command)).await?)
    }

    /// Changes the password of an agent who knows the old one. Every session of before ends, the one of this browser too.
    ///
    /// # Errors
    /// Of the field `old` when that is not their password.
    pub async fn change_password(&self, agent: Id, old: &str, new: NewPassword) -> Result<SignedIn> {
        let account = accounts::require(&mut self.read().await?, agent).await?;
        password::require(&new.password, &account.agent.name, &account.agent.address)?;
        let wrong = || Error::invalid_field("old", "wrong", "this is not your password");
        let given = if old.len() <= GIVEN_MAX { old } else { "" };
        let checked = self.hasher.check(given, account.password.as_ref()).await?;
        let (Checked::Right { .. }, Some(checked)) = (checked, account.password.clone()) else { return Err(wrong()) };
        if new.password == given {
            return Err(Error::invalid_field("password", "same", "this is the password that you have"));
        }
        let password = self.hasher.hash(&new.password).await?;
        let command = ChangePassword { checked, password, visitor: new.visitor };
        match self.account(&account.agent.as_actor(), Command::ChangePassword(command)).await? {
            Done::Refused => Err(wrong()),
            done => signed_in(done),
        }
    }

    /// Gives an agent a password, for whoever has the machine: somebody is locked out.
    pub async fn set_password(&self, agent: Id, new: &str) -> Result<()> {
        let account = accounts::require(&mut self.read().await?, agent).await?;
        let password = self.hashed(new, &account.agent.name, &account.agent.address).await?;
        self.account(&Actor::Desk, Command::SetPassword(SetPassword { agent, password })).await.map(drop)
    }

    /// The hash of a password that is taken from somebody of this name and address.
    pub(super) async fn hashed(&self, given: &str, name: &str, address: &str) -> Result<PasswordHash> {
        password::require(given, name, address)?;
        self.hasher.hash(given).await
    }
}

pub(super) fn signed_in(done: Done) -> Result<SignedIn> {
    match done {
        Done::SignedIn(signed_in) => Ok(signed_in),
        other => Err(Error::internal(format!("signing in came to {other:?}"))),
    }
}
