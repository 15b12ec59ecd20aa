//! `PATCH /api/v1/tickets/{id}`: somebody changes a ticket beside its procedure.

use axum::Json;
use axum::extract::State;
use desk::handle::{Change, Command};
use desk::rights::Scope;
use desk::tickets::bulk::Deed;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::shape::{self, Ticket};
use crate::edge::path::ticket_id;
use crate::edge::{Asked, Place, Problem};
use crate::state::App;

/// What is to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct PatchTicket {
    #[schema(value_type = Option<shape::Priority>)]
    priority: Option<String>,
    /// The tags that it has from now on.
    tags: Option<Vec<String>>,
    /// Until when it is hidden from inboxes; null when it comes back now.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, format = DateTime)]
    snoozed_until: Option<Option<String>>,
    /// Fields of the playbook that are corrected, by name; null empties one. What is left out stays.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    fields: Map<String, Value>,
}

/// Tells null from what is left out.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Change a ticket's priority, its tags, the fields of its playbook, or until when it is snoozed: all of it or nothing. The playbook is not told: it sees them at
/// the next event. Who has a ticket is `PUT /api/v1/tickets/{id}/assignee`.
#[utoipa::path(patch, path = "/api/v1/tickets/{id}", tag = "tickets", request_body = PatchTicket,
    params(("id" = String, Path, description = "The ticket's id")),
    responses(
        (status = 200, description = "The ticket as it stands now", body = Ticket),
        (status = 404, description = "There is no such ticket", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "What is solved is not snoozed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Something in it is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn patch(
    State(app): State<App>,
    Place(id): Place<String>,
    asked: Asked<PatchTicket>,
) -> Result<Json<Ticket>, Problem> {
    let Asked { actor, content, .. } = asked;
    let (scope, ticket) = (Scope::of(&actor)?, ticket_id(&id)?);
    let mut deeds = Vec::new();
    if let Some(priority) = content.priority {
        deeds.push(Deed::Priority { priority: priority.parse()? });
    }
    if let Some(tags) = content.tags {
        deeds.push(Deed::Tags { tags });
    }
    if let Some(until) = content.snoozed_until {
        let instant = |text: String| {
            let words = "a time, such as 2026-11-23T09:00:00Z";
            text.parse().map_err(|_| desk::Error::invalid_field("snoozed_until", "no-instant", words))
        };
        deeds.push(Deed::Snooze { until: until.map(instant).transpose()? });
    }
    if !content.fields.is_empty() {
        deeds.push(Deed::Fields { fields: content.fields, was: Map::new() });
    }
    app.desk.handle(&actor, Command::Change(Change { ticket, deeds, bulk: None })).await?;
    Ok(Json(shape::now(&app.desk, scope, ticket).await?))
}
