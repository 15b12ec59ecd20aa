//! Which handbook somebody looks at: a revision, or their own draft.

use std::collections::BTreeMap;

use desk::editing::{self, Draft};
use desk::handbook::{Revision, tree};
use desk::rights::{self, Verb};
use desk::{Error, Result};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use playbook::Files;

use crate::pages::visit::Visit;

/// What is written otherwise in the value of a query.
const VALUE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'&').add(b'+').add(b'<').add(b'>').add(b'\'');

/// Which one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A revision.
    Revision(i64),
    /// The viewer's own draft.
    Draft,
}

/// A handbook that is looked at.
pub struct Source {
    /// Which one it is.
    pub of: Of,
    /// Its files.
    pub files: Files,
    /// Their digest.
    pub digest: String,
    /// The files of the revision that a draft stands on.
    pub base: Files,
    /// The viewer's draft, where it is one.
    pub draft: Option<Draft>,
    /// The newest revision.
    pub newest: i64,
}

impl Of {
    /// What an address says of it: `draft`, or a revision's number; today's revision without a word.
    pub fn asked(visit: &Visit, query: &BTreeMap<String, String>) -> Result<Self> {
        match query.get("of").map(String::as_str) {
            None | Some("") => Ok(Self::Revision(visit.app.desk.handbooks.current_number())),
            Some("draft") => Ok(Self::Draft),
            Some(number) => Ok(Self::Revision(read_number(number)?)),
        }
    }

    /// The same in an address.
    pub fn word(self) -> String {
        match self {
            Self::Revision(number) => number.to_string(),
            Self::Draft => "draft".to_owned(),
        }
    }
}

impl Source {
    /// Reads it, for whoever may.
    pub async fn read(visit: &Visit, of: Of) -> Result<Self> {
        match of {
            Of::Revision(number) => Self::revision(visit, number).await,
            Of::Draft => Self::draft(visit).await,
        }
    }

    async fn revision(visit: &Visit, number: i64) -> Result<Self> {
        rights::require(&visit.actor(), Verb::ReadHandbook)?;
        let handbooks = &visit.app.desk.handbooks;
        let conn = &mut visit.read().await?;
        let files = handbooks.files(conn, number).await?;
        let digest = tree::write(&files).1;
        let newest = handbooks.current_number();
        Ok(Self { of: Of::Revision(number), base: files.clone(), files, digest, draft: None, newest })
    }

    /// The viewer's draft; where they have none, what it would begin with.
    pub async fn draft(visit: &Visit) -> Result<Self> {
        rights::require(&visit.actor(), Verb::PublishHandbook)?;
        let handbooks = &visit.app.desk.handbooks;
        let conn = &mut visit.read().await?;
        let newest = desk::handbook::newest(conn).await?;
        let draft = editing::of(conn, &visit.actor()).await?;
        let base = handbooks.files(conn, draft.as_ref().map_or(newest, |draft| draft.base)).await?;
        let files = draft.as_ref().map_or_else(|| base.clone(), |draft| draft.laid_on(&base));
        let digest = tree::write(&files).1;
        Ok(Self { of: Of::Draft, files, digest, base, draft, newest })
    }

    /// The revision that it is or stands on.
    pub fn number(&self) -> i64 {
        match (self.of, &self.draft) {
            (Of::Revision(number), _) => number,
            (Of::Draft, Some(draft)) => draft.base,
            (Of::Draft, None) => self.newest,
        }
    }

    /// What is known of that revision.
    pub async fn about(&self, visit: &Visit) -> Result<Revision> {
        visit.app.desk.handbooks.about(&mut visit.read().await?, self.number()).await
    }

    /// Where a file of it is shown.
    pub fn file_href(&self, path: &str) -> String {
        match self.of {
            Of::Draft => address("/handbook/draft", &[("file", path)]),
            Of::Revision(number) if number == self.newest => address("/handbook", &[("file", path)]),
            Of::Revision(number) => address(&format!("/handbook/revisions/{number}"), &[("file", path)]),
        }
    }

    /// The file that is asked for; the first playbook where none is.
    pub fn chosen(&self, query: &BTreeMap<String, String>) -> Result<String> {
        if let Some(path) = query.get("file").filter(|path| !path.is_empty()) {
            let is_there = self.files.get(path).or_else(|| self.base.get(path)).is_some();
            return if is_there { Ok(path.clone()) } else { Err(Error::not_found("file")) };
        }
        let paths: Vec<&str> = self.files.iter().map(|(path, _)| path).collect();
        let first = paths.iter().find(|path| path.starts_with("playbooks/")).or_else(|| paths.first());
        first.map(|path| (*path).to_owned()).ok_or_else(|| Error::not_found("file"))
    }
}

/// An address with a query.
pub fn address(path: &str, pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, VALUE))).collect();
    format!("{path}?{}", pairs.join("&"))
}

/// The number of a revision in an address.
pub fn read_number(text: &str) -> Result<i64> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| Error::not_found("handbook revision"))
}
