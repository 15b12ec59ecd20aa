//! What happened, told in order.

use super::Moment;
use super::stage::Stage;
use crate::Result;
use crate::rights::Scope;
use crate::runs::history;

/// How much of one ticket's history is told.
const TOLD: u32 = 10_000;

/// The history of every ticket, woven together.
pub(super) async fn of(stage: &Stage) -> Result<Vec<Moment>> {
    let scope = Scope::of(&Stage::onlooker())?;
    let tickets = stage.all_tickets().await?;
    let mut conn = stage.desk.read().await?;
    let mut told = Vec::new();
    for id in tickets {
        let ticket = crate::tickets::show(&mut conn, scope, id).await?;
        for entry in history::of_ticket(&mut conn, scope, id, TOLD).await? {
            let actions = entry.trace.map(|trace| trace.actions).unwrap_or_default();
            let moment = Moment {
                at: entry.created_at,
                ticket: ticket.number,
                playbook: ticket.playbook.clone(),
                event: entry.event,
                from: entry.from,
                to: entry.to,
                effects: actions.into_iter().map(|action| action.action).collect(),
            };
            told.push((entry.id, moment));
        }
    }
    told.sort_by_key(|(id, _)| *id);
    Ok(told.into_iter().map(|(_, moment)| moment).collect())
}
