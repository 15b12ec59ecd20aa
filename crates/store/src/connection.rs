//! A connection of either engine.

use crate::lending::Lent;
use crate::postgres::Line;
use crate::recording::Heard;
use crate::{Engine, Error};

/// A connection, for as long as its owner needs it; it goes back to its pool by itself.
pub struct Conn {
    pub(crate) wire: Wire,
    /// That a statement met another transaction: the whole work may be tried again.
    pub(crate) conflicted: bool,
    /// Where it is kept what is asked here, when somebody records.
    pub(crate) heard: Heard,
}

pub(crate) enum Wire {
    Sqlite(Lent<rusqlite::Connection>),
    Postgres(Lent<Line>),
}

impl Conn {
    pub(crate) fn new(wire: Wire) -> Self {
        Self { wire, conflicted: false, heard: Heard::Nothing }
    }

    /// Which engine is at the other end.
    pub fn engine(&self) -> Engine {
        match self.wire {
            Wire::Sqlite(_) => Engine::Sqlite,
            Wire::Postgres(_) => Engine::Postgres,
        }
    }

    /// Remembers a conflict, so that the writer can try the work again whatever its owner made of the error.
    pub(crate) fn noted(&mut self, error: impl Into<Error>) -> Error {
        let error = error.into();
        self.conflicted |= error.is_conflict();
        error
    }
}
