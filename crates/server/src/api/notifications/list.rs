//! `GET /api/v1/notifications`: what the caller was told.

use axum::Json;
use axum::extract::State;
use desk::notifications::own::{self, Own, Place};
use desk::notifications::{What, Wording};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};
use store::Id;
use utoipa::ToSchema;

use crate::edge::{Bearer, Parameters, Problem};
use crate::state::App;

/// A page of notices.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Notifications {
    items: Vec<Notification>,
    /// What `after` takes for the next page; null on the last.
    next: Option<String>,
    /// How many are unread; 100 may be more.
    unread: i64,
}

/// A notice.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Notification {
    #[schema(value_type = String)]
    id: Id,
    unread: bool,
    /// What it is: `assigned`, `mentioned`, `client-wrote`, …; null for one of before there were kinds.
    kind: Option<String>,
    /// What it is chosen by: `assigned`, `mentioned`, `asked`, `client`, `followed`, `warning`, `breach`, `playbook`, `snoozed`, `nobody`,
    /// `delivery`, `desk`; null for one of before there were kinds.
    topic: Option<&'static str>,
    /// What it is made of, by its kind.
    #[schema(value_type = Object)]
    facts: Map<String, Value>,
    /// What it says, in English.
    text: String,
    /// The ticket that it is about, or that goes on for it where it was merged; null where it is about none.
    ticket: Option<Named>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

/// A ticket in a few words.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Named {
    #[schema(value_type = String)]
    id: Id,
    number: i64,
    subject: String,
}

impl From<Own> for Notification {
    fn from(own: Own) -> Self {
        let text = own.notice.say(Wording::of("en"));
        let (kind, facts) = own.notice.what.as_ref().map(What::parts).unzip();
        Self {
            id: own.id,
            unread: own.unread,
            kind,
            topic: own.notice.what.as_ref().map(|what| what.topic().as_str()),
            facts: facts.unwrap_or_default(),
            text,
            ticket: own.ticket.map(|(id, number, subject)| Named { id, number, subject }),
            created_at: own.notice.created_at,
        }
    }
}

/// What the caller was told, the unread first and among them the newest; as far as they may see it still. Only for a token of somebody's
/// own.
#[utoipa::path(get, path = "/api/v1/notifications", tag = "notifications",
    params(
        ("unread" = Option<bool>, Query, description = "`true` for the unread alone"),
        ("limit" = Option<u32>, Query, description = "1 to 200; 50 when left out"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page of them", body = Notifications),
        (status = 409, description = "The token is nobody's own", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn list(
    State(app): State<App>,
    Bearer(actor): Bearer,
    mut parameters: Parameters,
) -> Result<Json<Notifications>, Problem> {
    let unread = parameters.read("unread", |text| text.parse::<bool>().map_err(|_| "is true or false".to_owned()));
    let after =
        parameters.read("after", |text| text.parse::<Place>().map_err(|_| "is no cursor of this list".to_owned()));
    let limit = parameters.limit();
    parameters.finish()?;
    let mut conn = app.desk.read().await?;
    let listed = own::list(&mut conn, &actor, unread.unwrap_or(false), after, limit).await?;
    Ok(Json(Notifications {
        items: listed.items.into_iter().map(Notification::from).collect(),
        next: listed.next.map(|next| next.to_string()),
        unread: own::count_unread(&mut conn, &actor).await?,
    }))
}
