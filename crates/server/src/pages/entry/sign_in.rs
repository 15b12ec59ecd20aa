//! `GET` and `POST /sign-in`: a token opens a session in this browser. `POST /sign-out` ends it.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use desk::agents;
use serde::Deserialize;

use super::view::SignInPage;
use crate::edge::viewer::SESSION_COOKIE;
use crate::pages::frame::Section;
use crate::pages::posted::Posted;
use crate::pages::visit::{Visit, YEAR, page, set_cookie};
use crate::pages::{is_own_address, see_other};

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

/// The page.
pub async fn get(visit: Visit, Query(next): Query<Next>) -> Response {
    let work = async {
        let frame = visit.frame(Section::Elsewhere).await?;
        let next = if is_own_address(&next.next) { next.next } else { "/tickets".to_owned() };
        Ok(page(StatusCode::OK, &SignInPage { frame, refused: false, next }))
    };
    visit.answer(work).await
}

/// Opens the session, or says that the token opens nothing.
pub async fn post(posted: Posted) -> Response {
    let work = async {
        let next = posted.field("next");
        let next = if is_own_address(next) { next } else { "/tickets" };
        let token = posted.field("token");
        let printable = token.len() <= 200 && token.chars().all(|c| c.is_ascii_alphanumeric());
        let known = printable && is_known(&posted.visit, token).await?;
        if !known {
            let frame = posted.visit.frame(Section::Elsewhere).await?;
            let view = SignInPage { frame, refused: true, next: next.to_owned() };
            return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &view));
        }
        let mut response = see_other(next);
        response.headers_mut().append(SET_COOKIE, set_cookie(SESSION_COOKIE, token, Some(YEAR)));
        Ok(response)
    };
    posted.visit.answer(work).await
}

async fn is_known(visit: &Visit, token: &str) -> desk::Result<bool> {
    Ok(agents::tokens::actor(&mut visit.read().await?, token, visit.app.desk.now()).await?.is_some())
}
