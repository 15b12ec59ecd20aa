//! Forms are taken from pages of this desk alone (cross-site request forgery). One place for every address that a page posts to: beside
//! the cookie's `SameSite=Lax` and the token in each form, the browser itself says where a request comes from.
//!
//! The API is not behind this: its callers bring a token, which no browser adds by itself.

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Problem;
use crate::state::App;

/// Lets through what only reads, and what a page of this desk sends.
pub async fn only_from_here(State(app): State<App>, request: Request, next: Next) -> Response {
    let public = app.desk.ground.settings.public_url.as_ref().map(|url| url.origin().to_owned());
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || is_from_here(request.headers(), public.as_deref()) {
        return next.run(request).await;
    }
    tracing::info!("a form from another site was refused");
    let detail = "This came from another site. Open the desk itself and send it from there; behind a proxy the desk must be started \
                  with --public-url.";
    Problem::new(StatusCode::FORBIDDEN, "other-site", detail).into_response()
}

/// Whether a request that changes something comes from a page of this desk. `Sec-Fetch-Site` says it where browsers send it, which is by
/// TLS and to this machine; else `Origin` must be the desk's public address, or the host that was asked. A sender of neither is no
/// browser, and has no cookie that somebody else could use.
fn is_from_here(headers: &HeaderMap, public: Option<&str>) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(ORIGIN.as_str()) else { return true };
    if public.is_some_and(|public| public.eq_ignore_ascii_case(origin)) {
        return true;
    }
    let asked = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    // A page without an origin of its own, such as a sandboxed frame, says `null`.
    asked.is_some() && asked.map(str::to_ascii_lowercase) == text(HOST.as_str()).map(str::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_here(public: Option<&str>, headers: &[(&'static str, &str)]) -> bool {
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        is_from_here(&headers.collect::<HeaderMap>(), public)
    }

    #[test]
    fn what_the_browser_says_of_the_site_counts_first() {
        let origin = ("origin", "http://desk.example");
        assert!(from_here(None, &[("sec-fetch-site", "same-origin")]));
        assert!(from_here(None, &[("sec-fetch-site", "none")]), "typed, or from a bookmark");
        for site in ["cross-site", "same-site", "anything"] {
            assert!(!from_here(None, &[("sec-fetch-site", site), origin, ("host", "desk.example")]), "{site}");
        }
    }

    #[test]
    fn without_it_the_origin_must_be_the_host_that_was_asked_or_the_public_address() {
        let host = ("host", "desk.example:8080");
        assert!(from_here(None, &[("origin", "http://desk.example:8080"), host]));
        for origin in
            ["http://desk.example", "http://evil.example:8080", "null", "http://desk.example:8080.evil.example"]
        {
            assert!(!from_here(None, &[("origin", origin), host]), "{origin}");
        }
        let public = Some("https://desk.acme.example");
        assert!(from_here(public, &[("origin", "https://desk.acme.example"), ("host", "127.0.0.1:8080")]));
        assert!(!from_here(public, &[("origin", "https://other.acme.example"), ("host", "127.0.0.1:8080")]));
        assert!(from_here(None, &[host]), "no browser");
    }
}
