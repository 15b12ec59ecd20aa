//! An occurrence of a schedule: what a ticket that it opened knows as `opening`.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::scope::Scope;
use crate::types::Type;

/// The root that texts and guards know it by.
pub(crate) const OPENING: &str = "opening";

/// One of the times that a schedule names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence {
    /// The instant.
    pub at: Timestamp,
    /// Its day, in the zone of the schedule.
    pub date: Date,
    /// When its ticket is opened: as long before as the schedule says.
    pub opens: Timestamp,
}

impl Occurrence {
    /// `2026-12`.
    pub(crate) fn month(&self) -> String {
        self.date.strftime("%Y-%m").to_string()
    }

    /// `2026-11` of an occurrence in December.
    fn previous_month(&self) -> Option<String> {
        let before = self.date.first_of_month().checked_sub(1.month()).ok()?;
        Some(before.strftime("%Y-%m").to_string())
    }

    /// As texts and guards see it; without one every part is null.
    pub(crate) fn value(occurrence: Option<&Self>) -> Value {
        json!({
            "at": occurrence.map(|occurrence| occurrence.at.to_string()),
            "date": occurrence.map(|occurrence| occurrence.date.to_string()),
            "month": occurrence.map(Self::month),
            "previous_month": occurrence.and_then(Self::previous_month),
        })
    }

    /// Adds what is known of one to a scope.
    pub(crate) fn add_to(scope: &mut Scope) {
        for (part, type_) in
            [("at", Type::Time), ("date", Type::Date), ("month", Type::Text), ("previous_month", Type::Text)]
        {
            scope.add(&format!("{OPENING}.{part}"), type_);
        }
    }
}
