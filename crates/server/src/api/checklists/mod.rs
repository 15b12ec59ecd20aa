//! Items of a ticket's checklists: who checked what, and what shows it.

pub(super) mod delete;
pub(super) mod put;
pub(super) mod shape;
