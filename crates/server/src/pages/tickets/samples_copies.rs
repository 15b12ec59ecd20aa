//! Samples of those in copy.

use super::copies::{Copied, Copies};
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT};

impl Copies {
    /// Two who read along.
    #[must_use]
    pub fn sample() -> Self {
        let copied = |label: &str, address: &str| Copied { label: label.to_owned(), address: address.to_owned() };
        Self {
            people: vec![copied("Otto Lima", "otto@acme.example"), copied("rita@acme.example", "rita@acme.example")],
            ..Self::default()
        }
    }

    /// Names that break layouts, and an address that was none.
    #[must_use]
    pub fn sample_extreme() -> Self {
        let copied = |word: &str| Copied { label: word.to_owned(), address: word.to_owned() };
        Self {
            people: [ATTACK, RIGHT_TO_LEFT, LONG].map(copied).to_vec(),
            entered: ATTACK.to_owned(),
            error: Some(LONG.to_owned()),
        }
    }
}
