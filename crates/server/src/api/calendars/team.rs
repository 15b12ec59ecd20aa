//! `GET` and `PUT /api/v1/teams/{team}/calendar`: the hours that count for a team.

use axum::Json;
use axum::extract::State;
use desk::handle::{Command, KeepWorkingTime};
use desk::rights::{self, Verb};
use desk::teams::{self, hours};
use jiff::civil::Date;

use super::shape::{Hours, PutHours, month};
use crate::edge::{Asked, Bearer, Parameters, Place, Problem};
use crate::state::App;

/// The hours that count for this team.
#[utoipa::path(get, path = "/api/v1/teams/{team}/calendar", tag = "people",
    params(
        ("team" = String, Path, description = "The team's name in the handbook"),
        ("month" = Option<String>, Query, description = "The month whose days are told, such as 2026-11; this one when left out"),
    ),
    responses(
        (status = 200, description = "Its calendar, and the days of a month", body = Hours),
        (status = 404, description = "There is no such team", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn show(
    State(app): State<App>,
    Bearer(actor): Bearer,
    Place(team): Place<String>,
    mut parameters: Parameters,
) -> Result<Json<Hours>, Problem> {
    rights::require(&actor, Verb::KeepTeams)?;
    let first = parameters.read("month", month);
    parameters.finish()?;
    told(&app, &team, first).await
}

/// Choose the calendar that a team works by, and its own days off. Clocks that are running are counted anew.
#[utoipa::path(put, path = "/api/v1/teams/{team}/calendar", tag = "people", request_body = PutHours,
    params(("team" = String, Path, description = "The team's name in the handbook")),
    responses(
        (status = 200, description = "Its calendar as it is now, and the days of this month", body = Hours),
        (status = 404, description = "There is no such team", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Something in it is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn put(
    State(app): State<App>,
    Place(team): Place<String>,
    asked: Asked<PutHours>,
) -> Result<Json<Hours>, Problem> {
    let Asked { actor, content, .. } = asked;
    let command = KeepWorkingTime { team: team.clone(), calendar: content.calendar, days_off: content.days_off };
    app.desk.handle(&actor, Command::KeepWorkingTime(command)).await?;
    told(&app, &team, None).await
}

async fn told(app: &App, team: &str, first: Option<Date>) -> Result<Json<Hours>, Problem> {
    let mut conn = app.desk.read().await?;
    let handbook = app.desk.handbooks.current(&mut conn).await?;
    if !handbook.desk.teams.contains_key(team) {
        return Err(desk::Error::not_found("team").into());
    }
    let time = teams::working_time(&mut conn, team).await?;
    let counted = hours::of_team(&handbook, team, &time).unwrap_or_else(|| hours::of_desk(&handbook));
    let first = first.unwrap_or_else(|| app.desk.now().to_zoned(counted.0.zone().clone()).date().first_of_month());
    let calendars = handbook.calendars.keys().cloned().collect();
    Ok(Json(Hours::of(counted, time.calendar.as_deref(), &time.days_off, calendars, first)))
}
