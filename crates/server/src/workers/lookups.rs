//! Puts look-ups to other databases, each connection in lanes of its own: one that is slow holds up no other.

use std::collections::BTreeMap;
use std::time::Duration;

use desk::lookups::{self, LANES};
use desk::{Desk, Result};
use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::task::JoinSet;

use super::turning::Work;
use super::{POLL, rest_until};

/// The lanes of each connection that are in use. Stopping gives them up: what they asked is asked again.
#[derive(Default)]
pub(super) struct Lookups {
    lanes: BTreeMap<String, JoinSet<()>>,
}

impl Work for Lookups {
    fn name(&self) -> &'static str {
        "lookups"
    }

    fn topics(&self) -> &'static [&'static str] {
        &["lookup", "clock"]
    }

    fn turn<'a>(&'a mut self, desk: &'a Desk) -> BoxFuture<'a, Result<Duration>> {
        async move {
            for lanes in self.lanes.values_mut() {
                while let Some(ended) = lanes.try_join_next() {
                    if ended.is_err_and(|error| error.is_panic()) {
                        tracing::error!("a look-up panicked; it is put again when its claim has run out");
                    }
                }
            }
            self.lanes.retain(|_, lanes| !lanes.is_empty());
            for connection in lookups::connections_due(&desk.ground).await? {
                let lanes = self.lanes.entry(connection.clone()).or_default();
                for _ in lanes.len()..LANES {
                    lanes.spawn(work_off(desk.clone(), connection.clone()));
                }
            }
            if !self.lanes.is_empty() {
                return Ok(POLL);
            }
            let due = lookups::next_due(&desk.ground, &mut desk.read().await?).await?;
            Ok(rest_until(due, desk.now()))
        }
        .boxed()
    }
}

/// Puts what is due through a connection, one question after the other, until there is none.
async fn work_off(desk: Desk, connection: String) {
    loop {
        match desk.look_up_next(&connection).await {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) => {
                tracing::error!(%connection, %error, "a look-up failed and is put again");
                return;
            }
        }
    }
}
