pub(super) mod delete;
pub(super) mod put;
