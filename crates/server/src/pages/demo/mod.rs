//! What only the demo has: a clock that can be moved, and a choice of whom to play.

pub mod act_as;
pub mod bar;
pub mod clock;
