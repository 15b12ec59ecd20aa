//! What happened to a ticket.

pub(super) mod shape;
