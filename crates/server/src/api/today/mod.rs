//! What is about to break.

pub(super) mod show;
