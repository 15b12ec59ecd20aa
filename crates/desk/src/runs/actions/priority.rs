//! `priority: {to, because}`: the playbook gives the ticket a priority and says why.

use futures::FutureExt;
use playbook::{ActionSpec, Argument, ArgumentKind, PRIORITIES};

use super::{Action, text};
use crate::Error;
use crate::tickets::priorities::{self, Giver};

pub(super) const ACTION: Action = Action {
    name: "priority",
    spec: Some(ActionSpec {
        name: "priority",
        summary: "Gives the ticket a priority, unless it has a higher one or somebody has chosen one.",
        arguments: &[
            Argument { name: "to", kind: ArgumentKind::OneOf(&PRIORITIES), required: true, summary: "The priority." },
            Argument { name: "because", kind: ArgumentKind::Text, required: false, summary: "Why, for colleagues." },
        ],
        short: Some("to"),
        emits: &[],
    }),
    prepare: None,
    perform: |context, case, effect| {
        async move {
            let to =
                text(effect, "to").ok_or_else(|| Error::internal(format!("priority: nothing at {}", effect.place)))?;
            let because = text(effect, "because").map(str::to_owned);
            let giver = Giver::Playbook { because, place: effect.place.clone() };
            if priorities::raise(context, &mut case.ticket, to.parse()?, giver).await? {
                case.touch();
            }
            Ok(())
        }
        .boxed()
    },
};
