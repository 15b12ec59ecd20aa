//! `GET /api/v1/search`: tickets by words and operators, people by words.

use axum::Json;
use axum::extract::State;
use desk::search::{self, Hit, Notice, Place};
use desk::words::fill;
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
    /// Whether something written long ago may be missing, since the indexes are still being filled.
    partial: bool,
    /// What is to be said about the way it was asked.
    notices: Vec<FoundNotice>,
}

/// Something that was not understood, or that nobody is called.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct FoundNotice {
    #[schema(inline)]
    code: NoticeCode,
    /// The part of `q` that it is about.
    term: String,
    /// What was probably meant in its place.
    #[schema(required)]
    meant: Option<String>,
}

/// What there is to say.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::api) enum NoticeCode {
    /// There is no such operator; it was looked for as words.
    UnknownOperator,
    /// The operator does not take this; it was looked for as words.
    UnknownValue,
    /// This is no day; it was looked for as words.
    NoDay,
    /// Nothing stands behind the operator, which was passed over.
    NoValue,
    /// The word joins others elsewhere and does not here; it was passed over.
    NotJoining,
    /// Nobody and nothing is called so.
    Nobody,
    /// More are called so than were looked at.
    TooMany,
}

impl From<&Notice> for FoundNotice {
    fn from(notice: &Notice) -> Self {
        let code = match notice {
            Notice::UnknownOperator { .. } => NoticeCode::UnknownOperator,
            Notice::UnknownValue { operator, .. } if operator.takes_a_day() => NoticeCode::NoDay,
            Notice::UnknownValue { .. } => NoticeCode::UnknownValue,
            Notice::NoValue { .. } => NoticeCode::NoValue,
            Notice::NotJoining { .. } => NoticeCode::NotJoining,
            Notice::Nobody { .. } => NoticeCode::Nobody,
            Notice::TooMany { .. } => NoticeCode::TooMany,
        };
        Self { code, term: notice.term(), meant: notice.meant() }
    }
}

/// Something that was found.
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
    /// The id of the ticket that goes on for it, where it was merged.
    #[schema(required, value_type = Option<String>)]
    merged_into: Option<Id>,
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
            merged_into: ticket.and_then(|ticket| ticket.merged_into).map(|(id, _)| id),
        }
    }
}

/// Find tickets by words and operators, contacts and organizations by words.
///
/// Words stand all in one place (a subject, a message, a note), without regard to case and accents; the last may be the beginning of
/// one. `"exact words"` follow each other, `-word` stands nowhere on the ticket, `#1042` is its number. Operators: `is:` (open, pending,
/// solved, closed, unassigned, mine, snoozed), `from:` (who asked: a name or an address), `assignee:` or `to:` (a name, me, none), `org:`
/// (a name or key), `team:`, `tag:`, `priority:`, `playbook:`, `state:`, `channel:` (mail, form, api, hand, web, playbook), `has:attachment`,
/// `in:` (notes, messages), `before:`, `after:`, `on:` (`2026-10-01`, today, yesterday, 7d, 2w, 1m, 1y; in the desk's zone). Each may
/// stand behind a minus, and take its value in quotes.
///
/// Contacts and organizations come first, where no operator is given; then tickets, each once, in the newest place that holds the words.
/// A page may hold fewer than `limit`, or none, while `next` leads on.
#[utoipa::path(get, path = "/api/v1/search", tag = "search",
    params(
        ("q" = String, Query, description = "Words and operators: 200 characters at most"),
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
        parameters.refuse_unless_refused("q", "is required: the words and operators to look for");
    }
    parameters.finish()?;
    let wanted = wanted.ok_or_else(Problem::defect)?;
    let zone = app.desk.handbooks.current(&mut app.desk.read().await?).await?.desk.zone.clone();
    let found = search::find(&app.desk.ground, &actor, &wanted, &zone, after, limit).await?;
    let partial = fill::is_under_way(&mut app.desk.read().await?).await?;
    Ok(Json(Found {
        items: found.items.into_iter().map(FoundItem::from).collect(),
        next: found.next.map(|place| place.to_string()),
        partial,
        notices: wanted.notices().iter().chain(&found.notices).map(FoundNotice::from).collect(),
    }))
}
