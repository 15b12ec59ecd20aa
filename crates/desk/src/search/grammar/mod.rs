//! What somebody types to search: words, "exact words", `-word`, `#1042` and operators such as `is:open` or `org:"Acme Ltda"`.
//!
//! Pure: it says what was typed, not whether any of it exists. Whatever is typed is read, and what was read is written again by
//! [`Display`](fmt::Display) so that reading that gives the same.

pub mod day;
pub mod nearest;
pub mod operator;
#[cfg(test)]
mod tests;

use std::fmt;

pub use day::Day;
pub use operator::Operator;

use crate::words::fold;

/// What was typed, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Its terms.
    pub terms: Vec<Term>,
    /// Whether the last term is a word that somebody may still be typing: nothing stands behind it.
    pub is_begun: bool,
}

/// A part of what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Whether it stands behind a minus: what is looked for is without it.
    pub is_not: bool,
    /// What it says.
    pub what: What,
}

/// What a term says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A word as it was typed; it may be cut into several, as `o'neil` is.
    Word(String),
    /// Words that stand one behind the other.
    Phrase(String),
    /// The number of a ticket.
    Number(i64),
    /// An operator that is known, and what stands behind it, which may be nothing.
    Operator(Operator, String),
    /// What looks like an operator and is none.
    Unknown {
        /// The name before the colon.
        name: String,
        /// What stands behind it.
        value: String,
    },
}

impl Typed {
    /// Reads anything. What has neither letter nor digit only separates.
    pub fn read(text: &str) -> Self {
        let mut reader = Reader { rest: text };
        let mut typed = Self::default();
        while let Some((term, ends_open)) = reader.term() {
            typed.is_begun = ends_open && term.is_some() && reader.rest.is_empty();
            typed.terms.extend(term);
        }
        typed.is_begun &= matches!(typed.terms.last(), Some(Term { is_not: false, what: What::Word(_) }));
        typed
    }

    /// The same without the term at this place.
    #[must_use]
    pub fn without(&self, place: usize) -> Self {
        let mut typed = self.clone();
        if place < typed.terms.len() {
            typed.terms.remove(place);
        }
        typed.is_begun = false;
        typed
    }
}

impl fmt::Display for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, term) in self.terms.iter().enumerate() {
            if place > 0 {
                f.write_str(" ")?;
            }
            term.fmt(f)?;
        }
        let ends_in_a_word = matches!(self.terms.last(), Some(Term { is_not: false, what: What::Word(_) }));
        if ends_in_a_word && !self.is_begun { f.write_str(" ") } else { Ok(()) }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_not {
            f.write_str("-")?;
        }
        match &self.what {
            What::Word(word) => f.write_str(word),
            What::Phrase(words) => write!(f, "\"{words}\""),
            What::Number(number) => write!(f, "#{number}"),
            What::Operator(operator, value) => write!(f, "{}:{}", operator.name(), Quoted(value)),
            What::Unknown { name, value } => write!(f, "{name}:{}", Quoted(value)),
        }
    }
}

/// A value as it is typed: in quotes where it would not be one otherwise.
struct Quoted<'v>(&'v str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A value that begins as an address on the web does would not be taken for one.
        match self.0.contains(char::is_whitespace) || self.0.starts_with("//") {
            true => write!(f, "\"{}\"", self.0),
            false => f.write_str(self.0),
        }
    }
}

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    /// The next term, and whether it may go on behind what was typed; `Some((None, _))` for what only separates.
    fn term(&mut self) -> Option<(Option<Term>, bool)> {
        self.rest = self.rest.trim_start();
        self.rest.chars().next()?;
        let is_not = self.rest.starts_with('-');
        if is_not {
            self.rest = &self.rest[1..];
        }
        let (what, ends_open) = if self.rest.starts_with('"') {
            (Some(What::Phrase(self.quoted().to_owned())), false)
        } else {
            self.bare()
        };
        let what = what.filter(|what| !matches!(what, What::Word(text) | What::Phrase(text) if !has_words(text)));
        Some((what.map(|what| Term { is_not, what }), ends_open))
    }

    /// What stands up to the next quote, or to the end.
    fn quoted(&mut self) -> &'t str {
        let (inner, rest) = self.rest[1..].split_once('"').unwrap_or((&self.rest[1..], ""));
        self.rest = rest;
        inner
    }

    /// A word, a number, or an operator with its value.
    fn bare(&mut self) -> (Option<What>, bool) {
        let end = self.rest.find(char::is_whitespace).unwrap_or(self.rest.len());
        let text = &self.rest[..end];
        if let Some((name, value)) = text.split_once(':')
            && looks_like_a_name(name)
        {
            let operator = Operator::named(name);
            if let Some(quote) = value.strip_prefix('"').map(|_| name.len() + 1) {
                self.rest = &self.rest[quote..];
                let value = self.quoted().split_whitespace().collect::<Vec<_>>().join(" ");
                return (Some(named(operator, name, value)), false);
            }
            // `Re:` and `https://…` are what people paste, not what they mean.
            if operator.is_some() || !(value.is_empty() || value.starts_with("//")) {
                self.rest = &self.rest[end..];
                return (Some(named(operator, name, value.to_owned())), false);
            }
        }
        self.rest = &self.rest[end..];
        let number = text.strip_prefix('#').filter(|digits| digits.chars().all(|c| c.is_ascii_digit()));
        match number.and_then(|digits| digits.parse().ok()) {
            Some(number) => (Some(What::Number(number)), false),
            None => (Some(What::Word(text.to_owned())), true),
        }
    }
}

fn named(operator: Option<Operator>, name: &str, value: String) -> What {
    match operator {
        Some(operator) => What::Operator(operator, value),
        None if value.is_empty() => What::Word(format!("{name}:")),
        None => What::Unknown { name: name.to_owned(), value },
    }
}

/// Letters alone are the name of an operator; `12:30` is a time of the day.
fn looks_like_a_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_alphabetic)
}

fn has_words(text: &str) -> bool {
    fold::tokens(text).next().is_some()
}
