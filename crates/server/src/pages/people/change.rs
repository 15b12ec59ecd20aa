//! What is changed about a colleague: `POST /people/{id}/role`, `/people/{id}/teams` and `/people/{id}/departure`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::error::Kind;
use desk::handle::account::{Account, ChangeRole, SendAway, SetTeams};
use desk::{Error, Result};
use store::Id;

use super::index::{read_role, show};
use super::invite::{chosen_teams, refusal};
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::pages::visit::Visit;
use crate::state::App;

/// Gives them another role.
pub async fn post_role(State(app): State<App>, Path(agent): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let change = ChangeRole { agent: read(&agent)?, role: read_role(posted.field("role"))? };
        done(&app, visit, Account::ChangeRole(change), "/people?done=role").await
    };
    visit.answer(work).await
}

/// Says which teams they belong to.
pub async fn post_teams(State(app): State<App>, Path(agent): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let change = SetTeams { agent: read(&agent)?, teams: chosen_teams(&posted.fields) };
        done(&app, visit, Account::SetTeams(change), "/people?done=teams").await
    };
    visit.answer(work).await
}

/// Sends them away.
pub async fn post_departure(State(app): State<App>, Path(agent): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work =
        async { done(&app, visit, Account::SendAway(SendAway { agent: read(&agent)? }), "/people?done=gone").await };
    visit.answer(work).await
}

async fn done(app: &App, visit: &Visit, command: Account, next: &str) -> Result<Response> {
    match app.desk.account(&visit.actor(), command).await {
        Ok(_) => Ok(see_other(next)),
        Err(error) if error.kind == Kind::Conflict => {
            show(visit, StatusCode::CONFLICT, None, Some(refusal(visit, &error))).await
        }
        Err(error) => Err(error),
    }
}

fn read(agent: &str) -> Result<Id> {
    agent.parse().map_err(|_| Error::not_found("agent"))
}
