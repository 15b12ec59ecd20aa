//! The door, as browsers find it: what they are given to keep, what opens nothing, and what nobody can make them do.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

#[path = "../stage/mod.rs"]
mod stage;

mod browser;
mod door;
mod holes;
mod people;
mod search;
