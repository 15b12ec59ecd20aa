pub(super) mod create;
pub(super) mod delete;
pub(super) mod list;
pub(super) mod list_all;
pub(super) mod patch;
pub(super) mod shape;
