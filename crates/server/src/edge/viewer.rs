//! Who looks at a page: somebody who signed in, or in the demo whoever they say they play.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use desk::accounts::Account;
use desk::{Actor, agents};
use store::Id;

use super::cookies::{cookie, private};
use super::limits::note_actor;
use super::{Bearer, Problem};
use crate::state::App;

/// The private cookie that holds the secret of a session.
pub const SESSION_COOKIE: &str = "deskhand_session";
/// The demo's cookie: the id of the agent that the viewer plays, or [`CLIENT`].
pub const ACT_AS_COOKIE: &str = "act_as";
/// What [`ACT_AS_COOKIE`] holds for somebody who plays a client.
pub const CLIENT: &str = "client";
/// How long a secret is, in characters: 256 bits in hexadecimal. What is not so long opens nothing and is not looked for.
const SECRET_LENGTH: usize = 64;

/// Whoever looks.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// Under whose rights; [`Actor::Outside`] for a client.
    pub actor: Actor,
    /// The session that they are signed in with; `None` in the demo and for a token.
    pub session: Option<SignedIn>,
}

/// Somebody's session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Its id.
    pub id: Id,
    /// Whose it is.
    pub account: Account,
}

impl Viewer {
    /// Somebody known by what they bring with each request.
    fn passing(actor: Actor) -> Self {
        Self { actor, session: None }
    }

    /// Who sent these headers; `None` when they have not signed in. In the demo nobody signs in: without a choice the first
    /// agent looks.
    pub async fn find(app: &App, headers: &HeaderMap) -> desk::Result<Option<Self>> {
        if let Some(secret) = private(app, headers, SESSION_COOKIE).filter(|secret| secret.len() == SECRET_LENGTH)
            && let Some((session, account)) = app.desk.session(secret).await?
        {
            let (actor, id) = (account.agent.as_actor(), session.id);
            return Ok(Some(Self { actor, session: Some(SignedIn { id, account }) }));
        }
        if !app.demo {
            return Ok(None);
        }
        let mut conn = app.desk.read().await?;
        let actor = match cookie(headers, ACT_AS_COOKIE) {
            Some(CLIENT) => Some(Actor::Outside),
            Some(id) => match id.parse::<Id>() {
                Ok(id) => agents::find_active(&mut conn, id).await?.map(|agent| agent.as_actor()),
                Err(_) => None,
            },
            None => None,
        };
        match actor {
            Some(actor) => Ok(Some(Self::passing(actor))),
            None => Ok(agents::all(&mut conn).await?.first().map(|agent| Self::passing(agent.as_actor()))),
        }
    }

    /// Whether they look as a client.
    pub fn is_client(&self) -> bool {
        self.actor == Actor::Outside
    }

    /// Whether they may still look: their session is open. For what goes on after the request was answered.
    pub async fn is_still_here(&self, app: &App) -> desk::Result<bool> {
        match &self.session {
            Some(session) => app.desk.is_signed_in(session.id).await,
            None => match self.actor.agent_id() {
                Some(agent) => Ok(agents::find_active(&mut app.desk.read().await?, agent).await?.is_some()),
                None => Ok(true),
            },
        }
    }
}

/// Refuses with 401; a page that would rather send them to sign in takes `Option<Viewer>`.
impl FromRequestParts<App> for Viewer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        if parts.headers.contains_key(AUTHORIZATION) {
            let Bearer(actor) = Bearer::from_request_parts(parts, app).await?;
            return Ok(Self::passing(actor));
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
