//! Fires timers within a second of their time.

use std::time::Duration;

use desk::{Desk, Result, timers};
use futures::FutureExt;
use futures::future::BoxFuture;

use super::rest_until;
use super::turning::Work;

/// How many timers are fired before looking again.
const AT_ONCE: u32 = 256;

pub(super) struct Timers;

impl Work for Timers {
    fn name(&self) -> &'static str {
        "timers"
    }

    fn topics(&self) -> &'static [&'static str] {
        &["timer", "clock"]
    }

    fn turn<'a>(&'a mut self, desk: &'a Desk) -> BoxFuture<'a, Result<Duration>> {
        async move {
            if desk.fire_next(AT_ONCE).await? > 0 {
                return Ok(Duration::ZERO);
            }
            let now = desk.now();
            let due = timers::next_due(&mut desk.read().await?, now).await?;
            Ok(rest_until(due, now))
        }
        .boxed()
    }
}
