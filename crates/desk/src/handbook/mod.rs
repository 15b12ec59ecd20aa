//! Handbooks: immutable revisions of a company's procedures, each compiled once.

mod queries;
mod revisions;
pub mod tree;

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use playbook::{Files, Handbook, Registry};
use store::{Conn, Id, News};

pub use revisions::{Published, publish, unsound};

use crate::{Error, Result};

/// Every revision that was needed so far, compiled, and which of them is today's.
pub struct Handbooks {
    registry: Registry,
    compiled: RwLock<HashMap<i64, Arc<Handbook>>>,
    current: AtomicI64,
}

impl Handbooks {
    /// Nothing compiled yet; `registry` is what the desk's features can do.
    pub fn new(registry: Registry) -> Self {
        Self { registry, compiled: RwLock::default(), current: AtomicI64::new(0) }
    }

    /// What the desk's features can do.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// The number of today's revision; 0 before the first is published.
    pub fn current_number(&self) -> i64 {
        self.current.load(Ordering::SeqCst)
    }

    /// Today's revision.
    pub async fn current(&self, conn: &mut Conn) -> Result<Arc<Handbook>> {
        self.revision(conn, self.current_number()).await
    }

    /// The revision with this number, compiled now if it was not before.
    pub async fn revision(&self, conn: &mut Conn, number: i64) -> Result<Arc<Handbook>> {
        if let Some(known) = self.compiled.read().unwrap_or_else(PoisonError::into_inner).get(&number) {
            return Ok(Arc::clone(known));
        }
        let files = self.files(conn, number).await?;
        let handbook = playbook::compile(&files, &self.registry).map_err(|findings| {
            let first = findings.first().map(|f| format!("{}: {}", f.place, f.message)).unwrap_or_default();
            Error::internal(format!("handbook revision {number} was made for another version of the desk: {first}"))
        })?;
        let handbook = Arc::new(handbook);
        self.compiled.write().unwrap_or_else(PoisonError::into_inner).insert(number, Arc::clone(&handbook));
        Ok(handbook)
    }

    /// The files of the revision with this number.
    pub async fn files(&self, conn: &mut Conn, number: i64) -> Result<Files> {
        let text = queries::files(conn, number).await?.ok_or_else(|| Error::not_found("handbook revision"))?;
        tree::read(&text)
    }

    /// Looks up which revision is today's: at the start, and whenever another process published one.
    pub async fn refresh(&self, conn: &mut Conn) -> Result<i64> {
        let number = queries::newest(conn).await?.map_or(0, |(number, _)| number);
        self.current.store(number, Ordering::SeqCst);
        Ok(number)
    }
}

/// The news that tell every process of a new revision.
pub fn news_of(number: i64) -> News {
    News::of("handbook", Id(number), number)
}
