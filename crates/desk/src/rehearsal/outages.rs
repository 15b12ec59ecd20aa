//! What is away in a story: `fails: NAME, for: LENGTH`.

use std::sync::{Arc, Mutex, PoisonError};

use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use playbook::Outside;
use store::Clock;

use crate::outbox::{Carrier, Parcel, Refusal};

/// What is away, and until when, on the clock of the story. Clones share it.
#[derive(Clone)]
pub(super) struct Outages {
    clock: Clock,
    away: Arc<Mutex<Vec<(Outside, Timestamp)>>>,
}

impl Outages {
    /// Everything is there.
    pub(super) fn none(clock: Clock) -> Self {
        Self { clock, away: Arc::default() }
    }

    /// From now on `what` is away for so long.
    pub(super) fn begin(&self, what: Outside, lasts: SignedDuration) {
        let until = self.clock.now() + lasts;
        self.away.lock().unwrap_or_else(PoisonError::into_inner).push((what, until));
    }

    /// Whether something for which `is_meant` holds is away now.
    pub(super) fn any(&self, is_meant: impl Fn(&Outside) -> bool) -> bool {
        let now = self.clock.now();
        let away = self.away.lock().unwrap_or_else(PoisonError::into_inner);
        away.iter().any(|(what, until)| *until > now && is_meant(what))
    }
}

/// What mail leaves by in a story: a carrier that takes nothing while the sender is away.
pub(super) struct Sender<C> {
    pub(super) carrier: C,
    pub(super) outages: Outages,
}

impl<C: Carrier> Carrier for Sender<C> {
    fn carry<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<(), Refusal>> {
        async move {
            if self.outages.any(|what| *what == Outside::Sender) {
                return Err(Refusal::Later("the sender is away, as the scenario says".to_owned()));
            }
            self.carrier.carry(parcel).await
        }
        .boxed()
    }

    fn lanes(&self) -> usize {
        self.carrier.lanes()
    }
}
