//! What colleagues do with a ticket beside its procedure: lines that its history keeps. No step is taken.

use playbook::Trace;
use store::Id;

use super::history::{Stands, remark};
use super::queries;
use crate::tickets::Ticket;
use crate::{Context, Result};

/// The event of a ticket that was merged; its trace's note is the other one's number.
pub const MERGED: &str = "merged";
/// The event of the ticket that it was merged into.
pub const TOOK_IN: &str = "merged.here";
/// The event of a ticket that was taken out again.
pub const PARTED: &str = "unmerged";
/// The event of the ticket that it was taken out of.
pub const GAVE_BACK: &str = "unmerged.here";
/// The event of a ticket that was linked with another one by hand.
pub const LINKED: &str = "linked";
/// The event of a ticket whose link with another one was taken away.
pub const UNLINKED: &str = "unlinked";
/// The event of a ticket of which a message began a ticket of its own.
pub const SPLIT: &str = "split";
/// The event of the ticket that it began.
pub const BEGAN: &str = "split.here";

/// Keeps the line that `event` happened to `ticket`, with `other` and by `message`.
pub(crate) async fn keep(
    context: &mut Context<'_>,
    ticket: &Ticket,
    event: &str,
    other: &Ticket,
    message: Option<Id>,
) -> Result<()> {
    let step = queries::step_of(context.tx, ticket.id).await?;
    let note = Some(format!("#{}", other.number));
    let stands = Stands { ticket: ticket.id, step, state: &ticket.state };
    remark(context, &stands, Trace { event: event.to_owned(), note, ..Trace::default() }, message).await
}
