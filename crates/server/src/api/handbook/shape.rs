//! Handbooks as programs see them.

use std::collections::BTreeMap;

use desk::Error;
use desk::editing::check_path;
use desk::handbook::Revision as Published;
use jiff::Timestamp;
use playbook::{Files, Finding as Found};
use serde::Serialize;
use utoipa::ToSchema;

use crate::edge::Problem;

/// A revision of the handbook.
#[derive(Serialize, ToSchema)]
#[schema(as = HandbookRevision)]
pub(in crate::api) struct Revision {
    number: i64,
    /// The SHA-256 of its files, in hexadecimal.
    digest: String,
    /// Whether new tickets run it.
    today: bool,
    published_by: String,
    #[schema(value_type = String, format = DateTime)]
    published_at: Timestamp,
    /// Why, as they said; empty when they did not.
    note: String,
}

impl Revision {
    /// What is told of `published`, while `today` is the number of today's.
    pub(in crate::api) fn of(published: Published, today: i64) -> Self {
        let Published { number, digest, published_by, published_at, note } = published;
        Self { today: number == today, number, digest, published_by, published_at, note }
    }
}

/// A finding of the check.
#[derive(Serialize, ToSchema)]
#[schema(as = HandbookFinding)]
pub(in crate::api) struct Finding {
    /// An error stands in the way of publishing, a warning does not.
    #[schema(value_type = FindingSeverity)]
    severity: playbook::Severity,
    /// The kind of finding, such as `unknown-key`.
    code: String,
    file: String,
    /// Its line, from 1.
    line: u32,
    /// Its column, from 1.
    column: u32,
    message: String,
    /// What would be right; null where that is not known.
    help: Option<String>,
    /// The way through the states that shows it.
    path: Vec<String>,
}

/// How bad a finding is.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "only described")]
pub(in crate::api) enum FindingSeverity {
    Error,
    Warning,
}

impl From<&Found> for Finding {
    fn from(found: &Found) -> Self {
        Self {
            severity: found.severity,
            code: found.code.to_owned(),
            file: found.place.file.to_string(),
            line: found.place.line,
            column: found.place.column,
            message: found.message.clone(),
            help: found.help.clone(),
            path: found.path.clone(),
        }
    }
}

/// The files of a handbook, as a program sends them.
pub(in crate::api) fn files(given: BTreeMap<String, String>) -> Result<Files, Problem> {
    for path in given.keys() {
        check_path(path).map_err(|error| {
            let message = error.fields.first().map_or_else(|| error.to_string(), |field| field.message.clone());
            Error::invalid_field(&format!("files.{path}"), "bad-path", message)
        })?;
    }
    Ok(given.into_iter().collect())
}

/// What keeps a handbook from being published, a line each.
pub(in crate::api) fn unsound(findings: &[Found]) -> Problem {
    let errors = findings.iter().filter(|finding| finding.severity == playbook::Severity::Error);
    let fields = errors.take(100).map(|finding| {
        desk::error::FieldError::new(&format!("files.{}", finding.place), finding.code, finding.message.clone())
    });
    let message = "The handbook is not sound; nothing was published.";
    Error { fields: fields.collect(), ..Error::invalid("unsound-handbook", message) }.into()
}
