//! What a form of our own pages posts: bounded, and only with the token that the page gave.

use std::collections::BTreeMap;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::HeaderMap;
use axum::response::Response;
use desk::forms::FORM_MAX;
use desk::{Error, Result};

use super::visit::Visit;
use crate::state::App;

/// The fields of a posted form, and the visit that posted it.
pub struct Posted {
    /// The visit.
    pub visit: Visit,
    /// The fields by name; of several values the last.
    pub fields: BTreeMap<String, String>,
}

impl FromRequest<App> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request<Body>, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Ok(visit) = Visit::from_request_parts(&mut parts, app).await;
        match fields(&visit, &parts.headers, body).await {
            Ok(fields) => Ok(Self { visit, fields }),
            Err(error) => Err(visit.answer(async { Err(error) }).await),
        }
    }
}

impl Posted {
    /// A field, trimmed; empty when it was not posted.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |value| value.trim())
    }

    /// Where to go afterwards: the address of this desk in `back`, else `otherwise`. Never another site.
    pub fn back<'a>(&'a self, otherwise: &'a str) -> &'a str {
        let back = self.field("back");
        if super::is_own_address(back) { back } else { otherwise }
    }
}

async fn fields(visit: &Visit, headers: &HeaderMap, body: Body) -> Result<BTreeMap<String, String>> {
    let bytes = to_bytes(body, FORM_MAX).await.map_err(|_| Error::too_large("form", FORM_MAX))?;
    let from_elsewhere = headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site");
    let fields: BTreeMap<String, String> = form_urlencoded::parse(&bytes).into_owned().collect();
    let token = fields.get("csrf").map(String::as_str).unwrap_or_default();
    if from_elsewhere || token.is_empty() || token != visit.csrf {
        return Err(Error::invalid("stale-form", "This page was open for too long, or came from somewhere else.")
            .advise("Go back, load it again and send once more."));
    }
    Ok(fields)
}
