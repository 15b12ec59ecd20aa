//! `weigh: {as, by, subject, text}`: what a client wrote is weighed by rules of impact, and may raise the ticket's priority.

use std::sync::Arc;

use futures::FutureExt;
use playbook::{Done, Event, specs};
use serde_json::json;

use super::{Action, text};
use crate::Error;
use crate::tickets::priorities::{self, Giver};

/// The event of a message that no rule fits.
const ORDINARY: &str = "ordinary";

pub(super) const ACTION: Action = Action {
    name: specs::WEIGH.name,
    spec: Some(specs::WEIGH),
    prepare: None,
    perform: |context, case, effect| {
        async move {
            let missing = |name: &str| Error::internal(format!("weigh: {name} is missing at {}", effect.place));
            let handle = text(effect, "as").ok_or_else(|| missing("as"))?;
            let name = text(effect, "by").ok_or_else(|| missing("by"))?;
            let rules = case.handbook.impacts.get(name).map(Arc::clone).ok_or_else(|| missing("by"))?;
            let (subject, words) = (text(effect, "subject"), text(effect, "text"));
            let weight = rules.weigh(subject.unwrap_or_default(), words.unwrap_or_default());
            let event = Event::new(format!("{handle}.{}", weight.as_ref().map_or(ORDINARY, |weight| weight.priority)));
            if let Some(weight) = &weight {
                let (priority, giver) = (weight.priority.parse()?, Giver::rule(name, weight));
                if priorities::raise(context, &mut case.ticket, priority, giver).await? {
                    let rule = Some((name.to_owned(), weight.rule.clone()));
                    case.note_done(Done::Prioritised { to: weight.priority.to_string(), rule });
                    case.touch();
                }
            }
            let rule = weight.map(|weight| weight.rule);
            case.raised.push_back(event.with_data(json!({ "rule": rule })));
            Ok(())
        }
        .boxed()
    },
};
