//! Phrases of the rules: words that follow each other, perhaps with a few others between them.

use std::fmt;

use super::sentence::words;

/// How many other words may stand between two words of a phrase: `not working` is in "is not even working".
const BETWEEN: usize = 2;

/// What stands for every number.
pub(super) const NUMBER: &str = "#";

/// Words in their order; one that ends in `*` stands for every word that begins so, `#` for every number. Words that are written without
/// a blank between them, such as `e-mail` or `if-the`, stand without another between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    written: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    word: String,
    is_start: bool,
    /// Whether it stands directly behind the word before.
    is_joined: bool,
}

impl Phrase {
    /// Reads a phrase; nothing where it has no word, or a `*` elsewhere than at a word's end.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut parts = Vec::new();
        for piece in text.split_whitespace() {
            if piece == NUMBER {
                parts.push(Part { word: piece.to_owned(), is_start: false, is_joined: false });
                continue;
            }
            let (piece, is_start) = piece.strip_suffix('*').map_or((piece, false), |start| (start, true));
            if piece.contains('*') {
                return None;
            }
            let words = words(piece);
            let last = words.len().checked_sub(1)?;
            let of_piece = words.into_iter().enumerate();
            parts.extend(of_piece.map(|(index, word)| Part {
                word,
                is_start: is_start && index == last,
                is_joined: index > 0,
            }));
        }
        let written = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!parts.is_empty()).then_some(Self { written, parts })
    }

    /// Its first word, and whether words that begin so are meant.
    pub(super) fn first(&self) -> (&str, bool) {
        self.parts.first().map_or(("", false), |part| (&part.word, part.is_start))
    }

    /// The end of the phrase where it begins at `start`: each word as soon as it comes.
    pub(super) fn end_from(&self, words: &[String], start: usize) -> Option<usize> {
        let (first, others) = self.parts.split_first()?;
        if !first.is(words.get(start)?) {
            return None;
        }
        let mut end = start + 1;
        for part in others {
            let between = if part.is_joined { 0 } else { BETWEEN };
            let behind = words.get(end..(end + between + 1).min(words.len()))?;
            end += behind.iter().position(|word| part.is(word))? + 1;
        }
        Some(end)
    }
}

impl Part {
    fn is(&self, word: &str) -> bool {
        if self.is_start {
            word.starts_with(&self.word)
        } else {
            word == self.word || self.is_number() && is_number(word)
        }
    }

    fn is_number(&self) -> bool {
        self.word == NUMBER
    }
}

/// Whether a folded word is digits alone.
pub(super) fn is_number(word: &str) -> bool {
    word.chars().all(char::is_numeric)
}

/// As the handbook writes it.
impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(phrase: &str, text: &str) -> Vec<(usize, usize)> {
        let phrase = Phrase::read(phrase).unwrap();
        let words = words(text);
        (0..words.len()).filter_map(|start| Some((start, phrase.end_from(&words, start)?))).collect()
    }

    #[test]
    fn a_phrase_stands_where_its_words_follow_each_other() {
        assert_eq!(places("not work*", "It is not working."), [(2, 4)]);
        assert_eq!(places("não funcion*", "O site não está a funcionar"), [(2, 6)]);
        assert_eq!(places("not work*", "It is not that we want to see it working").len(), 0);
        assert_eq!(places("work not", "not working").len(), 0);
        assert_eq!(places("e-mail*", "Os e-mails e os emails"), [(1, 3)]);
        assert_eq!(places("if-the", "If only the form worked; if the form works"), [(5, 7)]);
        assert_eq!(places("error #", "Error 500, then error code 42, no error"), [(0, 2), (3, 6)]);
        assert_eq!(places("# orders", "Of 12 orders 3"), [(1, 3)]);
    }

    #[test]
    fn a_phrase_has_words_and_stars_behind_them() {
        assert_eq!(Phrase::read("  "), None);
        assert_eq!(Phrase::read("* not"), None);
        assert_eq!(Phrase::read("wo*rk"), None);
        assert_eq!(Phrase::read("#*"), None);
        assert_eq!(Phrase::read("not   work*").unwrap().to_string(), "not work*");
    }
}
