//! The values that a statement refers to, collected while its text is put together.

use store::{Query, Value, sql};

/// Values with their places.
#[derive(Default)]
pub(super) struct Binds(Vec<Value>);

impl Binds {
    /// Adds a value and says its place.
    pub(super) fn add(&mut self, value: impl Into<Value>) -> usize {
        self.0.push(value.into());
        self.0.len()
    }

    /// The statement of this text.
    pub(super) fn into_query(self, text: String) -> Query {
        self.0.into_iter().fold(sql(text), Query::bind)
    }
}
