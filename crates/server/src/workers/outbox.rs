//! Carries out what waits in the outbox, each way out by itself: a server that is slow or refuses holds up no other's mail.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use desk::outbox::{self, Carrier};
use desk::settings::resting;
use desk::{Desk, Result, dispatches, letters};
use futures::FutureExt;
use futures::future::BoxFuture;
use store::Id;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::rest_until;
use super::turning::Work;
use crate::mailing::Post;
use crate::mailing::carriers::Carriers;

/// How many mails leave before the way's carrier is asked for anew.
const MAILS_MAX: usize = 1024;
/// How many letters are carried in a turn.
const LETTERS_MAX: u32 = 8;
/// How many mails with notices are carried in a turn: few, since mail to clients by the same way waits for them.
const NOTICES_MAX: u32 = 4;
/// How soon it looks whether a way that is busy is free again.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// The mailbox of a way; `None` for what the process was given.
type Way = Option<Id>;

pub(super) struct Outbox {
    carriers: Carriers,
    busy: HashSet<Way>,
    running: JoinSet<(Way, Result<()>)>,
    stopping: watch::Receiver<bool>,
}

impl Outbox {
    pub(super) fn new(given: Arc<dyn Carrier>, post: Post, stopping: watch::Receiver<bool>) -> Self {
        Self { carriers: Carriers::new(given, post), busy: HashSet::new(), running: JoinSet::new(), stopping }
    }

    /// Takes note of the ways that came to an end.
    fn gather(&mut self) {
        while let Some(ended) = self.running.try_join_next() {
            match ended {
                Ok((way, outcome)) => {
                    self.busy.remove(&way);
                    if let Err(error) = outcome {
                        tracing::error!(%error, "delivering failed and goes on");
                    }
                }
                Err(error) => {
                    tracing::error!(%error, "delivering panicked; its claims run out by themselves");
                    // Nobody says which way it was: those that are still busy go on, the others are found due again.
                    self.busy.clear();
                }
            }
        }
    }
}

impl Work for Outbox {
    fn name(&self) -> &'static str {
        "outbox"
    }

    fn topics(&self) -> &'static [&'static str] {
        &["outbox", "clock"]
    }

    fn turn<'a>(&'a mut self, desk: &'a Desk) -> BoxFuture<'a, Result<Duration>> {
        async move {
            self.gather();
            for way in outbox::ways_due(&desk.ground).await? {
                if self.busy.contains(&way) {
                    continue;
                }
                let carrier = self.carriers.of(desk, way).await?;
                self.busy.insert(way);
                self.running.spawn(work_off(desk.clone(), carrier, way, self.stopping.clone()));
            }
            if let Some(way) = letters::way_due(&desk.ground).await?
                && !self.busy.contains(&way)
            {
                let carrier = self.carriers.of(desk, way).await?;
                self.busy.insert(way);
                self.running.spawn(write_letters(desk.clone(), carrier, way));
            }
            if let Some(way) = dispatches::way_due(&desk.ground).await?
                && !self.busy.contains(&way)
            {
                let carrier = self.carriers.of(desk, way).await?;
                self.busy.insert(way);
                self.running.spawn(mail_notices(desk.clone(), carrier, way));
            }
            if !self.running.is_empty() {
                return Ok(LOOK_AGAIN);
            }
            let mut conn = desk.read().await?;
            let is_resting = resting::since(&mut conn).await?.is_some();
            let mails = if is_resting { None } else { outbox::next_due(&mut conn).await? };
            let notices = if is_resting { None } else { dispatches::next_mail_due(&mut conn).await? };
            let due = mails.into_iter().chain(letters::next_due(&mut conn).await?).chain(notices).min();
            Ok(rest_until(due, desk.now()))
        }
        .boxed()
    }

    /// What is being carried is carried and remembered, so that nothing is sent twice.
    fn finish<'a>(&'a mut self, _desk: &'a Desk) -> BoxFuture<'a, ()> {
        async move { while self.running.join_next().await.is_some() {} }.boxed()
    }
}

/// Delivers what is due by a way, until nothing is or the process stops. After a while its carrier is asked for anew, so that a
/// mailbox that was changed counts soon.
async fn work_off(
    desk: Desk,
    carrier: Arc<dyn Carrier>,
    way: Way,
    stopping: watch::Receiver<bool>,
) -> (Way, Result<()>) {
    let is_over = || *stopping.borrow();
    (way, desk.work_off(carrier.as_ref(), (way, MAILS_MAX), &is_over).await.map(drop))
}

/// Carries the letters that are due at present.
async fn write_letters(desk: Desk, carrier: Arc<dyn Carrier>, way: Way) -> (Way, Result<()>) {
    (way, desk.deliver_letters(carrier.as_ref(), LETTERS_MAX).await.map(drop))
}

/// Carries the mails with notices that are due at present.
async fn mail_notices(desk: Desk, carrier: Arc<dyn Carrier>, way: Way) -> (Way, Result<()>) {
    (way, desk.deliver_notices(carrier.as_ref(), NOTICES_MAX).await.map(drop))
}
