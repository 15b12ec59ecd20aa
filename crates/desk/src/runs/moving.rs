//! Moving runs that are under way to today's revision of the handbook: what that would do, and one ticket's move.

use std::collections::BTreeSet;
use std::sync::Arc;

use playbook::{Carried, Fault, Playbook, StateMap};
use serde::Serialize;
use store::{Conn, Id};

use super::advance::{self, Cause, keep};
use super::{Case, facts, pending, queries};
use crate::handbook::Handbooks;
use crate::rights::Scope;
use crate::{Context, Error, Result};

/// How many tickets under way stand in one state of one revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The playbook.
    pub playbook: String,
    /// The revision that they are pinned to.
    pub revision: i64,
    /// The state's dotted path.
    pub state: String,
    /// How many.
    pub tickets: i64,
}

/// What moving the tickets of a playbook would do.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The playbook.
    pub playbook: String,
    /// The revision that they would go to.
    pub revision: i64,
    /// What happens to those that stand alike; empty when all run that revision already.
    pub rows: Vec<PlanRow>,
}

/// What happens to the tickets in one state of one older revision.
#[derive(Clone, Debug)]
pub struct PlanRow {
    /// Where they stand, and how many they are.
    pub standing: Standing,
    /// The state they go to, and what becomes of their timers and fields; or why they cannot.
    pub to: std::result::Result<(String, Carried), Fault>,
}

impl Plan {
    /// How many tickets it moves.
    pub fn tickets(&self) -> i64 {
        self.rows.iter().map(|row| row.standing.tickets).sum()
    }

    /// The error that says where tickets cannot go, if there is a state for which that is not said.
    pub fn refusal(&self) -> Option<Error> {
        let stuck: Vec<String> = self
            .rows
            .iter()
            .filter_map(|row| {
                let fault = row.to.as_ref().err()?;
                let Standing { state, tickets, revision, .. } = &row.standing;
                let help = fault.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
                Some(format!("{tickets} in `{state}` of revision {revision}: {}{help}", fault.message))
            })
            .collect();
        (!stuck.is_empty()).then(|| {
            let message = format!("Some tickets have no state to go to; none was moved.\n  {}", stuck.join("\n  "));
            Error::conflict("state-not-mapped", message).advise("Say where each goes: OLD=NEW, with dotted paths.")
        })
    }
}

/// Where all tickets under way stand, by playbook, revision and state.
pub async fn standing(conn: &mut Conn, scope: Scope) -> Result<Vec<Standing>> {
    if !scope.is_everything() {
        return Ok(Vec::new());
    }
    Ok(queries::standing(conn).await?)
}

/// What moving the tickets of `playbook` to today's revision would do.
///
/// # Errors
/// When there is no such playbook today, or `map` names a state that no revision under way has.
pub async fn plan(conn: &mut Conn, handbooks: &Handbooks, playbook: &str, map: &StateMap) -> Result<Plan> {
    let revision = handbooks.current_number();
    let new = todays(conn, handbooks, playbook).await?;
    let all = queries::standing(conn).await?;
    let older = all.into_iter().filter(|row| row.playbook == playbook && row.revision != revision);
    let (mut rows, mut known) = (Vec::new(), BTreeSet::new());
    for standing in older {
        let old = of_revision(conn, handbooks, standing.revision, playbook).await?;
        known.extend(old.outline().into_iter().map(|state| state.path));
        let carried = new.carried(&old, &standing.state, map);
        rows.push(PlanRow { to: carried.map(|carried| (map.place_of(&standing.state), carried)), standing });
    }
    let unknown = map.named().find(|path| !rows.is_empty() && !known.contains(*path));
    match unknown {
        Some(path) => Err(Error::invalid(
            "no-such-state",
            format!("`{path}` is no state of {playbook} in a revision that tickets run."),
        )),
        None => Ok(Plan { playbook: playbook.to_owned(), revision, rows }),
    }
}

/// The next tickets of `playbook` under way in another revision than `revision`, after `after`, in order of id.
pub(crate) async fn next(
    conn: &mut Conn,
    playbook: &str,
    revision: i64,
    after: Option<Id>,
    limit: u32,
) -> Result<Vec<Id>> {
    Ok(queries::of_other_revisions(conn, playbook, revision, after, limit).await?)
}

/// Moves one ticket to today's revision; whether it still was to be moved. What waited in its queue is judged there at once, since
/// the new revision may take what the old one did not.
pub(crate) async fn move_one(
    context: &mut Context<'_>,
    handbooks: &Handbooks,
    ticket: Id,
    playbook: &str,
    map: &StateMap,
) -> Result<bool> {
    let mut case = Case::load(context, handbooks, ticket).await?;
    let revision = handbooks.current_number();
    if case.run.playbook != playbook || case.revision == revision || case.run.is_over() || !case.begun {
        return Ok(false);
    }
    let old = case.playbook()?;
    case.go_to_revision(revision);
    let facts = facts::gather(context, &mut case).await?;
    let step = case.playbook()?.carry_over(&old, &case.run, map, &facts, context.now);
    let step = step.map_err(|fault| {
        let message =
            format!("Ticket {} cannot be moved from `{}`: {}.", case.ticket.number, case.run.state, fault.message);
        Error::conflict("state-not-mapped", message).advise(fault.help.unwrap_or_default())
    })?;
    keep(context, &mut case, step, &Cause::actor(context)).await?;
    pending::follow(context, &case, map).await?;
    advance::drain(context, &mut case).await?;
    case.store(context).await?;
    Ok(true)
}

async fn todays(conn: &mut Conn, handbooks: &Handbooks, playbook: &str) -> Result<Arc<Playbook>> {
    let handbook = handbooks.current(conn).await?;
    handbook.playbook(playbook).cloned().ok_or_else(|| {
        let names: Vec<&str> = handbook.playbooks.keys().map(String::as_str).collect();
        Error::not_found("playbook").advise(format!("Today's are {}.", names.join(", ")))
    })
}

async fn of_revision(conn: &mut Conn, handbooks: &Handbooks, number: i64, playbook: &str) -> Result<Arc<Playbook>> {
    let handbook = handbooks.revision(conn, number).await?;
    let found = handbook.playbook(playbook).cloned();
    found.ok_or_else(|| Error::internal(format!("revision {number} has no playbook {playbook}")))
}
