//! By which ways a notice leaves the desk, and when. Looked up once for each person who was told, by what they chose at that moment.

use std::sync::Arc;

use futures::FutureExt;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use playbook::Handbook;
use store::{Id, News};

use super::{POST, browsers, queries};
use crate::ground::Ground;
use crate::handbook::Handbooks;
use crate::notifications::decide::{Leaves, Occasion};
use crate::notifications::{Channel, What, choices};
use crate::{Actor, Context, Result, accounts};

/// How many notices leave for one reader by one way by themselves within a minute.
const ALONE_A_MINUTE: u8 = 3;
/// A minute, in seconds.
const MINUTE: i64 = 60;

/// Somebody who was told something that has not been routed.
pub(super) struct Told {
    pub(super) id: Id,
    pub(super) notice: Id,
    pub(super) agent: Id,
    pub(super) what: Option<What>,
    pub(super) urgent_ticket: bool,
}

/// Where a notice goes.
struct Target {
    channel: Channel,
    /// Whose it is; nobody's own where it is an audience's.
    agent: Option<Id>,
    id: Option<Id>,
}

/// Routes up to `limit` of what people were told; says how much that was.
pub async fn route_next(ground: &Ground, handbooks: &Arc<Handbooks>, limit: u32) -> Result<usize> {
    // Most of the time there is nothing, and looking costs no transaction.
    if !queries::has_to_route(&mut ground.read().await?).await? {
        return Ok(0);
    }
    let handbooks = Arc::clone(handbooks);
    let routing = ground.change(&Actor::Desk, move |context| {
        let handbooks = Arc::clone(&handbooks);
        async move {
            let handbook = handbooks.current(context.tx).await?;
            let told = queries::to_route(context.tx, limit).await?;
            for told in &told {
                route(context, &handbook, told).await?;
                queries::routed(context.tx, told.id).await?;
            }
            let notices = queries::notices_to_route(context.tx, limit).await?;
            for (notice, kind, audience) in &notices {
                for hook in queries::hooks_for(context.tx, kind, audience).await? {
                    let target = Target { channel: hook.channel, agent: None, id: Some(hook.id) };
                    put(context, &target, *notice, Leaves::AtOnce).await?;
                }
                queries::notice_routed(context.tx, *notice).await?;
            }
            Ok(told.len() + notices.len())
        }
        .boxed()
    });
    routing.await
}

async fn route(context: &mut Context<'_>, handbook: &Handbook, told: &Told) -> Result<()> {
    let Some(what) = &told.what else { return Ok(()) };
    let Some(account) = accounts::find(context.tx, told.agent).await?.filter(|account| account.active) else {
        return Ok(());
    };
    let chosen = choices::of(context.tx, told.agent).await?;
    let own_zone = account.time_zone.as_deref().and_then(|name| TimeZone::get(name).ok());
    let calendar = chosen.calendar(handbook, own_zone.as_ref().unwrap_or(&handbook.desk.zone));
    let occasion = Occasion { topic: what.topic(), urgent_ticket: told.urgent_ticket, at: context.now };
    for (channel, leaves) in chosen.decide(&calendar, occasion) {
        for target in targets(context, channel, told.agent).await? {
            put(context, &target, told.notice, leaves).await?;
        }
    }
    Ok(())
}

/// Where somebody is reached by a way.
async fn targets(context: &mut Context<'_>, channel: Channel, agent: Id) -> Result<Vec<Target>> {
    let one = |id| Target { channel, agent: Some(agent), id };
    Ok(match channel {
        Channel::Mail => vec![one(None)],
        Channel::Slack | Channel::Discord => {
            let hooks = queries::hooks_of(context.tx, agent).await?;
            hooks.into_iter().filter(|hook| hook.channel == channel).map(|hook| one(Some(hook.id))).collect()
        }
        Channel::Push => {
            let browsers = browsers::of_agent(context.tx, agent, context.now).await?;
            browsers.iter().map(|browser| one(Some(browser.id))).collect()
        }
        Channel::InApp => Vec::new(),
    })
}

/// Has a notice leave: by itself, or with all others for the same reader that wait for the same instant. Of those that leave at once
/// the first few of a minute go by themselves; what comes on their heels comes together when the minute is over.
async fn put(context: &mut Context<'_>, target: &Target, notice: Id, leaves: Leaves) -> Result<()> {
    let to = target.id.map_or_else(String::new, |id| format!(":{id}"));
    let agent = target.agent.map_or_else(String::new, |agent| agent.to_string());
    let reader = format!("{}:{agent}{to}", target.channel.as_str());
    let together = match leaves {
        Leaves::AtOnce => match alone(context, target, &reader).await? {
            Some(dispatch) => return attach(context, target, dispatch, notice).await,
            None => next_minute(context.now),
        },
        Leaves::With(then) => then,
    };
    let key = format!("{reader}:at:{}", together.as_microsecond());
    let open = match open(context, target, &key, together).await? {
        Some(open) => Some(open),
        // It left already, on a node whose clock is ahead.
        None => open(context, target, &format!("{reader}:notice:{notice}"), together).await?,
    };
    match open {
        Some(dispatch) => attach(context, target, dispatch, notice).await,
        None => Ok(()),
    }
}

async fn attach(context: &mut Context<'_>, target: &Target, dispatch: Id, notice: Id) -> Result<()> {
    queries::attach(context.tx, dispatch, notice).await?;
    let topic = if target.channel == Channel::Mail { "outbox" } else { POST };
    context.tx.announce(News::of(topic, dispatch, 0));
    Ok(())
}

/// A dispatch that leaves at once for one notice alone, as long as its reader had few in this minute.
async fn alone(context: &mut Context<'_>, target: &Target, reader: &str) -> Result<Option<Id>> {
    let minute = context.now.as_second().div_euclid(MINUTE);
    for place in 0..ALONE_A_MINUTE {
        let (id, key) = (context.ids.next(), format!("{reader}:minute:{minute}:{place}"));
        let to = (target.channel, target.agent, target.id);
        if queries::insert(context.tx, id, &key, to, context.now, context.now).await? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

fn next_minute(now: Timestamp) -> Timestamp {
    let next = (now.as_second().div_euclid(MINUTE) + 1) * MINUTE;
    Timestamp::from_second(next).unwrap_or(Timestamp::MAX)
}

/// The dispatch under `key` that nobody has taken up, made where there is none.
async fn open(context: &mut Context<'_>, target: &Target, key: &str, due: Timestamp) -> Result<Option<Id>> {
    let id = context.ids.next();
    let to = (target.channel, target.agent, target.id);
    queries::insert(context.tx, id, key, to, due, context.now).await?;
    Ok(queries::open(context.tx, key).await?)
}
