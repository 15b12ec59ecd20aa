//! Files of contacts and organizations: brought, looked at, carried out, undone.

pub(super) mod carry;
pub(super) mod columns;
pub(super) mod create;
pub(super) mod delete;
pub(super) mod list;
pub(super) mod rows;
pub(super) mod shape;
pub(super) mod show;
pub(super) mod undo;
