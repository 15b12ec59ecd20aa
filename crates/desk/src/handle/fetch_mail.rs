//! A mail was fetched from a mailbox: it comes in once, and the mailbox's cursor passes it in the same transaction.

use std::sync::Arc;

use super::Outcome;
use super::receive_mail::{ReceiveMail, Understood};
use super::set_aside::set_aside;
use crate::attachments::Shelf;
use crate::handbook::Handbooks;
use crate::mailboxes::connected::fetching::{self, Lay, Passed};
use crate::mailboxes::{MAIL_MAX, WhyKept, why_kept};
use crate::{Context, Result};

/// A mail as it lay in a mailbox.
#[derive(Clone, Debug)]
pub struct FetchMail {
    /// Where it lay.
    pub lay: Lay,
    /// What is there of it.
    pub what: Fetched,
}

/// What is there of a mail.
#[derive(Clone, Debug)]
pub enum Fetched {
    /// The whole mail.
    Mail(Arc<[u8]>),
    /// What could be had of one that cannot come in, and why: it is set aside for a person to look at.
    Trouble {
        /// The mail, its header, or nothing.
        raw: Arc<[u8]>,
        /// Why it cannot come in, in a few words.
        reason: String,
    },
    /// Nothing any more: somebody moved or deleted it meanwhile.
    Gone,
}

impl FetchMail {
    pub(super) async fn understand(&self, shelf: &Shelf) -> Result<Option<Understood>> {
        match &self.what {
            Fetched::Mail(raw) if raw.len() <= MAIL_MAX => {
                let mut understood = whole(raw).understand(shelf).await?;
                understood.by = Some(self.lay.mailbox);
                Ok(Some(understood))
            }
            _ => Ok(None),
        }
    }

    pub(super) async fn run(
        &self,
        context: &mut Context<'_>,
        handbooks: &Handbooks,
        understood: Option<&Understood>,
    ) -> Result<Outcome> {
        let (raw, reason) = match &self.what {
            Fetched::Gone => {
                fetching::skip(context, &self.lay).await?;
                return Ok(Outcome::Moved(false));
            }
            Fetched::Mail(raw) => (raw, WhyKept::TooLarge.words()),
            Fetched::Trouble { raw, reason } => (raw, reason.as_str()),
        };
        let Passed::New(mailbox) = fetching::passed(context, &self.lay, raw).await? else {
            return Ok(Outcome::Moved(false));
        };
        match understood {
            Some(understood) => whole(raw).sort(context, handbooks, understood).await,
            None => set_aside(context, &why_kept::by_mailbox(reason, &mailbox.name), raw).await,
        }
    }
}

fn whole(raw: &Arc<[u8]>) -> ReceiveMail {
    ReceiveMail { raw: Arc::clone(raw), key: None }
}
