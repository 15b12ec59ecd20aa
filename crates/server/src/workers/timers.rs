//! Fires timers within a second of their time, sets them anew when calendars change, and does what else happens by itself. What waits
//! for silence is not fired before it is noted that the desk listens, so that a desk that was away knows it.

use std::time::Duration;

use desk::mailboxes::listening::{BEAT, Ear};
use desk::{Desk, Result};
use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::Timestamp;

use super::rest_until;
use super::turning::Work;

/// How many timers are fired before looking again.
const AT_ONCE: u32 = 256;

pub(super) struct Timers {
    /// When it was noted that the desk listens, by the machine's clock; `None` where that is not noted.
    listening: Option<Timestamp>,
}

impl Timers {
    /// The loop of a desk that is known to listen now, if `listens`.
    pub(super) fn new(desk: &Desk, listens: bool) -> Self {
        Self { listening: listens.then(|| desk.ground.clock.real_now()) }
    }

    /// Notes every minute that the desk listens.
    async fn listen(&mut self, desk: &Desk) -> Result<()> {
        let now = desk.ground.clock.real_now();
        if self.listening.is_some_and(|noted| now.duration_since(noted).abs() >= BEAT) {
            desk.listens(Ear::OneOfMany, now).await?;
            self.listening = Some(now);
        }
        Ok(())
    }
}

impl Work for Timers {
    fn name(&self) -> &'static str {
        "timers"
    }

    fn topics(&self) -> &'static [&'static str] {
        &["timer", "clock"]
    }

    fn turn<'a>(&'a mut self, desk: &'a Desk) -> BoxFuture<'a, Result<Duration>> {
        async move {
            self.listen(desk).await?;
            let recounted = desk.recount_next().await?;
            if desk.fire_next(AT_ONCE).await? + recounted > 0 {
                return Ok(Duration::ZERO);
            }
            let due = desk.next_firing().await?;
            Ok(rest_until(due, desk.now()))
        }
        .boxed()
    }
}
