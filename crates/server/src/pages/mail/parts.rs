//! `GET /mail/{id}/html` and `GET /mail/{id}/raw`: a caught mail as it looks, and as it is.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use desk::outbox::catcher;
use desk::{Error, Result};

use crate::pages::policy;
use crate::pages::visit::Visit;

/// Its HTML, for a frame of ours.
pub async fn html(visit: Visit, Path(id): Path<String>) -> Response {
    let work = async {
        let html = mail::parse(&raw_of(&visit, &id).await?).html.ok_or_else(|| Error::not_found("HTML part"))?;
        Ok(framed(html))
    };
    visit.answer(work).await
}

/// Its bytes, as a file.
pub async fn raw(visit: Visit, Path(id): Path<String>) -> Response {
    let work = async {
        let raw = raw_of(&visit, &id).await?;
        let headers = [
            (CONTENT_TYPE, "message/rfc822".to_owned()),
            (CONTENT_DISPOSITION, format!("attachment; filename=\"{id}.eml\"")),
            (CACHE_CONTROL, "no-store".to_owned()),
        ];
        Ok((headers, raw).into_response())
    };
    visit.answer(work).await
}

/// Somebody's HTML, under the policy that lets it do nothing.
pub fn framed(html: String) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, policy::FRAMED_MAIL),
        (CACHE_CONTROL, "no-store"),
    ];
    (headers, html).into_response()
}

async fn raw_of(visit: &Visit, id: &str) -> Result<Vec<u8>> {
    let id = id.parse().map_err(|_| Error::not_found("mail"))?;
    Ok(catcher::show(&mut visit.read().await?, &visit.actor(), id).await?.1)
}
