//! Merging a ticket into another one, and taking the two apart. A merged ticket's run is suspended: its timers, its draft, what it
//! asks colleagues and other databases are set aside as they are, events of linked tickets wait in its queue, and nothing is judged. When
//! the two are taken apart all of it goes on, each timer from its own start.
//!
//! Where it still owed its client an answer, the other one owes it from then on.

use playbook::Status;
use store::Id;

use super::beside::{GAVE_BACK, MERGED, PARTED, TOOK_IN, keep};
use super::{Case, handing_over, queue, recounting};
use crate::handbook::Handbooks;
use crate::notifications::{self, What};
use crate::tickets::links::{self, FOLLOW_UP, Linked};
use crate::tickets::{self, Ticket, merges};
use crate::{Context, Error, Result, lookups, questions, sendings, suggestions, timers};

/// Refuses a merge that would make no sense. Both tickets are locked.
///
/// # Errors
/// `merged-already`, `merged-elsewhere`, `closed`, `organizations-differ`, `reply-waits`, `waited-for`, `works-for-it`: each says why.
pub async fn check(context: &mut Context<'_>, ticket: &Ticket, into: &Ticket) -> Result<()> {
    let (number, other) = (ticket.number, into.number);
    if ticket.merged_into.is_some() {
        return Err(Error::conflict("merged-already", format!("Ticket {number} is merged into another one already."))
            .advise("Take those two apart first."));
    }
    if into.merged_into.is_some() {
        return Err(Error::conflict("merged-elsewhere", format!("Ticket {other} was itself merged into another one."))
            .advise("Merge into that one."));
    }
    if into.status == Status::Closed {
        return Err(Error::conflict(
            "closed",
            format!("Ticket {other} is closed: nobody would see what was added to it."),
        )
        .advise("Merge the other way round, or into a ticket that is open."));
    }
    if let (Some(one), Some(another)) = (ticket.organization, into.organization)
        && one != another
    {
        let words = "The tickets are for different organizations: an answer to one would tell it what the other asked.";
        return Err(Error::conflict("organizations-differ", words).advise("Link the two instead."));
    }
    if sendings::waits_on(context.tx, ticket.id).await? {
        return Err(Error::conflict("reply-waits", format!("A reply on ticket {number} waits to be sent."))
            .advise("Send it now, or take it back."));
    }
    check_links(context, ticket).await
}

/// A playbook that opened the ticket waits for what it says, and one that it opened tells it how it went: neither would be heard.
async fn check_links(context: &mut Context<'_>, ticket: &Ticket) -> Result<()> {
    let is_live = |link: &Linked| link.alias != FOLLOW_UP && link.ticket.closed_at.is_none();
    if let Some(opener) = links::opener(context.tx, ticket.id).await?.filter(is_live) {
        let words = format!(
            "Ticket {} was opened by ticket {}, whose procedure waits for what it says.",
            ticket.number, opener.ticket.number
        );
        return Err(Error::conflict("waited-for", words).advise("Bring it to its end, or link the two instead."));
    }
    if let Some(child) = links::children(context.tx, ticket.id).await?.into_iter().find(is_live) {
        let words = format!(
            "Ticket {} opened ticket {}, which is still at work and tells it how that goes.",
            ticket.number, child.ticket.number
        );
        return Err(
            Error::conflict("works-for-it", words).advise("Merge the other way round, or link the two instead.")
        );
    }
    Ok(())
}

/// Merges a ticket into another one, both locked, and suspends its run; what it owes its client the other one owes. `why` is the note
/// that gives the reason.
pub async fn merge(
    context: &mut Context<'_>,
    handbooks: &Handbooks,
    (ticket, into): (&mut Ticket, &Ticket),
    why: Option<Id>,
) -> Result<()> {
    let theirs = Case::read(context.tx, handbooks, ticket.clone()).await?;
    merges::join(context, ticket, into.id).await?;
    timers::suspend(context, ticket.id).await?;
    suggestions::suspend(context, ticket.id).await?;
    questions::suspend(context, ticket.id).await?;
    lookups::suspend(context, ticket.id).await?;
    tickets::look_at_due(context, ticket.id).await?;
    keep(context, ticket, MERGED, into, why).await?;
    if !handing_over::hand_over(context, handbooks, &theirs, into, why).await? {
        keep(context, into, TOOK_IN, ticket, why).await?;
        tickets::touch(context, into.id).await?;
    }
    let what = What::Merged { who: context.actor.name().to_owned(), number: ticket.number, into: into.number };
    notifications::tell_assignee(context, ticket, what).await.map(drop)
}

/// Takes a merged ticket out of `from`, both locked: it goes on where it stood. Its timers are counted anew where a calendar changed
/// meanwhile.
///
/// # Errors
/// `not-merged` when it is not.
pub async fn part(context: &mut Context<'_>, handbooks: &Handbooks, mut ticket: Ticket, from: &Ticket) -> Result<()> {
    let Some(before) = merges::part(context, &mut ticket).await? else { return Err(not_merged(&ticket)) };
    timers::resume(context, ticket.id).await?;
    suggestions::resume(context, ticket.id, None).await?;
    questions::resume(context, ticket.id).await?;
    lookups::resume(context, ticket.id).await?;
    tickets::look_at_due(context, ticket.id).await?;
    queue::wake(context, ticket.id, before.merged_at).await?;
    keep(context, &ticket, PARTED, from, None).await?;
    if !handing_over::give_back(context, handbooks, (&ticket, from), before.merged_at).await? {
        keep(context, from, GAVE_BACK, &ticket, None).await?;
        tickets::touch(context, from.id).await?;
    }
    let what = What::Parted { who: context.actor.name().to_owned(), number: ticket.number, from: from.number };
    notifications::tell_assignee(context, &ticket, what).await?;
    let mut case = Case::load(context, handbooks, ticket.id).await?;
    recounting::count(context, &mut case, "The ticket goes on after it was merged").await?;
    case.store(context).await
}

/// The error for a ticket that is not merged.
pub fn not_merged(ticket: &Ticket) -> Error {
    Error::conflict("not-merged", format!("Ticket {} is not merged into another one.", ticket.number))
}
