//! What one question may cost.

use std::time::Duration;

/// What one question may cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long connecting may take.
    pub connect: Duration,
    /// How long the statement may run. The database itself stops it then, so that nothing goes on that nobody waits for.
    pub statement: Duration,
    /// How long all of it may take, waiting for a free connection included; whatever the database does, the answer is there then.
    pub whole: Duration,
    /// How many rows are read at most, and never fewer than two: one more than one is enough to be ambiguous.
    pub rows: usize,
    /// The most bytes that one value may have.
    pub cell: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            statement: Duration::from_secs(10),
            whole: Duration::from_secs(15),
            rows: 20,
            cell: 64 * 1024,
        }
    }
}
