//! `POST /kept/{id}/ticket` and `POST /kept/{id}/filing`: a colleague makes a ticket of a mail that was kept, or says that none comes
//! of it.

use axum::extract::{Path, State};
use axum::response::Response;
use desk::Error;
use desk::handle::{Command, FileKept, OpenKept};

use super::show::read_id;
use crate::pages::posted::Posted;
use crate::pages::see_other;
use crate::state::App;

/// Opens it for the address that the colleague wrote, and goes there.
pub async fn post(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let command = OpenKept { mail: read_id(&id)?, from: posted.field("email").to_owned() };
        let outcome = app.desk.handle(&visit.actor(), Command::OpenKept(command)).await?;
        let ticket = outcome.ticket().ok_or_else(|| Error::internal("a kept mail that opened no ticket"))?;
        Ok(see_other(&format!("/tickets/{ticket}")))
    };
    visit.answer(work).await
}

/// Files it, and goes back to those that wait.
pub async fn file(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let command = FileKept { mail: read_id(&id)? };
        app.desk.handle(&visit.actor(), Command::FileKept(command)).await?;
        Ok(see_other("/kept"))
    };
    visit.answer(work).await
}
