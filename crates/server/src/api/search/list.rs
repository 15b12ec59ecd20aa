//! `GET /api/v1/search`: what holds some words.

use axum::Json;
use axum::extract::State;
use desk::search::{self, Hit, Place};
use serde::Serialize;
use store::Id;
use utoipa::ToSchema;

use crate::edge::{Bearer, Parameters, Problem};
use crate::state::App;

/// A page of what was found.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Found {
    items: Vec<FoundItem>,
    /// What `after` takes for the next page; null on the last.
    #[schema(required)]
    next: Option<String>,
}

/// Something that holds the words.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct FoundItem {
    #[schema(inline)]
    kind: FoundKind,
    #[schema(value_type = String)]
    id: Id,
    /// What it is called; of a message, the subject of its ticket.
    title: String,
    /// Where the words stand: HTML that is safe in a page, in which they are marked by `<mark>`.
    snippet: String,
    /// The id of the ticket that it is or belongs to; null for people.
    #[schema(required, value_type = Option<String>)]
    ticket: Option<Id>,
    /// The number people call that ticket by.
    #[schema(required)]
    number: Option<i64>,
}

/// What was found.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::api) enum FoundKind {
    Ticket,
    Message,
    Contact,
    Organization,
}

impl From<Hit> for FoundItem {
    fn from(hit: Hit) -> Self {
        let kind = match hit.kind {
            search::Kind::Ticket => FoundKind::Ticket,
            search::Kind::Message => FoundKind::Message,
            search::Kind::Contact => FoundKind::Contact,
            search::Kind::Organization => FoundKind::Organization,
        };
        let ticket = hit.ticket.as_ref();
        Self {
            kind,
            id: hit.id,
            title: hit.title,
            snippet: hit.snippet.to_html(),
            ticket: ticket.map(|ticket| ticket.id),
            number: ticket.map(|ticket| ticket.number),
        }
    }
}

/// Find tickets, messages, contacts and organizations by plain words: all of them in one place, without regard to case and accents;
/// the last may be the beginning of a word. Contacts and organizations come first, then the best of the newest 2,000 places on
/// tickets.
#[utoipa::path(get, path = "/api/v1/search", tag = "search",
    params(
        ("q" = String, Query, description = "The words: 200 characters at most"),
        ("limit" = Option<u32>, Query, description = "1 to 200; 50 when left out"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page of what was found", body = Found),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn list(
    State(app): State<App>,
    Bearer(actor): Bearer,
    mut parameters: Parameters,
) -> Result<Json<Found>, Problem> {
    let limit = parameters.limit();
    let after = parameters.read("after", |text| text.parse::<Place>().map_err(|error| error.to_string()));
    let wanted = parameters.wanted();
    if wanted.is_none() {
        parameters.refuse_unless_refused("q", "is required: the words to look for");
    }
    parameters.finish()?;
    let wanted = wanted.ok_or_else(Problem::defect)?;
    let found = search::find(&app.desk.ground, &actor, &wanted, after, limit).await?;
    Ok(Json(Found {
        items: found.items.into_iter().map(FoundItem::from).collect(),
        next: found.next.map(|place| place.to_string()),
    }))
}
