//! What went wrong outside of any page (a defect, a wrong method, an answer that took too long) as a page, for whoever asked for one.
//! Programs get it as a problem (RFC 9457).

use axum::body::Body;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::entry::view::ErrorKind;
use super::visit::Visit;
use crate::state::App;

/// Puts a page in the place of a problem where somebody's browser asked for a page.
pub async fn as_pages(State(app): State<App>, request: Request, next: Next) -> Response {
    if !wants_a_page(request.headers()) {
        return next.run(request).await;
    }
    let (method, uri, headers) = (request.method().clone(), request.uri().clone(), request.headers().clone());
    let response = next.run(request).await;
    let Some(kind) = kind_of(&response) else { return response };
    let mut asked = Request::new(Body::empty());
    (*asked.method_mut(), *asked.uri_mut(), *asked.headers_mut()) = (method, uri, headers);
    let (mut parts, _) = asked.into_parts();
    let Ok(visit) = Visit::from_request_parts(&mut parts, &app).await;
    let mut page = visit.error_page(response.status(), kind, None, None).await;
    // What was said in headers still holds, such as what an address allows.
    for name in ["allow", "retry-after"] {
        if let Some(value) = response.headers().get(name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    page
}

fn wants_a_page(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

/// The kind of page for a problem; `None` for every other answer.
fn kind_of(response: &Response) -> Option<ErrorKind> {
    let kind = response.headers().get(CONTENT_TYPE)?;
    if kind != "application/problem+json" {
        return None;
    }
    Some(match response.status() {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => ErrorKind::NotFound,
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => ErrorKind::Forbidden,
        StatusCode::CONFLICT => ErrorKind::Conflict,
        StatusCode::PAYLOAD_TOO_LARGE => ErrorKind::TooLarge,
        StatusCode::SERVICE_UNAVAILABLE => ErrorKind::Unavailable,
        status if status.is_server_error() => ErrorKind::Internal,
        _ => ErrorKind::Unprocessable,
    })
}
