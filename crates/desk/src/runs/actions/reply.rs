//! `reply: NAME`: a canned reply to the requester, in their language, or to a party, sent by the outbox under the effect's key.

use futures::FutureExt;
use playbook::{ActionSpec, Argument, ArgumentKind, Effect, Event, Fault, NameKind};
use serde_json::{Map, Value, json};
use store::Id;

use super::{Action, key, note, text, to_party};
use crate::messages::{Author, Kind, Message, once};
use crate::notifications::{self, What};
use crate::runs::{Case, endless};
use crate::{Actor, Context, Result, outbox, tickets};

pub(super) const ACTION: Action = Action {
    name: "reply",
    spec: Some(ActionSpec {
        name: "reply",
        summary: "Sends a canned reply to the requester, or to a party, and raises `reply.NAME`.",
        arguments: &[
            Argument {
                name: "name",
                kind: ArgumentKind::Name(NameKind::Reply),
                required: true,
                summary: "The reply, a file of `replies/` without its ending.",
            },
            to_party::ARGUMENT,
            Argument {
                name: "once_per",
                kind: ArgumentKind::SomeOf(&["requester", "ticket", "day"]),
                required: false,
                summary: "Sent once to each requester, from whichever of their tickets comes first; with `ticket` once on \
                          each ticket, with `day` once on each day of the desk. `reply.NAME` is raised all the same.",
            },
        ],
        short: Some("name"),
        emits: &["reply.*"],
    }),
    prepare: Some(|case, values, effect| {
        let name = text(effect, "name").unwrap_or_default().to_owned();
        render(case, &name, values, effect)
    }),
    perform: |context, case, effect| {
        async move {
            if let Some(party) = to_party::of(effect) {
                return to_party::send(context, case, effect, party).await;
            }
            let canned = Canned {
                name: text(effect, "name").unwrap_or_default(),
                subject: text(effect, "subject").unwrap_or_default(),
                markdown: text(effect, "markdown").unwrap_or_default(),
            };
            if let Some(earlier) = said_before(context, case, effect, canned.name).await? {
                return pass_over(context, case, canned.name, earlier).await;
            }
            if endless::is_answered_too_often(context, case).await? {
                endless::tell_unanswered(context, case, canned.name).await?;
                case.raised.push_back(Event::new(format!("reply.{}", canned.name)));
                return Ok(());
            }
            if let Some((_, event)) = send(context, case, &canned, &key(case, effect)).await? {
                case.raised.push_back(event);
            }
            Ok(())
        }
        .boxed()
    },
};

/// A canned reply, filled in.
pub(crate) struct Canned<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// Its subject.
    pub(crate) subject: &'a str,
    /// Its words.
    pub(crate) markdown: &'a str,
}

/// Renders the reply into the effect, so that a text with a missing variable moves nothing.
pub(super) fn render(case: &Case, name: &str, values: &Map<String, Value>, effect: &mut Effect) -> Result<(), Fault> {
    if to_party::of(effect).is_some() && effect.arguments.get("once_per").is_some_and(Value::is_array) {
        return Err(Fault {
            code: "once-per-party".to_owned(),
            place: effect.place.clone(),
            message: "`once_per` counts what the requester is sent, and this reply goes to a party".to_owned(),
            help: Some("leave `once_per` or `to` out".to_owned()),
        });
    }
    let language = to_party::language(case, effect).unwrap_or_default();
    let reply = case.handbook.reply(name, language).ok_or_else(|| Fault {
        code: "unknown-reply".to_owned(),
        place: effect.place.clone(),
        message: format!("there is no reply called {name}"),
        help: None,
    })?;
    let rendered = reply.render(values)?;
    effect.arguments.insert("subject".to_owned(), json!(rendered.subject));
    effect.arguments.insert("markdown".to_owned(), json!(rendered.markdown));
    Ok(())
}

/// Sends a canned reply to the requester by the outbox, once under `key`; the message, and the event that says so. When
/// the requester has no address the ticket's team is told instead.
pub(crate) async fn send(
    context: &mut Context<'_>,
    case: &Case,
    canned: &Canned<'_>,
    key: &str,
) -> Result<Option<(Id, Event)>> {
    let name = canned.name;
    let Some(address) = case.requester.address.clone() else {
        let what = What::NoAddress { number: case.ticket.number, reply: name.to_owned() };
        notifications::tell_team(context, &case.ticket, what).await?;
        return Ok(None);
    };
    let author = Author::actor(&Actor::Desk);
    let words = canned.markdown.to_owned();
    let mut message = Message::begin(context, case.ticket.id, Kind::Automatic, "playbook", author, words);
    message.reply_name = Some(name.to_owned());
    message.subject = Some(canned.subject).filter(|subject| !subject.trim().is_empty()).map(tickets::subject);
    outbox::send_mail(context, &mut message, (case.requester.id, address), key).await?;
    Ok(Some((message.id, Event::new(format!("reply.{name}")))))
}

/// The ticket on which the requester was sent this reply already, as `once_per` counts.
async fn said_before(context: &mut Context<'_>, case: &Case, effect: &Effect, name: &str) -> Result<Option<Id>> {
    let reached = case.requester.address.is_some();
    match once_key(context, case, effect, name).filter(|_| reached) {
        Some(key) => once::said_before(context, &key, case.ticket.id).await,
        None => Ok(None),
    }
}

/// What `once_per` counts this reply by; `None` without it.
fn once_key(context: &Context<'_>, case: &Case, effect: &Effect, name: &str) -> Option<String> {
    let words = effect.arguments.get("once_per").and_then(Value::as_array)?;
    let mut key = format!("reply:{name}:{}", case.requester.id);
    for word in words.iter().filter_map(Value::as_str) {
        match word {
            "ticket" => key += &format!(":ticket-{}", case.ticket.id),
            "day" => key += &format!(":{}", context.now.to_zoned(case.today.desk.zone.clone()).date()),
            _ => {}
        }
    }
    Some(key)
}

/// The requester has it already, from this ticket or another one: a note says so, and the playbook goes on as if it had been
/// sent.
async fn pass_over(context: &mut Context<'_>, case: &mut Case, name: &str, earlier: Id) -> Result<()> {
    let number = tickets::find(context.tx, earlier).await?.map_or(case.ticket.number, |ticket| ticket.number);
    let words = format!("The reply {name} was not sent again: the requester got it on ticket {number}.");
    note::add(context, case.ticket.id, &words).await?;
    case.touch();
    case.raised.push_back(Event::new(format!("reply.{name}")));
    Ok(())
}
