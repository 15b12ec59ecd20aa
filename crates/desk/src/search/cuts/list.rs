//! A question of operators alone as the cut of a list.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use playbook::Status;
use store::{Conn, Id};

use super::{Condition, Cuts, Is};
use crate::search::grammar::Operator;
use crate::search::wanted::{By, Wanted};
use crate::tickets::views::{Cut, Whose};
use crate::{Actor, Result};

/// The list of the tickets that are as a question says; `None` where words are looked for, or a list is not cut by what it says.
pub async fn as_list(
    conn: &mut Conn,
    actor: &Actor,
    wanted: &Wanted,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<Option<Cut>> {
    if !wanted.words.is_empty() || wanted.cuts.is_empty() {
        return Ok(None);
    }
    let cuts = Cuts::of(conn, actor, wanted, now, zone).await?;
    // Where something was left out of the conditions, a list would hold more than was found.
    if cuts.conditions.len() != wanted.cuts.len() {
        return Ok(None);
    }
    let mut cut = Cut::default();
    for (Condition { is_not, is }, asked) in cuts.conditions.into_iter().zip(&wanted.cuts) {
        if !taken(&mut cut, is_not, is, &asked.by, actor) {
            return Ok(None);
        }
    }
    Ok(Some(cut))
}

/// Takes a condition over, once of each kind; whether it could.
fn taken(cut: &mut Cut, is_not: bool, is: Is, by: &By, actor: &Actor) -> bool {
    if let (true, Is::Snoozed) = (is_not, &is) {
        return set(&mut cut.snoozed, false);
    }
    if is_not {
        return false;
    }
    match (is, by) {
        (Is::Status(word), _) => Status::from_word(word).is_some_and(|status| set(&mut cut.status, status)),
        (Is::Unassigned, _) => set(&mut cut.whose, Whose::Nobodys),
        (Is::Snoozed, _) => set(&mut cut.snoozed, true),
        (Is::Assigned(ids), _) => one(&ids).is_some_and(|id| {
            let whose = if Some(id) == actor.agent_id() { Whose::Mine } else { Whose::Of(id) };
            set(&mut cut.whose, whose)
        }),
        (Is::AskedBy(ids), _) => one(&ids).is_some_and(|id| set(&mut cut.requester, id)),
        (Is::For(ids), _) => one(&ids).is_some_and(|id| set(&mut cut.organization, id)),
        (Is::OfTeam(team), _) => set(&mut cut.team, team),
        (Is::Tagged(tag), _) => set(&mut cut.tag, tag),
        (Is::Urgent(priority), _) => set(&mut cut.priority, priority),
        (Is::By(playbook), _) => set(&mut cut.playbook, playbook),
        (Is::In(_), By::Name(Operator::State, name)) => {
            let state = name.trim().to_lowercase().split_whitespace().collect::<Vec<_>>().join("_");
            set(&mut cut.state, state)
        }
        _ => false,
    }
}

fn one(ids: &[Id]) -> Option<Id> {
    if let [id] = ids { Some(*id) } else { None }
}

fn set<T>(place: &mut Option<T>, value: T) -> bool {
    let is_free = place.is_none();
    *place = Some(value);
    is_free
}
