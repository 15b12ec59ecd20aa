//! Tokens that sign in instead of a password: had for a mailbox's grant, and kept in memory for as long as they are good.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use desk::handle::{Command, Note, NoteFetch};
use desk::mailboxes::connected::keys::OpenedGrant;
use desk::sealed::Secret;
use desk::{Actor, Desk};
use store::Id;
use tokio::sync::Mutex;
use transport::oauth::{self, Grant};

use super::{Hindrance, Post};

/// How long before its end a token is replaced.
const MARGIN: Duration = Duration::from_secs(300);

/// The tokens of this process.
#[derive(Default)]
pub(super) struct Tokens {
    /// Each mailbox has a place of its own, so that an endpoint which hangs holds up no other mailbox.
    places: std::sync::Mutex<HashMap<Id, Place>>,
}

/// Where the token of one mailbox is kept.
type Place = Arc<Mutex<Option<Kept>>>;

struct Kept {
    /// What it was had for: another grant needs another token.
    client: (String, String),
    token: transport::Secret,
    /// On the clock that nobody moves.
    good_until: Duration,
}

impl Tokens {
    /// A token for the grant of the mailbox `id`; one that is only tried has none, and keeps none. One at a time is asked for for each
    /// mailbox, so that a grant which is good for once is not used twice.
    pub(super) async fn of(
        &self,
        post: &Post,
        desk: &Desk,
        id: Option<Id>,
        grant: &OpenedGrant,
    ) -> Result<transport::Secret, Hindrance> {
        let place = id.map(|id| self.place(id)).unwrap_or_default();
        let mut kept = place.lock().await;
        let now = desk.ground.clock.monotonic();
        let client = (grant.endpoint.clone(), grant.client_id.clone());
        if let Some(known) = &*kept
            && known.good_until > now
            && known.client == client
        {
            return Ok(known.token.clone());
        }
        let asked = Grant {
            endpoint: grant.endpoint.clone(),
            client_id: grant.client_id.clone(),
            client_secret: grant.client_secret.as_ref().map(|secret| transport::Secret::new(secret.reveal())),
            refresh_token: transport::Secret::new(grant.refresh_token.reveal()),
            scope: grant.scope.clone(),
        };
        let given = oauth::refresh(&asked, &post.trust, &post.limits).await?;
        let Some(id) = id else { return Ok(given.access_token) };
        if let Some(next) = given.refresh_token {
            let note = Note::Granted(Secret::new(next.expose()));
            desk.handle(&Actor::Desk, Command::NoteFetch(NoteFetch { mailbox: id, note })).await?;
        }
        let good_until = now + given.lasts.saturating_sub(MARGIN);
        *kept = Some(Kept { client, token: given.access_token.clone(), good_until });
        Ok(given.access_token)
    }

    /// Forgets the token of a mailbox whose server does not take it.
    pub(super) async fn forget(&self, id: Id) {
        self.place(id).lock().await.take();
    }

    fn place(&self, id: Id) -> Place {
        Arc::clone(self.places.lock().unwrap_or_else(PoisonError::into_inner).entry(id).or_default())
    }
}
