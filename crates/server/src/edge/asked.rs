//! A request that changes something: who asks, what they ask for, and the key under which it counts once.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use desk::Actor;
use desk::receipts::Key;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::{Bearer, Problem, json};
use crate::state::App;

/// The header that makes a repeated request the same request.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// A JSON request of somebody known. Who asks is looked at before what they sent.
pub struct Asked<T> {
    /// Who asks.
    pub actor: Actor,
    /// What they sent.
    pub content: T,
    /// The key of `Idempotency-Key`: the same one again changes nothing and answers the same.
    pub key: Option<Key>,
}

impl<T: DeserializeOwned> FromRequest<App> for Asked<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let Bearer(actor) = Bearer::from_request_parts(&mut parts, app).await?;
        let bytes = json::bytes(&parts.headers, body, "body", json::JSON_MAX).await?;
        let key = key(&parts, &actor, &bytes)?;
        // No body at all is an object with nothing in it.
        let content = if bytes.is_empty() {
            json::read(b"{}")?
        } else {
            json::require_json(&parts.headers)?;
            json::read(&bytes)?
        };
        Ok(Self { actor, content, key })
    }
}

/// A mail that somebody known brings.
pub struct AskedMail {
    /// Who brings it.
    pub actor: Actor,
    /// The mail's bytes.
    pub raw: Bytes,
    /// The key of `Idempotency-Key`; without one the mail's bytes are its key.
    pub key: Option<Key>,
}

impl FromRequest<App> for AskedMail {
    type Rejection = Problem;

    async fn from_request(request: Request<Body>, app: &App) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let Bearer(actor) = Bearer::from_request_parts(&mut parts, app).await?;
        if json::media_type(&parts.headers).as_deref() != Some("message/rfc822") {
            return Err(json::unsupported("message/rfc822"));
        }
        let raw = json::bytes(&parts.headers, body, "mail", desk::mailboxes::MAIL_MAX).await?;
        let key = key(&parts, &actor, &raw)?;
        Ok(Self { actor, raw, key })
    }
}

/// The key of a request: of its sender, method, path and header together, so that two callers never share one.
fn key(parts: &Parts, actor: &Actor, content: &[u8]) -> Result<Option<Key>, Problem> {
    let Some(given) = given(&parts.headers)? else { return Ok(None) };
    let who = actor.agent_id().map_or_else(|| actor.name().to_owned(), |id| id.to_string());
    let all = [actor.kind(), &who, parts.method.as_str(), parts.uri.path(), given];
    let digest = all.iter().fold(Sha256::new(), |digest, part| {
        // Each part with its length, so that no two requests run into one.
        digest.chain_update(part.len().to_le_bytes()).chain_update(part.as_bytes())
    });
    Ok(Some(Key::new("http", &store::chance::hex(&digest.finalize()), content)?))
}

fn given(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let fits = |text: &&str| (1..=desk::receipts::KEY_MAX).contains(&text.len());
    value.to_str().ok().map(str::trim).filter(fits).map(Some).ok_or_else(|| {
        let detail = "Idempotency-Key takes 1 to 255 printable ASCII characters.";
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad-key", detail)
    })
}
