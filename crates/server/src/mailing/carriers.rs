//! What carries mail out by which way: a few connections to each mailbox's server, and what the process was given for the rest.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use desk::mailboxes::connected::{self, keys};
use desk::outbox::{Carrier, Parcel, Refusal};
use desk::{Desk, Result};
use futures::FutureExt;
use futures::future::BoxFuture;
use store::Id;
use tokio::sync::Mutex;
use transport::smtp::{Pool, Refusal::Later};

use super::{Hindrance, Post};
use crate::smtp;

/// How long connections are kept that signed in by a token: it may have been taken back.
const TOKEN_MAX: Duration = Duration::from_secs(1_800);

/// The carriers of a process.
pub(crate) struct Carriers {
    given: Arc<dyn Carrier>,
    post: Post,
    made: HashMap<Id, Made>,
}

struct Made {
    version: i64,
    /// On the clock that nobody moves; `None` for as long as the mailbox stays as it is.
    until: Option<Duration>,
    carrier: Arc<dyn Carrier>,
}

impl Carriers {
    /// What the process was `given`, and connections to mailboxes as they are needed.
    pub(crate) fn new(given: Arc<dyn Carrier>, post: Post) -> Self {
        Self { given, post, made: HashMap::new() }
    }

    /// The carrier of a way.
    pub(crate) async fn of(&mut self, desk: &Desk, way: Option<Id>) -> Result<Arc<dyn Carrier>> {
        let Some(id) = way else { return Ok(Arc::clone(&self.given)) };
        let mailbox = connected::find(&mut desk.read().await?, id).await?;
        let Some(mailbox) = mailbox.filter(|mailbox| mailbox.outgoing.is_some()) else {
            return Ok(Arc::new(Hindered("the mailbox that it was to leave through is gone".to_owned())));
        };
        let now = desk.ground.clock.monotonic();
        if let Some(made) = self.made.get(&id)
            && made.version == mailbox.version
            && made.until.is_none_or(|until| until > now)
        {
            return Ok(Arc::clone(&made.carrier));
        }
        let by_token = mailbox.grant.is_some();
        let carrier: Arc<dyn Carrier> = match self.connected(desk, &mailbox).await {
            Ok(carrier) => Arc::new(carrier),
            // Asked for again with the next mail.
            Err(hindrance) => return Ok(Arc::new(Hindered(hindrance.to_string()))),
        };
        let until = by_token.then(|| now + TOKEN_MAX);
        self.made.insert(id, Made { version: mailbox.version, until, carrier: Arc::clone(&carrier) });
        Ok(carrier)
    }

    async fn connected(&self, desk: &Desk, mailbox: &connected::Mailbox) -> Result<Submitting, Hindrance> {
        let opened = keys::open(&desk.ground.settings.seals, mailbox)?;
        let server = self.post.outgoing(desk, Some(mailbox.id), &opened).await?;
        let server = server.ok_or_else(|| Hindrance::Desk("the mailbox sends nothing".to_owned()))?;
        Ok(Submitting { pool: smtp::carrying(server, self.post.limits), post: self.post.clone(), mailbox: mailbox.id })
    }
}

/// Submits to a mailbox's server.
struct Submitting {
    pool: Pool,
    post: Post,
    mailbox: Id,
}

impl Carrier for Submitting {
    fn carry<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<(), Refusal>> {
        async move {
            let Err(refusal) = smtp::submit(&self.pool, parcel).await else { return Ok(()) };
            if matches!(&refusal, Later(fault) if fault.kind == transport::Kind::LoginRefused) {
                self.post.tokens.forget(self.mailbox).await;
            }
            Err(smtp::told(&refusal))
        }
        .boxed()
    }

    fn lanes(&self) -> usize {
        Pool::LANES
    }
}

/// Carries each mail by the way that it is to leave by.
pub(crate) struct ByWay {
    desk: Desk,
    carriers: Mutex<Carriers>,
}

impl ByWay {
    pub(crate) fn new(desk: Desk, given: Arc<dyn Carrier>, post: Post) -> Self {
        Self { desk, carriers: Mutex::new(Carriers::new(given, post)) }
    }
}

impl Carrier for ByWay {
    fn carry<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<(), Refusal>> {
        async move {
            let carrier = self.carriers.lock().await.of(&self.desk, parcel.way).await;
            carrier.map_err(|error| Refusal::Later(error.to_string()))?.carry(parcel).await
        }
        .boxed()
    }
}

/// Carries nothing, and says why.
struct Hindered(String);

impl Carrier for Hindered {
    fn carry<'a>(&'a self, _parcel: &'a Parcel) -> BoxFuture<'a, Result<(), Refusal>> {
        async move { Err(Refusal::Later(self.0.clone())) }.boxed()
    }
}
