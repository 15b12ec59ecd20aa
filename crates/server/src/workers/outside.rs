//! Hears of what another process wrote to the embedded database: the command line beside the server.

use std::time::Duration;

use desk::{Desk, Result, tickets};
use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use store::{Id, News};

use super::POLL;
use super::turning::Work;
use super::upkeep::refresh;

/// How far back it looks for changed tickets, since another process may have begun its change before it was seen.
const LOOK_BACK: SignedDuration = SignedDuration::from_secs(10);

#[derive(Default)]
pub(super) struct Outside {
    seen: Option<i64>,
    looked: Option<Timestamp>,
}

impl Work for Outside {
    fn name(&self) -> &'static str {
        "outside"
    }

    fn topics(&self) -> &'static [&'static str] {
        &[]
    }

    fn turn<'a>(&'a mut self, desk: &'a Desk) -> BoxFuture<'a, Result<Duration>> {
        async move {
            // Another process knows nothing of how far the demo's clock was moved.
            let now = desk.now().min(desk.ground.clock.real_now());
            let changes = desk.ground.db.outside_changes().await?;
            if self.seen.is_some_and(|seen| seen != changes) {
                pass_on(desk, self.looked.unwrap_or(now) - LOOK_BACK).await?;
            }
            (self.seen, self.looked) = (Some(changes), Some(now));
            Ok(POLL)
        }
        .boxed()
    }
}

/// Wakes the other loops, takes over a new handbook and tells everybody of the tickets changed since `since`.
async fn pass_on(desk: &Desk, since: Timestamp) -> Result<()> {
    refresh(desk).await?;
    let db = &desk.ground.db;
    let tickets = tickets::changed_since(&mut desk.read().await?, since).await?;
    for topic in ["queue", "timer", "outbox", "lookup", "mailbox", "session"] {
        db.pass_on(News::of(topic, Id(0), 0));
    }
    tickets.into_iter().for_each(|news| db.pass_on(news));
    Ok(())
}
