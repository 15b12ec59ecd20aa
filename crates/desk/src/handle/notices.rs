//! What people do with their notices: they read them, and say which they want, by which ways and when.

use store::Id;

use super::Outcome;
use crate::dispatches::browsers::{self, NewBrowser};
use crate::dispatches::hooks::{self, NewHook, Of};
use crate::handbook::Handbooks;
use crate::notifications::own::{self, Which};
use crate::notifications::{Choices, choices};
use crate::rights::Verb;
use crate::{Context, Error, Result, dispatches};

/// A command about notices.
#[derive(Clone, Debug)]
pub enum Notices {
    /// Some of one's own are read.
    Read(Which),
    /// What one wants to be told from now on.
    Choose(Box<Choices>),
    /// An address that notices are put to.
    KeepHook(NewHook),
    /// It is taken away.
    RemoveHook(Id),
    /// A browser of one's own that notices are pushed to.
    KeepBrowser(Box<NewBrowser>),
    /// Nothing is pushed to it any longer.
    RemoveBrowser(Id),
    /// Notices by mail stop for whoever's link this is, who need not have signed in (RFC 8058).
    StopMail(String),
}

impl Notices {
    /// What one must be allowed to do for it.
    pub(super) fn verb(&self) -> Verb {
        match self {
            Notices::Read(_)
            | Notices::Choose(_)
            | Notices::KeepHook(_)
            | Notices::RemoveHook(_)
            | Notices::KeepBrowser(_)
            | Notices::RemoveBrowser(_) => Verb::ReadTickets,
            Notices::StopMail(_) => Verb::BringIn,
        }
    }

    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        match self {
            Notices::Read(which) => {
                let agent = own::whose(context.actor)?;
                own::read(context, agent, which).await.map(Outcome::Moved)
            }
            Notices::KeepHook(new) => {
                if let Of::Team(team) = &new.of
                    && !handbooks.current(context.tx).await?.desk.teams.contains_key(team)
                {
                    return Err(Error::invalid_field("of", "no-team", "the handbook has no such team"));
                }
                hooks::keep(context, new).await.map(|_| Outcome::Moved(true))
            }
            Notices::RemoveHook(id) => hooks::remove(context, *id).await.map(|()| Outcome::Moved(true)),
            Notices::KeepBrowser(new) => {
                let agent = own::whose(context.actor)?;
                browsers::keep(context, agent, new).await.map(Outcome::Browser)
            }
            Notices::RemoveBrowser(id) => {
                let agent = own::whose(context.actor)?;
                browsers::remove(context, agent, *id).await.map(|()| Outcome::Moved(true))
            }
            Notices::StopMail(stamp) => dispatches::stop_mail(context, stamp).await.map(|()| Outcome::Moved(true)),
            Notices::Choose(wanted) => {
                let agent = own::whose(context.actor)?;
                wanted.check(handbooks.current(context.tx).await?.as_ref())?;
                choices::keep(context, agent, wanted).await?;
                Ok(Outcome::Moved(true))
            }
        }
    }
}
