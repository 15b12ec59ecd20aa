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
    Ok(with_traces(stage, usize::MAX).await?.into_iter().map(|(moment, _)| moment).collect())
}

/// The same, each moment with what is known of how it came about; no further ticket is read once there are so many.
pub(super) async fn with_traces(stage: &Stage, most: usize) -> Result<Vec<(Moment, Option<Trace>)>> {
    let scope = Scope::of(&Stage::onlooker())?;
    let mut tickets = stage.all_tickets().await?;
    tickets.sort_unstable();
    let mut conn = stage.desk.read().await?;
    let limit = TOLD.min(u32::try_from(most).unwrap_or(TOLD));
    let mut told = Vec::new();
    for id in tickets {
        if told.len() >= most {
            break;
        }
        let ticket = crate::tickets::show(&mut conn, scope, id).await?;
        for entry in history::of_ticket(&mut conn, scope, id, limit).await? {
            let trace = entry.trace.iter();
            let mut effects: Vec<String> =
                trace.clone().flat_map(|trace| &trace.actions).map(|action| action.action.clone()).collect();
            effects.extend(trace.flat_map(|trace| &trace.clocks).map(|clock| {
                format!("clock {} {}", clock.clock, if clock.stands { "stands still" } else { "goes on" })
            }));
            let moment = Moment {
                at: entry.created_at,
                ticket: ticket.number,
                playbook: ticket.playbook.clone(),
                event: entry.event,
                from: entry.from,
                to: entry.to,
                effects,
            };
            told.push((entry.id, (moment, entry.trace)));
        }
    }
    told.sort_by_key(|(id, _)| *id);
    Ok(told.into_iter().map(|(_, moment)| moment).collect())
}
