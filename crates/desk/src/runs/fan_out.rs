//! Many linked tickets under one alias: which of them something is for, how many have ended, and telling their opener when all have.

use serde_json::{Map, Value, json};
use store::{Conn, Id};

use super::Case;
use super::queue::{self, Queued};
use crate::tickets::links::{self, Linked};
use crate::{Context, Result};

/// What the event that all have ended is called, after the alias.
const ALL_ENDED: &str = "all_ended";

/// What a playbook can ask of many: how many there are, how many of them have ended, and the keys of the others. `None` where the
/// alias stands for one ticket at a time.
pub(super) fn counted(children: &[Linked], alias: &str) -> Option<Map<String, Value>> {
    let many: Vec<&Linked> = many(children, alias).collect();
    if many.is_empty() {
        return None;
    }
    let live: Vec<&str> = many.iter().filter(|link| is_live(link)).filter_map(|link| link.key.as_deref()).collect();
    let all_ended = live.is_empty();
    Some(Map::from_iter([
        ("count".to_owned(), json!(many.len())),
        ("ended_count".to_owned(), json!(many.len() - live.len())),
        ("all_ended".to_owned(), json!(all_ended)),
        ("ended".to_owned(), json!(all_ended)),
        ("live_keys".to_owned(), json!(live)),
    ]))
}

/// Whom something is for that is sent to `alias`: the newest ticket of it; of many the live one of that key, or the newest if that has
/// ended; all that are live when no key is given.
pub(super) async fn addressed(conn: &mut Conn, opener: Id, alias: &str, key: Option<&str>) -> Result<Vec<Id>> {
    let children = links::children(conn, opener).await?;
    let ids = |links: Vec<&Linked>| links.into_iter().map(|link| link.ticket.id).collect();
    if many(&children, alias).next().is_none() {
        return Ok(ids(children.iter().rfind(|link| link.alias == alias).into_iter().collect()));
    }
    let Some(key) = key else {
        return Ok(ids(many(&children, alias).filter(|link| is_live(link)).collect()));
    };
    let of_key: Vec<&Linked> = many(&children, alias).filter(|link| link.key.as_deref() == Some(key)).collect();
    let live = of_key.iter().rfind(|link| is_live(link)).or(of_key.last());
    Ok(ids(live.into_iter().copied().collect()))
}

/// Whether a ticket was opened under `alias` with this key.
pub(super) fn has_key(children: &[Linked], alias: &str, key: &str) -> bool {
    many(children, alias).any(|link| link.key.as_deref() == Some(key))
}

/// Tells the opener of one of many that it has ended; whether all have is asked when the opener judges it.
pub(super) async fn tell_opener(context: &mut Context<'_>, ended: Id) -> Result<()> {
    let Some(link) = links::opener(context.tx, ended).await?.filter(|link| link.key.is_some()) else { return Ok(()) };
    queue::put(context, link.ticket.id, &format!("{}.{ALL_ENDED}", link.alias), &Value::Null, true).await
}

/// Whether a queued event says that all have ended and that is not so, or is said once more by an event behind it, or is nothing that
/// the playbook ever listens to. Each of many puts such an event as it ends, in a transaction of its own, so that the last of them is
/// judged when it is true.
pub(super) async fn is_idle(context: &mut Context<'_>, case: &mut Case, queued: &Queued) -> Result<bool> {
    let alias = queued.name.split_once('.').filter(|(_, rest)| *rest == ALL_ENDED && queued.key.is_none());
    let Some((alias, _)) = alias else { return Ok(false) };
    let (opened, live) = links::count_many(context.tx, case.ticket.id, alias).await?;
    if opened == 0 {
        // A single linked ticket may have an event of that name.
        return Ok(false);
    }
    case.look_again();
    let heard = case.playbook()?.listens_to(&queued.name);
    Ok(live > 0 || !heard || queue::comes_again(context, case.ticket.id, queued).await?)
}

fn many<'a>(children: &'a [Linked], alias: &str) -> impl Iterator<Item = &'a Linked> {
    children.iter().filter(move |link| link.key.is_some() && link.alias == alias)
}

fn is_live(link: &Linked) -> bool {
    link.ticket.closed_at.is_none()
}
