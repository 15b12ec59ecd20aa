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
use tokio::time::Interval;

use crate::edge::{Problem, Viewer};
use crate::state::App;

/// How often a silent stream says that it is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How often it is looked whether the session is still open; news of one that ended have it looked at once.
const LOOK_EVERY: Duration = Duration::from_secs(20);

/// The address of the stream.
pub fn router() -> Router<App> {
    Router::new().route("/live", get(live))
}

async fn live(State(app): State<App>, viewer: Viewer) -> Result<impl IntoResponse, Problem> {
    let scope = Scope::of(&viewer.actor)?;
    let (news, stopping) = (app.desk.ground.db.news(), app.stopping.clone());
    let stream = Listening { news, stopping, look: tokio::time::interval(LOOK_EVERY), app, viewer, scope };
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE).text("still here");
    Ok(([("cache-control", "no-store"), ("x-accel-buffering", "no")], Sse::new(events(stream)).keep_alive(keep_alive)))
}

/// One open stream.
struct Listening {
    news: broadcast::Receiver<News>,
    stopping: watch::Receiver<bool>,
    /// When to look whether the session is still open.
    look: Interval,
    app: App,
    viewer: Viewer,
    scope: Scope,
}

/// What a stream waits for.
enum Heard {
    News(News),
    /// News were missed.
    Gap,
    /// It is time to look whether the session is still open.
    Tick,
    /// The process stops.
    End,
}

impl Listening {
    async fn listen(&mut self) -> Heard {
        tokio::select! {
            _ = self.stopping.wait_for(|stop| *stop) => Heard::End,
            _ = self.look.tick() => Heard::Tick,
            heard = self.news.recv() => match heard {
                Ok(news) => Heard::News(news),
                Err(RecvError::Lagged(_)) => Heard::Gap,
                Err(RecvError::Closed) => Heard::End,
            }
        }
    }

    /// Whether its viewer may still look. A database that is away takes nobody's session from them.
    async fn goes_on(&self) -> bool {
        self.viewer.is_still_here(&self.app).await.unwrap_or(true)
    }

    /// Whether its viewer may know that this changed.
    async fn may_hear(&self, news: &News) -> bool {
        if self.scope.is_everything() || news.topic != "ticket" {
            return true;
        }
        let looked = async { self.scope.sees(&mut self.app.desk.read().await?, news.id).await };
        looked.await.unwrap_or(false)
    }
}

/// The events until the session ends or the process stops: a stream without an end would hold it up.
fn events(stream: Listening) -> impl Stream<Item = Result<Event, Infallible>> {
    unfold(stream, |mut stream| async move {
        loop {
            let event = match stream.listen().await {
                Heard::End => return None,
                Heard::Tick if stream.goes_on().await => None,
                Heard::Tick => return None,
                Heard::News(news) if news.topic == "session" && !stream.goes_on().await => return None,
                Heard::News(news) if stream.may_hear(&news).await => event(&news),
                Heard::News(_) => None,
                Heard::Gap if stream.goes_on().await => Some(Event::default().event("refresh").data("{}")),
                Heard::Gap => return None,
            };
            if let Some(event) = event {
                return Some((Ok(event), stream));
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
