//! A playbook as a picture: an SVG that people like to look at, or the text that Mermaid draws one from.
//!
//! The same playbook, marks and language give the same text, byte for byte.

mod chart;
mod counts;
mod dress;
mod layout;
mod listed;
mod marks;
mod measure;
mod mermaid;
mod paint;
mod svg;
#[cfg(test)]
mod tests;
mod words;

pub use counts::{Counts, Stay};
pub use listed::{ListedState, listed, size};
pub use marks::{Marks, Passage};
pub use mermaid::mermaid;
pub use svg::{STYLE, Setting, svg};
