//! What playbooks ask colleagues.

pub(super) mod answer;
pub(super) mod list;
pub(super) mod shape;
