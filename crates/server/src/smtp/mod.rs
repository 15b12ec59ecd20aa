//! Mail out, by SMTP: what `transport` does with a mail, told as the outbox wants to hear it.

mod server;

use std::time::Duration;

use desk::outbox::{Carrier, Parcel, Refusal};
use futures::FutureExt;
use futures::future::BoxFuture;
use transport::smtp::{self, Mail, Pool};
use transport::{Limits, Server};

/// How long a whole carriage may take: the desk's own limit, less what it needs to remember the outcome.
const CARRIAGE_MAX: Duration = Duration::from_secs(desk::outbox::deliver::CARRIAGE_MAX.as_secs().unsigned_abs() - 5);

/// Carries mails to a mail server.
#[derive(Debug)]
pub struct SmtpCarrier {
    server: Server,
    pool: Pool,
}

impl SmtpCarrier {
    /// A carrier to the server of `url`: `smtp://host:25`, `smtp+starttls://user:password@host:587` or
    /// `smtps://user:password@host:465`. Connects when there is something to carry.
    pub fn new(url: &str) -> desk::Result<Self> {
        Ok(Self::to(server::read(url)?))
    }

    /// A carrier to `server`. Connects when there is something to carry.
    #[must_use]
    pub fn to(server: Server) -> Self {
        let pool = carrying(server.clone(), Limits::default());
        Self { server, pool }
    }

    /// The same with another time-out for each step of the conversation; 30 seconds otherwise.
    #[must_use]
    pub fn with_step_max(self, step_max: Duration) -> Self {
        let pool = carrying(self.server.clone(), Limits { step: step_max, ..Limits::default() });
        Self { pool, ..self }
    }
}

/// Connections to `server`, over which each carriage ends before its claim does.
pub(crate) fn carrying(server: Server, limits: Limits) -> Pool {
    Pool::new(server, Limits { command: CARRIAGE_MAX, ..limits })
}

/// Submits what a parcel holds.
pub(crate) async fn submit(pool: &Pool, parcel: &Parcel) -> Result<(), smtp::Refusal> {
    let mail = &parcel.mail;
    pool.submit(&Mail { sender: &mail.sender, recipients: &mail.recipients, raw: &mail.raw }).await
}

/// Why a mail was not taken, as the outbox keeps it.
pub(crate) fn told(refusal: &smtp::Refusal) -> Refusal {
    match refusal {
        smtp::Refusal::Later(fault) => Refusal::Later(fault.to_string()),
        smtp::Refusal::Never(fault) => Refusal::Never(fault.to_string()),
    }
}

impl Carrier for SmtpCarrier {
    fn carry<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<(), Refusal>> {
        async move { submit(&self.pool, parcel).await.map_err(|refusal| told(&refusal)) }.boxed()
    }

    fn lanes(&self) -> usize {
        Pool::LANES
    }
}
