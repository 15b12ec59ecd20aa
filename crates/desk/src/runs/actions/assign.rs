//! `assign: {team: customer-solutions, by: fewest_open}`: the ticket gets an assignee.

use futures::FutureExt;
use playbook::{ActionSpec, Argument, ArgumentKind, Done, NameKind};

use super::Action;
use crate::agents;
use crate::notifications::{self, What};
use crate::tickets::assign::{self, Assigned};

pub(super) const ACTION: Action = Action {
    name: "assign",
    spec: Some(ActionSpec {
        name: "assign",
        summary: "Gives the ticket to a team's member, or to a named agent. When nobody can be found, the team is told, or the leads when nobody is in it: nobody has the ticket then.",
        arguments: &[
            Argument { name: "to", kind: ArgumentKind::Text, required: false, summary: "An agent's name." },
            Argument {
                name: "team",
                kind: ArgumentKind::Name(NameKind::Team),
                required: false,
                summary: "The team; the ticket's own when left out.",
            },
            Argument {
                name: "by",
                kind: ArgumentKind::OneOf(&["fewest_open", "free"]),
                required: false,
                summary: "How the member is found: the one with the fewest tickets open or pending, or (`free`) one who has none; \
                          while all are busy the ticket stays with nobody, and nobody is told.",
            },
        ],
        short: None,
        emits: &[],
    }),
    prepare: None,
    perform: |context, case, effect| {
        async move {
            // The procedure hears of it, and it is not taken from them again before they have seen it.
            if case.given_by_hand {
                return Ok(());
            }
            let before = (case.ticket.team.clone(), case.ticket.assignee);
            if assign::perform(context, &mut case.ticket, effect).await? == Assigned::Nobody {
                let what = What::NobodyToAssign { number: case.ticket.number };
                notifications::tell_whoever_is_there(context, &case.ticket, what).await?;
                case.note_done(Done::Given { to: None });
            }
            if before != (case.ticket.team.clone(), case.ticket.assignee) {
                if let Some(agent) = case.ticket.assignee.filter(|agent| before.1 != Some(*agent)) {
                    let to = agents::find(context.tx, agent).await?.map(|agent| agent.name);
                    case.note_done(Done::Given { to });
                }
                case.touch();
            }
            Ok(())
        }
        .boxed()
    },
};
