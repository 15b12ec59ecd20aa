//! The hours that count for organizations and teams.

pub(super) mod organization;
pub(super) mod shape;
pub(super) mod team;
