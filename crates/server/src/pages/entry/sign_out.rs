//! `POST /sign-out`: the session of this browser ends, and the browser forgets what it kept of the desk's pages.

use axum::http::header::SET_COOKIE;
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use desk::handle::account::{Account, EndSession};

use crate::edge::cookies::set_private;
use crate::edge::viewer::SESSION_COOKIE;
use crate::pages::posted::Posted;
use crate::pages::see_other;

/// What has the browser forget pages that it kept for going back to (Clear Site Data, section 3.1).
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// Ends the session.
pub async fn post(posted: Posted) -> Response {
    let visit = &posted.visit;
    let work = async {
        if let Some(viewer) = &visit.viewer
            && let Some(session) = &viewer.session
        {
            let end = Account::EndSession(EndSession { session: session.id });
            visit.app.desk.account(&viewer.actor, end).await?;
        }
        let mut response = see_other("/sign-in");
        let headers = response.headers_mut();
        headers.append(SET_COOKIE, set_private(&visit.app, SESSION_COOKIE, "", Some(0)));
        headers.insert(CLEAR_SITE_DATA, HeaderValue::from_static("\"cache\", \"storage\""));
        Ok(response)
    };
    visit.answer(work).await
}
