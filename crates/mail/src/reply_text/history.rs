//! Where the mail that is answered begins without quote marks, to the end, and where one is passed on.

use super::words::{FIELDS, FORWARDED, FROM, ORIGINAL};
use super::{attribution, divided};

/// A divider, or a block of the answered mail's header fields, or an attribution that is followed by unmarked text.
pub(super) fn begins(lines: &[&str], at: usize) -> bool {
    is_original_divider(lines[at])
        || attribution::is_divider(lines[at])
        || begins_header_block(lines, at)
        || attribution::is_above_unmarked(lines, at)
}

/// Whether a mail that is passed on begins here: it is what its writer wants to show.
pub(super) fn begins_forwarded(line: &str) -> bool {
    let line = line.trim();
    let words = match divided(line) {
        Some(words) => words,
        None => match line.strip_suffix([':', '：']) {
            Some(words) if words.len() <= 60 => words.trim().to_lowercase(),
            _ => return false,
        },
    };
    FORWARDED.iter().any(|known| words.starts_with(known))
}

fn is_original_divider(line: &str) -> bool {
    divided(line).is_some_and(|words| ORIGINAL.contains(&words.as_str()))
}

/// How many lines below the first the other fields are looked for.
const MAX_FIELDS: usize = 8;

/// A rule or nothing, then "From: … / Sent: … / Subject: …".
fn begins_header_block(lines: &[&str], at: usize) -> bool {
    let mut start = at;
    if is_rule(lines[at]) {
        start = (at + 1..lines.len()).find(|next| !lines[*next].trim().is_empty()).unwrap_or(lines.len());
    }
    let Some(first) = lines.get(start) else {
        return false;
    };
    if !is_field(first, &FROM) {
        return false;
    }
    lines[start + 1..].iter().take(MAX_FIELDS).filter(|line| is_field(line, &FIELDS)).count() >= 2
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    (line.len() >= 10 && line.bytes().all(|byte| byte == b'_')) || line == "* * *"
}

fn is_field(line: &str, names: &[&str]) -> bool {
    let line = line.trim().trim_start_matches('*');
    let Some((name, value)) = line.split_once([':', '：']).filter(|(name, _)| name.len() <= 40) else {
        return false;
    };
    let name = name.trim_end_matches('*').trim().to_lowercase();
    names.contains(&name.as_str()) && !value.trim_matches(['*', ' ', '\u{a0}']).is_empty()
}
