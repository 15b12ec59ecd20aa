//! The agent who has a ticket.

pub(super) mod put;
