//! `GET /mail/{id}/html`, `GET /mail/{id}/files/{place}` and `GET /mail/{id}/raw`: a caught mail as it looks, what came with it, and as
//! it is.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY};
use axum::response::{IntoResponse, Response};
use desk::outbox::catcher;
use desk::{Error, Result};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

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

/// One of its files, by its place among them.
pub async fn file(visit: Visit, Path((id, place)): Path<(String, usize)>) -> Response {
    let work = async {
        let read = mail::parse(&raw_of(&visit, &id).await?);
        let file = read.attachments.into_iter().nth(place).ok_or_else(|| Error::not_found("file"))?;
        Ok(kept(&file.name, file.bytes))
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

/// Somebody's file, always to be kept and never shown in the desk's own name.
pub fn kept(name: &str, bytes: Vec<u8>) -> Response {
    // RFC 6266, section 4.3: the extended form takes any name.
    let name = utf8_percent_encode(name, NON_ALPHANUMERIC);
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}")),
        (CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// Somebody's HTML, under the policy that lets it do nothing.
pub fn framed(html: String) -> Response {
    under(policy::FRAMED_MAIL, html)
}

/// The same, with the pictures that it fetches from elsewhere.
pub fn framed_with_images(html: String) -> Response {
    under(policy::FRAMED_MAIL_WITH_IMAGES, html)
}

fn under(policy: &'static str, html: String) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, policy),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
    ];
    (headers, html).into_response()
}

async fn raw_of(visit: &Visit, id: &str) -> Result<Vec<u8>> {
    let id = id.parse().map_err(|_| Error::not_found("mail"))?;
    Ok(catcher::show(&mut visit.read().await?, &visit.actor(), id).await?.1)
}
