//! Whoever fetches from a mailbox says where it begins, how far it is, or what is wrong.

use jiff::Timestamp;
use store::Id;

use super::Outcome;
use crate::mailboxes::connected::fetching::{self, Cursor, Fault};
use crate::notifications::{self, Audience, What};
use crate::{Context, Result};

/// What is said of a mailbox.
#[derive(Clone, Debug)]
pub struct NoteFetch {
    /// The mailbox.
    pub mailbox: Id,
    /// What.
    pub note: Note,
}

/// How fetching goes.
#[derive(Clone, Debug)]
pub enum Note {
    /// Where fetching from a folder begins.
    Begins {
        /// The folder.
        folder: String,
        /// From where on.
        cursor: Cursor,
    },
    /// Everything is in that arrived before this instant.
    Works(Timestamp),
    /// It fails. Owners, and the mailbox's team, are told once when it does for long.
    Fails(Fault),
    /// What was chosen for fetched mails, such as to move them, cannot be done on their server; fetching goes on.
    Unsettled(Fault),
    /// It can be done again.
    Settles,
    /// A grant for tokens was replaced by this one.
    Granted(crate::sealed::Secret),
}

impl NoteFetch {
    pub(super) async fn run(&self, context: &mut Context<'_>) -> Result<Outcome> {
        match &self.note {
            Note::Begins { folder, cursor } => fetching::begin(context, self.mailbox, folder, *cursor).await?,
            Note::Works(until) => fetching::works(context, self.mailbox, *until).await?,
            Note::Unsettled(fault) => fetching::unsettled(context, self.mailbox, fault).await?,
            Note::Settles => fetching::settles(context, self.mailbox).await?,
            Note::Granted(token) => {
                crate::mailboxes::connected::keys::keep_refresh_token(context, self.mailbox, token).await?;
            }
            Note::Fails(fault) => {
                if let Some((mailbox, since)) = fetching::fails(context, self.mailbox, fault).await? {
                    let since = since.strftime("%F %H:%M UTC").to_string();
                    let reason = fault.words.to_string();
                    let what = What::MailboxUnread { mailbox: mailbox.name.clone(), since, reason };
                    let mut audiences = vec![Audience::Role("owner".to_owned())];
                    audiences.extend(mailbox.team.clone().map(Audience::Team));
                    notifications::tell_beside_tickets(context, &audiences, what).await?;
                }
            }
        }
        Ok(Outcome::Moved(true))
    }
}
