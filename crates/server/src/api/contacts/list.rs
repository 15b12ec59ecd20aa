//! `GET /api/v1/contacts`: contacts by name.

use axum::Json;
use axum::extract::State;
use desk::contacts::{self, Filter, Listed};
use desk::page::NamePlace;
use desk::rights::{self, Verb};
use desk::{Error, organizations};
use serde::Serialize;
use store::Id;
use utoipa::ToSchema;

use super::shape::Contact;
use crate::edge::{Bearer, Parameters, Problem};
use crate::state::App;

/// A page of contacts.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Contacts {
    items: Vec<Contact>,
    /// What `after` takes for the next page; null on the last.
    next: Option<String>,
}

/// Contacts in the order of their names, or of their addresses where no name is known.
#[utoipa::path(get, path = "/api/v1/contacts", tag = "people",
    params(
        ("q" = Option<String>, Query, description = "Words of their names or addresses, the last of which may be the beginning of one"),
        ("organization" = Option<String>, Query, description = "The key of their organization"),
        ("limit" = Option<u32>, Query, description = "1 to 200; 50 when left out"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page of them", body = Contacts),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn list(
    State(app): State<App>,
    Bearer(actor): Bearer,
    mut parameters: Parameters,
) -> Result<Json<Contacts>, Problem> {
    rights::require(&actor, Verb::ReadPeople)?;
    let limit = parameters.limit();
    let after = parameters.read("after", |text| text.parse::<NamePlace>().map_err(|error: Error| error.message));
    let mut filter = Filter { words: parameters.typed("q"), organization: None };
    let mut conn = app.desk.read().await?;
    if let Some(key) = parameters.take("organization") {
        filter.organization = organizations::find_by_key(&mut conn, &key).await?.map(|found| found.id);
        if filter.organization.is_none() {
            parameters.refuse("organization", format!("there is no organization {key:?}"));
        }
    }
    parameters.finish()?;
    let listed = contacts::list(&mut conn, &filter, after.as_ref(), limit).await?;
    let ids: Vec<Id> = listed.items.iter().map(|found| found.contact.id).collect();
    let mut known = contacts::known_of(&mut conn, &ids).await?;
    let told = |found: Listed| {
        let known = known.remove(&found.contact.id).unwrap_or_default();
        Contact::told(found.contact, found.organization.map(|(key, _)| key), known)
    };
    let items = listed.items.into_iter().map(told).collect();
    Ok(Json(Contacts { items, next: listed.next.map(|place| place.to_string()) }))
}
