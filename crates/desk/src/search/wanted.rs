//! What somebody looks for, understood as far as that needs no database: words, cuts by operators, and what is to be said about
//! the way it was typed.

use super::grammar::{Day, Operator, Term, Typed, What};
use super::notice::Notice;
use super::sought::Sought;
use crate::{Error, Result};

/// Words that join others in other programs.
const JOINING: [&str; 3] = ["OR", "AND", "NOT"];
/// The longest question, in characters.
pub const LENGTH_MAX: usize = 200;
/// The most words of one.
pub const WORDS_MAX: usize = 24;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    typed: Typed,
    /// The words that stand in one place.
    pub(super) words: Sought,
    /// What a ticket must be.
    pub(super) cuts: Vec<Cut>,
    notices: Vec<Notice>,
}

/// What a ticket must be, or must not, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) is_not: bool,
    pub(super) by: By,
}

/// What a ticket is cut by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// The number.
    Number(i64),
    /// The value of an operator that takes one of a few words.
    Word(Operator, &'static str),
    /// The value of one that takes a day.
    Day(Operator, Day),
    /// The value of any other.
    Name(Operator, String),
    /// Words that stand on it somewhere.
    Holding(Sought),
}

impl Wanted {
    /// Reads what somebody typed. The last word may be a beginning, unless something stands behind it.
    ///
    /// # Errors
    /// [`Kind::Invalid`](crate::error::Kind::Invalid) of the field `q` when nothing can be looked for by it, or it has too many words.
    pub fn read(text: &str) -> Result<Self> {
        if text.chars().count() > LENGTH_MAX {
            return Err(wrong("too-long", format!("has {LENGTH_MAX} characters at most")));
        }
        let typed = Typed::read(text);
        let mut wanted =
            Self { typed: Typed::default(), words: Sought::default(), cuts: Vec::new(), notices: Vec::new() };
        let last = typed.terms.len().checked_sub(1).filter(|_| typed.is_begun);
        for (place, term) in typed.terms.iter().enumerate() {
            wanted.take(term, Some(place) == last);
        }
        if wanted.words.is_empty() && wanted.cuts.is_empty() {
            return Err(wrong(
                "no-words",
                "has nothing to look for: words or operators with something behind them are needed",
            ));
        }
        let excluded = wanted.cuts.iter().map(|cut| if let By::Holding(words) = &cut.by { words.count() } else { 0 });
        if wanted.words.count() + excluded.sum::<usize>() > WORDS_MAX {
            return Err(wrong("too-many-words", format!("has {WORDS_MAX} words at most")));
        }
        Ok(Self { typed, ..wanted })
    }

    fn take(&mut self, term: &Term, is_begun: bool) {
        let is_not = term.is_not;
        let by = match &term.what {
            What::Word(word) if is_not => By::Holding(Sought::words(word)),
            What::Phrase(words) if is_not => By::Holding(Sought::phrase(words)),
            What::Word(word) if !is_begun && JOINING.contains(&word.as_str()) => {
                return self.notices.push(Notice::NotJoining { word: word.clone() });
            }
            What::Word(word) if is_begun => return self.words.add_begun(word),
            What::Word(word) => return self.words.add_words(word),
            What::Phrase(words) => return self.words.add_phrase(words),
            What::Number(number) => By::Number(*number),
            What::Operator(operator, value) if value.trim().is_empty() => {
                return self.notices.push(Notice::NoValue { operator: *operator });
            }
            What::Operator(operator, value) => match understood(*operator, value) {
                Some(by) => by,
                None => {
                    let nearest = operator.nearest_value(value);
                    self.notices.push(Notice::UnknownValue { operator: *operator, value: value.clone(), nearest });
                    return self.as_words(is_not, operator.name(), value);
                }
            },
            What::Unknown { name, value } => {
                self.notices.push(Notice::UnknownOperator {
                    name: name.clone(),
                    value: value.clone(),
                    nearest: Operator::nearest(name),
                });
                return self.as_words(is_not, name, value);
            }
        };
        self.cuts.push(Cut { is_not, by });
    }

    fn as_words(&mut self, is_not: bool, name: &str, value: &str) {
        let text = format!("{name} {value}");
        match is_not {
            true => self.cuts.push(Cut { is_not, by: By::Holding(Sought::words(&text)) }),
            false => self.words.add_words(&text),
        }
    }

    /// What was typed, term by term.
    pub fn typed(&self) -> &Typed {
        &self.typed
    }

    /// What is to be said about the way it was typed.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The words that are looked for.
    pub fn words(&self) -> &Sought {
        &self.words
    }

    /// Whether nothing but words is looked for, so that people and companies may be meant too.
    pub fn is_words_alone(&self) -> bool {
        self.cuts.is_empty()
    }
}

fn understood(operator: Operator, value: &str) -> Option<By> {
    if operator.takes_a_day() {
        return Day::read(value).map(|day| By::Day(operator, day));
    }
    match operator.values() {
        [] => Some(By::Name(operator, value.to_owned())),
        _ => operator.value(value).map(|word| By::Word(operator, word)),
    }
}

fn wrong(code: &str, message: impl Into<String>) -> Error {
    Error::invalid_field("q", code, message)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::words::fold;

    fn words(text: &str) -> Sought {
        Sought::words(text)
    }

    #[test]
    fn words_and_cuts_are_told_apart() {
        let wanted = Wanted::read("logo is:open -printer \"two words\" from:maria #7 before:7d").unwrap();
        assert_eq!(wanted.words.count(), 3);
        let cuts: Vec<By> = wanted.cuts.iter().map(|cut| cut.by.clone()).collect();
        let expected = [
            By::Word(Operator::Is, "open"),
            By::Holding(words("printer")),
            By::Name(Operator::From, "maria".to_owned()),
            By::Number(7),
            By::Day(Operator::Before, Day::DaysAgo(7)),
        ];
        assert_eq!(cuts, expected);
        assert!(wanted.notices.is_empty() && !wanted.is_words_alone());
    }

    #[test]
    fn an_operator_that_is_not_understood_is_looked_for_as_words_and_said_with_the_nearest() {
        let wanted = Wanted::read("colour:red form:acme is:opne before:noon from: logo ").unwrap();
        assert_eq!(wanted.words, words("colour red form acme is opne before noon logo"));
        let near = |notice: &Notice| match notice {
            Notice::UnknownOperator { name, nearest, .. } => format!("{name} {nearest:?}"),
            Notice::UnknownValue { value, nearest, .. } => format!("{value} {nearest:?}"),
            other => format!("{other:?}"),
        };
        let said: Vec<String> = wanted.notices().iter().map(near).collect();
        let expected =
            ["colour None", "form Some(From)", "opne Some(\"open\")", "noon None", "NoValue { operator: From }"];
        assert_eq!(said, expected);
    }

    #[test]
    fn words_that_join_elsewhere_are_passed_over_and_said() {
        let wanted = Wanted::read("logo OR letter NOT AND the OR").unwrap();
        assert_eq!(wanted.words, words("logo letter the or").begun());
        let said: Vec<String> = wanted.notices().iter().map(Notice::term).collect();
        assert_eq!(said, ["OR", "NOT", "AND"], "the last one may still go on");
    }

    #[test]
    fn what_cannot_be_looked_for_is_refused_by_name() {
        let many: String = (0..40).map(|n| format!("{n} ")).collect();
        for (text, code) in [
            ("", "no-words"),
            (" * ", "no-words"),
            ("is:", "no-words"),
            (&"x".repeat(201), "too-long"),
            (&many, "too-many-words"),
            (&many.replace(' ', " -"), "too-many-words"),
        ] {
            let error = Wanted::read(text).unwrap_err();
            assert_eq!((error.fields[0].field.as_str(), error.fields[0].code.as_str()), ("q", code), "{text}");
        }
        assert!(Wanted::read(&"x ".repeat(100)).is_ok(), "the same word again is no other");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_refused_and_each_plain_word_is_looked_for(text in "\\PC{0,120}|[a-z\"' ]{0,60}") {
            if let Ok(wanted) = Wanted::read(&text) {
                let tokens: Vec<fold::Token> = fold::tokens(&text).collect();
                let plain = !text.contains([':', '-', '#', '"']);
                prop_assert!(!plain || tokens.is_empty() || !wanted.words.places(&tokens).is_empty());
            }
        }
    }
}
