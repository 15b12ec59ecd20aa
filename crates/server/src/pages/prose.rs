//! Plain text as a page shows it: line breaks kept, web addresses made into links, colleagues' names marked where they were told.

use std::ops::Range;

/// A run of plain text, split where it holds web addresses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prose {
    /// The pieces in order; together they spell the text.
    pub pieces: Vec<Piece>,
}

/// A piece of [`Prose`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// An `http:` or `https:` address, shown as it stands.
    Link(String),
    /// The name of a colleague who was told by it, with its `@`.
    Name(String),
}

impl Prose {
    /// Splits `text`. Only `http://` and `https://` become links; punctuation that ends a sentence stays
    /// outside, and so does a closing bracket that was opened before the address.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(start) = next_address(rest) {
            let tail = &rest[start..];
            let length = address_length(tail);
            if start > 0 {
                pieces.push(Piece::Words(rest[..start].to_owned()));
            }
            pieces.push(Piece::Link(tail[..length].to_owned()));
            rest = &tail[length..];
        }
        if !rest.is_empty() {
            pieces.push(Piece::Words(rest.to_owned()));
        }
        Self { pieces }
    }

    /// Marks the places of its words that `found` says are names, which are in order.
    #[must_use]
    pub fn naming(self, found: impl Fn(&str) -> Vec<Range<usize>>) -> Self {
        let mut pieces = Vec::new();
        for piece in self.pieces {
            let Piece::Words(words) = piece else {
                pieces.push(piece);
                continue;
            };
            let mut told = 0;
            for place in found(&words) {
                pieces.extend((told < place.start).then(|| Piece::Words(words[told..place.start].to_owned())));
                told = place.end;
                pieces.push(Piece::Name(words[place].to_owned()));
            }
            pieces.extend((told < words.len()).then(|| Piece::Words(words[told..].to_owned())));
        }
        Self { pieces }
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

/// Where the next address begins: at a word's start, with at least one letter after the slashes.
fn next_address(text: &str) -> Option<usize> {
    let starts = text.match_indices("http").map(|(at, _)| at);
    starts.into_iter().find(|&at| {
        let after = text[at..].strip_prefix("https://").or_else(|| text[at..].strip_prefix("http://"));
        let begins = !text[..at].ends_with(char::is_alphanumeric);
        begins && after.is_some_and(|host| host.starts_with(char::is_alphanumeric))
    })
}

fn address_length(tail: &str) -> usize {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<String> {
        let pieces = Prose::from_text(text).pieces.into_iter();
        pieces
            .filter_map(|piece| match piece {
                Piece::Link(address) => Some(address),
                Piece::Words(_) | Piece::Name(_) => None,
            })
            .collect()
    }

    #[test]
    fn a_sentence_keeps_its_punctuation_out_of_the_address() {
        assert_eq!(links("See https://acme.example/a."), ["https://acme.example/a"]);
        assert_eq!(links("(at http://acme.example/x(1))"), ["http://acme.example/x(1)"]);
    }

    #[test]
    fn other_schemes_and_halves_are_words() {
        for text in ["javascript:alert(1)", "https://", "xhttps://acme.example", "http:// x"] {
            assert!(links(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_pieces_spell_the_text() {
        for text in ["", "a\nb", "https://a.example https://b.example, né 🎈", "ha http https://x"] {
            let spelled: String = Prose::from_text(text)
                .pieces
                .into_iter()
                .map(|piece| match piece {
                    Piece::Words(words) | Piece::Link(words) | Piece::Name(words) => words,
                })
                .collect();
            assert_eq!(spelled, text);
        }
    }

    #[test]
    fn names_are_marked_among_words_and_never_within_an_address() {
        let prose = Prose::from_text("@Bo, see https://acme.example/@Bo @Bo");
        let found = |words: &str| words.match_indices("@Bo").map(|(at, name)| at..at + name.len()).collect();
        let name = || Piece::Name("@Bo".to_owned());
        let words = |words: &str| Piece::Words(words.to_owned());
        let link = Piece::Link("https://acme.example/@Bo".to_owned());
        assert_eq!(prose.naming(found).pieces, [name(), words(", see "), link, words(" "), name()]);
    }
}
