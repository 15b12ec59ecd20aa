//! What colleagues do to a ticket beside its procedure: the lines that history keeps of it. No step is taken; the next one sees what
//! was done.

use playbook::Trace;

use super::Case;
use super::history::{Stands, remark};
use crate::{Context, Result};

/// The ticket was made more or less urgent; the note is the priority's name.
pub const PRIORITISED: &str = "prioritised";
/// Tags came or went; the note is all that it has now, with commas between.
pub const TAGGED: &str = "tagged";
/// It was hidden from inboxes; the note is until when (RFC 3339).
pub const SNOOZED: &str = "snoozed";
/// It came back into inboxes.
pub const WOKEN: &str = "woken";
/// A field of its playbook was corrected; the note is JSON: `{"field": "budget", "was": 5, "now": 50}`.
pub const CORRECTED: &str = "corrected";
/// Somebody was put in copy; the note is their address.
pub const COPIED: &str = "copied";
/// Somebody was taken out of copy; the note is their address.
pub const LEFT_OUT: &str = "left-out";
/// What was done to it last was taken back.
pub const UNDONE: &str = "undone";

/// Keeps a line of history that moves nothing. The caller stores the case.
pub async fn note(context: &mut Context<'_>, case: &mut Case, event: &str, note: Option<String>) -> Result<()> {
    case.touch();
    let stands = Stands { ticket: case.ticket.id, step: case.run.step, state: &case.run.state };
    remark(context, &stands, Trace { event: event.to_owned(), note, ..Trace::default() }, None).await
}
