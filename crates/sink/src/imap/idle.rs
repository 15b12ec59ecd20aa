//! What a server does that is asked to tell of news (IDLE, RFC 2177), honestly or not.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

use super::{ImapSink, say};
use crate::lock;

/// A lie about news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdleLie {
    /// Says what is no answer at all.
    Garbage,
    /// Begins a line and never ends it.
    EndlessLine,
    /// Says a byte of a line every 20 ms, for ever.
    Drip,
    /// Takes its leave.
    Bye,
    /// Answers a command that was not given.
    WrongTag,
    /// Ends the waiting by itself, as if it had been asked to.
    EndsByItself,
    /// Says that it waits for news, and then that it does not.
    Refuses,
    /// Says nothing to the command.
    NeverBegins,
    /// Says that the folder is empty, without having said that any mail went.
    Shrinks,
    /// Counts mails up and down, for ever.
    Flood,
    /// Tells of news, and says nothing when the waiting is ended.
    SilentAfterDone,
    /// Tells of news, and says a byte every 20 ms when the waiting is ended.
    DripAfterDone,
}

impl ImapSink {
    /// What it does when it is asked to wait for news, once each; after them it is honest.
    pub fn lie_of_news(&self, lies: impl IntoIterator<Item = IdleLie>) {
        lock(&self.state).idle_lies.extend(lies);
    }

    /// Waits with the client until it has enough, and tells of news; whether the conversation goes on.
    pub(super) async fn idle(
        &self,
        tag: &str,
        reader: &mut BufReader<OwnedReadHalf>,
        writer: &mut OwnedWriteHalf,
    ) -> io::Result<bool> {
        let lie = lock(&self.state).idle_lies.pop_front();
        if lie == Some(IdleLie::NeverBegins) {
            return std::future::pending().await;
        }
        let mut news = self.news.subscribe();
        say(writer, "+ idling").await?;
        if lie == Some(IdleLie::EndsByItself) {
            return Ok(true);
        }
        if lie.is_none() {
            // What came since the last command is told now, as servers do.
            self.tell_count(writer).await?;
        }
        if let Some(lie) = lie
            && !self.misbehave(lie, tag, writer).await?
        {
            // The client leaves: whatever it says meanwhile is not answered.
            let mut line = String::new();
            while reader.read_line(&mut line).await? > 0 {}
            return Ok(false);
        }
        let mut line = String::new();
        loop {
            tokio::select! {
                read = reader.read_line(&mut line) => {
                    read?;
                    break;
                }
                _ = news.changed() => self.tell_count(writer).await?,
            }
        }
        match lie {
            Some(IdleLie::SilentAfterDone) => std::future::pending().await,
            Some(IdleLie::DripAfterDone) => drip(writer).await,
            _ => Ok(true),
        }
    }

    /// Lies; whether it goes on to wait as others do.
    async fn misbehave(&self, lie: IdleLie, tag: &str, writer: &mut OwnedWriteHalf) -> io::Result<bool> {
        match lie {
            IdleLie::Garbage => say(writer, "%%% \u{1}\u{2} {}{} %%%").await?,
            IdleLie::Bye => say(writer, "* BYE going down").await?,
            IdleLie::WrongTag => say(writer, "Z99 OK done").await?,
            IdleLie::Refuses => say(writer, &format!("{tag} NO [UNAVAILABLE] not now")).await?,
            IdleLie::EndlessLine => {
                writer.write_all(b"* OK ").await?;
                loop {
                    writer.write_all(&[b'x'; 4096]).await?;
                }
            }
            IdleLie::Drip => return drip(writer).await,
            IdleLie::Flood => loop {
                say(writer, "* 7 EXISTS\r\n* 8 EXISTS").await?;
            },
            IdleLie::Shrinks => {
                say(writer, "* 0 EXISTS").await?;
                return Ok(true);
            }
            IdleLie::SilentAfterDone | IdleLie::DripAfterDone => {
                say(writer, "* 7 EXISTS").await?;
                return Ok(true);
            }
            IdleLie::NeverBegins | IdleLie::EndsByItself => {}
        }
        Ok(false)
    }
}

async fn drip(writer: &mut OwnedWriteHalf) -> io::Result<bool> {
    loop {
        writer.write_all(b"x").await?;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
