//! What waits for colleagues ends with what it belongs to: a suggestion with its state, a question with its ticket.

use playbook::StateMap;
use playbook::specs::{APPROVE, ASK, SUGGEST};
use store::Conn;

use super::Case;
use super::actions::suggest::is_in;
use crate::questions::Question;
use crate::rights::Scope;
use crate::suggestions::{End, Suggestion};
use crate::{Context, Result, questions, suggestions};

/// How many questions of one ticket are shown.
const SHOWN: u32 = 50;

/// The step left these states.
pub(super) async fn leave(context: &mut Context<'_>, case: &Case, left: &[String]) -> Result<()> {
    if !left.is_empty() && case.playbook()?.uses(SUGGEST.name) {
        suggestions::leave(context, case.ticket.id, left).await?;
    }
    Ok(())
}

/// The step is done: nothing is asked about a ticket that has ended.
pub(super) async fn end(context: &mut Context<'_>, case: &Case) -> Result<()> {
    if case.run.is_over() && asks(case)? {
        questions::lapse(context, case.ticket.id).await?;
    }
    Ok(())
}

/// The ticket goes on in another playbook, which knows nothing of what this one asked and suggested.
pub(super) async fn drop_all(context: &mut Context<'_>, case: &Case) -> Result<()> {
    if case.playbook()?.uses(SUGGEST.name) {
        suggestions::end(context, case.ticket.id, End::Lapsed).await?;
    }
    if asks(case)? {
        questions::lapse(context, case.ticket.id).await?;
    }
    Ok(())
}

/// The ticket goes on in another revision. The draft follows the state that it belongs to, and lapses where the ticket does not
/// stand in that any more or the revision suggests nothing; so do questions where it asks none.
pub(super) async fn follow(context: &mut Context<'_>, case: &Case, map: &StateMap) -> Result<()> {
    if !asks(case)? {
        questions::lapse(context, case.ticket.id).await?;
    }
    let Some(suggestion) = suggestions::waiting(context.tx, case.ticket.id).await? else { return Ok(()) };
    let state = map.place_of(&suggestion.of_state);
    match case.playbook()?.uses(SUGGEST.name) && is_in(&case.run.state, &state) {
        true => suggestions::rename_state(context, case.ticket.id, &state).await,
        false => suggestions::end(context, case.ticket.id, End::Lapsed).await,
    }
}

/// What the case's playbook asked, and the draft that waits.
pub(super) async fn of_case(conn: &mut Conn, scope: Scope, case: &Case) -> Result<(Vec<Question>, Option<Suggestion>)> {
    let questions = match asks(case)? {
        true => questions::of_ticket(conn, scope, case.ticket.id, SHOWN).await?,
        false => Vec::new(),
    };
    let suggestion = match case.playbook()?.uses(SUGGEST.name) {
        true => suggestions::waiting(conn, case.ticket.id).await?,
        false => None,
    };
    Ok((questions, suggestion))
}

fn asks(case: &Case) -> Result<bool> {
    let playbook = case.playbook()?;
    Ok(playbook.uses(ASK.name) || playbook.uses(APPROVE.name))
}
