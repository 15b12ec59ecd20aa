//! Fires timers within a second of their time, sets them anew when calendars change, and does what else happens by itself.

use std::time::Duration;

use desk::{Desk, Result};
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
