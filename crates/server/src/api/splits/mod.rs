pub(super) mod create;
