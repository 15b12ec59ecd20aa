//! `Authorization: Bearer TOKEN`: which program or agent calls (RFC 6750).

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use desk::{Actor, agents};

use super::Problem;
use super::limits::note_actor;
use crate::state::App;

/// The one who calls the API, known by their token.
pub struct Bearer(pub Actor);

impl FromRequestParts<App> for Bearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let token = token(&parts.headers).ok_or_else(Problem::unauthorized)?;
        let shown = agents::tokens::shown(&mut app.desk.read().await?, token, app.desk.now()).await?;
        let shown = shown.ok_or_else(Problem::unauthorized)?;
        // A desk that cannot write just now still answers what is asked.
        if let Some(token) = shown.unnoted
            && let Err(error) = agents::tokens::note_use(&app.desk.ground, token).await
        {
            tracing::warn!(%error, "that a token was used could not be noted");
        }
        note_actor(&shown.actor);
        Ok(Self(shown.actor))
    }
}

/// The token of the header; its scheme is compared without case (RFC 9110, section 11.1).
fn token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bearer_token_is_taken() {
        let of = |value: &str| {
            let headers = HeaderMap::from_iter([(AUTHORIZATION, value.parse().unwrap())]);
            token(&headers).map(str::to_owned)
        };
        assert_eq!(of("Bearer abc").as_deref(), Some("abc"));
        assert_eq!(of("bearer  abc ").as_deref(), Some("abc"));
        assert_eq!(of("Basic abc"), None);
        assert_eq!(of("Bearer "), None);
        assert_eq!(of("abc"), None);
    }
}
