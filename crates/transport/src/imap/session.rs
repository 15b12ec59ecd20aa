//! A session.
use std::time::Duration;

use super::{Entered, Fetched, Folder, News, Since, Watch};
use crate::{Fault, Limits, Server};

/// A connection that has signed in.
#[derive(Debug)]
pub struct Session {}

#[allow(clippy::unused_async, reason = "to be filled")]
impl Session {
    /// Connects, protects the connection and signs in.
    ///
    /// # Errors
    /// What is wrong with the server, the way to it or the login.
    pub async fn open(_server: &Server, _limits: &Limits) -> Result<Self, Fault> {
        todo!()
    }

    /// The folders that can be opened, at most 1,000.
    pub async fn folders(&mut self) -> Result<Vec<Folder>, Fault> {
        todo!()
    }

    /// Opens a folder.
    pub async fn enter(&mut self, _watch: &Watch, _since: Since) -> Result<Entered, Fault> {
        todo!()
    }

    /// The next mail that the cursor comes to; nothing when all is in that was there.
    pub async fn next(&mut self) -> Result<Option<Fetched>, Fault> {
        todo!()
    }

    /// Does with a mail what [`Watch::after`] says. A fault for which [`Fault::ends_session`] is false leaves the session in order.
    pub async fn settle(&mut self, _uid: u32) -> Result<(), Fault> {
        todo!()
    }

    /// Waits for news, at most `longest`. By IDLE (RFC 2177), renewed in time, where the server has it; else by asking each minute.
    pub async fn wait(&mut self, _longest: Duration) -> Result<News, Fault> {
        todo!()
    }

    /// Whether news is told at once (IDLE) or has to be asked for.
    #[must_use]
    pub fn tells_at_once(&self) -> bool {
        todo!()
    }

    /// Says goodbye. Dropping the session is as good, and less polite.
    pub async fn close(self) {}
}
