//! Handbooks.

pub(super) mod check;
pub(super) mod list;
pub(super) mod publish;
pub(super) mod rehearse;
pub(super) mod shape;
pub(super) mod show;
