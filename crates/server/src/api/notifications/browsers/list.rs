//! `GET /api/v1/notifications/browsers`: what the caller's notices are pushed to.

use axum::Json;
use axum::extract::State;
use desk::dispatches::browsers;
use desk::notifications::own;
use jiff::Timestamp;
use serde::Serialize;
use store::Id;
use utoipa::ToSchema;

use crate::edge::{Bearer, Parameters, Problem};
use crate::state::App;

/// All of them; there are few.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Browsers {
    items: Vec<Browser>,
    /// Always null.
    #[schema(required)]
    next: Option<String>,
    /// What a browser is to bind itself to: the desk's public key in base64 for addresses (`applicationServerKey` of the Push API); null
    /// for a desk that cannot push.
    #[schema(required)]
    key: Option<String>,
}

/// A browser, or an app, that notices are pushed to.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Browser {
    #[schema(value_type = String)]
    id: Id,
    /// What it is, in a few words.
    device: String,
    /// The host of the service that takes what is pushed to it. The rest of its address is a secret.
    host: String,
    /// Why the last notice could not be pushed; null when it could.
    last_error: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<browsers::Browser> for Browser {
    fn from(browser: browsers::Browser) -> Self {
        let browsers::Browser { id, device, host, last_error, created_at, .. } = browser;
        Self { id, device, host, last_error, created_at }
    }
}

/// The caller's browsers that notices are pushed to, and the key for adding one. Only for a token of somebody's own.
#[utoipa::path(get, path = "/api/v1/notifications/browsers", tag = "notifications",
    responses(
        (status = 200, description = "The browsers", body = Browsers),
        (status = 409, description = "The token is nobody's own", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn list(
    State(app): State<App>,
    Bearer(actor): Bearer,
    parameters: Parameters,
) -> Result<Json<Browsers>, Problem> {
    parameters.finish()?;
    let agent = own::whose(&actor)?;
    let listed = browsers::of_agent(&mut app.desk.read().await?, agent, app.desk.now()).await?;
    let key = app.desk.ground.settings.push_key.as_ref().map(|key| key.public());
    Ok(Json(Browsers { items: listed.into_iter().map(Browser::from).collect(), next: None, key }))
}
