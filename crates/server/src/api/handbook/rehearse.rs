//! `POST /api/v1/handbook/rehearsals`: a scenario is played on a stage of its own.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use desk::Error;
use desk::handbook::tree;
use desk::rights::{self, Verb};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape;
use crate::edge::{Asked, Problem};
use crate::state::App;

/// Which scenario of which handbook.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewRehearsal {
    /// The scenario's name.
    scenario: String,
    /// The files of a handbook; today's when left out.
    files: Option<BTreeMap<String, String>>,
}

/// What came of a scenario.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Rehearsal {
    /// How many expectations were met.
    passed: usize,
    /// Those that were not, and whatever else went wrong.
    failed: Vec<Failure>,
    /// What happened, in order; 1000 steps at most.
    timeline: Vec<Moment>,
    /// What was sent, in order; 200 mails at most.
    mails: Vec<Mail>,
    /// Whether there was more than is told.
    cut: bool,
}

/// An expectation that was not met.
#[derive(Serialize, ToSchema)]
#[schema(as = RehearsalFailure)]
pub(in crate::api) struct Failure {
    /// `file:line:column`.
    place: String,
    message: String,
}

/// Something that happened to a ticket of the story.
#[derive(Serialize, ToSchema)]
#[schema(as = RehearsalMoment)]
pub(in crate::api) struct Moment {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// The ticket's number.
    ticket: i64,
    playbook: String,
    event: String,
    /// The state before; null when it began.
    from: Option<String>,
    /// The state after.
    to: Option<String>,
    /// The actions, in order.
    effects: Vec<String>,
}

/// A mail of the story.
#[derive(Serialize, ToSchema)]
#[schema(as = RehearsalMail)]
pub(in crate::api) struct Mail {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    to: String,
    subject: String,
    text: String,
}

/// Play a scenario. It is played on a desk of its own, in memory and on a clock of its own: neither this desk nor anybody outside
/// sees anything of it.
#[utoipa::path(post, path = "/api/v1/handbook/rehearsals", tag = "handbook", request_body = NewRehearsal,
    responses(
        (status = 200, description = "What came of it", body = Rehearsal),
        (status = 404, description = "There is no such scenario", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The handbook is not sound", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn rehearse(
    State(app): State<App>,
    asked: Asked<NewRehearsal>,
) -> Result<Json<Rehearsal>, Problem> {
    let Asked { actor, content, .. } = asked;
    rights::require(&actor, Verb::PublishHandbook)?;
    let handbooks = &app.desk.handbooks;
    let files = match content.files {
        Some(files) => shape::files(files)?,
        None => handbooks.files(&mut app.desk.read().await?, handbooks.current_number()).await?,
    };
    let digest = tree::write(&files).1;
    let findings = app.rehearsals.findings(&files, &digest).await?;
    if findings.iter().any(|finding| finding.severity == playbook::Severity::Error) {
        return Err(shape::unsound(&findings));
    }
    let scenarios = playbook::scenarios(&files).map_err(|findings| shape::unsound(&findings))?;
    let scenario = scenarios.into_iter().find(|scenario| scenario.name == content.scenario);
    let scenario = scenario.ok_or_else(|| Error::not_found("scenario"))?;
    let film = app.rehearsals.film(&files, &digest, scenario, app.stopping.clone()).await?;
    let moment = |shot: &desk::rehearsal::Shot| {
        let desk::rehearsal::Moment { at, ticket, playbook, event, from, to, effects } = shot.moment.clone();
        Moment { at, ticket, playbook, event, from, to, effects }
    };
    let mail = |mail: &desk::rehearsal::Mail| {
        let desk::rehearsal::Mail { at, to, subject, text } = mail.clone();
        Mail { at, to, subject, text }
    };
    let failure = |it: &desk::rehearsal::Failure| Failure { place: it.place.clone(), message: it.message.clone() };
    Ok(Json(Rehearsal {
        passed: film.passed,
        failed: film.failed.iter().map(failure).collect(),
        timeline: film.shots.iter().map(moment).collect(),
        mails: film.mails.iter().map(mail).collect(),
        cut: film.is_cut,
    }))
}
