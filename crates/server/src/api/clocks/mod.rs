//! The clocks of tickets: what was promised, and by when.

pub(super) mod shape;
