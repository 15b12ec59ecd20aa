//! Judges what linked tickets send each other.

use std::time::Duration;

use desk::{Desk, Result};
use futures::FutureExt;
use futures::future::BoxFuture;

use super::POLL;
use super::turning::Work;

/// How many tickets are judged before looking again.
const AT_ONCE: u32 = 256;

pub(super) struct Queues;

impl Work for Queues {
    fn name(&self) -> &'static str {
        "queues"
    }

    fn topics(&self) -> &'static [&'static str] {
        &["queue"]
    }

    fn turn<'a>(&'a mut self, desk: &'a Desk) -> BoxFuture<'a, Result<Duration>> {
        async move { Ok(if desk.judge_next(AT_ONCE).await? > 0 { Duration::ZERO } else { POLL }) }.boxed()
    }
}
