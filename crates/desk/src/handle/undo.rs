//! What was done to a ticket in a bulk change is taken back.

use store::Id;

use super::Outcome;
use crate::handbook::Handbooks;
use crate::runs::{Case, by_hand};
use crate::tickets::bulk::{self, Part};
use crate::tickets::{priorities, seen, tags};
use crate::{Context, Error, Result, agents};

/// One ticket is put back as it stood before a bulk change.
#[derive(Clone, Copy, Debug)]
pub struct Undo {
    /// The bulk change.
    pub bulk: Id,
    /// The ticket.
    pub ticket: Id,
}

impl Undo {
    /// Says by [`Outcome::Moved`] whether anything was put back: once only.
    ///
    /// # Errors
    /// `changed-since` when something happened to the ticket after it; `not-found` when it had no part in it.
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let mut case = Case::load(context, handbooks, self.ticket).await?;
        let bulk = bulk::find(context.tx, self.bulk).await?;
        let part = bulk::part(context.tx, self.bulk, self.ticket).await?;
        let part = part.ok_or_else(|| Error::not_found("part of the bulk change"))?;
        if part.undone_at.is_some() {
            return Ok(Outcome::Moved(false));
        }
        if part.changed_at != case.ticket.updated_at {
            return Err(Error::conflict("changed-since", "The ticket has changed since.")
                .advise("Look at it, and change it by hand."));
        }
        if bulk.deed.is_own() {
            let agent = bulk.agent.filter(|agent| Some(*agent) == context.actor.agent_id());
            let agent = agent.ok_or_else(|| Error::forbidden("say what somebody else has read"))?;
            seen::put_back(context, agent, self.ticket, part.stood.seen).await?;
        } else {
            put_back(context, &mut case, &part).await?;
            case.store(context).await?;
        }
        bulk::note_undone(context, self.bulk, self.ticket).await?;
        Ok(Outcome::Moved(true))
    }
}

/// Whoever left meanwhile gets nothing back.
async fn put_back(context: &mut Context<'_>, case: &mut Case, part: &Part) -> Result<()> {
    let stood = &part.stood;
    case.ticket.assignee = match stood.assignee {
        Some(agent) => agents::find_active(context.tx, agent).await?.map(|agent| agent.id),
        None => None,
    };
    if case.ticket.priority != stood.priority {
        priorities::put_back(context, &mut case.ticket, stood.priority, stood.reason.as_ref()).await?;
    }
    case.ticket.snoozed_until = stood.snoozed_until.filter(|until| *until > context.now);
    tags::set(context, part.ticket, &stood.tags).await?;
    case.look_again();
    by_hand::note(context, case, by_hand::UNDONE, None).await
}
