//! What agents do with a ticket beside its procedure: merge it, split it, link it, follow it, say who is in copy, and say later what they wrote now.

mod change_sending;
mod copy;
mod follow;
pub(super) mod mention;
mod merge;
mod relate;
mod send_later;
pub(super) mod sending_due;
mod split;
mod unmerge;
mod withdraw_sending;

pub use change_sending::ChangeSending;
pub use copy::Copy;
pub use follow::Follow;
pub use merge::Merge;
pub use relate::{Relate, Unrelate};
pub use send_later::{SendLater, When};
pub use sending_due::SendingDue;
pub use split::Split;
pub use unmerge::Unmerge;
pub use withdraw_sending::WithdrawSending;

use store::Id;

use super::Outcome;
use crate::handbook::Handbooks;
use crate::rights::Verb;
use crate::{Context, Result};

/// A command beside the procedure.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each variant is documented by the command it holds")]
pub enum Work {
    Merge(Merge),
    Unmerge(Unmerge),
    Split(Split),
    Relate(Relate),
    Unrelate(Unrelate),
    Follow(Follow),
    Copy(Copy),
    SendLater(SendLater),
    ChangeSending(ChangeSending),
    WithdrawSending(WithdrawSending),
    SendingDue(SendingDue),
}

impl Work {
    /// The ticket that it is done with.
    pub(super) fn ticket(&self) -> Id {
        match self {
            Self::Merge(command) => command.ticket,
            Self::Unmerge(command) => command.ticket,
            Self::Split(command) => command.ticket,
            Self::Relate(command) => command.ticket,
            Self::Unrelate(command) => command.ticket,
            Self::Follow(command) => command.ticket,
            Self::Copy(command) => command.ticket,
            Self::SendLater(command) => command.ticket,
            Self::ChangeSending(command) => command.ticket,
            Self::WithdrawSending(command) => command.ticket,
            Self::SendingDue(command) => command.ticket,
        }
    }

    /// What one must be allowed to do for it.
    pub(super) fn verb(&self) -> Verb {
        match self {
            Self::Follow(_) => Verb::NoteOnTickets,
            Self::SendingDue(_) => Verb::RunTickets,
            _ => Verb::WorkOnTickets,
        }
    }

    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        match self {
            Self::Merge(command) => command.run(context, handbooks).await,
            Self::Unmerge(command) => command.run(context, handbooks).await,
            Self::Split(command) => command.run(context, handbooks).await,
            Self::Relate(command) => command.run(context).await,
            Self::Unrelate(command) => command.run(context).await,
            Self::Follow(command) => command.run(context).await,
            Self::Copy(command) => command.run(context, handbooks).await,
            Self::SendLater(command) => command.run(context, handbooks).await,
            Self::ChangeSending(command) => command.run(context, handbooks).await,
            Self::WithdrawSending(command) => command.run(context, handbooks).await,
            Self::SendingDue(command) => command.run(context, handbooks).await,
        }
    }
}
