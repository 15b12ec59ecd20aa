//! The pool.
use super::{Mail, Refusal};
use crate::{Fault, Limits, Server};

/// Submits mails to one server over a few connections, which are made when they are needed.
#[derive(Debug)]
pub struct Pool {}

/// One connection, for whoever keeps it: a trial, a benchmark.
#[derive(Debug)]
pub struct Connection {}

#[allow(clippy::unused_async, reason = "to be filled")]
impl Pool {
    /// How many connections are open at once.
    pub const LANES: usize = 4;

    /// A way to `server`. Nothing is connected yet.
    #[must_use]
    pub fn new(_server: Server, _limits: Limits) -> Self {
        todo!()
    }

    /// Submits a mail. `Ok` means that the server has taken responsibility for it (RFC 5321, section 6.1).
    ///
    /// # Errors
    /// Whether to try again later, and what was wrong.
    pub async fn submit(&self, _mail: &Mail<'_>) -> Result<(), Refusal> {
        todo!()
    }
}

#[allow(clippy::unused_async, reason = "to be filled")]
impl Connection {
    /// Connects, protects the connection and signs in.
    pub async fn open(_server: &Server, _limits: &Limits) -> Result<Self, Fault> {
        todo!()
    }

    /// Submits a mail; the connection is ready for another one afterwards unless [`Fault::ends_session`].
    pub async fn submit(&mut self, _mail: &Mail<'_>) -> Result<(), Fault> {
        todo!()
    }
}
