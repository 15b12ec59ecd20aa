//! Why there is no answer, in words that hold neither an address nor what was asked for.

use std::time::Duration;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) reason: String,
    pub(crate) again: bool,
}

impl Failure {
    /// It stays so until somebody mends something.
    pub(crate) fn lasting(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), again: false }
    }

    /// It may pass by itself.
    pub(crate) fn passing(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), again: true }
    }

    /// Nothing came in the time given.
    pub(crate) fn silent(limit: Duration) -> Self {
        Self::passing(format!("the database gave no answer within {}", seconds(limit)))
    }

    /// Nobody could be reached in the time given.
    pub(crate) fn unreached(limit: Duration) -> Self {
        Self::passing(format!("the database cannot be reached within {}", seconds(limit)))
    }

    /// The statement was stopped because it took too long.
    pub(crate) fn stopped(limit: Duration) -> Self {
        Self::passing(format!("the query was stopped, it took longer than {}", seconds(limit)))
    }

    /// The statement was refused because it writes.
    pub(crate) fn writes() -> Self {
        Self::lasting("the query writes, and a look-up only reads")
    }

    /// A failure on the way to the database. What the database itself says goes through `said`, because only who knows the
    /// engine knows which of its messages repeat what was asked for.
    pub(crate) fn of(error: &sqlx::Error, said: impl FnOnce(&dyn sqlx::error::DatabaseError) -> Failure) -> Self {
        match error {
            sqlx::Error::Database(error) => said(error.as_ref()),
            // How a certificate that does not convince comes back.
            sqlx::Error::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                Self::lasting(format!("no safe way to the database: {error}"))
            }
            sqlx::Error::Io(error) => Self::passing(format!("the database cannot be reached: {error}")),
            sqlx::Error::Tls(error) => Self::lasting(format!("no safe way to the database: {error}")),
            sqlx::Error::Configuration(_) => Self::lasting("the connection's address is not usable"),
            // The text of the others may repeat a value that could not be read.
            sqlx::Error::Protocol(_) => Self::passing("the database does not speak as it should"),
            _ => Self::lasting("the database's answer cannot be understood"),
        }
    }

    /// What a server says, by its SQLSTATE (ISO/IEC 9075-2, clause 24): the classes on which PostgreSQL and MySQL agree.
    /// Only class 42 (syntax, unknown and forbidden names) is repeated in the server's words: those messages speak of the
    /// statement, in which stand places for parameters and no values.
    pub(crate) fn of_state(state: &str, message: &str) -> Self {
        match state.get(..2).unwrap_or_default() {
            "25" if state == "25006" => Self::writes(),
            "28" => Self::lasting(format!("the database refuses this user or password ({state})")),
            "3D" => Self::lasting(format!("there is no such database ({state})")),
            "42" => Self::lasting(format!("the query is not understood ({state}): {message}")),
            "08" | "40" | "53" | "55" | "57" | "58" => {
                Self::passing(format!("the database is not able to answer now ({state})"))
            }
            "22" => Self::lasting(format!("the database cannot calculate with these values ({state})")),
            _ => Self::lasting(format!("the database refuses the query ({state})")),
        }
    }
}

fn seconds(time: Duration) -> String {
    format!("{} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_server_says_of_the_statement_is_repeated() {
        let told = Failure::of_state("42P01", "relation \"persons\" does not exist");
        assert_eq!(told.reason, "the query is not understood (42P01): relation \"persons\" does not exist");
        let kept = Failure::of_state("22P02", "invalid input syntax for type integer: \"maria@acme.example\"");
        assert!(!kept.reason.contains("maria") && !kept.again, "{kept:?}");
    }

    #[test]
    fn what_passes_by_itself_is_worth_another_try() {
        for state in ["53300", "57P03", "40P01", "08006"] {
            assert!(Failure::of_state(state, "").again, "{state}");
        }
        for state in ["28P01", "25006", "3D000", "42601", "XX000", ""] {
            assert!(!Failure::of_state(state, "").again, "{state}");
        }
    }
}
