//! Looks up by which ways notices leave the desk, as soon as they are told.

use std::time::Duration;

use desk::notifications::NOTICE;
use desk::{Desk, Result};
use futures::FutureExt;
use futures::future::BoxFuture;

use super::POLL;
use super::turning::Work;

/// How many are routed in one transaction.
const AT_ONCE: u32 = 64;

pub(super) struct Notices;

impl Work for Notices {
    fn name(&self) -> &'static str {
        "notices"
    }

    fn topics(&self) -> &'static [&'static str] {
        &[NOTICE, "clock"]
    }

    fn turn<'a>(&'a mut self, desk: &'a Desk) -> BoxFuture<'a, Result<Duration>> {
        async move {
            let routed = desk.route_notices(AT_ONCE).await?;
            Ok(if routed > 0 { Duration::ZERO } else { POLL })
        }
        .boxed()
    }
}
