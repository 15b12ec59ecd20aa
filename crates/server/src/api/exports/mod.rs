//! Lists of contacts and organizations as files for spreadsheets.

pub(super) mod contacts;
pub(super) mod organizations;
