//! The first start: whoever sets the desk up names it and owns it.

use super::passwords::signed_in;
use crate::accounts::links::{self, Purpose};
use crate::accounts::{self, Secret, password};
use crate::error::FieldError;
use crate::handbook::naming;
use crate::handle::account::{Account as Command, Done, MakeSetUpLink, SetUp, SignedIn, Visitor};
use crate::{Actor, Desk, Error, Result};

/// What somebody who sets the desk up says.
#[derive(Clone)]
pub struct SettingUp {
    /// The code of the console; `None` where only this machine reaches the desk.
    pub code: Option<String>,
    /// What the desk is called.
    pub desk: String,
    /// The IANA name of its time zone.
    pub zone: String,
    /// The owner's name.
    pub name: String,
    /// The owner's mail address.
    pub address: String,
    /// The owner's password as it was typed.
    pub password: String,
    /// The tag of the language in which they read pages.
    pub language: Option<String>,
    /// Their browser.
    pub visitor: Visitor,
}

impl Desk {
    /// Whether nobody owns the desk yet.
    pub async fn needs_set_up(&self) -> Result<bool> {
        accounts::needs_set_up(&mut self.read().await?).await
    }

    /// Makes a code with which somebody may set the desk up.
    pub async fn make_set_up_code(&self) -> Result<String> {
        match self.account(&Actor::Desk, Command::MakeSetUpLink(MakeSetUpLink)).await? {
            Done::Link(code) => Ok(code.0),
            other => Err(Error::internal(format!("making a code came to {other:?}"))),
        }
    }

    /// Whether a code for setting the desk up counts.
    pub async fn knows_set_up_code(&self, code: &str) -> Result<bool> {
        Ok(links::look(&mut self.read().await?, Purpose::SetUp, code, self.now()).await?.is_some())
    }

    /// Sets the desk up: of two who do so at once one wins, and the other is told.
    ///
    /// # Errors
    /// Of every field that is wrong, all at once; a conflict once the desk has an owner.
    pub async fn set_up(&self, given: SettingUp) -> Result<SignedIn> {
        check(&given)?;
        if !self.needs_set_up().await? {
            return Err(Error::conflict("set-up-already", "This desk has an owner by now.")
                .advise("Sign in, or ask them to invite you."));
        }
        if let Some(code) = &given.code
            && !self.knows_set_up_code(code).await?
        {
            return Err(links::over());
        }
        let handbook = self.named(&given.desk, &given.zone).await?;
        let password = self.hashed(&given.password, &given.name, &given.address).await?;
        let is_renamed = handbook.is_some();
        let command = SetUp {
            code: given.code.map(Secret),
            name: given.name,
            address: given.address,
            password,
            language: given.language,
            handbook,
            visitor: given.visitor,
        };
        let done = self.account(&Actor::Outside, Command::SetUp(command)).await?;
        if is_renamed {
            self.handbooks.refresh(&mut self.read().await?).await?;
        }
        signed_in(done)
    }

    /// Today's handbook with another name and zone of the desk; `None` when it has these already.
    async fn named(&self, name: &str, zone: &str) -> Result<Option<playbook::Files>> {
        let mut conn = self.read().await?;
        let today = self.handbooks.current(&mut conn).await?;
        if today.desk.name == name.trim() && today.desk.zone.iana_name() == Some(zone) {
            return Ok(None);
        }
        let files = self.handbooks.files(&mut conn, self.handbooks.current_number()).await?;
        naming::named(&files, name.trim(), zone).map(Some)
    }
}

fn check(given: &SettingUp) -> Result<()> {
    let mut wrong = Vec::new();
    if given.desk.trim().is_empty() {
        wrong.push(FieldError::new("desk", "required", "a desk needs a name"));
    }
    if jiff::tz::TimeZone::get(&given.zone).is_err() {
        wrong.push(FieldError::new("zone", "no-such-zone", "this is no time zone"));
    }
    if given.name.trim().is_empty() {
        wrong.push(FieldError::new("name", "required", "the owner needs a name"));
    }
    if !mail::address::is_plausible(given.address.trim()) {
        wrong.push(FieldError::new("email", "not-an-address", "this is no mail address"));
    }
    if let Err(error) = password::require(&given.password, &given.name, &given.address) {
        wrong.extend(error.fields);
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::invalid_fields(wrong)) }
}
