//! A database behind a network: connecting when it is needed, a transaction that only reads, and connections kept for later.

use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures::TryStreamExt;
use futures::stream::BoxStream;
use tokio::sync::Semaphore;

use crate::cell::Cell;
use crate::failure::Failure;
use crate::given::Given;
use crate::reading::Reading;
use crate::statement::Statement;
use crate::{Answer, Limits, Query};

/// How many questions go to one database at a time. Look-ups are a guest there.
pub(crate) const PLACES: usize = 2;

/// A connection of one engine.
pub(crate) trait Wire: Sized + Send {
    /// Where it leads.
    type Address: Sync;

    /// Connects.
    fn open(address: &Self::Address) -> impl Future<Output = Result<Self, Failure>> + Send;

    /// Begins a transaction that cannot write, in which no statement runs longer than the limit.
    fn begin(&mut self, limits: &Limits) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Carries the statement out and takes its rows in. Says whether all that came was read, so that the connection is free again.
    fn read(
        &mut self,
        statement: &Statement,
        values: &[Given],
        limits: &Limits,
        reading: &mut Reading<'_>,
    ) -> impl Future<Output = Result<bool, Failure>> + Send;

    /// Ends the transaction.
    fn end(&mut self) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// A server and the connections to it that rest. A pool of the driver's would wait out its time when nobody listens, and then
/// not say so; this one says what happened.
pub(crate) struct Server<W: Wire> {
    address: W::Address,
    resting: Mutex<Vec<W>>,
    free: Semaphore,
}

impl<W: Wire> Server<W> {
    pub(crate) fn new(address: W::Address) -> Self {
        Self { address, resting: Mutex::default(), free: Semaphore::new(PLACES) }
    }

    /// Puts a question. A connection on which anything went wrong, or on which rows are left unread, is closed, not kept.
    pub(crate) async fn ask(
        &self,
        statement: &Statement,
        values: &[Given],
        query: &Query,
        limits: &Limits,
    ) -> Result<Answer, Failure> {
        let _place = self.free.acquire().await.map_err(|_| Failure::passing("the connection is closed"))?;
        let mut wire = self.begin(limits).await?;
        let mut reading = Reading::new(query, limits);
        let all = wire.read(statement, values, limits, &mut reading).await?;
        if all && wire.end().await.is_ok() {
            self.resting.lock().unwrap_or_else(PoisonError::into_inner).push(wire);
        }
        Ok(reading.answer())
    }

    /// A connection in a transaction: one that rested and still leads somewhere, or a new one.
    async fn begin(&self, limits: &Limits) -> Result<W, Failure> {
        let rested = self.resting.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(mut wire) = rested
            && within(limits.connect, wire.begin(limits)).await.is_ok()
        {
            return Ok(wire);
        }
        let fresh = async {
            let mut wire = W::open(&self.address).await?;
            wire.begin(limits).await?;
            Ok(wire)
        };
        within(limits.connect, fresh).await
    }
}

/// Takes rows in as they come; says whether all of them were read.
pub(crate) async fn take_in<R: sqlx::Row>(
    mut rows: BoxStream<'_, Result<R, sqlx::Error>>,
    reading: &mut Reading<'_>,
    cell: fn(&R, usize) -> Cell,
    failure: impl Fn(&sqlx::Error) -> Failure + Send + Sync,
) -> Result<bool, Failure> {
    while let Some(row) = rows.try_next().await.map_err(|error| failure(&error))? {
        if !reading.take(&names(row.columns()), |column| cell(&row, column))? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The names of an answer's columns.
pub(crate) fn names<C: sqlx::Column>(columns: &[C]) -> Vec<&str> {
    columns.iter().map(sqlx::Column::name).collect()
}

async fn within<T>(limit: Duration, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::time::timeout(limit, work).await.unwrap_or_else(|_| Err(Failure::unreached(limit)))
}
