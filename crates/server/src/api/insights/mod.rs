//! Figures of a span, what happened in procedures, and the steps themselves.

pub(super) mod events;
pub(super) mod procedure;
pub(super) mod show;
