//! The writers: how work becomes a commit.
//!
//! SQLite: one task takes whatever work is waiting into one commit, a savepoint each, so that many waiting
//! commands cost one `fsync`. If the commit fails, each is tried alone. PostgreSQL: a transaction each, tried again when
//! two were in each other's way. Either way the answer goes out after the commit.

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::sync::{broadcast, mpsc, oneshot};

use crate::connection::Wire;
use crate::counts::Counts;
use crate::query::run_script;
use crate::recording::{Heard, Recorder};
use crate::{Conn, Error, Job, News, Result, Tx, failpoint, postgres, sql, sqlite};

/// How much work one commit may take.
const BATCH: usize = 256;
/// How often work is tried again that met another transaction.
const TRIES: u32 = 8;
/// Where the work is done and nothing is kept yet.
const COMMITTING: &str = "writer.committing";
/// Where everything is kept and nobody was answered yet.
const COMMITTED: &str = "writer.committed";

/// Work that waits for the writer, its type rubbed out.
pub(crate) trait Work: Send {
    /// Does the work; says whether its changes are to be kept.
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, bool>;
    /// Gives the answer, now that the commit has succeeded or failed.
    fn settle(self: Box<Self>, committed: Result<()>);
}

/// Work with its outcome and the one who waits for it.
pub(crate) struct Pending<T, E, F> {
    work: F,
    outcome: Option<Result<T, E>>,
    answer: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Pending<T, E, F> {
    pub(crate) fn new(work: F) -> (Self, oneshot::Receiver<Result<T, E>>) {
        let (answer, receiver) = oneshot::channel();
        (Self { work, outcome: None, answer }, receiver)
    }
}

impl<T, E, F> Work for Pending<T, E, F>
where
    T: Send,
    E: From<Error> + Send,
    F: for<'t> Fn(&'t mut Tx) -> Job<'t, Result<T, E>> + Send + Sync,
{
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, bool> {
        async move {
            let outcome = AssertUnwindSafe((self.work)(tx)).catch_unwind().await;
            let outcome = outcome.unwrap_or_else(|_| Err(Error::Panicked.into()));
            let keep = outcome.is_ok();
            self.outcome = Some(outcome);
            keep
        }
        .boxed()
    }

    fn settle(self: Box<Self>, committed: Result<()>) {
        let outcome = match (committed, self.outcome) {
            (Err(error), None | Some(Ok(_))) => Err(error.into()),
            (_, Some(outcome)) => outcome,
            (Ok(()), None) => Err(Error::Closed.into()),
        };
        // Whoever asked may have gone; the work is done all the same.
        let _ = self.answer.send(outcome);
    }
}

/// Whom SQLite's writer tells what.
pub(crate) struct Place {
    pub(crate) news: broadcast::Sender<News>,
    pub(crate) recorder: Recorder,
    pub(crate) counts: Counts,
}

/// The loop of SQLite's writer; ends when nobody can send any more.
pub(crate) async fn group_commits(pool: sqlite::Pool, mut waiting: mpsc::Receiver<Box<dyn Work>>, place: Place) {
    let mut batch = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut batch, BATCH).await > 0 {
        let mut works = std::mem::replace(&mut batch, Vec::with_capacity(BATCH));
        let outcome = commit_together(&pool, &mut works, &place).await;
        match outcome {
            Ok(()) => works.into_iter().for_each(|work| work.settle(Ok(()))),
            Err(error) if works.len() == 1 => works.into_iter().for_each(|work| work.settle(Err(again(&error)))),
            Err(error) => {
                tracing::warn!(%error, commands = works.len(), "a commit of several failed; trying each alone");
                for work in works {
                    let mut alone = vec![work];
                    let outcome = commit_together(&pool, &mut alone, &place).await;
                    for work in alone {
                        work.settle(outcome.as_ref().copied().map_err(again));
                    }
                }
            }
        }
    }
}

/// The same error for one more receiver.
fn again(error: &Error) -> Error {
    match error {
        Error::Conflict => Error::Conflict,
        Error::Unavailable(text) => Error::Unavailable(text.clone()),
        other => Error::Statement(other.to_string()),
    }
}

async fn commit_together(pool: &sqlite::Pool, works: &mut [Box<dyn Work>], place: &Place) -> Result<()> {
    let mut tx = Tx::new(Conn::new(Wire::Sqlite(pool.acquire().await?)));
    sql("BEGIN IMMEDIATE").execute(&mut tx).await?;
    match run_each(&mut tx, works, &place.recorder).await {
        Ok(None) => {
            roll_back(&mut tx).await;
            Ok(())
        }
        Ok(Some(kept)) => {
            failpoint::reached(COMMITTING);
            if let Err(error) = sql("COMMIT").execute(&mut tx).await {
                place.counts.failed();
                roll_back(&mut tx).await;
                return Err(error);
            }
            failpoint::reached(COMMITTED);
            place.counts.committed(kept.commands);
            kept.news.into_iter().for_each(|item| drop(place.news.send(item)));
            Ok(())
        }
        Err(error) => {
            roll_back(&mut tx).await;
            Err(error)
        }
    }
}

/// Changes that are to be kept.
#[derive(Default)]
struct Kept {
    commands: u64,
    news: Vec<News>,
}

/// Does each work; `None` when there is nothing to keep of any. One that has the transaction to itself needs no savepoint.
async fn run_each(tx: &mut Tx, works: &mut [Box<dyn Work>], recorder: &Recorder) -> Result<Option<Kept>> {
    let shared = works.len() > 1;
    let mut kept: Option<Kept> = None;
    for work in works {
        if shared {
            sql("SAVEPOINT command").execute(tx).await?;
        }
        tx.heard = recorder.together();
        let keep = work.run(tx).await;
        tx.heard.end(keep);
        let news = tx.take_news();
        if keep {
            let kept = kept.get_or_insert_default();
            kept.commands += 1;
            kept.news.extend(news);
        } else if shared {
            sql("ROLLBACK TO command").execute(tx).await?;
        }
        if shared {
            sql("RELEASE command").execute(tx).await?;
        }
    }
    Ok(kept)
}

async fn roll_back(tx: &mut Tx) {
    if let Err(error) = sql("ROLLBACK").execute(tx).await {
        // SQLite rolls back by itself on some errors, and says so here.
        tracing::debug!(%error, "rolled back already");
    }
}

/// One piece of work in a PostgreSQL transaction of its own, tried again while it meets others.
pub(crate) async fn commit_alone(pool: postgres::Pool, mut work: Box<dyn Work>, recorder: Recorder, counts: Counts) {
    for attempt in 1..=TRIES {
        let outcome = try_alone(&pool, work.as_mut(), recorder.together()).await;
        let met_another = matches!(outcome, Ok(Attempt::MetAnother)) || matches!(outcome, Err(Error::Conflict));
        if met_another && attempt < TRIES {
            counts.again();
            tracing::debug!(attempt, "two transactions met; trying again");
            tokio::time::sleep(std::time::Duration::from_millis(u64::from(attempt * attempt))).await;
            continue;
        }
        let outcome = match outcome {
            Ok(Attempt::MetAnother) => Err(Error::Conflict),
            Ok(Attempt::Refused) => Ok(()),
            Ok(Attempt::Committed) => {
                counts.committed(1);
                Ok(())
            }
            Err(error) => {
                counts.failed();
                Err(error)
            }
        };
        return work.settle(outcome);
    }
}

enum Attempt {
    Committed,
    /// Refused by the work itself and rolled back.
    Refused,
    /// Rolled back because a statement met another transaction.
    MetAnother,
}

async fn try_alone(pool: &postgres::Pool, work: &mut dyn Work, heard: Heard) -> Result<Attempt> {
    let mut wire = pool.acquire().await?;
    // Until it has ended nobody else may find the connection within this transaction.
    wire.close_on_return(true);
    let mut tx = Tx::new(Conn::new(Wire::Postgres(wire)));
    tx.heard = heard;
    run_script(&mut tx, "BEGIN".to_owned()).await?;
    if !work.run(&mut tx).await {
        run_script(&mut tx, "ROLLBACK".to_owned()).await?;
        keep(&mut tx);
        return Ok(if tx.conflicted { Attempt::MetAnother } else { Attempt::Refused });
    }
    let lines: Vec<String> = tx.news().iter().map(News::to_line).collect();
    for line in lines {
        sql(postgres::TELL).bind(line).all(&mut tx).await?;
    }
    failpoint::reached(COMMITTING);
    run_script(&mut tx, "COMMIT".to_owned()).await?;
    keep(&mut tx);
    failpoint::reached(COMMITTED);
    tx.heard.end(true);
    Ok(Attempt::Committed)
}

/// The transaction has ended: its connection may be lent again.
fn keep(tx: &mut Tx) {
    if let Wire::Postgres(wire) = &mut tx.wire {
        wire.close_on_return(false);
    }
}
