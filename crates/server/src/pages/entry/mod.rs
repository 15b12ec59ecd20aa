//! The ways in and the dead ends: the demo's walk, signing in, setting up, and what went wrong.

pub mod forgotten;
pub mod form;
pub mod home;
pub mod invitation;
pub mod reset;
pub mod samples;
pub mod set_up;
pub mod sign_in;
pub mod sign_out;
pub mod view;
pub mod welcome;

use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header::{REFERRER_POLICY, SET_COOKIE};
use axum::response::Response;
use desk::Result;
use desk::accounts::devices::KNOWN_FOR;
use desk::handle::account::SignedIn;

use super::see_other;
use super::visit::{DEVICE_COOKIE, LANGUAGE_COOKIE, Visit, YEAR, page, set_cookie};
use crate::edge::cookies::set_private;
use crate::edge::viewer::SESSION_COOKIE;
use crate::pages::frame::Section;
use form::{Notice, NoticePage};

/// Sends the browser on to `next`, signed in, in the language that its owner chose.
async fn enter(visit: &Visit, signed_in: &SignedIn, next: &str) -> Result<Response> {
    let mut response = stay_in(visit, signed_in, see_other(next));
    let headers = response.headers_mut();
    let account = desk::accounts::find(&mut visit.read().await?, signed_in.agent).await?;
    if let Some(language) = account.and_then(|account| account.language) {
        let language = crate::texts::Texts::for_language(&language).tag();
        headers.append(SET_COOKIE, set_cookie(LANGUAGE_COOKIE, language, Some(YEAR)));
    }
    Ok(response)
}

/// The same answer, with which the browser is signed in by a new session.
pub(super) fn stay_in(visit: &Visit, signed_in: &SignedIn, mut response: Response) -> Response {
    let headers = response.headers_mut();
    let age = desk::accounts::sessions::AGE_MAX.as_secs();
    headers.append(SET_COOKIE, set_private(&visit.app, SESSION_COOKIE, &signed_in.session.0, Some(age)));
    headers.append(SET_COOKIE, set_private(&visit.app, DEVICE_COOKIE, &signed_in.device.0, Some(KNOWN_FOR.as_secs())));
    response
}

/// A word at the door.
async fn notice(visit: &Visit, status: StatusCode, notice: Notice) -> Result<Response> {
    let frame = visit.frame(Section::Elsewhere).await?;
    Ok(quiet(page(status, &NoticePage { frame, notice })))
}

/// A page whose own address opens something: it is told to nobody, not even to this desk's other pages.
fn quiet(mut response: Response) -> Response {
    response.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
