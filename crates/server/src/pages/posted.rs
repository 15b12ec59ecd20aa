//! What a form of our own pages posts: bounded, and only with the token that the page gave.

use std::collections::BTreeMap;

use axum::RequestExt;
use axum::body::{Body, to_bytes};
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::{CONTENT_TYPE, REFERER};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use desk::drafts::FILES_MAX;
use desk::forms::FORM_MAX;
use desk::{Error, Result};

use super::visit::Visit;
use crate::state::App;

/// The most that a form with files may hold: the files of one message, its words, and what stands between them.
pub const FILES_FORM_MAX: usize = FILES_MAX + 2 * FORM_MAX;

/// The fields of a posted form, and the visit that posted it.
pub struct Posted {
    /// The visit.
    pub visit: Visit,
    /// The fields by name; of several values the last.
    pub fields: BTreeMap<String, String>,
    /// The files, in order. Only a form that is sent as `multipart/form-data` (RFC 7578) has any.
    pub files: Vec<mail::Attachment>,
    /// The page that posted it, as its browser says: path and query, empty where that is not known.
    pub page: String,
    /// Every field and its value, in order.
    pairs: Vec<(String, String)>,
}

impl FromRequest<App> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request<Body>, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let page = page(&parts.headers);
        let Ok(visit) = Visit::from_request_parts(&mut parts, app).await;
        let read = if is_multipart(&parts.headers) {
            with_files(&visit, Request::from_parts(parts, body)).await
        } else {
            without_files(&visit, &parts.headers, body).await
        };
        match read {
            Ok((pairs, files)) => {
                let fields = pairs.iter().cloned().collect();
                Ok(Self { visit, fields, files, page, pairs })
            }
            Err(error) => Err(visit.answer(async { Err(error) }).await),
        }
    }
}

impl Posted {
    /// A field, trimmed; empty when it was not posted.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |value| value.trim())
    }

    /// Every value of a field, in order.
    pub fn values<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(of, _)| of == name).map(|(_, value)| value.as_str())
    }

    /// Where to go afterwards: the address of this desk in `back`, else `otherwise`. Never another site.
    pub fn back<'a>(&'a self, otherwise: &'a str) -> &'a str {
        let back = self.field("back");
        if super::is_own_address(back) { back } else { otherwise }
    }
}

/// What `Referer` says (RFC 9110 section 10.1.3), without whose address that was: only a page of this desk has the form's token.
fn page(headers: &HeaderMap) -> String {
    let referer =
        headers.get(REFERER).and_then(|referer| referer.to_str().ok()).and_then(|text| text.parse::<Uri>().ok());
    referer.and_then(|page| page.path_and_query().map(ToString::to_string)).unwrap_or_default()
}

type Read = (Vec<(String, String)>, Vec<mail::Attachment>);

async fn without_files(visit: &Visit, headers: &HeaderMap, body: Body) -> Result<Read> {
    let bytes = to_bytes(body, FORM_MAX).await.map_err(|_| Error::too_large("form", FORM_MAX))?;
    let pairs: Vec<(String, String)> = form_urlencoded::parse(&bytes).into_owned().collect();
    let token = pairs.iter().rfind(|(name, _)| name == "csrf").map(|(_, token)| token.as_str());
    if !is_ours(visit, headers, token) {
        return Err(stale());
    }
    Ok((pairs, Vec::new()))
}

/// A form of a colleague's whose token comes before its files, so that nobody else's are taken in. Its address must allow
/// [`FILES_FORM_MAX`].
async fn with_files(visit: &Visit, request: Request<Body>) -> Result<Read> {
    // Whoever sees no tickets brings no files: nothing of theirs is read.
    visit.scope()?;
    let headers = request.headers().clone();
    let mut parts = request.extract::<Multipart, _>().await.map_err(|_| unreadable())?;
    let (mut pairs, mut files, mut words) = (Vec::new(), Vec::new(), 0);
    let mut ours = false;
    while let Some(part) = parts.next_field().await.map_err(too_large_or_unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            None => {
                let value = part.text().await.map_err(too_large_or_unreadable)?;
                words += value.len();
                if words > FORM_MAX {
                    return Err(Error::too_large("form", FORM_MAX));
                }
                ours |= name == "csrf" && is_ours(visit, &headers, Some(&value));
                pairs.push((name, value));
            }
            // A file field in which nothing was chosen comes without a name and without bytes.
            Some(chosen) if chosen.is_empty() => {}
            Some(_) if !ours => return Err(stale()),
            Some(chosen) => files.push(file(part, chosen).await?),
        }
    }
    if ours { Ok((pairs, files)) } else { Err(stale()) }
}

async fn file(part: Field<'_>, name: String) -> Result<mail::Attachment> {
    // A browser writes a quote in a name so (HTML, "multipart/form-data encoding algorithm").
    let name = name.replace("%22", "\"");
    let kind = part.content_type().unwrap_or("application/octet-stream").to_owned();
    let bytes = part.bytes().await.map_err(too_large_or_unreadable)?.to_vec();
    Ok(mail::Attachment { name, kind, size: bytes.len(), inline: false, bytes, content_id: None, within: None })
}

fn is_multipart(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.to_ascii_lowercase().starts_with("multipart/form-data")
}

fn is_ours(visit: &Visit, headers: &HeaderMap, token: Option<&str>) -> bool {
    let from_elsewhere = headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site");
    !from_elsewhere && token.is_some_and(|token| !token.is_empty() && token == visit.csrf)
}

fn stale() -> Error {
    Error::invalid("stale-form", "This page was open for too long, or came from somewhere else.")
        .advise("Go back, load it again and send once more.")
}

fn unreadable() -> Error {
    Error::invalid("bad-form", "This form cannot be read.").advise("Go back, load the page again and send once more.")
}

fn too_large_or_unreadable(error: axum::extract::multipart::MultipartError) -> Error {
    match error.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => Error::too_large("form", FILES_FORM_MAX),
        _ => unreadable(),
    }
}
