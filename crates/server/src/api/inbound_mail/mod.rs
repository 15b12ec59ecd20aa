//! Mail that another program received.

pub(super) mod create;
