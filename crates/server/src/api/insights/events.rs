//! `GET /api/v1/insights/events`: the steps of tickets as an event log for process-mining tools.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use desk::mining::log::{self, Format};
use desk::rights::{self, Verb};

use super::show::days;
use crate::edge::{Bearer, Parameters, Problem};
use crate::state::App;

/// The steps of tickets as an event log: OCEL 2.0 in its JSON form, or XES. People and organizations appear as ids alone.
#[utoipa::path(get, path = "/api/v1/insights/events", tag = "tickets",
    params(
        ("format" = Option<String>, Query, description = "ocel or xes; ocel when left out"),
        ("playbook" = Option<String>, Query, description = "Only tickets of this playbook"),
        ("span" = Option<String>, Query, description = "Days that end today: 7d, 28d, 90d or 12m; 28d when neither this nor days are named"),
        ("from" = Option<String>, Query, description = "The first day, such as 2026-11-17"),
        ("to" = Option<String>, Query, description = "The last day"),
        ("zone" = Option<String>, Query, description = "Whose days, such as Europe/Lisbon; the desk's own when left out"),
    ),
    responses(
        (status = 200, description = "The log, with 100,000 steps at most",
            content((serde_json::Value = "application/json"), (String = "application/xml"))),
        (status = 422, description = "A parameter is wrong, or there are too many steps", body = Problem,
            content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn show(
    State(app): State<App>,
    Bearer(actor): Bearer,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    rights::require(&actor, Verb::ReadInsights)?;
    let mut conn = app.desk.read().await?;
    let handbook = app.desk.handbooks.current(&mut conn).await?;
    let (span, zone) = days(&mut parameters, &handbook, app.desk.now());
    let format = parameters.read("format", |word| word.parse::<Format>().map_err(|_| "takes ocel or xes".to_owned()));
    let playbook = parameters.take("playbook");
    parameters.finish()?;
    let format = format.unwrap_or_default();
    let log = log::of(&mut conn, &actor, (span?, &zone), playbook.as_deref()).await?;
    Ok(([(CONTENT_TYPE, format.media_type())], format.write(&log)?).into_response())
}
