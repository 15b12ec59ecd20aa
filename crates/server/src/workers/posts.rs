//! Posts notices to Slack and Discord. It is a loop of its own: an address that is slow holds up no mail.

use std::time::Duration;

use desk::dispatches::{self, POST};
use desk::{Desk, Result};
use futures::FutureExt;
use futures::future::BoxFuture;

use super::rest_until;
use super::turning::Work;
use crate::messenger::Web;

/// How many are posted at the same time.
const AT_ONCE: u32 = 8;

pub(super) struct Posts {
    web: Web,
}

impl Posts {
    pub(super) fn new(web: Web) -> Self {
        Self { web }
    }
}

impl Work for Posts {
    fn name(&self) -> &'static str {
        "posts"
    }

    fn topics(&self) -> &'static [&'static str] {
        &[POST, "clock"]
    }

    fn turn<'a>(&'a mut self, desk: &'a Desk) -> BoxFuture<'a, Result<Duration>> {
        async move {
            if desk.post_notices(&self.web, AT_ONCE).await? > 0 {
                return Ok(Duration::ZERO);
            }
            Ok(rest_until(dispatches::next_post_due(&mut desk.read().await?).await?, desk.now()))
        }
        .boxed()
    }
}
