//! Keeps the house in order: checks that read the repository as text and say what to do about what they find.
//!
//! Nothing depends on this crate. Its checks are run by its own tests (`cargo test -p tidy`), each on the
//! real tree; what is allowed stands in `house.toml`, `ratchet.toml` and `forbidden.txt` beside this source.
//! A check is a function from a [`Tree`] to [`Complaint`]s, so that it can be tried on an invented tree too.

pub mod commands;
pub mod directions;
pub mod floors;
pub mod given;
pub mod house;
pub mod limits;
pub mod map;
pub mod names;
pub mod procedures;
pub mod ranks;
pub mod references;
pub mod sizes;
pub mod source;
pub mod sql;
pub mod statements;
pub mod tree;
pub mod words;

pub use house::House;
pub use tree::Tree;

/// Something that is out of order, with the advice that mends it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Complaint {
    /// Path from the root of the repository.
    pub path: String,
    /// Line from 1, or 0 for the file as a whole.
    pub line: usize,
    /// What is wrong, and what to do.
    pub advice: String,
}

impl Complaint {
    /// A complaint about one line.
    pub fn at(path: &str, line: usize, advice: impl Into<String>) -> Self {
        Self { path: path.into(), line, advice: advice.into() }
    }

    /// A complaint about a whole file or folder.
    pub fn about(path: &str, advice: impl Into<String>) -> Self {
        Self::at(path, 0, advice)
    }
}

impl std::fmt::Display for Complaint {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => write!(out, "{}: {}", self.path, self.advice),
            line => write!(out, "{}:{line}: {}", self.path, self.advice),
        }
    }
}
