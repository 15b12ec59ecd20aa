//! Figures of a span.

pub(super) mod show;
