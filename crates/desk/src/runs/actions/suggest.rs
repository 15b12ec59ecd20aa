//! `suggest: {reply, send_in}`: a canned reply as a draft for the agent, sent by itself after a while.

use futures::FutureExt;
use jiff::Timestamp;
use playbook::{Effect, specs};

use super::{Action, reply, text};
use crate::runs::Case;
use crate::suggestions::{self, Suggestion};
use crate::{Context, Error, Result};

pub(super) const ACTION: Action = Action {
    name: specs::SUGGEST.name,
    spec: Some(specs::SUGGEST),
    prepare: Some(|case, values, effect| {
        let name = text(effect, "reply").unwrap_or_default().to_owned();
        reply::render(case, &name, values, effect)
    }),
    perform: |context, case, effect| async move { draft(context, case, effect).await }.boxed(),
};

async fn draft(context: &mut Context<'_>, case: &mut Case, effect: &Effect) -> Result<()> {
    // A state that the same step left again has nothing to suggest.
    if !is_in(&case.run.state, &effect.state) {
        return Ok(());
    }
    let send_at = text(effect, "send_in").map(str::parse::<Timestamp>).transpose();
    let send_at = send_at.map_err(|error| Error::internal(format!("`send_in` is no instant: {error}")))?;
    let suggestion = Suggestion {
        id: context.ids.next(),
        ticket: case.ticket.id,
        reply: text(effect, "reply").unwrap_or_default().to_owned(),
        of_state: effect.state.clone(),
        subject: text(effect, "subject").unwrap_or_default().to_owned(),
        text: text(effect, "markdown").unwrap_or_default().to_owned(),
        send_at,
        created_at: context.now,
    };
    suggestions::draft(context, &suggestion).await
}

/// Whether a run in the state `active` is in `state`, by dotted paths.
pub(in crate::runs) fn is_in(active: &str, state: &str) -> bool {
    active.strip_prefix(state).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_in_its_state_and_those_around_it_and_in_no_other() {
        assert!(is_in("clarify.drafting", "clarify.drafting"));
        assert!(is_in("clarify.drafting", "clarify"));
        assert!(!is_in("clarify", "clarify.drafting"));
        assert!(!is_in("clarifying", "clarify"));
    }
}
