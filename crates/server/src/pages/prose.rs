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
    /// The number of a ticket, with its `#`.
    Ticket(String),
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
        while let Some(address) = mail::bare_links::first(rest) {
            if address.start > 0 {
                pieces.push(Piece::Words(rest[..address.start].to_owned()));
            }
            pieces.push(Piece::Link(rest[address.clone()].to_owned()));
            rest = &rest[address.end..];
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

    /// Makes the numbers of tickets in its words links: `#1003`.
    #[must_use]
    pub fn numbering(self) -> Self {
        let mut pieces = Vec::new();
        for piece in self.pieces {
            let Piece::Words(words) = piece else {
                pieces.push(piece);
                continue;
            };
            let mut rest = words.as_str();
            while let Some(number) = next_number(rest) {
                pieces.extend((number.start > 0).then(|| Piece::Words(rest[..number.start].to_owned())));
                pieces.push(Piece::Ticket(rest[number.clone()].to_owned()));
                rest = &rest[number.end..];
            }
            pieces.extend((!rest.is_empty()).then(|| Piece::Words(rest.to_owned())));
        }
        Self { pieces }
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

/// Where the first number of a ticket stands: four to nine digits after a `#` that begins a word. Lists have shorter ones.
fn next_number(text: &str) -> Option<Range<usize>> {
    text.match_indices('#').find_map(|(at, _)| {
        let after = &text[at + 1..];
        let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let is_word = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '&' || c == '/')
            && !after[digits..].starts_with(char::is_alphanumeric);
        ((4..=9).contains(&digits) && is_word).then(|| at..at + 1 + digits)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<String> {
        let pieces = Prose::from_text(text).pieces.into_iter();
        pieces
            .filter_map(|piece| match piece {
                Piece::Link(address) => Some(address),
                Piece::Words(_) | Piece::Name(_) | Piece::Ticket(_) => None,
            })
            .collect()
    }

    #[test]
    fn a_ticket_is_found_by_its_number_and_a_step_of_a_list_is_none() {
        let pieces = Prose::from_text("As #1003, not #5, a#1004 or #10x: see (#1010).").numbering().pieces;
        let numbers: Vec<_> = pieces.iter().filter(|piece| matches!(piece, Piece::Ticket(_))).collect();
        assert_eq!(numbers, [&Piece::Ticket("#1003".to_owned()), &Piece::Ticket("#1010".to_owned())]);
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
                    Piece::Words(words) | Piece::Link(words) | Piece::Name(words) | Piece::Ticket(words) => words,
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
