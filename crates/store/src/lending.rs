//! Connections that are lent out one by one. What came back last goes out first: whatever it keeps prepared is used, and those beyond what
//! is needed rest until they are closed.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{Error, Result};

/// A connection that comes back to where it was lent out.
pub(crate) trait Lendable {
    /// It comes back; whether it may go out again. One that may not is dropped, which closes it.
    fn comes_back(&mut self) -> bool;
}

/// Lends connections. Cheap to clone.
pub(crate) struct Lender<C> {
    resting: Arc<Mutex<Vec<C>>>,
    free: Arc<Semaphore>,
    size: u32,
}

impl<C> Clone for Lender<C> {
    fn clone(&self) -> Self {
        Self { resting: Arc::clone(&self.resting), free: Arc::clone(&self.free), size: self.size }
    }
}

impl<C> Lender<C> {
    /// Lends `size` connections at the most, and has these.
    pub(crate) fn new(size: u32, resting: Vec<C>) -> Self {
        Self { resting: Arc::new(Mutex::new(resting)), free: Arc::new(Semaphore::new(size as usize)), size }
    }

    /// Waits until one more may be lent.
    ///
    /// # Errors
    /// [`Error::Closed`] once it is closed.
    pub(crate) async fn permit(&self) -> Result<OwnedSemaphorePermit> {
        Arc::clone(&self.free).acquire_owned().await.map_err(|_| Error::Closed)
    }

    /// The one that came back last, if one rests.
    pub(crate) fn take(&self) -> Option<C> {
        self.locked(Vec::pop)
    }

    /// Closes those that rest and are not wanted any more.
    pub(crate) fn retain(&self, wanted: impl Fn(&C) -> bool) {
        self.locked(|resting| resting.retain(wanted));
    }

    /// Whether it was closed.
    pub(crate) fn is_closed(&self) -> bool {
        self.free.is_closed()
    }

    /// Waits for those that are lent out, lends none any more, and gives all that rest.
    pub(crate) async fn close(&self) -> Vec<C> {
        // Closed by somebody else already: nothing is left to wait for.
        let _all = self.free.acquire_many(self.size).await;
        self.free.close();
        self.locked(std::mem::take)
    }

    fn locked<T>(&self, work: impl FnOnce(&mut Vec<C>) -> T) -> T {
        work(&mut self.resting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<C: Lendable> Lender<C> {
    /// Lends this one.
    pub(crate) fn lend(&self, connection: C, permit: OwnedSemaphorePermit) -> Lent<C> {
        Lent { connection: Some(connection), home: self.clone(), _permit: permit }
    }
}

/// A connection, for as long as its owner needs it; it goes back by itself.
pub(crate) struct Lent<C: Lendable> {
    connection: Option<C>,
    home: Lender<C>,
    // Given back after the connection, by the order of the fields.
    _permit: OwnedSemaphorePermit,
}

impl<C: Lendable> Lent<C> {
    pub(crate) fn connection(&self) -> Result<&C> {
        self.connection.as_ref().ok_or(Error::Closed)
    }

    pub(crate) fn connection_mut(&mut self) -> Result<&mut C> {
        self.connection.as_mut().ok_or(Error::Closed)
    }
}

impl<C: Lendable> Drop for Lent<C> {
    fn drop(&mut self) {
        if let Some(mut connection) = self.connection.take()
            && connection.comes_back()
        {
            self.home.locked(|resting| resting.push(connection));
        }
    }
}
