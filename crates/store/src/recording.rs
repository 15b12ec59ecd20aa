//! What was asked of a database, kept in order, so that it can be counted and asked again without whoever asked: for
//! benchmarks, and for tests that count.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::Query;

/// A statement with its parameters, and whether its rows were wanted.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The statement.
    pub query: Query,
    /// Whether its rows were read; otherwise only how many it changed.
    pub gives_rows: bool,
}

/// What was asked at once.
#[derive(Clone, Debug)]
pub enum Asked {
    /// A statement outside of any transaction.
    Alone(Statement),
    /// The statements of a transaction that was committed, in order.
    Together(Vec<Statement>),
}

/// What was asked so far. Cheap to clone; clones share what they know. It holds what the parameters held, so it is for
/// invented data only.
#[derive(Clone, Debug, Default)]
pub struct Recording {
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Recording {
    /// Everything that was asked since the last time, in the order in which it ended.
    pub fn take(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn keep(&self, asked: Asked) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
    }
}

/// Where a database's connections find its recording, if it has one.
#[derive(Clone, Default)]
pub(crate) struct Recorder {
    recording: Arc<OnceLock<Recording>>,
}

impl Recorder {
    /// Begins, or goes on.
    pub(crate) fn start(&self) -> Recording {
        self.recording.get_or_init(Recording::default).clone()
    }

    /// For a connection that reads.
    pub(crate) fn alone(&self) -> Heard {
        self.recording.get().map_or(Heard::Nothing, |recording| Heard::Alone(recording.clone()))
    }

    /// For a transaction.
    pub(crate) fn together(&self) -> Heard {
        self.recording.get().map_or(Heard::Nothing, |recording| Heard::Together(recording.clone(), Vec::new()))
    }
}

/// What a connection does with what it is asked.
#[derive(Default)]
pub(crate) enum Heard {
    /// Nobody records.
    #[default]
    Nothing,
    Alone(Recording),
    Together(Recording, Vec<Statement>),
}

impl Heard {
    pub(crate) fn hear(&mut self, query: &Query, gives_rows: bool) {
        let statement = || Statement { query: query.clone(), gives_rows };
        match self {
            Heard::Nothing => {}
            Heard::Alone(recording) => recording.keep(Asked::Alone(statement())),
            Heard::Together(_, statements) => statements.push(statement()),
        }
    }

    /// The transaction is over; what was rolled back is forgotten.
    pub(crate) fn end(&mut self, kept: bool) {
        if let (true, Heard::Together(recording, statements)) = (kept, std::mem::take(self)) {
            recording.keep(Asked::Together(statements));
        }
    }
}
