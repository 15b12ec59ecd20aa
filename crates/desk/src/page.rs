//! Pages of lists: keyset, newest first, never by counting rows.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use store::Id;

use crate::{Error, Result};

/// The most rows that one page may have.
pub const LIMIT_MAX: u32 = 200;
/// The rows of a page when nobody says how many.
pub const LIMIT_DEFAULT: u32 = 50;

/// Where in a list, and how many rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// After which row; `None` for the first page.
    pub after: Option<Cursor>,
    /// How many rows, 1 to 200.
    pub limit: u32,
}

impl Default for Page {
    fn default() -> Self {
        Self { after: None, limit: LIMIT_DEFAULT }
    }
}

/// A row's place in a list that is sorted by an instant and an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The instant.
    pub at: Timestamp,
    /// The id.
    pub id: Id,
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.at.as_microsecond(), self.id)
    }
}

impl std::str::FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        text.split_once('.')
            .and_then(|(at, id)| {
                Some(Self { at: Timestamp::from_microsecond(at.parse().ok()?).ok()?, id: id.parse().ok()? })
            })
            .ok_or_else(no_cursor)
    }
}

fn no_cursor() -> Error {
    Error::invalid_field("after", "no-cursor", "this is no cursor of a list")
        .advise("Take `next` of the page before, unchanged.")
}

/// A row's place in a list that is sorted by a text and an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamePlace {
    /// The text.
    pub name: String,
    /// The id.
    pub id: Id,
}

impl std::fmt::Display for NamePlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.id, URL_SAFE_NO_PAD.encode(&self.name))
    }
}

impl std::str::FromStr for NamePlace {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        text.split_once('.')
            .and_then(|(id, name)| {
                let name = String::from_utf8(URL_SAFE_NO_PAD.decode(name).ok()?).ok()?;
                Some(Self { name, id: id.parse().ok()? })
            })
            .filter(|place| !place.name.contains('\0'))
            .ok_or_else(no_cursor)
    }
}

/// A page of a list that is sorted by a text.
#[derive(Clone, Debug)]
pub struct Named<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<NamePlace>,
}

impl<T> Named<T> {
    /// Makes a page of rows that were asked for with one more than `limit`.
    pub fn cut(mut items: Vec<T>, limit: u32, place: impl Fn(&T) -> NamePlace) -> Self {
        let more = self::cut(&mut items, limit);
        let next = items.last().filter(|_| more).map(place);
        Self { items, next }
    }
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Listed<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<Cursor>,
}

/// Cuts rows that were asked for with one more than `limit`; says whether there are more.
pub fn cut<T>(items: &mut Vec<T>, limit: u32) -> bool {
    let more = items.len() > limit as usize;
    items.truncate(limit as usize);
    more
}

impl<T> Listed<T> {
    /// Makes a page of rows that were asked for with one more than `limit`, so that there is no second question.
    pub fn cut(mut items: Vec<T>, limit: u32, cursor: impl Fn(&T) -> Cursor) -> Self {
        let more = self::cut(&mut items, limit);
        let next = items.last().filter(|_| more).map(cursor);
        Self { items, next }
    }
}
