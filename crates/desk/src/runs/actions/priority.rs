//! `priority: {to, because}`: the playbook gives the ticket a priority and says why.

use futures::FutureExt;
use playbook::{Done, specs};

use super::{Action, text};
use crate::Error;
use crate::tickets::priorities::{self, Giver};

pub(super) const ACTION: Action = Action {
    name: specs::PRIORITY.name,
    spec: Some(specs::PRIORITY),
    prepare: None,
    perform: |context, case, effect| {
        async move {
            let to =
                text(effect, "to").ok_or_else(|| Error::internal(format!("priority: nothing at {}", effect.place)))?;
            let because = text(effect, "because").map(str::to_owned);
            let giver = Giver::Playbook { because, place: effect.place.clone() };
            if priorities::raise(context, &mut case.ticket, to.parse()?, giver).await? {
                case.note_done(Done::Prioritised { to: to.to_owned(), rule: None });
                case.touch();
            }
            Ok(())
        }
        .boxed()
    },
};
