//! Mail out, by SMTP (RFC 5321): a few connections kept open and used again, each step with a time-out.
//!
//! The library's own pool is not used: it takes back a connection whose step was broken off, and the late answer to
//! that step would then be read as the answer to the next mail's.

mod conversation;
mod server;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use desk::Result;
use desk::outbox::{Carrier, Parcel, Refusal};
use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::sync::Semaphore;

use conversation::{Conversation, Failure};
pub use server::Server;

/// How many connections are open at once.
const LANES: usize = 4;
/// How long a whole carriage may take: the desk's own limit, less what it needs to remember the outcome.
const CARRIAGE_MAX: Duration = Duration::from_secs(desk::outbox::deliver::CARRIAGE_MAX.as_secs().unsigned_abs() - 5);

/// Carries mails to a mail server.
pub struct SmtpCarrier {
    server: Server,
    idle: Mutex<Vec<Conversation>>,
    lanes: Semaphore,
    step_max: Duration,
}

impl SmtpCarrier {
    /// A carrier to the server of `url`: `smtp://host:25`, `smtp+starttls://user:password@host:587` or
    /// `smtps://user:password@host:465`. Connects when there is something to carry.
    pub fn new(url: &str) -> Result<Self> {
        let step_max = Duration::from_secs(30);
        Ok(Self { server: Server::read(url)?, idle: Mutex::default(), lanes: Semaphore::new(LANES), step_max })
    }

    /// The same with another time-out for each step of the conversation; 30 seconds otherwise.
    #[must_use]
    pub fn with_step_max(self, step_max: Duration) -> Self {
        Self { step_max, ..self }
    }

    async fn carry_in_lane(&self, parcel: &Parcel) -> Result<(), Refusal> {
        let mut conversation = self.begun(parcel).await?;
        match conversation.hand_over(&parcel.mail).await {
            Ok(()) => {
                self.park(conversation);
                Ok(())
            }
            Err(failure) => Err(self.refused(conversation, failure).await),
        }
    }

    /// A conversation in which the server has taken the sender. One that was kept open may be dead; then another is opened.
    async fn begun(&self, parcel: &Parcel) -> Result<Conversation, Refusal> {
        while let Some(mut kept) = self.take() {
            match kept.begin(&parcel.mail).await {
                Ok(()) => return Ok(kept),
                Err(Failure::Broken(reason)) => tracing::debug!(reason, "a connection to the mail server had ended"),
                Err(failure) => return Err(self.refused(kept, failure).await),
            }
        }
        let mut fresh = Conversation::open(&self.server, self.step_max).await?;
        match fresh.begin(&parcel.mail).await {
            Ok(()) => Ok(fresh),
            Err(failure) => Err(self.refused(fresh, failure).await),
        }
    }

    /// What the server refused; the connection is kept if it is still in order.
    async fn refused(&self, mut conversation: Conversation, failure: Failure) -> Refusal {
        match failure {
            Failure::Broken(reason) => Refusal::Later(reason),
            Failure::Refused(refusal) => {
                if conversation.reset().await {
                    self.park(conversation);
                }
                refusal
            }
        }
    }

    fn take(&self) -> Option<Conversation> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn park(&self, conversation: Conversation) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(conversation);
    }
}

impl Carrier for SmtpCarrier {
    fn carry<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<(), Refusal>> {
        async move {
            let Ok(_lane) = self.lanes.acquire().await else {
                return Err(Refusal::Later("the carrier is closed".to_owned()));
            };
            // What is broken off here drops its connection with it.
            match tokio::time::timeout(CARRIAGE_MAX, self.carry_in_lane(parcel)).await {
                Ok(outcome) => outcome,
                Err(_) => Err(Refusal::Later("the mail server took too long".to_owned())),
            }
        }
        .boxed()
    }

    fn lanes(&self) -> usize {
        LANES
    }
}
