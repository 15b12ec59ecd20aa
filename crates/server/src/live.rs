//! `GET /live`: what changes, as server-sent events. They carry ids and versions, never content; the page fetches what it shows
//! under its viewer's rights, and everything anew after it was away.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use desk::rights::Scope;
use futures::Stream;
use futures::stream::unfold;
use serde_json::json;
use store::News;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

use crate::edge::{Problem, Viewer};
use crate::state::App;

/// How often a silent stream says that it is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The address of the stream.
pub fn router() -> Router<App> {
    Router::new().route("/live", get(live))
}

async fn live(State(app): State<App>, viewer: Viewer) -> Result<impl IntoResponse, Problem> {
    // Whoever may see every ticket may know that one changed; a narrower scope will have to look at the ticket first.
    Scope::of(&viewer.actor)?;
    let events = events(app.desk.ground.db.news(), app.stopping.clone());
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE).text("still here");
    Ok(([("cache-control", "no-store"), ("x-accel-buffering", "no")], Sse::new(events).keep_alive(keep_alive)))
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
                Err(RecvError::Lagged(_)) => Some(Event::default().event("refresh").data("{}")),
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
