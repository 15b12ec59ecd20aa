//! The time of a reply has come: it leaves, unless something came between.

use playbook::Status;
use store::Id;

use super::send_later::thread_of;
use crate::attachments::{self, Staged};
use crate::error::Kind;
use crate::handbook::Handbooks;
use crate::handle::Outcome;
use crate::handle::reply::{Words, check_crossing, say};
use crate::handle::write_to_party::{self, ToParty};
use crate::notifications::{self, Audience, What};
use crate::rights::Scope;
use crate::runs::Case;
use crate::sendings::{self, Sending};
use crate::{Context, Error, Result, drafts, messages, suggestions, tickets};

/// The leaving of a reply.
#[derive(Clone, Debug)]
pub struct SendingDue {
    /// The ticket.
    pub ticket: Id,
    /// The reply, as it was found due. One that waits no longer, or not yet, does nothing.
    pub sending: Id,
}

impl SendingDue {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let mut case = Case::load(context, handbooks, self.ticket).await?;
        let found = sendings::find(context.tx, self.sending).await?;
        let is_due = |sending: &Sending| sending.held.is_none() && sending.send_at <= context.now;
        let Some(sending) = found.filter(is_due) else { return Ok(Outcome::Moved(false)) };
        match may_leave(context, &case, &sending).await {
            Ok(()) => {
                leave(context, &mut case, &sending).await?;
                case.touch();
                case.store(context).await?;
            }
            Err(error) if matches!(error.kind, Kind::Conflict | Kind::Invalid) => {
                hold(context, &case, &sending, &error).await?;
            }
            Err(error) => return Err(error),
        }
        Ok(Outcome::Moved(true))
    }
}

/// Sends what the actor has just written and could still take back: whoever makes a choice now does so after it, and must not have the
/// ticket moved back by their own words some seconds later. Says whether there was something.
///
/// # Errors
/// What would have held the reply back: nothing is chosen before its writer has looked.
pub(in crate::handle) async fn before_a_choice(context: &mut Context<'_>, case: &mut Case) -> Result<bool> {
    if context.actor.agent_id().is_none() {
        return Ok(false);
    }
    let writer = drafts::writer(context.actor)?;
    let written = sendings::of_ticket(context.tx, Scope::of(context.actor)?, case.ticket.id).await?;
    let mut left = false;
    for sending in written.iter().filter(|one| one.briefly && one.held.is_none() && one.writer == writer) {
        may_leave(context, case, sending).await.map_err(|error| {
            error.advise("A reply of yours is about to leave here. Look at it first, or take it back.")
        })?;
        leave(context, case, sending).await?;
        left = true;
    }
    Ok(left)
}

/// Holds back at once what waits on a ticket and was written before somebody outside wrote there: its writer need not wait for its time
/// to hear of it.
pub(in crate::handle) async fn hold_crossed(context: &mut Context<'_>, case: &Case) -> Result<()> {
    for sending in sendings::unheld_on(context.tx, case.ticket.id).await? {
        if sending.briefly {
            continue;
        }
        let thread = thread_of(context, case, party(&sending)).await?;
        if let Err(error) = check_crossing(context, thread, sending.seen).await {
            hold(context, case, &sending, &error).await?;
        }
    }
    Ok(())
}

/// Whether nothing came between. Writes nothing, so that what it refuses is only held.
async fn may_leave(context: &mut Context<'_>, case: &Case, sending: &Sending) -> Result<()> {
    if case.ticket.merged_into.is_some() || case.ticket.status == Status::Closed {
        return Err(Error::conflict("closed", "The ticket was closed meanwhile."));
    }
    let party = party(sending);
    let thread = thread_of(context, case, party).await?;
    check_crossing(context, thread, sending.seen).await?;
    match party {
        Some(party) => write_to_party::people(context, case, party).await.map(drop),
        None => {
            let thread = tickets::find(context.tx, thread).await?.ok_or_else(|| Error::not_found("ticket"))?;
            crate::handle::reply::recipient_of(context, &thread).await.map(drop)
        }
    }
}

/// Says it, as if its writer did so now.
async fn leave(context: &mut Context<'_>, case: &mut Case, sending: &Sending) -> Result<()> {
    let files: Vec<Staged> = sendings::files(context.tx, sending.id).await?.into_iter().map(Staged::from).collect();
    sendings::remove(context, sending.id).await?;
    let by = sending.author.clone();
    let thread = thread_of(context, case, party(sending)).await?;
    let before = messages::newest_public(context.tx, thread).await?;
    if let Some(party) = party(sending) {
        let said = ToParty { party, words: &sending.text, by, files: &files };
        let message = write_to_party::tell(context, case, said).await?;
        return sendings::know_of(context, sending, before, message).await;
    }
    let waiting = suggestions::waiting(context.tx, sending.ticket).await?;
    // Where it was made from something that no longer waits, its words are still what its writer says.
    let suggestion = waiting.filter(|waiting| Some(waiting.id) == sending.suggestion);
    let text = sending.text.clone();
    let words = match &suggestion {
        Some(suggestion) => Words::suggested(text, sending.seen, by, suggestion),
        None => Words::plain(text, sending.seen, by),
    };
    let message = say(context, case, words).await?;
    for file in &files {
        attachments::add(context, message, file).await?;
    }
    sendings::know_of(context, sending, before, message).await
}

/// Keeps it back and asks its writer.
async fn hold(context: &mut Context<'_>, case: &Case, sending: &Sending, error: &Error) -> Result<()> {
    sendings::hold(context, sending.id, error.code).await?;
    let what = What::HeldBack { number: case.ticket.number, reason: error.message.clone() };
    let name = sending.author.name.clone();
    let writer = match sending.author.id {
        Some(id) if sending.author.kind == "agent" => Audience::Agent { id, name },
        _ => Audience::Person(name),
    };
    notifications::tell(context, sending.ticket, &writer, what).await?;
    tickets::touch(context, sending.ticket).await
}

fn party(sending: &Sending) -> Option<&str> {
    Some(sending.party.as_str()).filter(|party| !party.is_empty())
}
