//! A colleague makes a ticket of a mail that was filed or set aside, and says whose it is.

use store::Id;

use super::receive_mail::{ReceiveMail, Understood};
use super::{Outcome, remember, repeated};
use crate::handbook::Handbooks;
use crate::receipts::Key;
use crate::{Actor, Context, Desk, Error, Result, mailboxes};

/// A kept mail that is to become a ticket.
#[derive(Clone, Debug)]
pub struct OpenKept {
    /// The mail's id.
    pub mail: Id,
    /// Whose mail it is, by the colleague's judgement: its own `From` may be missing or false.
    pub from: String,
}

impl OpenKept {
    /// Reads the mail as if it came from that address.
    pub(super) async fn understand(&self, desk: &Desk, actor: &Actor) -> Result<Understood> {
        let from = mail::Address::bare(&self.from);
        if !mail::address::is_plausible(&from.address) {
            return Err(Error::invalid_field("from", "not-an-address", "this is no mail address"));
        }
        let (_, raw) = mailboxes::kept_mail(&mut desk.read().await?, actor, self.mail).await?;
        let mut understood = ReceiveMail { raw: raw.into(), key: None }.understand(&desk.shelf).await?;
        let written = understood.mail.from.take().filter(|written| written.key() == from.key());
        understood.mail.from = Some(written.unwrap_or(from));
        Ok(understood)
    }

    /// Opens the ticket; asked again, it is the same ticket.
    pub(super) async fn run(
        &self,
        context: &mut Context<'_>,
        handbooks: &Handbooks,
        understood: &Understood,
    ) -> Result<Outcome> {
        let key = Key::new("kept", &self.mail.to_string(), b"")?;
        if let Some(before) = repeated(context, Some(&key)).await? {
            return Ok(before);
        }
        let sender = understood.mail.from.clone().ok_or_else(|| Error::internal("a mail that nobody wrote"))?;
        let mail = ReceiveMail { raw: Vec::new().into(), key: None };
        let outcome = mail.open(context, handbooks, understood, &sender, None).await?;
        if let Some(ticket) = outcome.ticket() {
            mailboxes::give_kept(context, self.mail, ticket).await?;
        }
        remember(context, Some(&key), outcome).await
    }
}
