//! The loops that turn the desk: timers, queues, the outbox, notices, posts, mailboxes, look-ups, upkeep, indexes of words, figures, and hearing of what other processes did.

mod facts;
mod lookups;
mod mailboxes;
mod notices;
mod outbox;
mod outside;
mod posts;
mod pulse;
mod queues;
mod timers;
mod turning;
mod upkeep;
mod words;

use std::sync::Arc;
use std::time::Duration;

use desk::Desk;
use desk::outbox::Carrier;
use jiff::Timestamp;
use store::Engine;
use tokio::sync::watch;
use tokio::task::JoinSet;

pub use pulse::Pulse;

use crate::mailing::Post;

/// How long a loop rests at most without looking for itself: news can be missed, and time can be moved.
const POLL: Duration = Duration::from_millis(500);
/// How long a loop rests at least when something is due that it could not take.
const POLL_MIN: Duration = Duration::from_millis(20);
/// How long stopping waits for what the loops are doing.
const STOP_MAX: Duration = Duration::from_secs(70);

/// The loops of a process.
pub struct Workers {
    tasks: JoinSet<()>,
}

impl Workers {
    /// Starts every loop of `desk`, which speaks to mail servers as `post` says; they stop when `stopping` turns true. Where it `listens` for mail that others push, they note
    /// that it does.
    pub fn start(
        desk: &Desk,
        carrier: Arc<dyn Carrier>,
        listens: bool,
        pulse: &Pulse,
        post: &Post,
        stopping: &watch::Receiver<bool>,
    ) -> Self {
        let mut tasks = JoinSet::new();
        let here = || (desk.clone(), pulse.clone(), stopping.clone());
        let (d, p, s) = here();
        tasks.spawn(turning::turn(timers::Timers::new(&d, listens), d, p, s));
        let (d, p, s) = here();
        tasks.spawn(turning::turn(queues::Queues, d, p, s));
        let (d, p, s) = here();
        tasks.spawn(turning::turn(outbox::Outbox::new(carrier, post.clone(), s.clone()), d, p, s));
        let (d, p, s) = here();
        tasks.spawn(turning::turn(notices::Notices, d, p, s));
        let (d, p, s) = here();
        tasks.spawn(turning::turn(posts::Posts::new(post.web().clone()), d, p, s));
        let (d, p, s) = here();
        tasks.spawn(turning::turn(mailboxes::Mailboxes::new(post.clone(), s.clone()), d, p, s));
        let (d, p, s) = here();
        tasks.spawn(turning::turn(lookups::Lookups::default(), d, p, s));
        let (d, p, s) = here();
        tasks.spawn(turning::turn(upkeep::Upkeep::default(), d, p, s));
        let (d, p, s) = here();
        tasks.spawn(turning::turn(words::Words::default(), d, p, s));
        let (d, p, s) = here();
        tasks.spawn(turning::turn(facts::Facts::default(), d, p, s));
        if desk.ground.db.engine() == Engine::Sqlite {
            let (d, p, s) = here();
            tasks.spawn(turning::turn(outside::Outside::default(), d, p, s));
        }
        Self { tasks }
    }

    /// Waits until every loop has finished what it was doing, after `stopping` turned true.
    pub async fn stopped(mut self) {
        let finishing = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(STOP_MAX, finishing).await.is_err() {
            tracing::warn!("a worker did not stop in time and is given up");
        }
    }
}

/// How long to rest until `due`, looking at least twice a second.
fn rest_until(due: Option<Timestamp>, now: Timestamp) -> Duration {
    let until = due.map(|due| Duration::try_from(due.duration_since(now)).unwrap_or(Duration::ZERO));
    until.unwrap_or(POLL).clamp(POLL_MIN, POLL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rest_ends_when_something_is_due_and_is_never_long_nor_nothing() {
        let now: Timestamp = "2026-11-17T09:00:00Z".parse().unwrap();
        let after = |millis| rest_until(Some(now + jiff::SignedDuration::from_millis(millis)), now);
        assert_eq!(rest_until(None, now), POLL);
        assert_eq!(after(200), Duration::from_millis(200));
        assert_eq!(after(86_400_000), POLL);
        assert_eq!(after(-5_000), POLL_MIN);
    }
}
