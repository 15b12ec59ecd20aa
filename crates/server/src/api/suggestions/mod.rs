//! Answers that playbooks suggest.

pub(super) mod dismiss;
pub(super) mod shape;
