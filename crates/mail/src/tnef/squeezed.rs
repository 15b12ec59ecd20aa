//! Compressed RTF (MS-OXRTFCP): repetitions are written as references into a ring of 4,096 bytes that is filled beforehand.

use super::cursor::Cursor;

const COMPRESSED: u32 = 0x7546_5a4c;
const UNCOMPRESSED: u32 = 0x414c_454d;
/// The longest RTF that is opened, in bytes; a small file can claim any.
const MAX_BYTES: usize = 4 * 1024 * 1024;
const RING: usize = 4096;

/// What the ring holds before the first byte (section 2.1.2.1).
const BEFOREHAND: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \
\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// Opens compressed RTF, as far as it goes; `None` when it is none.
pub(super) fn open(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut cursor = Cursor::new(bytes);
    let _compressed_size = cursor.u32()?;
    let size = usize::try_from(cursor.u32()?).ok()?.min(MAX_BYTES);
    let kind = cursor.u32()?;
    let _checksum = cursor.u32()?;
    match kind {
        UNCOMPRESSED => bytes.get(16..).map(|rest| rest[..rest.len().min(size)].to_vec()),
        COMPRESSED => Some(expand(&mut cursor, size)),
        _ => None,
    }
}

fn expand(cursor: &mut Cursor<'_>, size: usize) -> Vec<u8> {
    let mut text = Text::new(size);
    while let Some(flags) = cursor.u8() {
        for bit in 0..8 {
            let goes_on = if flags >> bit & 1 == 0 {
                cursor.u8().is_some_and(|byte| text.put(byte))
            } else {
                reference(cursor).is_some_and(|(offset, length)| text.repeat(offset, length))
            };
            if !goes_on {
                return text.out;
            }
        }
    }
    text.out
}

/// Twelve bits of offset and four of length, which is two at least.
fn reference(cursor: &mut Cursor<'_>) -> Option<(usize, usize)> {
    let (high, low) = (cursor.u8()?, cursor.u8()?);
    Some((usize::from(high) << 4 | usize::from(low >> 4), usize::from(low & 0x0f) + 2))
}

/// What was opened so far, and the ring that references point into.
struct Text {
    out: Vec<u8>,
    size: usize,
    ring: [u8; RING],
    at: usize,
}

impl Text {
    fn new(size: usize) -> Self {
        let mut ring = [b' '; RING];
        ring[..BEFOREHAND.len()].copy_from_slice(BEFOREHAND);
        Self { out: Vec::new(), size, ring, at: BEFOREHAND.len() }
    }

    /// Writes a byte; `false` when that was the last.
    fn put(&mut self, byte: u8) -> bool {
        self.out.push(byte);
        self.ring[self.at] = byte;
        self.at = (self.at + 1) % RING;
        self.out.len() < self.size
    }

    /// Repeats a stretch of the ring; `false` at the end, which is a reference to where the next byte goes.
    fn repeat(&mut self, offset: usize, length: usize) -> bool {
        offset != self.at && (offset..offset + length).all(|at| self.put(self.ring[at % RING]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squeezed(kind: u32, size: u32, data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len() + 12).unwrap();
        [&length.to_le_bytes()[..], &size.to_le_bytes(), &kind.to_le_bytes(), &[0; 4], data].concat()
    }

    #[test]
    fn the_ring_is_filled_as_it_must_be() {
        assert_eq!(BEFOREHAND.len(), 207);
    }

    #[test]
    fn the_example_of_the_specification_is_opened() {
        // MS-OXRTFCP, section 3.1: "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n".
        let data = [
            0x03, 0x00, 0x0a, 0x00, 0x72, 0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65,
            0x6c, 0x09, 0x00, 0x20, 0x62, 0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0,
        ];
        let opened = open(&squeezed(COMPRESSED, 0x2b, &data)).unwrap();
        assert_eq!(String::from_utf8(opened).unwrap(), "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
    }

    #[test]
    fn a_small_file_does_not_become_a_large_one() {
        let data = [&[0xff][..], &[0x00, 0x0f].repeat(8)].concat();
        assert!(open(&squeezed(COMPRESSED, u32::MAX, &data.repeat(1_000))).unwrap().len() <= MAX_BYTES);
        assert_eq!(open(&squeezed(UNCOMPRESSED, 3, b"abcdef")).as_deref(), Some(&b"abc"[..]));
        assert_eq!(open(&squeezed(7, 3, b"abcdef")), None);
    }
}
