//! Conversations between programs end. Headers say which mail a program wrote, but not all programs say so: so what the desk answers
//! by itself to one address is counted, and so is how often mail brings a settled ticket back. Beyond a bound nothing is sent and
//! nothing moves, the mail stays on the ticket, and colleagues are told, once.

use jiff::SignedDuration;

use super::actions::note;
use super::{Case, queries};
use crate::messages::{self, once};
use crate::notifications::{self, What};
use crate::{Context, Result};

/// How many automatic mails an address gets within [`ANSWERS_WITHIN`] before its own mail is no longer answered by itself.
pub const ANSWERS_MAX: u32 = 20;
/// Within which time they are counted.
pub const ANSWERS_WITHIN: SignedDuration = SignedDuration::from_hours(1);
/// How often within [`REOPENINGS_WITHIN`] mail brings a ticket back from the same settled state.
pub const REOPENINGS_MAX: u32 = 5;
/// Within which time that is counted.
pub const REOPENINGS_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// Whether an answer to the requester would be one too many: their mail is what moves the ticket, and they were sent many by
/// programs lately.
pub(super) async fn is_answered_too_often(context: &mut Context<'_>, case: &Case) -> Result<bool> {
    let (true, Some(address)) = (case.by_mail, case.requester.address.as_deref()) else { return Ok(false) };
    let since = context.now - ANSWERS_WITHIN;
    Ok(messages::automatic_since(context.tx, address, since, ANSWERS_MAX).await? >= ANSWERS_MAX as usize)
}

/// Says on the ticket, and to its team, that a reply was not sent.
pub(super) async fn tell_unanswered(context: &mut Context<'_>, case: &mut Case, reply: &str) -> Result<()> {
    let address = case.requester.address.clone().unwrap_or_default();
    let words = format!(
        "The reply {reply} was not sent: {ANSWERS_MAX} automatic mails went to {address} within an hour, and this one would answer \
         a mail from there. Perhaps a program answers the desk."
    );
    let hour = context.now.as_second() / ANSWERS_WITHIN.as_secs();
    let key = format!("unanswered:{address}:{hour}");
    let (number, reply) = (case.ticket.number, reply.to_owned());
    let what = What::NotAnswered { number, reply, address, most: i64::from(ANSWERS_MAX) };
    tell_once(context, case, &words, what, &key).await
}

/// Whether mail has brought the ticket back from its settled state too often for once more.
pub async fn is_reopened_too_often(context: &mut Context<'_>, case: &Case, event: &str) -> Result<bool> {
    if !matches!(case.ticket.status, playbook::Status::Solved | playbook::Status::Closed) {
        return Ok(false);
    }
    let since = context.now - REOPENINGS_WITHIN;
    let left = (event, case.run.state.as_str());
    let count = queries::departures(context.tx, case.ticket.id, left, since, REOPENINGS_MAX).await?;
    Ok(count >= REOPENINGS_MAX as usize)
}

/// Says on the ticket, and to its team, that mail came and the ticket stayed settled.
pub async fn tell_settled(context: &mut Context<'_>, case: &mut Case) -> Result<()> {
    let words = format!(
        "Mail has brought this ticket back {REOPENINGS_MAX} times within a day; this one was kept and the ticket stays as it is. \
         Perhaps a program answers the desk. Whoever looks at it can open it again."
    );
    let day = context.now.as_second() / REOPENINGS_WITHIN.as_secs();
    let key = format!("settled:{}:{day}", case.ticket.id);
    let what = What::NotReopened { number: case.ticket.number, most: i64::from(REOPENINGS_MAX) };
    tell_once(context, case, &words, what, &key).await
}

/// Says on the ticket, and to its team, that a mail of ours came back to us.
pub async fn tell_came_back(context: &mut Context<'_>, case: &mut Case) -> Result<()> {
    let words = "A mail that this desk sent came back to it: a list, a forwarding rule or an address of the desk's own is among \
                 its recipients. It was filed and moved nothing.";
    let key = format!("came-back:{}", case.ticket.id);
    let what = What::OwnMailCame { number: case.ticket.number };
    tell_once(context, case, words, what, &key).await
}

/// A note on each ticket, and a notice to its team the first time: both once for each key.
async fn tell_once(context: &mut Context<'_>, case: &mut Case, words: &str, what: What, key: &str) -> Result<()> {
    let ticket = case.ticket.id;
    if once::said_before(context, &format!("{key}:{ticket}"), ticket).await?.is_some() {
        return Ok(());
    }
    note::add(context, ticket, words).await?;
    case.touch();
    if once::said_before(context, key, ticket).await?.is_none() {
        notifications::tell_team(context, &case.ticket, what).await?;
    }
    Ok(())
}
