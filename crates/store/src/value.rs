//! What a statement can be given.

use jiff::Timestamp;

use crate::Id;

/// A parameter of a statement. Each kind knows its type even when it is null, which PostgreSQL needs.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A whole number, also ids and instants (microseconds since the epoch, UTC).
    Integer(Option<i64>),
    /// A text.
    Text(Option<String>),
    /// A truth value: INTEGER 0 or 1 in SQLite, BOOLEAN in PostgreSQL.
    Boolean(Option<bool>),
    /// Bytes.
    Bytes(Option<Vec<u8>>),
}

macro_rules! from {
    ($($from:ty => $variant:ident, $convert:expr;)*) => {$(
        impl From<$from> for Value {
            fn from(value: $from) -> Self {
                let convert: fn($from) -> _ = $convert;
                Value::$variant(Some(convert(value)))
            }
        }
        impl From<Option<$from>> for Value {
            fn from(value: Option<$from>) -> Self {
                Value::$variant(value.map($convert))
            }
        }
    )*};
}

from! {
    i64 => Integer, |v| v;
    i32 => Integer, i64::from;
    u32 => Integer, i64::from;
    Id => Integer, |v| v.0;
    Timestamp => Integer, |v| v.as_microsecond();
    bool => Boolean, |v| v;
    String => Text, |v| v;
    &str => Text, str::to_owned;
    &String => Text, String::clone;
    Vec<u8> => Bytes, |v| v;
    &[u8] => Bytes, <[u8]>::to_vec;
}
