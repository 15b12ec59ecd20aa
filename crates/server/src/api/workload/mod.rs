//! How much work a team has.

pub(super) mod show;
