//! `POST /api/v1/notifications/browsers`: notices are pushed to a browser or an app of the caller's.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::Error;
use desk::dispatches::browsers::{self, NewBrowser, Subscription};
use desk::handle::notices::Notices;
use desk::handle::{Command, Outcome};
use serde::Deserialize;
use utoipa::ToSchema;

use super::list::Browser;
use crate::edge::{Asked, Problem};
use crate::state::App;

/// What a browser gave out, as `PushSubscription.toJSON()` has it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(in crate::api) struct NewPush {
    /// The address of its service.
    endpoint: String,
    keys: Keys,
    /// Taken, and of no consequence: what a browser no longer takes is found out when it is pushed to.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    #[expect(dead_code, reason = "read so that what a browser gives out can be sent as it is")]
    expiration_time: Option<serde_json::Number>,
    /// What it is, in a few words.
    device: Option<String>,
}

/// Its keys, in base64 for addresses.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Keys {
    /// Its public key: an uncompressed point of P-256.
    p256dh: String,
    /// The secret of 16 bytes that it shares with the desk.
    auth: String,
}

/// Have the caller's notices pushed to a browser or an app (RFC 8030), encrypted so that only it reads them (RFC 8291). One that is known,
/// by its `endpoint`, is renewed. It stays until it is removed, until its service no longer knows it, or until its owner leaves. Only for
/// a token of somebody's own.
#[utoipa::path(post, path = "/api/v1/notifications/browsers", tag = "notifications", request_body = NewPush,
    responses(
        (status = 201, description = "It is pushed to", body = Browser),
        (status = 409, description = "The token is nobody's own, there are too many, or the desk has no master key", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "No browser gives that out", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn create(
    State(app): State<App>,
    asked: Asked<NewPush>,
) -> Result<(StatusCode, Json<Browser>), Problem> {
    let Asked { actor, content, .. } = asked;
    let NewPush { endpoint, keys: Keys { p256dh, auth }, device, expiration_time: _ } = content;
    let subscription = Subscription { endpoint, p256dh, auth };
    let new = NewBrowser { session: None, device: device.unwrap_or_default(), subscription };
    let command = Command::Notices(Notices::KeepBrowser(Box::new(new)));
    let Outcome::Browser(id) = app.desk.handle(&actor, command).await? else {
        return Err(Problem::defect());
    };
    let kept = browsers::find(&mut app.desk.read().await?, id, app.desk.now()).await?;
    let kept = kept.ok_or_else(|| Error::not_found("browser"))?;
    Ok((StatusCode::CREATED, Json(Browser::from(kept))))
}
