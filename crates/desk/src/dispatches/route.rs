//! By which ways a notice leaves the desk, and when. Looked up once for each person who was told, by what they chose at that moment.

use std::sync::Arc;

use futures::FutureExt;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use playbook::Handbook;
use store::{Id, News};

use super::queries;
use crate::ground::Ground;
use crate::handbook::Handbooks;
use crate::notifications::decide::{Leaves, Occasion};
use crate::notifications::{Channel, What, choices};
use crate::{Actor, Context, Result, accounts};

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
    agent: Id,
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
            for notice in &notices {
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
        for target in targets(channel, told.agent) {
            put(context, &target, told.notice, leaves).await?;
        }
    }
    Ok(())
}

fn targets(channel: Channel, agent: Id) -> Vec<Target> {
    match channel {
        Channel::Mail => vec![Target { channel, agent, id: None }],
        Channel::InApp | Channel::Slack | Channel::Discord | Channel::Push => Vec::new(),
    }
}

/// Has a notice leave: by itself, or with all others for the same reader that wait for the same instant.
async fn put(context: &mut Context<'_>, target: &Target, notice: Id, leaves: Leaves) -> Result<()> {
    let to = target.id.map_or_else(String::new, |id| format!(":{id}"));
    let reader = format!("{}:{}{to}", target.channel.as_str(), target.agent);
    let alone = format!("{reader}:notice:{notice}");
    let (key, due) = match leaves {
        Leaves::AtOnce => (alone.clone(), context.now),
        Leaves::With(then) => (format!("{reader}:at:{}", then.as_microsecond()), then),
    };
    let open = match open(context, target, &key, due).await? {
        Some(open) => Some(open),
        // It left already, on a node whose clock is ahead.
        None if key != alone => open_alone(context, target, &alone, due).await?,
        None => None,
    };
    if let Some(dispatch) = open {
        queries::attach(context.tx, dispatch, notice).await?;
        context.tx.announce(News::of("outbox", dispatch, 0));
    }
    Ok(())
}

/// The dispatch under `key` that nobody has taken up, made where there is none.
async fn open(context: &mut Context<'_>, target: &Target, key: &str, due: Timestamp) -> Result<Option<Id>> {
    let id = context.ids.next();
    let to = (target.channel, Some(target.agent), target.id);
    queries::insert(context.tx, id, key, to, due, context.now).await?;
    Ok(queries::open(context.tx, key).await?)
}

async fn open_alone(context: &mut Context<'_>, target: &Target, key: &str, due: Timestamp) -> Result<Option<Id>> {
    open(context, target, key, due).await
}
