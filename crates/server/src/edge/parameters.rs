//! Query parameters: each known by name, none passed over.

use std::collections::BTreeMap;
use std::str::FromStr;

use axum::extract::{FromRequestParts, Query};
use axum::http::StatusCode;
use axum::http::request::Parts;
use desk::page::{Cursor, LIMIT_DEFAULT, LIMIT_MAX, Page};
use desk::search::Wanted;

use super::Problem;
use super::problem::WrongField;

/// The longest words that a list is cut by, in characters.
const WORDS_MAX: usize = 200;

/// The parameters of a request. Each is taken once; [`Parameters::finish`] refuses those that nobody took and everything that
/// was wrong, all at once.
pub struct Parameters {
    given: BTreeMap<String, String>,
    wrong: Vec<WrongField>,
}

impl<S: Send + Sync> FromRequestParts<S> for Parameters {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(pairs) = Query::<Vec<(String, String)>>::from_request_parts(parts, state).await.map_err(|_| {
            Problem::new(StatusCode::BAD_REQUEST, "bad-query", "The query of this request cannot be read.")
        })?;
        let (mut given, mut wrong) = (BTreeMap::new(), Vec::new());
        for (name, value) in pairs {
            if given.insert(name.clone(), value).is_some() {
                wrong.push(WrongField::new(name, "is given more than once"));
            }
        }
        Ok(Self { given, wrong })
    }
}

impl Parameters {
    /// Takes a parameter. An empty one counts as not given.
    pub fn take(&mut self, name: &str) -> Option<String> {
        self.given.remove(name).filter(|value| !value.is_empty())
    }

    /// Takes a parameter and reads it.
    pub fn read<T>(&mut self, name: &str, read: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let value = self.take(name)?;
        read(&value).map_err(|message| self.refuse(name, message)).ok()
    }

    /// Says that a parameter is wrong.
    pub fn refuse(&mut self, name: &str, message: impl Into<String>) {
        self.wrong.push(WrongField::new(name, message));
    }

    /// Says that a parameter is missing, unless something is wrong with it already.
    pub fn refuse_unless_refused(&mut self, name: &str, message: &str) {
        if self.wrong.iter().all(|wrong| wrong.field != name) {
            self.refuse(name, message);
        }
    }

    /// Takes `limit` and `after`.
    pub fn page(&mut self) -> Page {
        let limit = self.limit();
        let after = self.read("after", |text| Cursor::from_str(text).map_err(|error| error.to_string()));
        Page { after, limit }
    }

    /// Takes `limit`.
    pub fn limit(&mut self) -> u32 {
        let limit = self.read("limit", |text| match text.parse() {
            Ok(limit) if (1..=LIMIT_MAX).contains(&limit) => Ok(limit),
            _ => Err(format!("is a number from 1 to {LIMIT_MAX}")),
        });
        limit.unwrap_or(LIMIT_DEFAULT)
    }

    /// Takes words that a list is cut by.
    pub fn typed(&mut self, name: &str) -> Option<String> {
        self.read(name, |text| match text.chars().count() {
            0..=WORDS_MAX => Ok(text.to_owned()),
            _ => Err(format!("has {WORDS_MAX} characters at most")),
        })
    }

    /// Takes `q`, the words that somebody looks for.
    pub fn wanted(&mut self) -> Option<Wanted> {
        self.read("q", |text| {
            Wanted::read(text).map_err(|error| match error.fields.into_iter().next() {
                Some(wrong) => wrong.message,
                None => error.message,
            })
        })
    }

    /// Refuses what is left over and what was wrong.
    pub fn finish(self) -> Result<(), Problem> {
        let unknown = self.given.into_keys().map(|name| WrongField::new(name, "is no parameter of this address"));
        let wrong: Vec<WrongField> = self.wrong.into_iter().chain(unknown).collect();
        if wrong.is_empty() { Ok(()) } else { Err(Problem::wrong(wrong)) }
    }
}
