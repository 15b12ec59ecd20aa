//! `GET` and `PUT /api/v1/organizations/{key}/calendar`: the hours that count for an organization.

use axum::Json;
use axum::extract::State;
use desk::handle::{Command, UpsertOrganization};
use desk::organizations::{self, Change, DAYS_OFF_ATTRIBUTE, Organization};
use desk::rights::{self, Verb};
use desk::teams::hours;
use jiff::civil::Date;
use playbook::CALENDAR_ATTRIBUTE;
use serde_json::{Map, Value};

use super::shape::{Hours, PutHours, month};
use crate::edge::{Asked, Bearer, Parameters, Place, Problem};
use crate::state::App;

/// The hours that count for the organization with this key.
#[utoipa::path(get, path = "/api/v1/organizations/{key}/calendar", tag = "people",
    params(
        ("key" = String, Path, description = "The key that other systems know it by"),
        ("month" = Option<String>, Query, description = "The month whose days are told, such as 2026-11; this one when left out"),
    ),
    responses(
        (status = 200, description = "Its calendar, and the days of a month", body = Hours),
        (status = 404, description = "There is none with this key", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn show(
    State(app): State<App>,
    Bearer(actor): Bearer,
    Place(key): Place<String>,
    mut parameters: Parameters,
) -> Result<Json<Hours>, Problem> {
    rights::require(&actor, Verb::ReadPeople)?;
    let first = parameters.read("month", month);
    parameters.finish()?;
    told(&app, &key, first).await
}

/// Choose the calendar of the organization with this key, and its own days off. Clocks that are running are counted anew.
#[utoipa::path(put, path = "/api/v1/organizations/{key}/calendar", tag = "people", request_body = PutHours,
    params(("key" = String, Path, description = "The key that other systems know it by")),
    responses(
        (status = 200, description = "Its calendar as it is now, and the days of this month", body = Hours),
        (status = 404, description = "There is none with this key", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Something in it is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn put(
    State(app): State<App>,
    Place(key): Place<String>,
    asked: Asked<PutHours>,
) -> Result<Json<Hours>, Problem> {
    let Asked { actor, content, .. } = asked;
    rights::require(&actor, Verb::KeepPeople)?;
    find(&app, &key).await?;
    let calendar = content.calendar.filter(|name| !name.trim().is_empty()).map_or(Value::Null, Value::from);
    let days_off = if content.days_off.is_empty() { Value::Null } else { Value::from(content.days_off) };
    let attributes =
        Map::from_iter([(CALENDAR_ATTRIBUTE.to_owned(), calendar), (DAYS_OFF_ATTRIBUTE.to_owned(), days_off)]);
    let change = Change { attributes, ..Change::default() };
    app.desk.handle(&actor, Command::UpsertOrganization(UpsertOrganization { key: key.clone(), change })).await?;
    told(&app, &key, None).await
}

async fn find(app: &App, key: &str) -> Result<Organization, Problem> {
    let found = organizations::find_by_key(&mut app.desk.read().await?, key).await?;
    Ok(found.ok_or_else(|| desk::Error::not_found("organization"))?)
}

async fn told(app: &App, key: &str, first: Option<Date>) -> Result<Json<Hours>, Problem> {
    let found = find(app, key).await?;
    let handbook = app.desk.handbooks.current(&mut app.desk.read().await?).await?;
    let own = hours::of_organization(&handbook, &found);
    let chosen = own.as_ref().and_then(|(_, by)| by.calendar.clone());
    let counted = own.unwrap_or_else(|| hours::of_desk(&handbook));
    let days_off: Vec<_> = found.days_off().collect();
    let first = first.unwrap_or_else(|| app.desk.now().to_zoned(counted.0.zone().clone()).date().first_of_month());
    let calendars = handbook.calendars.keys().cloned().collect();
    Ok(Json(Hours::of(counted, chosen.as_deref(), &days_off, calendars, first)))
}
