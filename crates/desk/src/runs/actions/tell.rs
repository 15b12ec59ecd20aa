//! `tell: {team | role | person | channel, text}`: a notice to colleagues.

use futures::FutureExt;
use playbook::{ActionSpec, Argument, ArgumentKind, Done, NameKind};

use super::{Action, text};
use crate::notifications::{self, Audience, What};
use crate::runs::case::ClockMoment;

pub(super) const ACTION: Action = Action {
    name: "tell",
    spec: Some(ActionSpec {
        name: "tell",
        summary: "Tells colleagues something about the ticket; its team when nobody is named.",
        arguments: &[
            Argument {
                name: "team",
                kind: ArgumentKind::Name(NameKind::Team),
                required: false,
                summary: "Everybody in this team.",
            },
            Argument {
                name: "role",
                kind: ArgumentKind::Name(NameKind::Role),
                required: false,
                summary: "Everybody with this role.",
            },
            Argument { name: "person", kind: ArgumentKind::Text, required: false, summary: "This agent, by name." },
            Argument { name: "channel", kind: ArgumentKind::Text, required: false, summary: "Whoever reads it." },
            Argument { name: "text", kind: ArgumentKind::Text, required: true, summary: "What to say." },
        ],
        short: Some("text"),
        emits: &[],
    }),
    prepare: None,
    perform: |context, case, effect| {
        async move {
            let Some(words) = text(effect, "text") else { return Ok(()) };
            let named = |name: &str| text(effect, name).map(str::to_owned);
            let audiences = [
                named("team").map(Audience::Team),
                named("role").map(Audience::Role),
                named("person").map(Audience::Person),
                named("channel").map(Audience::Channel),
            ];
            let mut audiences: Vec<Audience> = audiences.into_iter().flatten().collect();
            if audiences.is_empty() {
                audiences.push(Audience::team_or_leads(case.ticket.team.as_deref()));
            }
            for audience in &audiences {
                let (whom, name) = audience.parts();
                case.note_done(Done::Told { whom: whom.to_owned(), name: name.to_owned() });
            }
            // Colleagues read it in their own languages, not in the requester's; others in the desk's first.
            let languages = effect.in_languages.get("text").cloned().unwrap_or_default();
            let first = case.handbook.desk.languages.first().and_then(|first| languages.get(first));
            let text = first.map_or(words, String::as_str).to_owned();
            let what = match case.by_clock {
                Some(ClockMoment::Warning) => What::ToldByWarning { text, languages },
                Some(ClockMoment::Breach) => What::ToldByBreach { text, languages },
                None => What::Told { text, languages },
            };
            notifications::tell_all(context, case.ticket.id, &audiences, what).await
        }
        .boxed()
    },
};
