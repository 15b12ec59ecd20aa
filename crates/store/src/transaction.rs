//! A transaction: a connection whose changes are kept together or not at all.

use std::ops::{Deref, DerefMut};

use crate::{Conn, Error, News};

/// A running transaction. It reads like any connection and is the only thing that a statement which changes
/// something is given.
pub struct Tx {
    conn: Conn,
    news: Vec<News>,
}

impl Tx {
    pub(crate) fn new(conn: Conn) -> Self {
        Self { conn, news: Vec::new() }
    }

    /// Says that something changed; told to everybody once the transaction is committed, and to nobody otherwise.
    pub fn announce(&mut self, news: News) {
        if !self.news.contains(&news) {
            self.news.push(news);
        }
    }

    /// Says that another transaction was in the way, so that the writer tries the whole work again.
    pub fn conflict(&mut self) -> Error {
        self.conn.conflicted = true;
        Error::Conflict
    }

    pub(crate) fn take_news(&mut self) -> Vec<News> {
        std::mem::take(&mut self.news)
    }

    pub(crate) fn news(&self) -> &[News] {
        &self.news
    }
}

impl Deref for Tx {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}
