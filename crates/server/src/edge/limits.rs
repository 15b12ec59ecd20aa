//! What every answer goes through: a time-out, a net for panics, security headers, and a line in the log that names the request.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use desk::Actor;
use tower_http::catch_panic::CatchPanicLayer;
use tracing::Instrument;

use super::Problem;
use crate::state::App;

/// How long a request may take until its answer begins, its body included.
const REQUEST_MAX: Duration = Duration::from_secs(60);
/// The header that names a request.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Puts `router` behind the limits, outermost the log.
pub fn guard(router: Router<App>, app: &App) -> Router<App> {
    router
        .layer(from_fn(in_time))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(with_security_headers))
        .layer(from_fn_with_state(app.clone(), logged))
}

async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(REQUEST_MAX, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let detail =
                "The request took too long. What it asked for may still be done: repeat it with an Idempotency-Key.";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too-slow", detail).into_response()
        }
    }
}

fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let said = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    tracing::error!(panic = said.unwrap_or("something"), "a request panicked");
    Problem::defect().into_response()
}

async fn with_security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let defaults =
        [(X_CONTENT_TYPE_OPTIONS, "nosniff"), (REFERRER_POLICY, "same-origin"), (X_FRAME_OPTIONS, "SAMEORIGIN")];
    for (name, value) in defaults {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// One line a request: its id, route, status, time and who asked by their id, and no part of it that could name a person.
async fn logged(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = app.desk.ground.ids.next();
    let route = request.extensions().get::<MatchedPath>().map_or("(none)", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let clock = &app.desk.ground.clock;
    let began = clock.monotonic();
    let span = tracing::info_span!("request", %id, %method, route, actor = tracing::field::Empty);
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = clock.monotonic() - began;
    let (status, took_ms) = (response.status().as_u16(), u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
    app.requests.answered(&route, &method, status, took);
    span.in_scope(|| match status {
        500.. => tracing::warn!(status, took_ms, "answered"),
        _ if is_asked_often(&route) => tracing::debug!(status, took_ms, "answered"),
        _ => tracing::info!(status, took_ms, "answered"),
    });
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// What programs ask every few seconds, and what every page brings along.
fn is_asked_often(route: &str) -> bool {
    matches!(route, "/health" | "/ready" | "/metrics") || route.starts_with("/assets")
}

/// Notes in the log who asks, by their id.
pub(super) fn note_actor(actor: &Actor) {
    let span = tracing::Span::current();
    match actor {
        Actor::Agent { id, .. } => span.record("actor", tracing::field::display(format_args!("agent:{id}"))),
        Actor::Program { .. } => span.record("actor", "program"),
        Actor::Outside => span.record("actor", "outside"),
        Actor::Desk => span.record("actor", "desk"),
    };
}
