//! Times in a story, counted from its beginning (`+0h`, `+4h`, `+3d4h`, `+1d2h30m`, `+90s`), and lengths of time (`2h`).

use jiff::SignedDuration;

use crate::finding::Finding;
use crate::yaml::{Entries, Node};

/// The latest moment of a story: ten years.
const MAX_SECONDS: i64 = 10 * 366 * 86_400;

/// The units of a length, longest first, with their seconds.
const UNITS: [(char, i64); 4] = [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

/// What every length such as `3d4h` looks like, as a regular expression; what it matches may still be none.
pub(crate) fn length_pattern() -> String {
    format!("([0-9]+[{}])+", UNITS.iter().map(|(unit, _)| unit).collect::<String>())
}

/// Reads the key `at`.
pub(super) fn read(entries: &mut Entries<'_>, findings: &mut Vec<Finding>) -> Option<SignedDuration> {
    let node = entries.get("at")?;
    let offset = node.text().and_then(parse);
    if offset.is_none() {
        findings.push(bad(node));
    }
    offset
}

/// Reads a key that says how long something lasts: `for`, `left`.
pub(super) fn read_length(
    key: &'static str,
    entries: &mut Entries<'_>,
    findings: &mut Vec<Finding>,
) -> Option<SignedDuration> {
    let node = entries.require(key, findings)?;
    let length = node.text().and_then(length);
    if length.is_none() {
        findings.push(
            Finding::error("bad-span", node.place.clone(), "here stands how long it lasts")
                .with_help("write for example `30m`, `2h` or `1d2h30m`; a day is 24 hours"),
        );
    }
    length
}

fn bad(node: &Node) -> Finding {
    Finding::error("bad-span", node.place.clone(), "a time in a story counts from its beginning")
        .with_help("write for example `+0h`, `+4h`, `+3d4h` or `+1d2h30m`; a day is 24 hours")
}

/// Whether a text is a time in a story.
#[cfg(test)]
pub(crate) fn is_offset(text: &str) -> bool {
    parse(text).is_some()
}

/// What a text such as `+3d4h` stands for.
fn parse(text: &str) -> Option<SignedDuration> {
    length(text.strip_prefix('+')?)
}

/// The seconds that a text such as `3d4h` stands for; days are 24 hours, units come in order, each once.
fn length(text: &str) -> Option<SignedDuration> {
    let mut rest = text;
    let mut units: &[(char, i64)] = &UNITS;
    let mut seconds: i64 = 0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: i64 = rest.get(..digits)?.parse().ok()?;
        let unit = rest.get(digits..)?.chars().next()?;
        let position = units.iter().position(|(name, _)| *name == unit)?;
        let (_, length) = units.get(position)?;
        seconds = seconds.checked_add(number.checked_mul(*length)?)?;
        units = units.get(position + 1..)?;
        rest = rest.get(digits + 1..)?;
    }
    (seconds <= MAX_SECONDS).then(|| SignedDuration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_add_up_their_parts() {
        let seconds = |text| parse(text).map(|offset| offset.as_secs());
        assert_eq!(seconds("+0h"), Some(0));
        assert_eq!(seconds("+3d4h"), Some(3 * 86_400 + 4 * 3_600));
        assert_eq!(seconds("+1d2h30m"), Some(86_400 + 2 * 3_600 + 1_800));
        assert_eq!(seconds("+90s"), Some(90));
    }

    #[test]
    fn what_is_no_offset_is_refused() {
        for text in ["4h", "+", "+4", "+h", "+4h3d", "+4h4h", "+4x", "-4h", "+99999999999d", "+9999d", "+4é"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
