//! Who gets in copy what people say on a ticket.

pub(super) mod delete;
pub(super) mod put;
pub(super) mod shape;
