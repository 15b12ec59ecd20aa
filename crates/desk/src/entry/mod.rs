//! The way in for people: what is looked at before a command, above all passwords. Hashing one takes tens of milliseconds, so it is
//! done before any transaction, and the command that follows sees to it that nothing changed meanwhile.

mod passwords;
mod set_up;

use futures::FutureExt;
use jiff::Timestamp;
use store::Id;

pub use passwords::{Joining, NewPassword};
pub use set_up::SettingUp;

use crate::accounts::hashing::Checked;
use crate::accounts::sessions::{self, Session};
use crate::accounts::{self, Account};
use crate::handle::account::{Account as Command, Done, Knock, OpenSession, SignedIn, Visitor};
use crate::handle::{Command as Any, Outcome};
use crate::{Actor, Desk, Error, Result};

/// The longest password that is looked at, in bytes.
const GIVEN_MAX: usize = 4 * accounts::password::LENGTH_MAX;

/// What came of trying to sign in.
#[derive(Clone, Debug)]
pub enum Entered {
    /// They are in.
    In(SignedIn),
    /// Address and password do not belong together. Which of them is wrong is not said, and took as long.
    Refused,
    /// It was tried too often: again from this instant on.
    Wait(Timestamp),
}

impl Desk {
    /// Signs somebody in who has a password.
    pub async fn sign_in(&self, address: &str, password: &str, visitor: Visitor) -> Result<Entered> {
        let knock = Knock { address: address.to_owned(), visitor: visitor.clone() };
        if let Done::Wait(until) = self.account(&Actor::Desk, Command::Knock(knock)).await? {
            return Ok(Entered::Wait(until));
        }
        let account = accounts::find_by_address(&mut self.read().await?, address).await?;
        let stored = account.as_ref().and_then(|account| account.password.as_ref());
        let given = if password.len() <= GIVEN_MAX { password } else { "" };
        let checked = self.hasher.check(given, stored).await?;
        let (Checked::Right { stronger }, Some(account), Some(stored)) = (checked, &account, stored) else {
            return Ok(Entered::Refused);
        };
        let (agent, checked) = (account.agent.id, stored.clone());
        let open = OpenSession { agent, checked, stronger, visitor };
        match self.account(&Actor::Desk, Command::OpenSession(open)).await? {
            Done::SignedIn(signed_in) => Ok(Entered::In(signed_in)),
            _ => Ok(Entered::Refused),
        }
    }

    /// Who is signed in with this secret of a session, if anybody is. That it is used is noted, to five minutes.
    pub async fn session(&self, secret: &str) -> Result<Option<(Session, Account)>> {
        let now = self.now();
        let found = sessions::find(&mut self.read().await?, secret, now).await?;
        if let Some((session, _)) = &found
            && session.is_due_to_be_noted(now)
        {
            let id = session.id;
            let noting =
                self.ground.change(&Actor::Desk, move |context| sessions::note_seen(context, id).boxed()).await;
            // A database that takes no writes still shows what it holds.
            if let Err(error) = noting {
                tracing::warn!(%error, "that a session is used could not be noted");
            }
        }
        Ok(found)
    }

    /// Whether the session with this id is still open.
    pub async fn is_signed_in(&self, session: Id) -> Result<bool> {
        sessions::is_open(&mut self.read().await?, session, self.now()).await
    }

    /// Does a command about accounts.
    pub async fn account(&self, actor: &Actor, command: Command) -> Result<Done> {
        match self.handle(actor, Any::Account(Box::new(command))).await? {
            Outcome::Account(done) => Ok(done),
            other => Err(Error::internal(format!("a command about an account came to {other:?}"))),
        }
    }
}
