//! `GET` and `POST /sign-in`: a password opens a session in this browser.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::Response;
use desk::Result;
use desk::entry::Entered;
use jiff::Timestamp;
use serde::Deserialize;

use super::enter;
use super::form::{self, Door, DoorPage};
use crate::pages::field::{Field, FieldKind};
use crate::pages::frame::Section;
use crate::pages::posted::Posted;
use crate::pages::visit::{Visit, page};
use crate::pages::{is_own_address, see_other};

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

/// The page. Whoever is signed in goes on, and a desk that nobody owns is set up first.
pub async fn get(visit: Visit, Query(next): Query<Next>) -> Response {
    let work = async {
        let next = own(&next.next);
        if visit.viewer.as_ref().is_some_and(|viewer| viewer.session.is_some()) {
            return Ok(see_other(next));
        }
        if !visit.app.demo && visit.app.desk.needs_set_up().await? {
            return Ok(see_other("/set-up"));
        }
        show(&visit, "", next, None).await
    };
    visit.answer(work).await
}

/// Opens the session, or says in the same words whatever is wrong that it is not opened.
pub async fn post(posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        let (address, next) = (posted.field("email"), own(posted.field("next")));
        // A password may begin or end with a space.
        let password = posted.fields.get("password").map_or("", String::as_str);
        match visit.app.desk.sign_in(address, password, visit.visitor.clone()).await? {
            Entered::In(signed_in) => enter(visit, &signed_in, next).await,
            Entered::Refused => show(visit, address, next, Some(visit.texts.get("sign-in-refused"))).await,
            Entered::Wait(until) => wait(visit, address, next, until).await,
        }
    };
    visit.answer(work).await
}

fn own(next: &str) -> &str {
    if is_own_address(next) { next } else { "/tickets" }
}

async fn wait(visit: &Visit, address: &str, next: &str, until: Timestamp) -> Result<Response> {
    let seconds = until.duration_since(visit.app.desk.now()).as_secs().max(1);
    let minutes = usize::try_from((seconds + 59) / 60).unwrap_or(1);
    let said = visit.texts.count("sign-in-wait", minutes);
    let mut response = show(visit, address, next, Some(said)).await?;
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    response.headers_mut().insert(RETRY_AFTER, seconds.into());
    Ok(response)
}

async fn show(visit: &Visit, address: &str, next: &str, refused: Option<String>) -> Result<Response> {
    let texts = visit.texts;
    let password = Field::new("password", texts.get("account-password"), FieldKind::Secret);
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = DoorPage {
        frame: visit.frame(Section::Elsewhere).await?,
        door: Door::SignIn,
        whose: String::new(),
        action: "/sign-in".to_owned(),
        hidden: vec![("next".to_owned(), next.to_owned())],
        fields: vec![form::address(texts, address), password.filled_in_as("current-password")],
        refused,
    };
    Ok(page(status, &view))
}
