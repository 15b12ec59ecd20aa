//! What every answer goes through: a time-out, a net for panics, security headers, and a line in the log that names the request.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;

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

/// One line a request: its id, route and status, and no part of it that could name a person.
async fn logged(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = app.desk.ground.ids.next();
    let route = request.extensions().get::<MatchedPath>().map_or("(none)", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let began = app.desk.ground.clock.monotonic();
    let span = tracing::info_span!("request", %id, %method, route);
    let mut response = tracing::Instrument::instrument(next.run(request), span).await;
    let took_ms = (app.desk.ground.clock.monotonic() - began).as_millis();
    let status = response.status().as_u16();
    if status >= 500 {
        tracing::warn!(%id, %method, route, status, took_ms, "answered");
    } else {
        tracing::debug!(%id, %method, route, status, took_ms, "answered");
    }
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}
