//! Files of contacts and of organizations: read as tables, looked at row by row before anything changes, carried out, and undone.

pub mod columns;
mod queries;
pub mod table;

use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use store::{Conn, Id};

pub use queries::{add, begin, carry, claim, discard, next_of, next_to_undo, set_columns, set_state, undo};

use crate::error::FieldError;
use crate::ground::Ground;
use crate::{Actor, Error, Result, page};

/// The most bytes of a file.
pub const FILE_MAX: usize = 5 * 1024 * 1024;
/// For how long an import can be looked up and undone, from when it was last carried out or undone.
pub const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24 * 90);
/// How many rows are cleared away in one transaction.
const CLEARED_AT_ONCE: u32 = 500;

/// What a file is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Contacts, by their mail addresses.
    Contacts,
    /// Organizations, by their keys.
    Organizations,
}

impl Kind {
    /// The word, as in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Contacts => "contacts",
            Kind::Organizations => "organizations",
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        [Kind::Contacts, Kind::Organizations]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| Error::invalid_field("kind", "no-such-kind", "is contacts or organizations"))
    }
}

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its rows are being looked at.
    Reading,
    /// Looked at; nothing is changed yet.
    LookedAt,
    /// Its rows are being carried out.
    Running,
    /// All of them are.
    Done,
    /// They are being put back.
    Undoing,
    /// All of them are, but those that somebody changed since.
    Undone,
}

impl State {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Reading => "reading",
            State::LookedAt => "looked_at",
            State::Running => "running",
            State::Done => "done",
            State::Undoing => "undoing",
            State::Undone => "undone",
        }
    }

    fn from_word(word: &str) -> Self {
        let all = [State::LookedAt, State::Running, State::Done, State::Undoing, State::Undone];
        all.into_iter().find(|state| state.as_str() == word).unwrap_or(State::Reading)
    }
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Somebody new.
    New,
    /// Somebody known, of whom something changes.
    Changed,
    /// Somebody known, of whom everything is known already.
    Unchanged,
    /// It cannot be taken.
    Refused,
}

impl Fate {
    /// Each of them.
    pub const ALL: [Fate; 4] = [Fate::New, Fate::Changed, Fate::Unchanged, Fate::Refused];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Fate::New => "new",
            Fate::Changed => "changed",
            Fate::Unchanged => "unchanged",
            Fate::Refused => "refused",
        }
    }

    /// The fate of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Fate::ALL.into_iter().find(|fate| fate.as_str() == word)
    }
}

/// What became of a row when its import was undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undone {
    /// Who was new is gone again.
    Removed,
    /// Who was changed is as before.
    PutBack,
    /// Somebody changed them since, or they are needed: they stay as they are.
    Left,
}

impl Undone {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Undone::Removed => "removed",
            Undone::PutBack => "put_back",
            Undone::Left => "left",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Undone::Removed, Undone::PutBack, Undone::Left].into_iter().find(|undone| undone.as_str() == word)
    }
}

/// An import.
#[derive(Clone, Debug)]
pub struct Import {
    /// Its id.
    pub id: Id,
    /// What it is of.
    pub kind: Kind,
    /// How far it is.
    pub state: State,
    /// What the file was called.
    pub file: String,
    /// The titles of its columns.
    pub headers: Vec<String>,
    /// What each column is taken for; `None` where it is left out.
    pub columns: Vec<Option<String>>,
    /// Who brought it.
    pub by: String,
    /// When.
    pub created_at: Timestamp,
}

/// A row of an import.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its place in the file: the row beneath the titles is 1.
    pub place: i64,
    /// The address or key that it is about.
    pub key: String,
    /// Its cells.
    pub cells: Vec<String>,
    /// What becomes of it, or became.
    pub fate: Fate,
    /// What is wrong with it, or what it says that is new.
    pub why: Vec<FieldError>,
    /// Whether it was carried out.
    pub carried: bool,
    /// Whom it made or changed.
    pub person: Option<Id>,
    /// How they stood before, and after.
    pub stood: Option<String>,
    /// How they stood after.
    pub stands: Option<String>,
    /// What became of it when it was undone.
    pub undone: Option<Undone>,
}

/// The import with this id.
pub async fn find(conn: &mut Conn, id: Id) -> Result<Import> {
    queries::find(conn, id).await?.ok_or_else(|| Error::not_found("import"))
}

/// Imports of this kind, the newest first, from behind `after`; whether there are more.
pub async fn list(conn: &mut Conn, kind: Kind, after: Option<Id>, limit: u32) -> Result<(Vec<Import>, bool)> {
    let mut imports = queries::list(conn, kind, after.unwrap_or(Id(i64::MAX)), limit + 1).await?;
    let more = page::cut(&mut imports, limit);
    Ok((imports, more))
}

/// Clears away what is older than [`KEPT_FOR`], rows and all: what they hold of people is kept no longer than it can be of use. Says how many
/// rows went.
pub async fn clear_old(ground: &Ground) -> Result<u64> {
    let before = ground.clock.now() - KEPT_FOR;
    let mut cleared = 0;
    // Most of the time there is nothing, and looking costs no transaction.
    while let Some(old) = queries::older(&mut ground.read().await?, before).await? {
        let work = ground.change(&Actor::Desk, move |context| {
            async move { Ok(queries::clear(context.tx, old, CLEARED_AT_ONCE).await?) }.boxed()
        });
        cleared += work.await?;
    }
    Ok(cleared)
}

/// How many rows there are of each fate.
pub async fn counts(conn: &mut Conn, id: Id) -> Result<Vec<(Fate, i64)>> {
    Ok(queries::counts(conn, id).await?)
}

/// How many rows were put back, removed and left when it was undone.
pub async fn undone(conn: &mut Conn, id: Id) -> Result<Vec<(Undone, i64)>> {
    Ok(queries::undone(conn, id).await?)
}

/// All rows of an import, in their order: no more than a file may have.
pub async fn all_rows(conn: &mut Conn, id: Id) -> Result<Vec<Row>> {
    let most = u32::try_from(table::ROWS_MAX).unwrap_or(u32::MAX);
    Ok(queries::rows(conn, id, None, -1, most).await?)
}

/// Rows behind a place, with a fate where one is asked for; whether there are more.
pub async fn rows(conn: &mut Conn, id: Id, fate: Option<Fate>, after: i64, limit: u32) -> Result<(Vec<Row>, bool)> {
    let mut rows = queries::rows(conn, id, fate, after, limit + 1).await?;
    let more = page::cut(&mut rows, limit);
    Ok((rows, more))
}
