//! Waiting for news: told at once by IDLE (RFC 2177), or asked for.

use std::future::pending;
use std::pin::pin;
use std::time::Duration;

use tokio::time::sleep;

use super::conversation::Command;
use super::response::{Condition, Response};
use super::{News, Session};
use crate::fault::{Fault, Kind, Stage};
use crate::wire::in_time;

/// How long one IDLE lasts at most: servers end a connection that said nothing for 29 minutes.
const IDLE_MAX: Duration = Duration::from_secs(25 * 60);
/// How often a server without IDLE is asked.
const ASK_EVERY: Duration = Duration::from_secs(60);
/// What a server may say while we wait: it may have a word to say each second.
const CHATTER: u64 = 1 << 20;

impl Session {
    /// Waits for news, at most `longest` and at most 25 minutes (where the server has no IDLE: a minute); call it again then. When it
    /// says [`News::Nothing`], the server has just confirmed that nothing came.
    ///
    /// # Errors
    /// When the server does not answer, or takes its leave.
    pub async fn wait(&mut self, longest: Duration) -> Result<News, Fault> {
        self.wait_unless(longest, pending()).await
    }

    /// The same, and no longer than until `sooner` is over.
    ///
    /// # Errors
    /// As [`wait`](Self::wait).
    pub async fn wait_unless(&mut self, longest: Duration, sooner: impl Future<Output = ()>) -> Result<News, Fault> {
        self.conversation.at(Stage::Fetch);
        self.place()?;
        if !self.conversation.news {
            if self.tells_at_once() {
                self.idle(longest.min(IDLE_MAX), sooner).await?;
            } else {
                tokio::select! {
                    () = sleep(longest.min(ASK_EVERY)) => {}
                    () = sooner => {}
                }
                self.conversation.must(Command::new("NOOP"), |_| {}).await?;
            }
        }
        Ok(if self.conversation.news { News::Arrived } else { News::Nothing })
    }

    /// Waits by IDLE. To begin, to hear each thing that is told, and to end take their time each.
    async fn idle(&mut self, longest: Duration, sooner: impl Future<Output = ()>) -> Result<(), Fault> {
        let (limit, silent) = (3 * self.limits.step, Fault::new(Stage::Fetch, Kind::Silent));
        self.conversation.begin()?;
        let tag = self.conversation.tag();
        self.conversation.wire().allow(CHATTER);
        in_time(limit, silent.clone(), self.begin_idle(&tag)).await?;
        let (mut over, mut sooner) = (pin!(sleep(longest)), pin!(sooner));
        while !self.conversation.news {
            tokio::select! {
                () = &mut over => break,
                () = &mut sooner => break,
                heard = self.conversation.wire().heard() => heard?,
            }
            let told = in_time(limit, silent.clone(), self.conversation.hear(0)).await?;
            if let Some(over) = self.answered(&tag, &told) {
                return over;
            }
        }
        in_time(limit, silent, self.end_idle(&tag)).await
    }

    async fn begin_idle(&mut self, tag: &[u8]) -> Result<(), Fault> {
        self.conversation.wire().say(&[tag, b" IDLE\r\n".as_slice()].concat()).await?;
        loop {
            match self.conversation.hear(0).await? {
                Response::Continue(_) => return Ok(()),
                // It says that it has IDLE and does not do it.
                Response::Tagged(_, status) => {
                    self.conversation.end();
                    return Err(self.conversation.refusal(&status));
                }
                _ => {}
            }
        }
    }

    async fn end_idle(&mut self, tag: &[u8]) -> Result<(), Fault> {
        self.conversation.wire().say(b"DONE\r\n").await?;
        loop {
            let told = self.conversation.hear(0).await?;
            if let Some(over) = self.answered(tag, &told) {
                return over;
            }
        }
    }

    /// Whether IDLE is over by what was told, and how. A server may end it before it is asked to; then it is as good as ended.
    fn answered(&mut self, tag: &[u8], told: &Response) -> Option<Result<(), Fault>> {
        match told {
            Response::Tagged(theirs, status) if theirs == tag && status.condition == Condition::Ok => {
                self.conversation.end();
                Some(Ok(()))
            }
            Response::Tagged(theirs, status) if theirs == tag => Some(Err(self.conversation.refusal(status))),
            Response::Tagged(..) => Some(Err(Fault::new(Stage::Fetch, Kind::Garbled))),
            _ => None,
        }
    }
}
