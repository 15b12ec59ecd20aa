//! The properties of a message or a file within it (MS-OXTNEF, section 2.1.3.4).

use std::collections::HashMap;

use super::cursor::Cursor;

/// More properties than this are not read.
const MAX_PROPERTIES: u32 = 2_000;

/// What a property holds, as far as it is of use here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Number(u32),
    Bytes(Vec<u8>),
    Unicode(String),
}

/// Properties by their ids; those with names of their own are passed over.
#[derive(Default)]
pub(super) struct Properties {
    found: HashMap<u16, Value>,
    pub(super) is_whole: bool,
}

impl Properties {
    /// Reads as many as can be read.
    pub(super) fn read(data: &[u8]) -> Self {
        let mut cursor = Cursor::new(data);
        let mut properties = Self::default();
        let count = cursor.u32().unwrap_or(0);
        for _ in 0..count.min(MAX_PROPERTIES) {
            let Some((id, value)) = property(&mut cursor) else { return properties };
            if let Some(value) = value {
                properties.found.entry(id).or_insert(value);
            }
        }
        properties.is_whole = count <= MAX_PROPERTIES;
        properties
    }

    pub(super) fn get(&self, id: u16) -> Option<&Value> {
        self.found.get(&id)
    }
}

/// The bit that says that a property holds several values.
const SEVERAL: u16 = 0x1000;
/// Ids from here on have a name that stands before their value.
const NAMED: u16 = 0x8000;

/// One property; its value is nothing where it is named or of no use.
fn property(cursor: &mut Cursor<'_>) -> Option<(u16, Option<Value>)> {
    let kind = cursor.u16()?;
    let id = cursor.u16()?;
    if id >= NAMED {
        cursor.take(16)?;
        match cursor.u32()? {
            0 => drop(cursor.u32()?),
            _ => drop(cursor.padded()?),
        }
    }
    let single = kind & !SEVERAL;
    let count = if kind & SEVERAL != 0 || is_of_any_length(single) { cursor.u32()? } else { 1 };
    let mut first = None;
    for _ in 0..count {
        let value = value(cursor, single)?;
        first = first.or(value);
    }
    Some((id, first.filter(|_| id < NAMED)))
}

fn is_of_any_length(kind: u16) -> bool {
    matches!(kind, 0x000d | 0x001e | 0x001f | 0x0102)
}

/// One value of a type (MS-OXCDATA, section 2.11.1); each takes four bytes at least, so that a count cannot run on for ever.
fn value(cursor: &mut Cursor<'_>, kind: u16) -> Option<Option<Value>> {
    Some(match kind {
        0x0002 | 0x0003 | 0x000b => Some(Value::Number(cursor.u32()?)),
        0x0004 | 0x000a => {
            cursor.u32()?;
            None
        }
        0x0005 | 0x0006 | 0x0007 | 0x0014 | 0x0040 => {
            cursor.take(8)?;
            None
        }
        0x0048 => {
            cursor.take(16)?;
            None
        }
        0x001f => {
            let bytes = cursor.padded()?;
            let units = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            Some(Value::Unicode(char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()))
        }
        0x001e | 0x0102 | 0x000d => Some(Value::Bytes(cursor.padded()?.to_vec())),
        _ => return None,
    })
}
