//! What happened, told in order.

use playbook::Trace;

use super::Moment;
use super::stage::Stage;
use crate::Result;
use crate::rights::Scope;
use crate::runs::history;

/// How much of one ticket's history is told.
const TOLD: u32 = 10_000;

/// The history of every ticket, woven together.
pub(super) async fn of(stage: &Stage) -> Result<Vec<Moment>> {
    Ok(with_traces(stage).await?.into_iter().map(|(moment, _)| moment).collect())
}

/// The same, each moment with what is known of how it came about.
pub(super) async fn with_traces(stage: &Stage) -> Result<Vec<(Moment, Option<Trace>)>> {
    let scope = Scope::of(&Stage::onlooker())?;
    let tickets = stage.all_tickets().await?;
    let mut conn = stage.desk.read().await?;
    let mut told = Vec::new();
    for id in tickets {
        let ticket = crate::tickets::show(&mut conn, scope, id).await?;
        for entry in history::of_ticket(&mut conn, scope, id, TOLD).await? {
            let actions = entry.trace.as_ref().map(|trace| trace.actions.as_slice()).unwrap_or_default();
            let moment = Moment {
                at: entry.created_at,
                ticket: ticket.number,
                playbook: ticket.playbook.clone(),
                event: entry.event,
                from: entry.from,
                to: entry.to,
                effects: actions.iter().map(|action| action.action.clone()).collect(),
            };
            told.push((entry.id, (moment, entry.trace)));
        }
    }
    told.sort_by_key(|(id, _)| *id);
    Ok(told.into_iter().map(|(_, moment)| moment).collect())
}
