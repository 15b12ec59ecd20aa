//! What a look-up promises, on a SQLite file and on the real servers that `DESKHAND_TEST_POSTGRES` and `DESKHAND_TEST_MARIADB` name.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod addresses;
mod answers;
mod bounds;
mod customers;
mod failures;
mod place;
mod writes;
