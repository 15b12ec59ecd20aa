//! Files that are to go along with a message.

pub(super) mod create;
