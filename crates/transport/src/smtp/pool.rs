//! A few connections kept open and used again.

use std::sync::{Mutex, PoisonError};

use tokio::sync::Semaphore;

use super::{Connection, Mail, Refusal};
use crate::fault::{Fault, Kind, Stage};
use crate::wire::in_time;
use crate::{Limits, Server};

/// Submits mails to one server over a few connections, which are made when they are needed.
#[derive(Debug)]
pub struct Pool {
    server: Server,
    limits: Limits,
    resting: Mutex<Vec<Connection>>,
    lanes: Semaphore,
}

impl Pool {
    /// How many connections are open at once.
    pub const LANES: usize = 4;

    /// A way to `server`, where one submission, a new connection included, takes no longer than [`Limits::command`]. Nothing is
    /// connected yet.
    #[must_use]
    pub fn new(server: Server, limits: Limits) -> Self {
        Self { server, limits, resting: Mutex::default(), lanes: Semaphore::new(Self::LANES) }
    }

    /// Submits a mail. `Ok` means that the server has taken responsibility for it (RFC 5321, section 6.1). Waits while all lanes
    /// are in use. What is dropped half way drops its connection with it.
    ///
    /// # Errors
    /// Whether to try again later, and what was wrong.
    pub async fn submit(&self, mail: &Mail<'_>) -> Result<(), Refusal> {
        let silent = Fault::new(Stage::HandOver, Kind::Silent);
        let Ok(_lane) = self.lanes.acquire().await else { return Err(Refusal::Later(silent)) };
        in_time(self.limits.command, silent, self.submit_in_lane(mail)).await.map_err(refusal)
    }

    async fn submit_in_lane(&self, mail: &Mail<'_>) -> Result<(), Fault> {
        while let Some(mut kept) = self.take() {
            if kept.has_ended() {
                continue;
            }
            match kept.submit(mail).await {
                // It ended while it rested, and the server has heard nothing of the mail.
                Err(Fault { stage: Stage::Sender, kind: Kind::Dropped, .. }) => {}
                // Whatever silenced it has silenced the others that rested as long.
                Err(Fault { stage: Stage::Sender, kind: Kind::Silent, .. }) => self.clear(),
                outcome => return self.park(kept, outcome),
            }
            tracing::debug!("a connection to the mail server had ended");
        }
        let mut fresh = Connection::open(&self.server, &self.limits).await?;
        let outcome = fresh.submit(mail).await;
        self.park(fresh, outcome)
    }

    fn take(&self) -> Option<Connection> {
        self.resting.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn clear(&self) {
        self.resting.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Keeps a connection that is of use, and gives the outcome on.
    fn park(&self, connection: Connection, outcome: Result<(), Fault>) -> Result<(), Fault> {
        if !connection.is_spent() {
            self.resting.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
        outcome
    }
}

/// What a fault means for a mail: what the server says for good of the mail is for good, everything else may be mended.
fn refusal(fault: Fault) -> Refusal {
    let is_of_the_mail = matches!(fault.stage, Stage::Sender | Stage::Recipient | Stage::HandOver);
    let is_for_good =
        matches!(fault.kind, Kind::SenderRefused | Kind::RecipientRefused | Kind::Refused | Kind::Unfit(_));
    if is_of_the_mail && is_for_good { Refusal::Never(fault) } else { Refusal::Later(fault) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_said_of_the_mail_for_good_is_for_good() {
        let never = |stage, kind| matches!(refusal(Fault::new(stage, kind)), Refusal::Never(_));
        assert!(never(Stage::Recipient, Kind::RecipientRefused) && never(Stage::HandOver, Kind::Refused));
        assert!(never(Stage::Sender, Kind::Unfit("it is larger than the server takes")));
        assert!(!never(Stage::Greet, Kind::Refused), "a server that refuses us says nothing of the mail");
        assert!(!never(Stage::Sender, Kind::LoginRefused) && !never(Stage::HandOver, Kind::NotNow));
    }
}
