//! What can go wrong below the desk.

/// The result of anything in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure of the database or of what it holds.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A row that was asked for by key is not there.
    #[error("no such row")]
    Missing,
    /// A unique key was taken already, or a reference points nowhere. Holds the constraint's name or columns.
    #[error("the row breaks a rule of the table: {0}")]
    Constraint(String),
    /// Two transactions wanted the same rows in a different order; trying again helps.
    #[error("another transaction was in the way")]
    Conflict,
    /// The database cannot be reached or has no room; nothing was written.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// A column did not hold what its reader expects.
    #[error("column {column}: {reason}")]
    Column {
        /// The column's name.
        column: String,
        /// What was wrong with it.
        reason: String,
    },
    /// The database's schema and this program do not fit.
    #[error("{0}")]
    Schema(String),
    /// A statement failed for another reason; a defect of this program.
    #[error("a statement failed: {0}")]
    Statement(String),
    /// The work given to the writer panicked; it was rolled back.
    #[error("the command was given up: it panicked")]
    Panicked,
    /// The writer is closed: the program is stopping.
    #[error("the desk is stopping")]
    Closed,
}

impl Error {
    /// Whether doing the same again may succeed without anything else changing.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Error::Conflict)
    }

    /// Whether a unique key or a reference refused the row.
    pub fn is_constraint(&self) -> bool {
        matches!(self, Error::Constraint(_))
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Error::Missing,
            sqlx::Error::Database(database) => {
                let code = database.code().unwrap_or_default().into_owned();
                let text = database.message().to_owned();
                if database.is_unique_violation()
                    || database.is_foreign_key_violation()
                    || database.is_check_violation()
                {
                    return Error::Constraint(text);
                }
                match code.as_str() {
                    // Serialization failure, deadlock.
                    "40001" | "40P01" => Error::Conflict,
                    // Insufficient resources, shutting down, cannot connect now.
                    "53100" | "53200" | "53300" | "57P01" | "57P02" | "57P03" => Error::Unavailable(text),
                    _ => Error::Statement(format!("{text} ({code})")),
                }
            }
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                Error::Unavailable(error.to_string())
            }
            _ => Error::Statement(error.to_string()),
        }
    }
}
