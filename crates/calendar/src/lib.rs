//! Working time, as far as this version knows it: spans that are exact (`24h`) or civil (`3 days`).
//!
//! Pure: the instant a span starts at and the zone it is counted in are handed down.

mod span;

pub use span::{Span, SpanError};
