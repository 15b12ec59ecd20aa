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
use desk::notifications::TOLD;
use desk::rights::{self, Scope, Verb};
use desk::tickets;
use futures::stream::{iter, unfold};
use futures::{Stream, StreamExt};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::json;
use store::News;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};
use tokio::time::Interval;

use crate::edge::{Problem, Viewer};
use crate::presence;
use crate::state::App;

/// How far back it looks for what a page missed: another node's clock may be behind, and a change begins before it is seen.
const LOOK_BACK: SignedDuration = SignedDuration::from_secs(10);
/// How often a silent stream says that it is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How often it is looked whether the session is still open; news of one that ended have it looked at once.
const LOOK_EVERY: Duration = Duration::from_secs(20);

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
    let scope = Scope::of(&viewer.actor)?;
    // It listens before it looks, so that nothing falls between the two.
    let (news, stopping) = (app.desk.ground.db.news(), app.stopping.clone());
    let stream = Listening { news, stopping, look: tokio::time::interval(LOOK_EVERY), app, viewer, scope };
    let missed = missed(&stream, &shown).await?;
    let events = iter(missed.into_iter().map(Ok)).chain(events(stream));
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE).text("still here");
    Ok(([("cache-control", "no-store"), ("x-accel-buffering", "no")], Sse::new(events).keep_alive(keep_alive)))
}

/// What changed since a page was made, on whichever node, as the events that it would have heard.
async fn missed(stream: &Listening, shown: &Shown) -> Result<Vec<Event>, Problem> {
    let Some(since) = shown.since.as_deref().and_then(|since| since.parse::<Timestamp>().ok()) else {
        return Ok(Vec::new());
    };
    let mut conn = stream.app.desk.read().await?;
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
    drop(conn);
    let mut events = Vec::with_capacity(changed.len());
    for news in &changed {
        if stream.may_hear(news).await {
            events.extend(event(news));
        }
    }
    Ok(events)
}

/// Everything on screen is to be fetched anew.
fn refresh() -> Event {
    Event::default().event("refresh").data("{}")
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
        if news.topic == "kept" {
            return rights::may(&self.viewer.actor, Verb::ReadCaughtMail);
        }
        // What somebody is told is for them alone.
        if news.topic == TOLD {
            return self.viewer.actor.agent_id() == Some(news.id);
        }
        if self.scope.is_everything() || !matches!(news.topic.as_str(), "ticket" | presence::CHANGED) {
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
                Heard::Gap if stream.goes_on().await => Some(refresh()),
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
        "kept" => "kept",
        TOLD => "told",
        presence::CHANGED => "presence",
        _ => return None,
    };
    Some(Event::default().event(name).data(json!({"id": news.id, "version": news.version}).to_string()))
}
