//! Puts what was written before there were indexes of words into them: after an upgrade, or a restore.

use std::time::Duration;

use desk::words::fill;
use desk::{Desk, Result};
use futures::FutureExt;
use futures::future::BoxFuture;

use super::turning::Work;

/// How often it looks whether there is something to put in; once it is done, only a restore brings more.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// How many documents went in since there was something to do.
#[derive(Default)]
pub(super) struct Words(usize);

impl Work for Words {
    fn name(&self) -> &'static str {
        "words"
    }

    fn topics(&self) -> &'static [&'static str] {
        &[]
    }

    fn turn<'a>(&'a mut self, desk: &'a Desk) -> BoxFuture<'a, Result<Duration>> {
        async move {
            if let Some(some) = fill::next(&desk.ground).await? {
                self.0 += some;
                return Ok(Duration::ZERO);
            }
            let filled = std::mem::take(&mut self.0);
            if filled > 0 {
                tracing::info!(filled, "what was written before can be searched now");
            }
            Ok(LOOK_EVERY)
        }
        .boxed()
    }
}
