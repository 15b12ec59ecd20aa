//! Choices made on a ticket.

pub(super) mod create;
