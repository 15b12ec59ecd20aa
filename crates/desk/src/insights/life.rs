//! What the history of a ticket says of its life, for tickets that were there before figures were kept.

use jiff::Timestamp;
use playbook::Handbook;
use store::Conn;

use super::queries;
use crate::Result;
use crate::handbook::Handbooks;
use crate::tickets::Ticket;
use crate::tickets::facts::{Life, Side, acknowledges};

/// A line of the history.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) event: String,
    /// The state after it; `None` where it failed.
    pub(super) state: Option<String>,
    pub(super) at: Timestamp,
}

/// Something that was said to whoever asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub(super) by_playbook: bool,
    pub(super) at: Timestamp,
}

/// The life of a ticket whose row is locked.
pub(super) async fn of(conn: &mut Conn, handbooks: &Handbooks, ticket: &Ticket) -> Result<Life> {
    let handbook = match queries::revision(conn, ticket.id).await? {
        // What a handbook of long ago says may no longer be readable: the states of such a run say nothing.
        Some(revision) => handbooks.revision(conn, revision).await.ok(),
        None => None,
    };
    let (steps, said) = (queries::steps(conn, ticket.id).await?, queries::said(conn, ticket.id).await?);
    let mut sides = sides(&steps, |state| side_in(handbook.as_deref()?, &ticket.playbook, state));
    // Where it stands now is known better than any history says.
    if ticket.merged_into.is_none() {
        let side = Side::of(ticket.status, &ticket.waiting_on);
        match sides.last_mut() {
            Some(last) => last.1 = side,
            None => sides.push((ticket.closed_at.unwrap_or(ticket.updated_at), side)),
        }
    }
    Ok(Life { sides, answered_at: answered_at(&steps, &said) })
}

/// The side of a state: in the ticket's playbook, or in whichever it came from.
fn side_in(handbook: &Handbook, playbook: &str, state: &str) -> Option<Side> {
    let own = handbook.playbook(playbook).into_iter();
    let standing = own.chain(handbook.playbooks.values()).find_map(|playbook| playbook.standing(state))?;
    Some(Side::of(standing.status, &standing.waiting_on))
}

/// From when on it stood on which side; a state that nobody knows any more changes nothing.
fn sides(steps: &[Step], side_of: impl Fn(&str) -> Option<Side>) -> Vec<(Timestamp, Side)> {
    let mut sides: Vec<(Timestamp, Side)> = Vec::new();
    for step in steps {
        let Some(side) = step.state.as_deref().and_then(&side_of) else { continue };
        if sides.last().is_none_or(|(_, last)| *last != side) {
            sides.push((step.at, side));
        }
    }
    sides
}

fn answered_at(steps: &[Step], said: &[Said]) -> Option<Timestamp> {
    let is_plain = |said: &Said| {
        let together = steps.iter().enumerate().filter(|(_, step)| step.at == said.at);
        said.by_playbook
            && acknowledges(&together.map(|(place, step)| (step.event.clone(), place == 0)).collect::<Vec<_>>())
    };
    said.iter().find(|said| !is_plain(said)).map(|said| said.at)
}
