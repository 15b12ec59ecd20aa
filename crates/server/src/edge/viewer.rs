//! Who looks at a page: somebody with a session or a token, or in the demo whoever they say they play.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, COOKIE};
use axum::http::request::Parts;
use desk::{Actor, agents};
use store::Id;

use super::limits::note_actor;
use super::{Bearer, Problem};
use crate::state::App;

/// The cookie that holds the token of a session. To be set with `HttpOnly; SameSite=Lax; Path=/`, and `Secure` behind TLS.
pub const SESSION_COOKIE: &str = "deskhand_session";
/// The demo's cookie: the id of the agent that the viewer plays, or [`CLIENT`].
pub const ACT_AS_COOKIE: &str = "act_as";
/// What [`ACT_AS_COOKIE`] holds for somebody who plays a client.
pub const CLIENT: &str = "client";

/// Whoever looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Under whose rights; [`Actor::Outside`] for a client.
    pub actor: Actor,
}

impl Viewer {
    /// Who sent these headers; `None` when they have not signed in. In the demo nobody signs in: without a choice the first
    /// agent looks.
    pub async fn find(app: &App, headers: &HeaderMap) -> desk::Result<Option<Self>> {
        let mut conn = app.desk.read().await?;
        if let Some(token) = cookie(headers, SESSION_COOKIE)
            && let Some(actor) = agents::tokens::actor(&mut conn, token, app.desk.now()).await?
        {
            return Ok(Some(Self { actor }));
        }
        if !app.demo {
            return Ok(None);
        }
        let actor = match cookie(headers, ACT_AS_COOKIE) {
            Some(CLIENT) => Some(Actor::Outside),
            Some(id) => match id.parse::<Id>() {
                Ok(id) => agents::find(&mut conn, id).await?.map(|agent| agent.as_actor()),
                Err(_) => None,
            },
            None => None,
        };
        match actor {
            Some(actor) => Ok(Some(Self { actor })),
            None => Ok(agents::all(&mut conn).await?.first().map(|agent| Self { actor: agent.as_actor() })),
        }
    }

    /// Whether they look as a client.
    pub fn is_client(&self) -> bool {
        self.actor == Actor::Outside
    }
}

/// Refuses with 401; a page that would rather send them to sign in takes `Option<Viewer>`.
impl FromRequestParts<App> for Viewer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        if parts.headers.contains_key(AUTHORIZATION) {
            let Bearer(actor) = Bearer::from_request_parts(parts, app).await?;
            return Ok(Self { actor });
        }
        let viewer = Self::find(app, &parts.headers).await?.ok_or_else(Problem::unauthorized)?;
        note_actor(&viewer.actor);
        Ok(viewer)
    }
}

impl OptionalFromRequestParts<App> for Viewer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Problem> {
        let viewer = Self::find(app, &parts.headers).await?;
        if let Some(viewer) = &viewer {
            note_actor(&viewer.actor);
        }
        Ok(viewer)
    }
}

/// The value of a cookie (RFC 6265, section 4.2).
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let headers = HeaderMap::from_iter([(COOKIE, "not_act_as=1; act_as=42; theme=dark".parse().unwrap())]);
        assert_eq!(cookie(&headers, "act_as"), Some("42"));
        assert_eq!(cookie(&headers, "theme"), Some("dark"));
        assert_eq!(cookie(&headers, "as"), None);
    }
}
