//! Fetches from the desk's mailboxes, each in a task of its own, for as long as this process holds its lease.

use std::collections::HashMap;
use std::time::Duration;

use desk::mailboxes::connected::fetching::{self, LEASE};
use desk::{Desk, Result};
use futures::FutureExt;
use futures::future::BoxFuture;
use store::Id;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::turning::Work;
use crate::mailing::Post;
use crate::mailing::fetch::{Fetching, wanted};

/// How long it rests: a mailbox that was changed is news, and a lease that ran out is not.
const REST: Duration = Duration::from_secs(5);
/// How long stopping waits for what a mailbox is doing.
const STOP_MAX: Duration = Duration::from_secs(10);

pub(super) struct Mailboxes {
    post: Post,
    stopping: watch::Receiver<bool>,
    fetched: HashMap<Id, Fetched>,
}

/// A mailbox that this process fetches from.
struct Fetched {
    /// As it was when its task began.
    version: i64,
    /// When its lease was last kept, on the clock that nobody moves.
    kept: Duration,
    task: JoinHandle<()>,
}

impl Mailboxes {
    pub(super) fn new(post: Post, stopping: watch::Receiver<bool>) -> Self {
        Self { post, stopping, fetched: HashMap::new() }
    }

    /// Ends the tasks of mailboxes that are changed, gone or at rest, and of those that ended by themselves. Ending one at any
    /// moment does no harm.
    async fn end(&mut self, desk: &Desk, versions: &HashMap<Id, i64>) -> Result<()> {
        let over: Vec<Id> = self
            .fetched
            .iter()
            .filter(|(id, fetched)| fetched.task.is_finished() || versions.get(id) != Some(&fetched.version))
            .map(|(id, _)| *id)
            .collect();
        for id in over {
            if let Some(fetched) = self.fetched.remove(&id) {
                fetched.task.abort();
            }
            fetching::release(&desk.ground, id).await?;
        }
        Ok(())
    }
}

impl Work for Mailboxes {
    fn name(&self) -> &'static str {
        "mailboxes"
    }

    fn topics(&self) -> &'static [&'static str] {
        &["mailbox"]
    }

    fn turn<'a>(&'a mut self, desk: &'a Desk) -> BoxFuture<'a, Result<Duration>> {
        async move {
            let mailboxes = wanted(desk).await?;
            let versions = mailboxes.iter().map(|mailbox| (mailbox.id, mailbox.version)).collect();
            self.end(desk, &versions).await?;
            let now = desk.ground.clock.monotonic();
            let half = LEASE.unsigned_abs() / 2;
            for mailbox in mailboxes {
                let (id, version) = (mailbox.id, mailbox.version);
                let known = self.fetched.get(&id);
                if known.is_some_and(|fetched| now.saturating_sub(fetched.kept) < half) {
                    continue;
                }
                let is_ours = fetching::claim(&desk.ground, id).await?;
                match (is_ours, self.fetched.remove(&id)) {
                    (true, Some(fetched)) => drop(self.fetched.insert(id, Fetched { kept: now, ..fetched })),
                    (true, None) => {
                        let fetching = Fetching::new(desk.clone(), self.post.clone(), mailbox);
                        let task = tokio::spawn(fetching.run(self.stopping.clone()));
                        self.fetched.insert(id, Fetched { version, kept: now, task });
                    }
                    (false, Some(lost)) => lost.task.abort(),
                    (false, None) => {}
                }
            }
            Ok(REST)
        }
        .boxed()
    }

    fn finish<'a>(&'a mut self, desk: &'a Desk) -> BoxFuture<'a, ()> {
        async move {
            for (id, mut fetched) in self.fetched.drain() {
                if tokio::time::timeout(STOP_MAX, &mut fetched.task).await.is_err() {
                    fetched.task.abort();
                }
                if let Err(error) = fetching::release(&desk.ground, id).await {
                    tracing::warn!(mailbox = %id, %error, "a mailbox's lease runs out by itself");
                }
            }
        }
        .boxed()
    }
}
