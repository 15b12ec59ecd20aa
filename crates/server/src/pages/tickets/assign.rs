//! `POST /tickets/{id}/assignee`: a colleague gives the ticket to somebody, or to nobody.

use axum::extract::{Path, State};
use axum::response::Response;
use desk::Error;
use desk::handle::{Assign, Command};

use super::back;
use super::show::read_id;
use crate::pages::posted::Posted;
use crate::state::App;

/// Gives it to the agent of that id; to nobody where none is named.
pub async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let agent = match posted.field("agent") {
            "" => None,
            agent => Some(agent.parse().map_err(|_| Error::not_found("agent"))?),
        };
        let command = Assign { ticket: read_id(&id)?, agent };
        app.desk.handle(&visit.actor(), Command::Assign(command)).await?;
        Ok(back::to(&posted, &id))
    };
    visit.answer(work).await
}
