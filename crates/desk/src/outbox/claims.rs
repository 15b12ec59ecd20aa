//! What is claimed while other mails are under way: a few at a time, so that no lane waits and little is held of a process that dies.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use futures::FutureExt;
use store::News;
use tokio::sync::Notify;
use tokio::sync::broadcast::{self, error::RecvError};

use super::deliver::{Claimed, claim};
use super::{Ways, queries};
use crate::ground::Ground;
use crate::{Actor, Result};

/// How many mails are claimed at once for each lane of a carrier.
const EACH_LANE: usize = 4;

/// How many mails are under way, and whether all went well.
#[derive(Debug, Default)]
pub(super) struct Progress {
    under_way: AtomicUsize,
    failed: AtomicBool,
    ended: Notify,
}

impl Progress {
    /// One more is under way.
    pub(super) fn begin(&self, claimed: Claimed) -> Claimed {
        self.under_way.fetch_add(1, Ordering::Relaxed);
        claimed
    }

    /// One less is: it was carried out and remembered, or that failed.
    pub(super) fn end(&self, well: bool) {
        if !well {
            self.failed.store(true, Ordering::Relaxed);
        }
        self.under_way.fetch_sub(1, Ordering::Relaxed);
        self.ended.notify_one();
    }
}

/// Claims as many mails as can be carried soon, and more when they are wanted.
pub(super) struct Claims<'a> {
    ground: &'a Ground,
    ways: Ways,
    /// How many may still be claimed, and how many at once.
    left: usize,
    at_once: usize,
    ready: VecDeque<Claimed>,
    /// Whether there were more than the last claim took.
    more: bool,
    progress: &'a Progress,
    is_over: &'a (dyn Fn() -> bool + Sync),
    news: broadcast::Receiver<News>,
}

impl<'a> Claims<'a> {
    /// Up to `limit` by some ways, for a carrier with so many lanes.
    pub(super) fn new(
        ground: &'a Ground,
        (ways, limit): (Ways, usize),
        lanes: usize,
        progress: &'a Progress,
        is_over: &'a (dyn Fn() -> bool + Sync),
    ) -> Self {
        let (at_once, ready, news) = (lanes.max(1) * EACH_LANE, VecDeque::new(), ground.db.news());
        Self { ground, ways, left: limit, at_once, ready, more: true, progress, is_over, news }
    }

    /// The next one, when there is one; `None` at the end: nothing is due and nothing under way, or it is over. What was claimed and
    /// not begun by then is anybody's.
    pub(super) async fn next(&mut self) -> Result<Option<Claimed>> {
        let next = self.look().await;
        if next.is_err() {
            self.progress.failed.store(true, Ordering::Relaxed);
        }
        next
    }

    async fn look(&mut self) -> Result<Option<Claimed>> {
        loop {
            if (self.is_over)() || self.progress.failed.load(Ordering::Relaxed) {
                self.let_go().await?;
                return Ok(None);
            }
            if let Some(claimed) = self.ready.pop_front() {
                return Ok(Some(self.progress.begin(claimed)));
            }
            if self.left == 0 {
                return Ok(None);
            }
            if !self.more && self.progress.under_way.load(Ordering::Relaxed) > 0 {
                self.something_changes().await;
                self.more = true;
                continue;
            }
            // What is written from here on wakes this loop, and whatever ends from here on does.
            self.news = self.news.resubscribe();
            let is_last = self.progress.under_way.load(Ordering::Relaxed) == 0;
            let at_once = self.at_once.min(self.left);
            let claimed = claim(self.ground, self.ways, u32::try_from(at_once).unwrap_or(u32::MAX)).await?;
            if claimed.is_empty() && is_last {
                return Ok(None);
            }
            self.left -= claimed.len();
            self.more = claimed.len() == at_once;
            self.ready.extend(claimed);
        }
    }

    /// Waits until a mail ends, which may free the next of its ticket, or another one is written.
    async fn something_changes(&mut self) {
        let written = async {
            loop {
                match self.news.recv().await {
                    Ok(item) if item.topic == "outbox" => return,
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => return,
                    Err(RecvError::Closed) => std::future::pending::<()>().await,
                }
            }
        };
        tokio::select! {
            () = self.progress.ended.notified() => {}
            () = written => {}
        }
    }

    async fn let_go(&mut self) -> Result<()> {
        let ready = std::mem::take(&mut self.ready);
        if ready.is_empty() {
            return Ok(());
        }
        let letting_go = self.ground.change(&Actor::Desk, move |context| {
            let ready = ready.clone();
            async move {
                for claimed in &ready {
                    queries::let_go(context.tx, claimed.waiting.id, claimed.until).await?;
                }
                Ok(())
            }
            .boxed()
        });
        letting_go.await
    }
}
