//! What somebody is known by, taken out of texts.

use regex::{Regex, RegexBuilder};
use serde_json::{Map, Value};

/// What stands where somebody was named.
pub const ERASED: &str = "[erased]";
/// The least characters of a word that is looked for: a shorter one would be found everywhere.
const WORD_MIN: usize = 3;
/// The most words that are looked for at once.
const WORDS_MAX: usize = 200;
/// How much a pattern may take, in bytes.
const PATTERN_MAX: usize = 16 * 1024 * 1024;

/// The words by which somebody would be known.
pub struct Marks {
    pattern: Option<Regex>,
}

impl Marks {
    /// These words, wherever they stand, without regard to capitals; the longest first.
    pub fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let long_enough = |word: &&str| word.chars().count() >= WORD_MIN;
        let mut words: Vec<&str> = words.into_iter().map(str::trim).filter(long_enough).collect();
        words.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
        words.dedup();
        words.truncate(WORDS_MAX);
        let escaped: Vec<String> = words.into_iter().map(regex::escape).collect();
        let pattern = (!escaped.is_empty())
            .then(|| RegexBuilder::new(&escaped.join("|")).case_insensitive(true).size_limit(PATTERN_MAX).build().ok())
            .flatten();
        Self { pattern }
    }

    /// The text without them; of JSON, each of its texts. `None` where none of them stands in it.
    pub fn taken_out(&self, text: &str) -> Option<String> {
        let pattern = self.pattern.as_ref()?;
        let taken = match serde_json::from_str::<Value>(text) {
            Ok(value @ (Value::Object(_) | Value::Array(_))) => self.out_of(value).to_string(),
            _ => pattern.replace_all(text, ERASED).into_owned(),
        };
        (taken != text && self.is_other(&taken, text)).then_some(taken)
    }

    /// Whether more changed than how JSON is written.
    fn is_other(&self, taken: &str, text: &str) -> bool {
        let read = |text: &str| serde_json::from_str::<Value>(text).ok();
        read(taken).is_none_or(|taken| Some(taken) != read(text))
    }

    fn out_of(&self, value: Value) -> Value {
        let Some(pattern) = &self.pattern else { return value };
        match value {
            Value::String(text) => Value::String(pattern.replace_all(&text, ERASED).into_owned()),
            Value::Array(members) => members.into_iter().map(|member| self.out_of(member)).collect(),
            Value::Object(members) => Value::Object(
                members
                    .into_iter()
                    .map(|(name, member)| (pattern.replace_all(&name, ERASED).into_owned(), self.out_of(member)))
                    .collect::<Map<_, _>>(),
            ),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_out_of_texts_and_of_json_and_json_stays_json() {
        let marks = Marks::of(["maria@acme.example", "Maria \"Mia\" Alves", "ab", ""]);
        assert_eq!(marks.taken_out("To MARIA@acme.example, about ab").as_deref(), Some("To [erased], about ab"));
        let json = r#"{"who":["Maria \"Mia\" Alves"],"n":1}"#;
        assert_eq!(marks.taken_out(json).as_deref(), Some(r#"{"n":1,"who":["[erased]"]}"#));
        assert_eq!(marks.taken_out(r#"{ "b": 1, "a": 2 }"#), None, "nobody stands there");
        assert_eq!(Marks::of(["", "x"]).taken_out("x"), None);
    }
}
