//! "On … wrote:" above what is quoted, in any language: by its words, or, above marked quotes, by its looks.

use super::words::{OPENINGS, VERBS};
use super::{divided, is_quoted};

/// How many lines an attribution may be broken into.
const MAX_LINES: usize = 4;
/// The longest line that can be part of one, in bytes.
const MAX_LINE: usize = 400;

/// How many lines an attribution takes that begins here and is followed by quoted lines or nothing.
pub(super) fn length(lines: &[&str], at: usize) -> Option<usize> {
    if let Some(length) = by_words(lines, at) {
        return next_written(lines, at + length).is_none_or(is_quoted).then_some(length);
    }
    by_looks(lines, at)
}

/// Whether an attribution with a date and an hour or address begins here and unmarked text follows: the rest is a quote.
pub(super) fn is_above_unmarked(lines: &[&str], at: usize) -> bool {
    let Some(length) = by_words(lines, at) else {
        return false;
    };
    let whole = lines[at..at + length].join(" ");
    is_certain(&whole) && next_written(lines, at + length).is_some_and(|line| !is_quoted(line))
}

/// `---- On Mon, 16 Nov 2026 10:02 Bo <bo@desk.example> wrote ----`: a divider that is an attribution.
pub(super) fn is_divider(line: &str) -> bool {
    divided(line).is_some_and(|inner| {
        is_certain(&inner)
            && inner.contains(|c: char| c.is_ascii_digit())
            && VERBS.iter().any(|verb| inner.contains(verb))
    })
}

fn next_written<'a>(lines: &[&'a str], from: usize) -> Option<&'a str> {
    lines.get(from..)?.iter().copied().find(|line| !line.trim().is_empty())
}

fn is_certain(whole: &str) -> bool {
    whole.contains('@') || has_hour(whole)
}

fn has_hour(text: &str) -> bool {
    let bytes = text.as_bytes();
    let around =
        |at: usize| at > 0 && bytes[at - 1].is_ascii_digit() && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
    text.match_indices([':', 'h']).any(|(at, _)| around(at))
}

/// How many lines "On … wrote:" takes from here, with at least one digit for its date. What stands above a line that opens an
/// attribution of its own is the writer's, however it begins.
fn by_words(lines: &[&str], at: usize) -> Option<usize> {
    let line = lines.get(at).filter(|line| line.len() <= MAX_LINE && !is_quoted(line))?;
    if !may_end(lines, at) {
        return None;
    }
    let first = line.trim().to_lowercase();
    let dated = first.starts_with(|c: char| c.is_ascii_digit());
    let named = first.contains('<') && first.contains('@');
    if !opens(&first) && !dated && !named {
        return None;
    }
    // Only these few lines are looked at, also for another attribution among them: each text is read in linear time.
    let near = &lines[at..lines.len().min(at + MAX_LINES)];
    let mut whole = String::new();
    for (number, line) in near.iter().enumerate() {
        let line = line.trim().to_lowercase();
        let opens_another = number > 0 && opens(&line);
        if line.is_empty()
            || line.len() > MAX_LINE
            || is_quoted(&line)
            || (opens_another && by_words(near, number).is_some())
        {
            return None;
        }
        whole.push_str(&line);
        whole.push(' ');
        if ends(&whole) {
            return whole.contains(|c: char| c.is_ascii_digit()).then_some(number + 1);
        }
        if ends_in_colon(&line) || tells(&line) {
            return None;
        }
    }
    None
}

/// Whether one of the next few lines could end an attribution; most lines are done with here.
fn may_end(lines: &[&str], at: usize) -> bool {
    lines[at..].iter().take(MAX_LINES).take_while(|line| !line.trim().is_empty()).any(|line| ends_in_colon(line))
}

fn ends_in_colon(line: &str) -> bool {
    line.trim_end().ends_with([':', '：'])
}

/// "Bo wrote: thanks" tells what Bo wrote.
fn tells(line: &str) -> bool {
    line.split(':').rev().skip(1).any(|before| VERBS.iter().any(|verb| before.ends_with(verb)))
}

/// Whether a line in small letters begins as attributions do.
fn opens(line: &str) -> bool {
    OPENINGS.iter().any(|word| line.starts_with(word))
}

fn ends(whole: &str) -> bool {
    let Some(whole) = whole.trim_end().strip_suffix([':', '：']) else {
        return false;
    };
    let whole = whole.trim_end();
    let tail: String = whole.chars().rev().take(120).collect::<Vec<_>>().into_iter().rev().collect();
    VERBS.iter().any(|verb| whole.ends_with(verb)) || (whole.starts_with("am ") && tail.contains(" schrieb "))
}

/// An attribution in whatever language: right above marked quotes, ending in a colon, with an address and the digits of a date.
fn by_looks(lines: &[&str], at: usize) -> Option<usize> {
    if !may_end(lines, at) {
        return None;
    }
    let mut whole = String::new();
    for (number, line) in lines[at..].iter().take(MAX_LINES).enumerate() {
        if line.trim().is_empty() || line.len() > MAX_LINE || is_quoted(line) {
            return None;
        }
        whole.push_str(line.trim());
        if whole.ends_with([':', '：']) {
            let quoted_next = next_written(lines, at + number + 1).is_some_and(is_quoted);
            let digits = whole.chars().filter(char::is_ascii_digit).count();
            let has_address = whole.contains('<') && whole.contains('@');
            return (quoted_next && digits >= 5 && (has_address || has_hour(&whole) && number == 0))
                .then_some(number + 1);
        }
        whole.push(' ');
    }
    None
}
