//! Web addresses as people write them within words: where one begins, and what of the sentence around it is not part of it.

use std::ops::Range;

/// Where the first `http` or `https` address of a text stands: at a word's start, with a letter or digit after the slashes.
/// Punctuation that ends a sentence stays outside, and so does a closing bracket that was opened before it.
#[must_use]
pub fn first(text: &str) -> Option<Range<usize>> {
    let start = text.match_indices("http").map(|(at, _)| at).find(|&at| {
        let after = text[at..].strip_prefix("https://").or_else(|| text[at..].strip_prefix("http://"));
        let begins = !text[..at].ends_with(char::is_alphanumeric);
        begins && after.is_some_and(|host| host.starts_with(char::is_alphanumeric))
    })?;
    Some(start..start + length(&text[start..]))
}

fn length(tail: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\u{0}'..='\u{1F}');
    let mut address = &tail[..tail.find(ends).unwrap_or(tail.len())];
    loop {
        let unopened =
            |open, close| address.ends_with(close) && address.matches(close).count() > address.matches(open).count();
        let trailing =
            address.ends_with(['.', ',', ';', ':', '!', '?', '\'', '…']) || unopened('(', ')') || unopened('[', ']');
        if !trailing {
            return address.len();
        }
        let mut letters = address.chars();
        letters.next_back();
        address = letters.as_str();
    }
}
