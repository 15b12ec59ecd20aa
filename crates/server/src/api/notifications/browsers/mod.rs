//! The caller's browsers and apps that notices are pushed to.

pub(in crate::api) mod create;
pub(in crate::api) mod delete;
pub(in crate::api) mod list;
