//! The mailbox of a story, while it is away: mail gathers in it and comes in, in order, when it is there again.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::SignedDuration;
use playbook::Outside;

use super::outages::Outages;
use crate::handle::{Command, MailboxRead, ReceiveMail};
use crate::{Actor, Desk, Result};

/// The name that it is reported under.
const NAME: &str = "mailbox";

/// A mailbox that the story fetches mail from. The desk hears of it from its first outage on; before, mail is brought.
pub(super) struct Mailbox {
    outages: Outages,
    gathered: Mutex<Vec<Arc<[u8]>>>,
    watched: AtomicBool,
}

impl Mailbox {
    /// An empty one.
    pub(super) fn new(outages: Outages) -> Self {
        Self { outages, gathered: Mutex::default(), watched: AtomicBool::new(false) }
    }

    /// From now on it cannot be read for so long. What came before is in.
    pub(super) async fn fail(&self, desk: &Desk, lasts: SignedDuration) -> Result<()> {
        self.fetch(desk).await?;
        self.watched.store(true, Ordering::SeqCst);
        self.report(desk).await?;
        self.outages.begin(Outside::Mailbox, lasts);
        Ok(())
    }

    /// Mail arrives: at the desk, or in the mailbox while that is away.
    pub(super) async fn deliver(&self, desk: &Desk, raw: Arc<[u8]>) -> Result<()> {
        if self.is_away() {
            self.gathered.lock().unwrap_or_else(PoisonError::into_inner).push(raw);
            return Ok(());
        }
        bring(desk, raw).await
    }

    /// Brings in what has gathered, where it can be read, and reports how far that is.
    pub(super) async fn fetch(&self, desk: &Desk) -> Result<()> {
        if !self.watched.load(Ordering::SeqCst) || self.is_away() {
            return Ok(());
        }
        let gathered = std::mem::take(&mut *self.gathered.lock().unwrap_or_else(PoisonError::into_inner));
        for raw in gathered {
            bring(desk, raw).await?;
        }
        self.report(desk).await
    }

    fn is_away(&self) -> bool {
        self.outages.any(|what| *what == Outside::Mailbox)
    }

    async fn report(&self, desk: &Desk) -> Result<()> {
        let read = MailboxRead { name: NAME.to_owned(), until: desk.now() };
        desk.handle(&Actor::Desk, Command::MailboxRead(read)).await.map(drop)
    }
}

async fn bring(desk: &Desk, raw: Arc<[u8]>) -> Result<()> {
    desk.handle(&Actor::Outside, Command::ReceiveMail(ReceiveMail { raw, key: None })).await.map(drop)
}
