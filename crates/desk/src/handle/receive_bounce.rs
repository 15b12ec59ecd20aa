//! A mail of ours comes back: it is shown on the message that bounced, and told to the playbook where it is the requester who was
//! not reached.

use playbook::Event;
use serde_json::json;
use store::Id;

use super::Outcome;
use super::receive_mail::{ReceiveMail, Understood};
use crate::handbook::Handbooks;
use crate::mailboxes::join::Returned;
use crate::mailboxes::{self};
use crate::messages::bounces::{self, Bounced};
use crate::messages::{self, Author};
use crate::notifications::{self, What};
use crate::runs::{self, Case, Cause};
use crate::tickets::merges;
use crate::{Context, Result, contacts};

impl ReceiveMail {
    /// A report about a mail of ours. What is not proved, and what went to somebody else than the requester, moves nothing: the team
    /// is told. The same report again changes nothing.
    pub(super) async fn bounced(
        &self,
        context: &mut Context<'_>,
        handbooks: &Handbooks,
        returned: Returned,
        understood: &Understood,
    ) -> Result<Outcome> {
        let ticket = merges::root(context.tx, returned.ticket).await?;
        let mut case = Case::load(context, handbooks, ticket).await?;
        mailboxes::keep(
            context,
            mailboxes::Outcome::Filed,
            mailboxes::WhyKept::Bounce.words(),
            Some(returned.ticket),
            &self.raw,
        )
        .await?;
        if let Some(report) = report(context, returned, understood) {
            let is_new = match returned.message {
                Some(_) => bounces::add(context, &report).await?,
                None => true,
            };
            if is_new {
                self.act_on(context, &mut case, returned, &report).await?;
            }
        }
        case.touch();
        case.store(context).await?;
        Ok(Outcome::Mail { outcome: mailboxes::Outcome::Filed, ticket: Some(returned.ticket) })
    }

    async fn act_on(
        &self,
        context: &mut Context<'_>,
        case: &mut Case,
        returned: Returned,
        report: &Bounced,
    ) -> Result<()> {
        // As long as the other server goes on trying nothing is lost.
        if report.delayed {
            return Ok(());
        }
        let failed = report.recipient.clone().unwrap_or_default();
        if report.hard
            && report.proved
            && let Some(message) = returned.message
            && !is_copy(context, message, &failed).await?
        {
            messages::set_delivery(context, message, "bounced").await?;
        }
        let is_requester = contacts::owns_address(context.tx, case.requester.id, &failed).await?;
        if !(report.proved && is_requester) {
            let number = case.ticket.number;
            let what = match failed {
                whom if whom.is_empty() => What::SomeMailCameBack { number },
                whom => What::MailCameBack { number, whom },
            };
            return notifications::tell_team(context, &case.ticket, what).await;
        }
        let event = Event::new("requester.bounced").with_data(json!({"status": report.status}));
        let cause = Cause { by: Author::actor(context.actor), message: returned.message };
        runs::advance(context, case, &event, &cause).await.map(drop)
    }
}

/// Whether a message went to `address` in copy: its recipient may have got it all the same.
async fn is_copy(context: &mut Context<'_>, message: Id, address: &str) -> Result<bool> {
    let address = mail::Address::bare(address).key();
    let message = messages::find(context.tx, message).await?;
    Ok(message.is_some_and(|message| message.copies.iter().any(|copy| copy.key() == address)))
}

/// What a report says, as it is kept.
fn report(context: &Context<'_>, returned: Returned, understood: &Understood) -> Option<Bounced> {
    let bounce = understood.mail.bounce.as_ref()?;
    let printable = |text: &String| messages::write::printable(text);
    Some(Bounced {
        message: returned.message.unwrap_or(returned.ticket),
        recipient: bounce.recipient.as_ref().map(printable),
        status: bounce.status.clone(),
        hard: bounce.hard,
        delayed: bounce.delayed,
        proved: returned.is_proved,
        reason: bounce.reason.as_ref().map(printable),
        received_at: context.now,
    })
}
