//! What became of mails, remembered several at a time: while every lane carries, an outcome waits for those of the other lanes, since
//! each commit makes the disk wait, the mail server's too.

use std::sync::{Mutex, PoisonError};

use futures::FutureExt;
use tokio::sync::{Semaphore, oneshot};

use super::deliver::remember;
use super::{Refusal, Waiting};
use crate::ground::Ground;
use crate::{Actor, Error, Result};

/// What became of a mail.
pub(super) type Carried = Result<(), Refusal>;

/// A mail whose outcome is not remembered yet, and whoever waits for that.
struct Outcome {
    waiting: Waiting,
    carried: Carried,
    remembered: oneshot::Sender<Result<()>>,
}

/// The outcomes that wait for each other, of a carrier with so many lanes.
///
/// An outcome only waits while no lane is free. Then there are mails being carried, each of which ends by calling [`Outcomes::keep`] or
/// [`Outcomes::look`], so one that waits is always looked at again.
pub(super) struct Outcomes<'a> {
    ground: &'a Ground,
    lanes: usize,
    free: &'a Semaphore,
    gathered: Mutex<Vec<Outcome>>,
}

impl<'a> Outcomes<'a> {
    pub(super) fn new(ground: &'a Ground, lanes: usize, free: &'a Semaphore) -> Self {
        Self { ground, lanes, free, gathered: Mutex::default() }
    }

    /// Keeps one, whose lane has been let go; returns when it is remembered.
    pub(super) async fn keep(&self, waiting: Waiting, carried: Carried) -> Result<()> {
        let (remembered, told) = oneshot::channel();
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner).push(Outcome { waiting, carried, remembered });
        self.look().await;
        told.await.map_err(|_| Error::internal("what became of a mail was not remembered"))?
    }

    /// Remembers what has gathered, unless it is worth waiting for more.
    pub(super) async fn look(&self) {
        let taken = {
            let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
            if gathered.len() < self.lanes && self.free.available_permits() == 0 {
                return;
            }
            std::mem::take(&mut *gathered)
        };
        // One that cannot be remembered must not keep the others from it.
        if taken.len() > 1 && self.remember(&taken).await.is_ok() {
            for outcome in taken {
                let _ = outcome.remembered.send(Ok(()));
            }
            return;
        }
        for outcome in taken {
            let done = self.remember(std::slice::from_ref(&outcome)).await;
            let _ = outcome.remembered.send(done);
        }
    }

    async fn remember(&self, outcomes: &[Outcome]) -> Result<()> {
        let these: Vec<(Waiting, Carried)> =
            outcomes.iter().map(|outcome| (outcome.waiting.clone(), outcome.carried.clone())).collect();
        let remembering = self.ground.change(&Actor::Desk, move |context| {
            let these = these.clone();
            async move {
                for (waiting, carried) in these {
                    remember(context, &waiting, carried).await?;
                }
                Ok(())
            }
            .boxed()
        });
        remembering.await
    }
}
