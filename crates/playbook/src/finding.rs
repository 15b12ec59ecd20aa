//! What is wrong with a handbook, and where.

use std::fmt::Write as _;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use crate::source::{Files, Place};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The handbook cannot be published.
    Error,
    /// The handbook works, perhaps not as meant.
    Warning,
}

/// One thing that is wrong with a handbook.
///
/// Serialises as the row of `deskhand check --format json`:
/// `{"severity", "code", "file", "line", "column", "message", "help", "path"}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// A stable word for the kind of finding, such as `unknown-key`.
    pub code: &'static str,
    /// Where it is.
    pub place: Place,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What would be right, if that is known.
    pub help: Option<String>,
    /// The way through the states that shows it, when a way does; otherwise empty.
    pub path: Vec<String>,
}

impl Finding {
    /// An error.
    #[must_use]
    pub fn error(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code, place, message: message.into(), help: None, path: Vec::new() }
    }

    /// A warning.
    #[must_use]
    pub fn warning(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, place, message) }
    }

    /// The same with what would be right.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The finding as people read it: place, line, a caret under the column, and the help.
    #[must_use]
    pub fn render(&self, files: &Files) -> String {
        let kind = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let mut out = format!("{kind}[{}]: {}\n", self.code, self.message);
        let number = self.place.line.to_string();
        let margin = " ".repeat(number.len());
        let _ = writeln!(out, "{margin}--> {}", self.place);
        let line =
            files.get(&self.place.file).and_then(|text| text.lines().nth(self.place.line.saturating_sub(1) as usize));
        if let Some(line) = line {
            let before: String = line
                .chars()
                .take(self.place.column.saturating_sub(1) as usize)
                .map(|c| if c == '\t' { '\t' } else { ' ' })
                .collect();
            let _ = writeln!(out, "{margin} |\n{number} | {line}\n{margin} | {before}^");
        }
        if let Some(help) = &self.help {
            let _ = writeln!(out, "{margin} = help: {help}");
        }
        for step in &self.path {
            let _ = writeln!(out, "{margin} - {step}");
        }
        out
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_struct("Finding", 8)?;
        row.serialize_field("severity", &self.severity)?;
        row.serialize_field("code", self.code)?;
        row.serialize_field("file", &*self.place.file)?;
        row.serialize_field("line", &self.place.line)?;
        row.serialize_field("column", &self.place.column)?;
        row.serialize_field("message", &self.message)?;
        row.serialize_field("help", &self.help)?;
        row.serialize_field("path", &self.path)?;
        row.end()
    }
}
