//! Back to a ticket's page after a form of it was posted: beside the list that was there, in its order and on its page.

use axum::http::header::HeaderName;
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use desk::Result;

use super::asked::written;
use super::fill_ticket::Again;
use super::show::show;
use crate::edge::problem::Problem;
use crate::pages::posted::Posted;
use crate::pages::{is_own_address, see_other};

/// What htmx puts into the address bar in place of the form's own address.
pub const REPLACE: HeaderName = HeaderName::from_static("hx-replace-url");

/// The query of the page that posted the form, in its order.
fn pairs(posted: &Posted) -> Vec<(String, String)> {
    let (path, query) = posted.page.split_once('?').unwrap_or_default();
    let ticket = path.strip_prefix("/tickets/").filter(|ticket| !ticket.is_empty() && !ticket.contains('/'));
    if path != "/tickets" && ticket.is_none() {
        return Vec::new();
    }
    form_urlencoded::parse(query.as_bytes()).into_owned().filter(|(name, _)| name != "split").collect()
}

/// The address of a ticket beside the list that was there.
fn address(posted: &Posted, ticket: &str) -> String {
    format!("/tickets/{ticket}{}", written(&pairs(posted)))
}

/// Leads to a ticket's page.
pub fn to(posted: &Posted, ticket: impl std::fmt::Display) -> Response {
    see_other(&address(posted, &ticket.to_string()))
}

/// A ticket's page with what came back of a form, under the page's own address: it can be loaded again.
pub async fn again(posted: &Posted, ticket: &str, status: StatusCode, again: &Again) -> Result<Response> {
    let mut page = show(&posted.visit, ticket, &pairs(posted).into_iter().collect(), status, again).await?;
    if let Ok(address) = HeaderValue::from_str(&address(posted, ticket)) {
        page.headers_mut().insert(REPLACE, address);
    }
    Ok(page)
}

/// Where somebody loads the address again that a form of a ticket was posted to: its page.
pub async fn get(method: Method, uri: Uri) -> Response {
    let ticket = uri.path().strip_prefix("/tickets/").and_then(|rest| rest.split_once('/')).map(|(ticket, _)| ticket);
    match ticket.map(|ticket| format!("/tickets/{ticket}")) {
        Some(page) if method == Method::GET && is_own_address(&page) => see_other(&page),
        _ => Problem::wrong_method().into_response(),
    }
}
