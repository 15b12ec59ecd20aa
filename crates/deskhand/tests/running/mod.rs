//! The real program on a desk of its own: where the desk is, its process, and asking it.

#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed expectation is a failed test")]

pub mod ask;
pub mod calls;
pub mod place;
pub mod postgres;

use std::net::SocketAddr;
use std::process::ExitStatus;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};

pub use place::Place;

/// How long a process may take to begin or to stop, on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server's process. It is killed when this is dropped.
pub struct Running {
    child: Child,
    /// Kept, because a process that nobody listens to may not print.
    output: Option<BufReader<ChildStdout>>,
}

impl Running {
    /// Starts `command` and does not wait for it.
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdout(std::process::Stdio::piped()).kill_on_drop(true).spawn().unwrap();
        let output = Some(BufReader::new(child.stdout.take().unwrap()));
        Self { child, output }
    }

    /// Where it listens, once it does; `None` when it ended before.
    pub async fn address(&mut self) -> Option<SocketAddr> {
        let mut line = String::new();
        let reading = self.output.as_mut().unwrap().read_line(&mut line);
        tokio::time::timeout(PATIENCE, reading).await.expect("it neither listens nor ends").unwrap();
        line.trim().strip_prefix("Deskhand listens on http://").map(|address| address.parse().unwrap())
    }

    /// Listens no longer to what it prints.
    pub fn hang_up(&mut self) {
        self.output = None;
    }

    /// How it ended by itself; `None` when it has not within `limit`.
    pub async fn ended_within(&mut self, limit: Duration) -> Option<ExitStatus> {
        tokio::time::timeout(limit, self.child.wait()).await.ok().map(Result::unwrap)
    }

    /// Kills it: it can do nothing about it.
    pub async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }

    /// Sends it a signal, such as `TERM`.
    pub async fn signal(&self, name: &str) {
        let pid = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args([&format!("-{name}"), &pid]).status().await.unwrap().success());
    }

    /// Asks it to stop, as a system does, and says how it ended.
    pub async fn stop(mut self) -> ExitStatus {
        self.signal("TERM").await;
        self.ended_within(PATIENCE).await.expect("it stops when it is asked to")
    }
}
