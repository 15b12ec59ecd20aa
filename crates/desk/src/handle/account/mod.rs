//! Who is at the desk and how they get in. Passwords are hashed before a command is made, see [`entry`](crate::entry): a command
//! holds a hash, and a transaction waits for none.

mod ask_reset;
mod change_people;
mod invite;
mod join;
mod leave;
mod own;
mod set_up;
mod sign_in;

use std::net::IpAddr;

use jiff::Timestamp;
use store::Id;

pub use ask_reset::AskReset;
pub use change_people::{ChangeRole, SetTeams};
pub use invite::{Invite, InviteAgain, MakeLink};
pub use join::{Join, Reset};
pub use leave::SendAway;
pub use own::{ChangePassword, EndOtherSessions, EndSession, KeepProfile, SetPassword};
pub use set_up::{MakeSetUpLink, SetUp};
pub use sign_in::{Knock, OpenSession};

use super::Outcome;
use crate::accounts::{Secret, devices, sessions};
use crate::handbook::Handbooks;
use crate::rights::Verb;
use crate::{Context, Result};

/// Everything that can be done to accounts.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each variant is documented by the command it holds")]
pub enum Account {
    SetUp(SetUp),
    MakeSetUpLink(MakeSetUpLink),
    Knock(Knock),
    OpenSession(OpenSession),
    AskReset(AskReset),
    Reset(Reset),
    Join(Join),
    Invite(Invite),
    InviteAgain(InviteAgain),
    MakeLink(MakeLink),
    ChangeRole(ChangeRole),
    SetTeams(SetTeams),
    SendAway(SendAway),
    KeepProfile(KeepProfile),
    ChangePassword(ChangePassword),
    SetPassword(SetPassword),
    EndSession(EndSession),
    EndOtherSessions(EndOtherSessions),
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Done {
    /// It was done, or there was nothing to do.
    Nothing,
    /// An agent was made or changed.
    Agent(Id),
    /// It may be tried.
    Free,
    /// It was tried too often: again from this instant on.
    Wait(Timestamp),
    /// It is not who they say.
    Refused,
    /// A session was opened.
    SignedIn(SignedIn),
    /// A link's secret, readable this once.
    Link(Secret),
    /// So many tickets were handed back.
    HandedBack(usize),
}

/// A browser that is signed in: what it is to keep.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Whose session it is.
    pub agent: Id,
    /// What opens the session.
    pub session: Secret,
    /// What the browser is known by the next time.
    pub device: Secret,
}

/// The browser that somebody comes with.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// Where the request comes from.
    pub peer: Option<IpAddr>,
    /// The browser in a few words.
    pub device: String,
    /// What it was known by before.
    pub known_by: Option<Secret>,
}

impl Account {
    /// What one must be allowed to do for it. Whoever comes with a link, or to sign in, is nobody yet: the desk itself does that for
    /// them, once it has looked at what they bring.
    pub(super) fn verb(&self) -> Verb {
        match self {
            Account::AskReset(_) | Account::Reset(_) | Account::Join(_) | Account::SetUp(_) => Verb::BringIn,
            Account::Invite(_) | Account::InviteAgain(_) | Account::SetTeams(_) => Verb::KeepTeams,
            Account::MakeSetUpLink(_)
            | Account::MakeLink(_)
            | Account::Knock(_)
            | Account::OpenSession(_)
            | Account::SetPassword(_)
            | Account::ChangeRole(_)
            | Account::SendAway(_) => Verb::KeepAgents,
            Account::KeepProfile(_)
            | Account::ChangePassword(_)
            | Account::EndSession(_)
            | Account::EndOtherSessions(_) => Verb::KeepOwnAccount,
        }
    }

    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let done = match self {
            Account::SetUp(command) => command.run(context, handbooks).await,
            Account::MakeSetUpLink(command) => command.run(context).await,
            Account::Knock(command) => command.run(context).await,
            Account::OpenSession(command) => command.run(context).await,
            Account::AskReset(command) => command.run(context).await,
            Account::Reset(command) => command.run(context).await,
            Account::Join(command) => command.run(context).await,
            Account::Invite(command) => command.run(context, handbooks).await,
            Account::InviteAgain(command) => command.run(context).await,
            Account::MakeLink(command) => command.run(context).await,
            Account::ChangeRole(command) => command.run(context).await,
            Account::SetTeams(command) => command.run(context, handbooks).await,
            Account::SendAway(command) => command.run(context).await,
            Account::KeepProfile(command) => command.run(context).await,
            Account::ChangePassword(command) => command.run(context).await,
            Account::SetPassword(command) => command.run(context).await,
            Account::EndSession(command) => command.run(context).await,
            Account::EndOtherSessions(command) => command.run(context).await,
        };
        done.map(Outcome::Account)
    }
}

/// Opens a session for the browser of `visitor`, which is known from now on.
async fn signed_in(context: &mut Context<'_>, agent: Id, visitor: &Visitor) -> Result<SignedIn> {
    let session = sessions::open(context, agent, &visitor.device).await?;
    let before = visitor.known_by.as_ref().map(|secret| secret.0.as_str());
    let device = devices::remember(context, agent, before).await?;
    Ok(SignedIn { agent, session: Secret(session), device: Secret(device) })
}
