//! Carries out what waits in the outbox.

use std::sync::Arc;
use std::time::Duration;

use desk::outbox::{self, Carrier};
use desk::{Desk, Result, letters};
use futures::FutureExt;
use futures::future::BoxFuture;

use super::rest_until;
use super::turning::Work;

/// How many mails are claimed at once for each lane of the carrier.
const EACH_LANE: usize = 8;

pub(super) struct Outbox {
    carrier: Arc<dyn Carrier>,
}

impl Outbox {
    pub(super) fn new(carrier: Arc<dyn Carrier>) -> Self {
        Self { carrier }
    }
}

impl Work for Outbox {
    fn name(&self) -> &'static str {
        "outbox"
    }

    fn topics(&self) -> &'static [&'static str] {
        &["outbox", "clock"]
    }

    fn turn<'a>(&'a mut self, desk: &'a Desk) -> BoxFuture<'a, Result<Duration>> {
        async move {
            let at_once = u32::try_from(self.carrier.lanes().max(1) * EACH_LANE).unwrap_or(u32::MAX);
            if desk.deliver_next(self.carrier.as_ref(), at_once).await? > 0 {
                return Ok(Duration::ZERO);
            }
            let mut conn = desk.read().await?;
            let due = outbox::next_due(&mut conn).await?.into_iter().chain(letters::next_due(&mut conn).await?).min();
            Ok(rest_until(due, desk.now()))
        }
        .boxed()
    }
}
