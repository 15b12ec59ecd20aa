//! A piece of a text around the words that were looked for.

use std::ops::Range;

use super::sought::Sought;
use crate::words::fold;

/// How many characters stand before the first word that was looked for, at most.
const BEFORE: usize = 60;
/// How many characters a snippet has, about.
const LENGTH: usize = 200;

/// A part of a snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The words, as they stand in the text, with blanks in place of line breaks.
    pub text: String,
    /// Whether this was looked for.
    pub is_hit: bool,
}

/// A piece of a text, cut into what was looked for and what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// Its parts in order.
    pub parts: Vec<Part>,
}

impl Snippet {
    /// The piece of `text` around the first of the words that were looked for; its beginning when none is found there.
    pub fn of(text: &str, words: &Sought) -> Self {
        // A text is read as far as it is shown.
        let window = window(text, words.first(text).unwrap_or(0));
        let mut snippet = Self { parts: Vec::new() };
        snippet.push(if window.start > 0 { "…" } else { "" }, false);
        let mut done = window.start;
        let shown = &text[window.clone()];
        for hit in words.places(&fold::tokens(shown).collect::<Vec<_>>()) {
            snippet.push(&text[done..window.start + hit.start], false);
            done = window.start + hit.end;
            snippet.push(&shown[hit], true);
        }
        snippet.push(&text[done..window.end], false);
        snippet.push(if window.end < text.len() { "…" } else { "" }, false);
        snippet
    }

    /// As HTML that is safe in a page: nothing of the text is markup, and what was looked for stands in `<mark>`.
    pub fn to_html(&self) -> String {
        let mut html = String::new();
        for Part { text, is_hit } in &self.parts {
            let text = escaped(text);
            html.push_str(&if *is_hit { format!("<mark>{text}</mark>") } else { text });
        }
        html
    }

    fn push(&mut self, text: &str, is_hit: bool) {
        let mut line = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                c if !c.is_whitespace() => line.push(c),
                _ if line.ends_with(' ') => {}
                _ => line.push(' '),
            }
        }
        match self.parts.last_mut() {
            _ if line.is_empty() => {}
            Some(last) if last.is_hit == is_hit => last.text.push_str(&line),
            _ => self.parts.push(Part { text: line, is_hit }),
        }
    }
}

/// The bytes to show: some before `first`, from the beginning of a word, and as many as fit behind, to the end of one.
fn window(text: &str, first: usize) -> Range<usize> {
    let before = text[..first].char_indices().rev().take(BEFORE).last().map_or(first, |(at, _)| at);
    let start = match before {
        0 => 0,
        _ => text[before..first].find(char::is_whitespace).map_or(before, |blank| before + blank),
    };
    let Some((limit, _)) = text[start..].char_indices().nth(LENGTH) else { return start..text.len() };
    let limit = start + limit;
    // A word that fills everything is cut in the middle.
    let end = text[first..limit].rfind(char::is_whitespace).map_or(limit, |blank| first + blank);
    start..if end > first { end } else { limit }
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::Wanted;

    fn html(text: &str, wanted: &str) -> String {
        Snippet::of(text, Wanted::read(wanted).unwrap().words()).to_html()
    }

    #[test]
    fn what_was_looked_for_is_marked_as_it_stands_and_nothing_else_is_markup() {
        assert_eq!(html("Nova Ação\n\nhoje", "acao"), "Nova <mark>Ação</mark> hoje");
        assert_eq!(html("<b>logo</b> & co", "logo"), "&lt;b&gt;<mark>logo</mark>&lt;/b&gt; &amp; co");
        assert_eq!(html("logo, logos", "logo"), "<mark>logo</mark>, <mark>logos</mark>");
        assert_eq!(html("one, two; two one", "\"two one\""), "one, two; <mark>two one</mark>");
    }

    #[test]
    fn a_long_text_is_cut_at_words_around_the_first_hit() {
        let text = format!("{}the logo {}", "before ".repeat(50), "after ".repeat(80));
        let snippet = html(&text, "logo");
        assert!(snippet.starts_with("… before") && snippet.ends_with("after…"), "{snippet}");
        assert!(snippet.contains("the <mark>logo</mark> after") && snippet.chars().count() < 240, "{snippet}");
    }

    #[test]
    fn a_word_without_an_end_is_cut_all_the_same() {
        let snippet = html(&"a".repeat(5_000), &"a".repeat(70));
        assert!(snippet.chars().count() < 240, "{snippet}");
    }

    proptest! {
        #[test]
        fn any_text_gives_a_snippet_of_bounded_length_whose_parts_are_of_the_text(
            text in "(\\PC| |a|b){0,400}", wanted in "[ab]{1,6}",
        ) {
            let snippet = Snippet::of(&text, Wanted::read(&wanted).unwrap().words());
            let shown: String = snippet.parts.iter().map(|part| part.text.as_str()).collect();
            prop_assert!(shown.chars().count() <= LENGTH + 2);
            let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '…').collect::<String>();
            prop_assert!(plain(&text).contains(&plain(&shown)));
            prop_assert!(!snippet.to_html().replace("<mark>", "").replace("</mark>", "").contains(['<', '>']));
        }
    }
}
