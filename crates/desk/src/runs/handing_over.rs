//! What a merged ticket owes its client, the ticket that it was merged into owes: nobody who asked and was not answered is forgotten
//! because somebody else asked the same.
//!
//! What was said last on the merged one counts as said on the other, as if its client had written there; and the other one's clocks run
//! since the merged one's began, where that is earlier. When the two are taken apart, both stand again as they stood, as far as nobody
//! has gone on with the other one meanwhile.

use jiff::Timestamp;
use playbook::{Event, Fault, Step, Taking};
use serde_json::json;
use store::Id;

use super::advance::{Cause, advance, keep};
use super::beside::{BEGAN, GAVE_BACK, TOOK_IN};
use super::{Case, facts};
use crate::handbook::Handbooks;
use crate::messages::{self, Author, Kind, Message};
use crate::notifications::{self, What};
use crate::tickets::Ticket;
use crate::{Context, Result};

/// Has `into` owe what `theirs`, which was merged into it, still owed its client; whether it owed anything. Both rows are locked.
pub(super) async fn hand_over(
    context: &mut Context<'_>,
    handbooks: &Handbooks,
    theirs: &Case,
    into: &Ticket,
    why: Option<Id>,
) -> Result<bool> {
    let newest = newest(context, theirs.ticket.id).await?;
    let said = newest.filter(|message| message.kind == Kind::Incoming);
    if !theirs.begun || theirs.ticket.waiting_on != "us" || !(said.is_some() || has_open_clock(theirs)?) {
        return Ok(false);
    }
    let mut case = Case::load(context, handbooks, into.id).await?;
    let before = case.run.clone();
    case.ticket.snoozed_until = None;
    case.touch();
    hear(context, &mut case, theirs, said.as_ref()).await?;
    let (ticket, number) = (theirs.ticket.id.to_string(), format!("#{}", theirs.ticket.number));
    let taking = Taking { ticket: &ticket, theirs: &theirs.run, before: &before, event: TOOK_IN, note: &number };
    let facts = facts::gather(context, &mut case).await?;
    let taken = case.playbook()?.take_in(&case.run, &taking, &facts, context.now);
    let is_told = match taken {
        Ok(step) => {
            keep(context, &mut case, step, &Cause { message: why, ..Cause::actor(context) }).await.map(|_| true)?
        }
        Err(fault) => {
            tracing::warn!(ticket = %into.id, place = %fault.place, "clocks could not be taken over: {}", fault.message);
            false
        }
    };
    let wrote = What::ClientWrote { who: theirs.requester.label().to_owned(), number: case.ticket.number };
    notifications::tell_assignee(context, &case.ticket, wrote).await?;
    case.store(context).await?;
    Ok(is_told)
}

/// What their client said last is said on this ticket.
async fn hear(context: &mut Context<'_>, case: &mut Case, theirs: &Case, said: Option<&Message>) -> Result<()> {
    let by = json!({"name": theirs.requester.label(), "email": theirs.requester.address});
    let words = json!({"text": said.map(|said| mail::reply_text::reply(&said.text)), "subject": theirs.ticket.subject});
    let event = Event::new("requester.replied").with_message(words).with_by(by);
    let cause = Cause { by: Author::contact(&theirs.requester), message: said.map(|said| said.id) };
    advance(context, case, &event, &cause).await.map(drop)
}

/// Gives `from` back what it owed itself, now that `ticket` is taken out of it; whether its history says so already.
pub(super) async fn give_back(
    context: &mut Context<'_>,
    handbooks: &Handbooks,
    (ticket, from): (&Ticket, &Ticket),
    merged_at: Timestamp,
) -> Result<bool> {
    if from.merged_into.is_some() {
        return Ok(false);
    }
    let heard = newest(context, from.id).await?.is_some_and(|message| message.created_at > merged_at);
    let mut case = Case::load(context, handbooks, from.id).await?;
    let facts = facts::gather(context, &mut case).await?;
    let (id, number) = (ticket.id.to_string(), format!("#{}", ticket.number));
    let given = case.playbook()?.give_back(&case.run, (&id, heard), &facts, (GAVE_BACK, &number), context.now);
    set_clocks(context, case, given).await
}

async fn newest(context: &mut Context<'_>, ticket: Id) -> Result<Option<Message>> {
    match messages::newest_public(context.tx, ticket).await? {
        Some(id) => messages::find(context.tx, id).await,
        None => Ok(None),
    }
}

fn has_open_clock(case: &Case) -> Result<bool> {
    Ok(case.playbook()?.open_clocks(&case.run).next().is_some())
}

/// Counts the clocks of `ticket`, which has just begun with a message of `from`, since that was written; whether its history says so
/// already, as the line that it began.
pub(crate) async fn count_since(
    context: &mut Context<'_>,
    handbooks: &Handbooks,
    (ticket, from): (&Ticket, &Ticket),
    since: Timestamp,
) -> Result<bool> {
    let mut case = Case::load(context, handbooks, ticket.id).await?;
    if !case.begun || since >= context.now {
        return Ok(false);
    }
    let facts = facts::gather(context, &mut case).await?;
    let note = format!("#{}", from.number);
    let counted = case.playbook()?.count_since(&case.run, since, &facts, (BEGAN, &note), context.now);
    set_clocks(context, case, counted).await
}

/// Keeps a step that set a run's clocks; whether there was one, which its history tells. Clocks that cannot be counted stay as they are.
async fn set_clocks(
    context: &mut Context<'_>,
    mut case: Case,
    step: std::result::Result<Option<Step>, Fault>,
) -> Result<bool> {
    match step {
        Ok(None) => Ok(false),
        Ok(Some(step)) => {
            keep(context, &mut case, step, &Cause::actor(context)).await?;
            case.store(context).await?;
            Ok(true)
        }
        Err(fault) => {
            tracing::warn!(ticket = %case.ticket.id, place = %fault.place, "clocks could not be set: {}", fault.message);
            Ok(false)
        }
    }
}
