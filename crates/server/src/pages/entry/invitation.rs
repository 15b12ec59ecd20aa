//! `GET` and `POST /invitation/{link}`: somebody who was invited says what they are called and chooses a password.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::Result;
use desk::accounts::links::Purpose;
use desk::entry::{Joining, NewPassword};
use desk::error::{FieldError, Kind};

use super::form::{self, Door, DoorPage, Notice};
use super::{enter, notice, quiet};
use crate::pages::frame::Section;
use crate::pages::posted::Posted;
use crate::pages::visit::{Visit, page};
use crate::state::App;

/// The page.
pub async fn get(State(app): State<App>, visit: Visit, Path(link): Path<String>) -> Response {
    let work = async {
        match app.desk.link(Purpose::Invitation, &link).await {
            Ok(account) => show(&visit, &link, &account.agent.name, &account.agent.address, &[]).await,
            Err(error) if error.kind == Kind::Conflict => over(&visit).await,
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}

/// Lets them in.
pub async fn post(State(app): State<App>, Path(link): Path<String>, posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let password = posted.fields.get("password").cloned().unwrap_or_default();
        let joining = Joining { name: posted.field("name").to_owned(), language: Some(visit.texts.tag().to_owned()) };
        let new = NewPassword { password, visitor: visit.visitor.clone() };
        match app.desk.join(&link, joining, new).await {
            Ok(signed_in) => enter(visit, &signed_in, "/tickets").await,
            Err(error) if error.kind == Kind::Conflict => over(visit).await,
            Err(error) if !error.fields.is_empty() => {
                let account = app.desk.link(Purpose::Invitation, &link).await?;
                show(visit, &link, posted.field("name"), &account.agent.address, &error.fields).await
            }
            Err(error) => Err(error),
        }
    };
    visit.answer(work).await
}

async fn over(visit: &Visit) -> Result<Response> {
    notice(visit, StatusCode::GONE, Notice::InvitationOver).await
}

async fn show(visit: &Visit, link: &str, name: &str, address: &str, errors: &[FieldError]) -> Result<Response> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let fields = vec![form::name(visit.texts, name), form::first_password(visit.texts)];
    let view = DoorPage {
        frame: visit.frame(Section::Elsewhere).await?,
        door: Door::Invitation,
        whose: address.to_owned(),
        action: format!("/invitation/{link}"),
        hidden: Vec::new(),
        fields: form::with_mistakes(visit.texts, fields, errors),
        refused: None,
    };
    Ok(quiet(page(status, &view)))
}
