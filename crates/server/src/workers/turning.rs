//! How a loop turns: at once while there is work, else when there is news of it or its rest is over; whatever fails, it goes on.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use desk::{Desk, Result};
use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::sync::watch;

use super::Pulse;
use crate::news::heard;

/// How long a loop that failed waits before it goes on.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// The work of a loop.
pub(super) trait Work: Send + 'static {
    /// The loop's name, in the log and in `GET /ready`.
    fn name(&self) -> &'static str;

    /// The topics whose news end its rest.
    fn topics(&self) -> &'static [&'static str];

    /// Does what there is to do and says how long to rest, in real time; zero when there may be more at once.
    fn turn<'a>(&'a mut self, desk: &'a Desk) -> BoxFuture<'a, Result<Duration>>;

    /// Ends what it has under way beside its turns, when the process stops.
    fn finish<'a>(&'a mut self, _desk: &'a Desk) -> BoxFuture<'a, ()> {
        futures::future::ready(()).boxed()
    }
}

/// Turns a loop until the process stops. What it is doing then, it finishes.
pub(super) async fn turn(mut work: impl Work, desk: Desk, pulse: Pulse, mut stopping: watch::Receiver<bool>) {
    let mut news = desk.ground.db.news();
    while !*stopping.borrow() {
        pulse.beat(work.name());
        // Older news are of what this turn will see; what is told from now on ends the rest after it.
        news = news.resubscribe();
        let rest = match AssertUnwindSafe(work.turn(&desk)).catch_unwind().await {
            Ok(Ok(rest)) => rest,
            Ok(Err(error)) => {
                tracing::error!(worker = work.name(), %error, "a worker failed and goes on");
                pause(AFTER_FAILURE, &mut stopping).await;
                continue;
            }
            Err(_) => {
                tracing::error!(worker = work.name(), "a worker panicked and goes on");
                pause(AFTER_FAILURE, &mut stopping).await;
                continue;
            }
        };
        if rest.is_zero() {
            tokio::task::yield_now().await;
            continue;
        }
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => break,
            () = tokio::time::sleep(rest) => {}
            () = heard(&mut news, work.topics()) => {}
        }
    }
    work.finish(&desk).await;
}

async fn pause(length: Duration, stopping: &mut watch::Receiver<bool>) {
    tokio::select! {
        _ = stopping.wait_for(|stop| *stop) => {}
        () = tokio::time::sleep(length) => {}
    }
}
