//! A moment as pages show it.

/// A moment, already in the viewer's zone and language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// RFC 3339 in UTC, for the `datetime` attribute: `2026-11-21T14:03:00Z`.
    pub iso: String,
    /// The exact instant, shown on hover and to screen readers: `Sat 21 Nov 2026, 14:03 WET`.
    pub shown: String,
    /// What is read at a glance: `5 min ago`, `Mon 14:03`, `in 2 days`.
    pub relative: String,
}

impl When {
    /// A moment from its three forms.
    pub fn new(iso: impl Into<String>, shown: impl Into<String>, relative: impl Into<String>) -> Self {
        Self { iso: iso.into(), shown: shown.into(), relative: relative.into() }
    }
}
