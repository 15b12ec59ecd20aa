//! `GET /api/v1/insights/procedures/{playbook}`: what really happened in a procedure.

use axum::Json;
use axum::extract::{Path, State};
use desk::Error;
use desk::mining::{self, Asked};
use desk::rights::{self, Verb};
use serde::Serialize;
use utoipa::ToSchema;

use super::show::{Days, days};
use crate::edge::{Bearer, Parameters, Problem};
use crate::state::App;

/// What tickets of a playbook did in some days. Lengths of time are in seconds.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Procedure {
    playbook: String,
    #[serde(flatten)]
    days: Days,
    /// How many tickets took a step.
    tickets: u64,
    /// Whether there were more steps than are counted here.
    partial: bool,
    /// The innermost states that some ticket came to, in the order of the playbook.
    states: Vec<StayedIn>,
    /// The ways from state to state, the most frequent first.
    moves: Vec<Moved>,
}

/// Stays in a state that began in those days.
#[derive(Serialize, ToSchema)]
#[schema(as = ProcedureState)]
pub(in crate::api) struct StayedIn {
    /// Its dotted path.
    state: String,
    /// Whether the playbook has it, as it is today.
    known: bool,
    entered: u64,
    /// How often by a ticket that had been there before in those days.
    again: u64,
    /// How many go on still.
    present: u64,
    /// How long half of the stays were at most; null where that is not over yet.
    median: Option<i64>,
    /// The same for nine of ten.
    ninetieth: Option<i64>,
}

/// A way from a state to another.
#[derive(Serialize, ToSchema)]
#[schema(as = ProcedureMove)]
pub(in crate::api) struct Moved {
    from: String,
    to: String,
    /// What led there; empty where a guard alone did.
    event: Option<String>,
    times: u64,
}

/// What really happened in a procedure: how often tickets came to each state and how long they stayed, and which ways they took.
#[utoipa::path(get, path = "/api/v1/insights/procedures/{playbook}", tag = "tickets",
    params(
        ("playbook" = String, Path, description = "The name of a playbook that is in use"),
        ("span" = Option<String>, Query, description = "Days that end today: 7d, 28d, 90d or 12m; 28d when neither this nor days are named"),
        ("from" = Option<String>, Query, description = "The first day, such as 2026-11-17"),
        ("to" = Option<String>, Query, description = "The last day"),
        ("zone" = Option<String>, Query, description = "Whose days, such as Europe/Lisbon; the desk's own when left out"),
    ),
    responses(
        (status = 200, description = "What happened", body = Procedure),
        (status = 404, description = "No such playbook", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn show(
    State(app): State<App>,
    Bearer(actor): Bearer,
    Path(name): Path<String>,
    mut parameters: Parameters,
) -> Result<Json<Procedure>, Problem> {
    rights::require(&actor, Verb::ReadInsights)?;
    let mut conn = app.desk.read().await?;
    let handbook = app.desk.handbooks.current(&mut conn).await?;
    let (span, zone) = days(&mut parameters, &handbook, app.desk.now());
    parameters.finish()?;
    let asked = Asked { span: span?, zone };
    let playbook = handbook.playbook(&name).ok_or_else(|| Error::not_found("playbook"))?;
    let found = mining::of(&mut conn, &actor, playbook, &asked).await?;
    let state = |state: mining::State| {
        let mining::State { path, is_known, entered, again, present, median, ninetieth } = state;
        let (median, ninetieth) = (median.map(|length| length.as_secs()), ninetieth.map(|length| length.as_secs()));
        StayedIn { state: path, known: is_known, entered, again, present, median, ninetieth }
    };
    let moved = |each: mining::Move| {
        let (passage, times) = (each.passage, each.times);
        Moved { from: passage.from, to: passage.to, event: passage.event, times }
    };
    Ok(Json(Procedure {
        playbook: name,
        days: asked.span.into(),
        tickets: found.tickets,
        partial: found.is_partial,
        states: found.states.into_iter().map(state).collect(),
        moves: found.moves.into_iter().map(moved).collect(),
    }))
}
