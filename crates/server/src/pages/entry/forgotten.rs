//! `GET` and `POST /forgotten`: somebody asks for a link to choose a new password. They are told the same, as quickly, whether or not
//! there is such an account.

use axum::http::StatusCode;
use axum::response::Response;
use desk::error::FieldError;
use desk::handle::account::{Account, AskReset};
use desk::{Actor, Result};

use super::form::{self, Door, DoorPage, Notice};
use super::notice;
use crate::pages::frame::Section;
use crate::pages::posted::Posted;
use crate::pages::visit::{Visit, page};

/// The page.
pub async fn get(visit: Visit) -> Response {
    visit.answer(show(&visit, "", &[])).await
}

/// Has the mail sent, if there is anybody to send it to.
pub async fn post(posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let address = posted.field("email");
        if !mail::address::is_plausible(address) {
            let wrong = FieldError::new("email", "not-an-address", "");
            return show(visit, address, &[wrong]).await;
        }
        let ask = AskReset {
            address: address.to_owned(),
            language: visit.texts.tag().to_owned(),
            visitor: visit.visitor.clone(),
        };
        visit.app.desk.account(&Actor::Outside, Account::AskReset(ask)).await?;
        notice(visit, StatusCode::OK, Notice::Asked).await
    };
    visit.answer(work).await
}

async fn show(visit: &Visit, address: &str, errors: &[FieldError]) -> Result<Response> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = DoorPage {
        frame: visit.frame(Section::Elsewhere).await?,
        door: Door::Forgotten,
        whose: String::new(),
        action: "/forgotten".to_owned(),
        hidden: Vec::new(),
        fields: form::with_mistakes(visit.texts, vec![form::address(visit.texts, address)], errors),
        refused: None,
    };
    Ok(page(status, &view))
}
