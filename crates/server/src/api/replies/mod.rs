//! Answers and notes on a ticket.

pub(super) mod create;
