//! Somebody does something to a ticket beside its procedure: gives it to somebody, makes it urgent, tags it, hides it for a while.

use store::{Id, News};

use super::correct::correct;
use super::{Choose, Outcome};
use crate::handbook::Handbooks;
use crate::runs::{Case, assigned, by_hand};
use crate::tickets::bulk::{self, Deed, Part, Stood};
use crate::tickets::priorities::{self, Giver};
use crate::tickets::{seen, snooze, tags};
use crate::{Context, Error, Result, tickets};

/// What is done to one ticket, all of it or nothing. What changes nothing is no change.
#[derive(Clone, Debug)]
pub struct Change {
    /// The ticket.
    pub ticket: Id,
    /// What is done, in order.
    pub deeds: Vec<Deed>,
    /// The bulk change that this is part of, so that it can be undone.
    pub bulk: Option<Id>,
}

impl Change {
    /// Says by [`Outcome::Moved`] whether anything changed.
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        if let [Deed::Choose { choice }] = self.deeds.as_slice() {
            return choose(self.ticket, choice).run(context, handbooks).await.map(|_| Outcome::Moved(true));
        }
        let mut case = Case::load(context, handbooks, self.ticket).await?;
        let stood = Stood::of(context, &case.ticket).await?;
        let mut changed = false;
        for deed in &self.deeds {
            changed |= done(context, &mut case, deed).await?;
        }
        if !changed {
            return Ok(Outcome::Moved(false));
        }
        case.store(context).await?;
        if let Some(bulk) = self.bulk {
            let (ticket, changed_at) = (self.ticket, case.ticket.updated_at);
            bulk::keep(context, &Part { bulk, ticket, stood, changed_at, undone_at: None }).await?;
        }
        Ok(Outcome::Moved(true))
    }
}

fn choose(ticket: Id, choice: &str) -> Choose {
    let (inputs, fields) = Default::default();
    Choose { ticket, choice: choice.to_owned(), note: None, inputs, fields, key: None }
}

/// Does one thing; whether it changed anything.
async fn done(context: &mut Context<'_>, case: &mut Case, deed: &Deed) -> Result<bool> {
    let ticket = case.ticket.id;
    match deed {
        Deed::Assign { agent } => match tickets::assign::by_hand(context, &mut case.ticket, *agent).await? {
            Some(agent) => assigned::keep(context, case, agent.as_ref()).await.map(|()| true),
            None => Ok(false),
        },
        Deed::Priority { priority } if case.ticket.priority == *priority => Ok(false),
        Deed::Priority { priority } => {
            let giver = Giver::actor(context.actor);
            priorities::give(context, &mut case.ticket, *priority, giver).await?;
            by_hand::note(context, case, by_hand::PRIORITISED, Some(priority.as_str().to_owned())).await?;
            Ok(true)
        }
        Deed::Tag { tags } | Deed::Untag { tags } | Deed::Tags { tags } => {
            let has = tickets::tags(context.tx, ticket).await?;
            tag(context, case, &wanted(deed, &has, tags)).await
        }
        Deed::Snooze { until } if case.ticket.snoozed_until == *until => Ok(false),
        Deed::Snooze { until: Some(until) } => {
            snooze::check(context.now, *until)?;
            if matches!(case.ticket.status, playbook::Status::Solved | playbook::Status::Closed) {
                return Err(Error::conflict("over", "What is solved stands in no inbox already."));
            }
            case.ticket.snoozed_until = Some(*until);
            context.tx.announce(News::of("timer", ticket, 0));
            by_hand::note(context, case, by_hand::SNOOZED, Some(until.to_string())).await?;
            Ok(true)
        }
        Deed::Snooze { until: None } => {
            case.ticket.snoozed_until = None;
            by_hand::note(context, case, by_hand::WOKEN, None).await?;
            Ok(true)
        }
        Deed::Fields { fields, was } => correct(context, case, fields, was).await,
        Deed::Read | Deed::Unread => look(context, case, *deed == Deed::Read).await,
        Deed::Choose { .. } => Err(Error::invalid("alone", "A choice is made by itself, with nothing else beside it.")),
    }
}

/// The tags that a ticket has after a deed.
fn wanted(deed: &Deed, has: &[String], tags: &[String]) -> Vec<String> {
    let mut wanted: Vec<String> = match deed {
        Deed::Untag { .. } => has.iter().filter(|tag| !tags.contains(tag)).cloned().collect(),
        Deed::Tags { .. } => tags.to_vec(),
        _ => has.iter().chain(tags).cloned().collect(),
    };
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

async fn tag(context: &mut Context<'_>, case: &mut Case, wanted: &[String]) -> Result<bool> {
    if tags::set(context, case.ticket.id, wanted).await?.is_none() {
        return Ok(false);
    }
    by_hand::note(context, case, by_hand::TAGGED, Some(wanted.join(", "))).await?;
    Ok(true)
}

/// What is read is nobody else's matter: the ticket itself does not change.
async fn look(context: &mut Context<'_>, case: &Case, read: bool) -> Result<bool> {
    let agent = context.actor.agent_id().ok_or_else(|| Error::forbidden("read tickets as somebody"))?;
    let changed_at = if read { case.ticket.updated_at } else { jiff::Timestamp::UNIX_EPOCH };
    if seen::last(context.tx, agent, case.ticket.id).await? == Some(changed_at) {
        return Ok(false);
    }
    seen::keep(context, agent, case.ticket.id, changed_at).await?;
    Ok(true)
}
