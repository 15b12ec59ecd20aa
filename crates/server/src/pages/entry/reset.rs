//! `GET` and `POST /reset/{link}`: a new password, by a link that counts once.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::Result;
use desk::accounts::Account;
use desk::accounts::links::Purpose;
use desk::entry::NewPassword;
use desk::error::{FieldError, Kind};

use super::form::{self, Door, DoorPage, Notice};
use super::{enter, notice, quiet};
use crate::pages::frame::Section;
use crate::pages::posted::Posted;
use crate::pages::visit::{Visit, page};
use crate::state::App;

/// The page. Looking at it takes nothing up: mail programs look at links before people do.
pub async fn get(State(app): State<App>, visit: Visit, Path(link): Path<String>) -> Response {
    let work = async {
        match app.desk.link(Purpose::Reset, &link).await {
            Ok(account) => show(&visit, &link, &account, &[]).await,
            Err(error) if error.kind == Kind::Conflict => notice(&visit, StatusCode::GONE, Notice::ResetOver).await,
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}

/// Changes the password and signs in.
pub async fn post(State(app): State<App>, Path(link): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let password = posted.fields.get("password").cloned().unwrap_or_default();
        let new = NewPassword { password, visitor: visit.visitor.clone() };
        match app.desk.reset_password(&link, new).await {
            Ok(signed_in) => enter(visit, &signed_in, "/tickets").await,
            Err(error) if error.kind == Kind::Conflict => notice(visit, StatusCode::GONE, Notice::ResetOver).await,
            Err(error) if !error.fields.is_empty() => {
                let account = app.desk.link(Purpose::Reset, &link).await?;
                show(visit, &link, &account, &error.fields).await
            }
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}

async fn show(visit: &Visit, link: &str, account: &Account, errors: &[FieldError]) -> Result<Response> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = DoorPage {
        frame: visit.frame(Section::Elsewhere).await?,
        door: Door::Reset,
        whose: account.agent.address.clone(),
        action: format!("/reset/{link}"),
        hidden: Vec::new(),
        fields: form::with_mistakes(visit.texts, vec![form::new_password(visit.texts)], errors),
        refused: None,
    };
    Ok(quiet(page(status, &view)))
}
