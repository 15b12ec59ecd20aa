//! Exit codes: few, and the same for every command. Those above 2 are of `sysexits.h`, which mail servers understand.

use desk::error::{Error, Kind};

/// All is well.
pub const SUCCESS: u8 = 0;
/// It ran, and the answer is no: findings, a failed scenario.
pub const FAILURE: u8 = 1;
/// The command was not used as it is meant.
pub const MISUSE: u8 = 2;
/// `EX_DATAERR`: the input is wrong; again will not help.
pub const BAD_DATA: u8 = 65;
/// `EX_TEMPFAIL`: not now; a mail server keeps the mail and tries again.
pub const TRY_AGAIN: u8 = 75;

/// The exit code of a failure.
pub fn of(error: &Error) -> u8 {
    match error.kind {
        Kind::Unavailable | Kind::Internal => TRY_AGAIN,
        Kind::TooLarge => BAD_DATA,
        Kind::Invalid | Kind::NotFound | Kind::Forbidden | Kind::Conflict => MISUSE,
    }
}
