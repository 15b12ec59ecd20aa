//! Messages.

pub(super) mod shape;
