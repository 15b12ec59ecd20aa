//! Counts tickets that were there before figures were kept: after an upgrade.

use std::time::Duration;

use desk::insights::fill;
use desk::{Desk, Result};
use futures::FutureExt;
use futures::future::BoxFuture;

use super::turning::Work;

/// How often it looks whether there is something to count; once it is done, nothing brings more.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// How many tickets were counted since there was something to do.
#[derive(Default)]
pub(super) struct Facts(usize);

impl Work for Facts {
    fn name(&self) -> &'static str {
        "facts"
    }

    fn topics(&self) -> &'static [&'static str] {
        &[]
    }

    fn turn<'a>(&'a mut self, desk: &'a Desk) -> BoxFuture<'a, Result<Duration>> {
        async move {
            if let Some(some) = fill::next(&desk.ground, &desk.handbooks).await? {
                self.0 += some;
                return Ok(Duration::ZERO);
            }
            let counted = std::mem::take(&mut self.0);
            if counted > 0 {
                tracing::info!(counted, "tickets of before are in the figures now");
            }
            Ok(LOOK_EVERY)
        }
        .boxed()
    }
}
