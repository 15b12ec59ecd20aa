//! Where a page of what was found begins.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use store::Id;

use crate::page::Cursor;
use crate::{Error, Result};

/// Where a page of what was found begins: behind a row, never behind a number of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Behind so many people and companies, of those that there were at `newest`.
    People {
        /// How many of them come before it.
        skip: u32,
        /// The first page's present: what is newer is not looked at, so that no page repeats what another one had.
        newest: Id,
    },
    /// Behind this place of the words.
    Words {
        /// The last place that was looked at.
        behind: Id,
        /// The first page's present.
        newest: Id,
    },
    /// Behind this ticket, among those sorted by their last change.
    Changes(Cursor),
    /// Behind this ticket, among those sorted by when they were opened.
    Openings(Id),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::People { skip, newest } => write!(f, "p{skip}.{newest}"),
            Self::Words { behind, newest } => write!(f, "w{behind}.{newest}"),
            Self::Changes(cursor) => write!(f, "c{cursor}"),
            Self::Openings(behind) => write!(f, "o{behind}"),
        }
    }
}

impl FromStr for Place {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        read(text).ok_or_else(|| {
            Error::invalid_field("after", "no-cursor", "this is no cursor of a search")
                .advise("Take `next` of the page before, unchanged.")
        })
    }
}

fn read(text: &str) -> Option<Place> {
    let id = |text: &str| text.parse().ok().filter(|id: &Id| id.0 >= 0);
    let kind = text.chars().next()?;
    let rest = &text[kind.len_utf8()..];
    match kind {
        'o' => Some(Place::Openings(id(rest)?)),
        'p' => rest
            .split_once('.')
            .and_then(|(skip, newest)| Some(Place::People { skip: skip.parse().ok()?, newest: id(newest)? })),
        'w' => rest
            .split_once('.')
            .and_then(|(behind, newest)| Some(Place::Words { behind: id(behind)?, newest: id(newest)? })),
        'c' => {
            let (at, behind) = rest.split_once('.')?;
            Some(Place::Changes(Cursor { at: Timestamp::from_microsecond(at.parse().ok()?).ok()?, id: id(behind)? }))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_is_written_and_nothing_else_is_one() {
        let newest = Id(7);
        let at = Timestamp::from_microsecond(1_700_000_000_000_001).unwrap();
        for place in [
            Place::People { skip: 50, newest },
            Place::Words { behind: Id(3), newest },
            Place::Changes(Cursor { at, id: newest }),
            Place::Openings(newest),
        ] {
            assert_eq!(place.to_string().parse::<Place>().unwrap(), place);
        }
        for text in ["", "1", "7.7", "px.7", "p-1.7", "w1.7.8", "w1. 7", "w-1.7", "c1", "cx.1", "o", "é1.7"] {
            assert_eq!(text.parse::<Place>().unwrap_err().fields[0].field, "after", "{text}");
        }
    }
}
