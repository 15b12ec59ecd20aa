//! Handbooks: immutable revisions of a company's procedures, each compiled once.

pub mod naming;
mod queries;
mod revisions;
pub mod tree;

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use playbook::{Files, Handbook, Registry};
use store::{Conn, Id, News};

pub use revisions::{NOTE_MAX, Published, Publishing, Revision, publish, unsound};

use crate::rights::Scope;
use crate::{Error, Result, page};

/// Every revision that was needed so far, compiled, and which of them is today's.
pub struct Handbooks {
    registry: Registry,
    compiled: RwLock<HashMap<i64, Arc<Handbook>>>,
    /// What was compiled to be published, with the text that a revision stores of it: the revision need not do so again.
    published: Mutex<Option<(String, Arc<Handbook>)>>,
    current: AtomicI64,
}

impl Handbooks {
    /// Nothing compiled yet; `registry` is what the desk's features can do.
    pub fn new(registry: Registry) -> Self {
        Self { registry, compiled: RwLock::default(), published: Mutex::default(), current: AtomicI64::new(0) }
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
        let files = queries::files(conn, number).await?.ok_or_else(|| Error::not_found("handbook revision"))?;
        let handbook = match self.published_as(&files) {
            Some(handbook) => handbook,
            None => Arc::new(self.compile(number, &files)?),
        };
        self.compiled.write().unwrap_or_else(PoisonError::into_inner).insert(number, Arc::clone(&handbook));
        Ok(handbook)
    }

    /// The files of the revision with this number.
    pub async fn files(&self, conn: &mut Conn, number: i64) -> Result<Files> {
        let text = queries::files(conn, number).await?.ok_or_else(|| Error::not_found("handbook revision"))?;
        tree::read(&text)
    }

    /// Every revision that was published, the newest first.
    pub async fn revisions(&self, conn: &mut Conn, _scope: Scope) -> Result<Vec<Revision>> {
        Ok(queries::all(conn).await?)
    }

    /// Revisions before one, the newest first, and whether there are older ones.
    pub async fn revisions_before(
        &self,
        conn: &mut Conn,
        _scope: Scope,
        number: Option<i64>,
        limit: u32,
    ) -> Result<(Vec<Revision>, bool)> {
        let mut rows = queries::before(conn, number.unwrap_or(i64::MAX), limit + 1).await?;
        let more = page::cut(&mut rows, limit);
        Ok((rows, more))
    }

    /// The revision with this number.
    pub async fn about(&self, conn: &mut Conn, number: i64) -> Result<Revision> {
        let found = queries::before(conn, number.saturating_add(1), 1).await?.into_iter().next();
        found.filter(|found| found.number == number).ok_or_else(|| Error::not_found("handbook revision"))
    }

    fn compile(&self, number: i64, files: &str) -> Result<Handbook> {
        playbook::compile(&tree::read(files)?, &self.registry).map_err(|findings| {
            let first = findings.first().map(|f| format!("{}: {}", f.place, f.message)).unwrap_or_default();
            Error::internal(format!("handbook revision {number} was made for another version of the desk: {first}"))
        })
    }

    /// The handbook that was compiled to be published with this text.
    fn published_as(&self, files: &str) -> Option<Arc<Handbook>> {
        let published = self.published.lock().unwrap_or_else(PoisonError::into_inner);
        published.as_ref().filter(|(text, _)| text == files).map(|(_, handbook)| Arc::clone(handbook))
    }

    /// The handbook of these files, if they were the last to be published by this process, or are about to be.
    pub fn compiled_of(&self, files: &Files) -> Option<Arc<Handbook>> {
        self.published_as(&tree::write(files).0)
    }

    /// Remembers what was compiled to be published.
    fn keep_published(&self, files: &str, handbook: Handbook) {
        let mut published = self.published.lock().unwrap_or_else(PoisonError::into_inner);
        *published = Some((files.to_owned(), Arc::new(handbook)));
    }

    /// Looks up which revision is today's: at the start, and whenever another process published one.
    pub async fn refresh(&self, conn: &mut Conn) -> Result<i64> {
        let number = queries::newest(conn).await?.map_or(0, |(number, _)| number);
        self.current.store(number, Ordering::SeqCst);
        Ok(number)
    }
}

/// The number of the newest revision, as the database knows it now; 0 before the first.
pub async fn newest(conn: &mut Conn) -> Result<i64> {
    Ok(queries::newest(conn).await?.map_or(0, |(number, _)| number))
}

/// The news that tell every process of a new revision.
pub fn news_of(number: i64) -> News {
    News::of("handbook", Id(number), number)
}
