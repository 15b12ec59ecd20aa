//! What the writer has done since the database was opened: for those who watch it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts what is written. Cheap to clone; clones share what they know.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    inner: Arc<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    commits: AtomicU64,
    commands: AtomicU64,
    failed: AtomicU64,
    again: AtomicU64,
}

/// What was counted until one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Transactions that were committed.
    pub commits: u64,
    /// Commands whose changes they hold; several share one commit on SQLite.
    pub commands: u64,
    /// Commits that failed.
    pub failed: u64,
    /// Transactions that met another one and were tried again.
    pub again: u64,
}

impl Counts {
    /// A commit with the changes of so many commands.
    pub(crate) fn committed(&self, commands: u64) {
        self.inner.commits.fetch_add(1, Ordering::Relaxed);
        self.inner.commands.fetch_add(commands, Ordering::Relaxed);
    }

    pub(crate) fn failed(&self) {
        self.inner.failed.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn again(&self) {
        self.inner.again.fetch_add(1, Ordering::Relaxed);
    }

    /// What was counted until now.
    pub fn now(&self) -> Counted {
        let of = |number: &AtomicU64| number.load(Ordering::Relaxed);
        Counted {
            commits: of(&self.inner.commits),
            commands: of(&self.inner.commands),
            failed: of(&self.inner.failed),
            again: of(&self.inner.again),
        }
    }
}
