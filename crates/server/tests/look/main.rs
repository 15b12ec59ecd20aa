//! How the pages look and what they say, checked from outside.

// Helpers of tests outside #[test] functions: a template or a folder that cannot be read is a failure.
#![allow(clippy::unwrap_used)]

mod markup;
mod pages;
mod texts;
