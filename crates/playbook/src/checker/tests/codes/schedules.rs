//! Faults in openings by a schedule.

use super::cases::{bodies, body};
use super::{Case, file};

/// Segments of organizations and of contacts.
pub(super) fn segments() -> Vec<(String, String)> {
    let segment = |name: &str, of: &str| {
        let text = format!("language: 1\nsegment: {name}\nof: {of}\nwhere: organization.plan == \"pro\"\n");
        file(&format!("segments/{name}.yaml"), &text)
    };
    [segment("clients", "organization"), segment("people", "contact")].concat()
}

/// What reading an opening shows.
pub(super) fn of_openings() -> Vec<Case> {
    let opened =
        |more: &str| body("", "").replace("[ api ]", &format!("[ {{ schedule: day 8 09:00, each: {more} }} ]"));
    vec![
        bodies("key-for-all", &opened("clients, key: [ month ]"), &opened("clients, key: [ organization, month ]")),
        bodies(
            "two-requesters",
            &opened("people, requester: contact.email"),
            &opened("clients, requester: organization.name"),
        ),
        bodies("unknown-segment", &opened("client"), &opened("clients")),
    ]
}
