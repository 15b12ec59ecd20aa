//! `GET /live`: what changes, as server-sent events. They carry ids and versions, never content; the page fetches what it shows
//! under its viewer's rights, and everything anew after it was away. What happened between a page's making and its first event comes first
//! (`?since=`, and `&ticket=` for the one that is open).

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use desk::rights::Scope;
use desk::tickets;
use futures::stream::{iter, unfold};
use futures::{Stream, StreamExt};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::json;
use store::News;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

use crate::edge::{Problem, Viewer};
use crate::state::App;

/// How far back it looks for what a page missed: another node's clock may be behind, and a change begins before it is seen.
const LOOK_BACK: SignedDuration = SignedDuration::from_secs(10);
/// How often a silent stream says that it is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The address of the stream.
pub fn router() -> Router<App> {
    Router::new().route("/live", get(live))
}

/// What a page that begins to listen shows already.
#[derive(Debug, Default, Deserialize)]
struct Shown {
    /// When it was made (RFC 3339); nothing is made up for without it.
    since: Option<String>,
    /// The ticket that is open on it.
    ticket: Option<String>,
}

async fn live(
    State(app): State<App>,
    viewer: Viewer,
    Query(shown): Query<Shown>,
) -> Result<impl IntoResponse, Problem> {
    // Whoever may see every ticket may know that one changed; a narrower scope will have to look at the ticket first.
    Scope::of(&viewer.actor)?;
    // It listens before it looks, so that nothing falls between the two.
    let heard = app.desk.ground.db.news();
    let missed = missed(&app, &shown).await?;
    let events = iter(missed.into_iter().map(Ok)).chain(events(heard, app.stopping.clone()));
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE).text("still here");
    Ok(([("cache-control", "no-store"), ("x-accel-buffering", "no")], Sse::new(events).keep_alive(keep_alive)))
}

/// What changed since a page was made, on whichever node, as the events that it would have heard.
async fn missed(app: &App, shown: &Shown) -> Result<Vec<Event>, Problem> {
    let Some(since) = shown.since.as_deref().and_then(|since| since.parse::<Timestamp>().ok()) else {
        return Ok(Vec::new());
    };
    let mut conn = app.desk.read().await?;
    let mut changed = tickets::changed_since(&mut conn, since - LOOK_BACK).await?;
    if changed.len() >= tickets::CHANGED_MAX {
        return Ok(vec![refresh()]);
    }
    // What is nobody's doing, such as that a mail was sent, keeps a ticket's place in the lists and shows in its version alone.
    let open = shown.ticket.as_deref().and_then(|ticket| ticket.parse().ok());
    if let Some(ticket) = open
        && let Some(ticket) = tickets::find(&mut conn, ticket).await?
    {
        changed.push(News::of("ticket", ticket.id, ticket.version));
    }
    Ok(changed.iter().filter_map(event).collect())
}

/// Everything on screen is to be fetched anew.
fn refresh() -> Event {
    Event::default().event("refresh").data("{}")
}

/// The events until the process stops: a stream without an end would hold it up.
fn events(
    news: broadcast::Receiver<News>,
    stopping: watch::Receiver<bool>,
) -> impl Stream<Item = Result<Event, Infallible>> {
    unfold((news, stopping), |(mut news, mut stopping)| async move {
        loop {
            let heard = tokio::select! {
                _ = stopping.wait_for(|stop| *stop) => return None,
                heard = news.recv() => heard,
            };
            let event = match heard {
                Ok(news) => event(&news),
                Err(RecvError::Lagged(_)) => Some(refresh()),
                Err(RecvError::Closed) => return None,
            };
            if let Some(event) = event {
                return Some((Ok(event), (news, stopping)));
            }
        }
    })
}

/// What a page is told of `news`; `None` for what concerns no page.
fn event(news: &News) -> Option<Event> {
    let name = match news.topic.as_str() {
        "ticket" => "ticket",
        "outbox" | "caught" => "mail",
        "question" => "question",
        "mailbox" => "mailbox",
        _ => return None,
    };
    Some(Event::default().event(name).data(json!({"id": news.id, "version": news.version}).to_string()))
}
