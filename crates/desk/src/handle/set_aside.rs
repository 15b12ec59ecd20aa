//! Mail that waits for somebody to look at it, and the colleague who has.

use store::Id;

use super::Outcome;
use crate::notifications::{self, Audience, What};
use crate::{Context, Error, Result, mailboxes};

/// A mail that was set aside has been looked at, and no ticket comes of it.
#[derive(Clone, Copy, Debug)]
pub struct FileKept {
    /// The mail's id.
    pub mail: Id,
}

impl FileKept {
    /// Says whether it still waited.
    pub(super) async fn run(self, context: &mut Context<'_>) -> Result<Outcome> {
        if !mailboxes::is_kept(context.tx, self.mail).await? {
            return Err(Error::not_found("mail"));
        }
        Ok(Outcome::Moved(mailboxes::file_kept(context, self.mail).await?))
    }
}

/// Sets a mail aside. Owners and leads are told of the first, and not again before all that waits was looked at: hundreds that come
/// at once are one notice.
pub(super) async fn set_aside(context: &mut Context<'_>, reason: &str, raw: &[u8]) -> Result<Outcome> {
    let is_first = mailboxes::count_set_aside(context.tx).await? == 0;
    let outcome = mailboxes::Outcome::SetAside;
    mailboxes::keep(context, outcome, reason, None, raw).await?;
    if is_first {
        let roles = ["owner", "lead"].map(|role| Audience::Role(role.to_owned()));
        notifications::tell_beside_tickets(context, &roles, What::SetAside { reason: reason.to_owned() }).await?;
    }
    Ok(Outcome::Mail { outcome, ticket: None })
}
