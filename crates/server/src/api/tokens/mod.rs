//! Tokens of programs and agents, for owners. They are made on the command line alone: an answer that holds one would be kept
//! under its idempotency key.

pub(super) mod delete;
pub(super) mod list;
