//! Other programs that submit a form: each with a secret of its own, which only the database's master key opens.

pub(super) mod create;
pub(super) mod delete;
pub(super) mod list;
pub(super) mod put;
