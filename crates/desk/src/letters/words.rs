//! What letters say, in each language: the first line of a file is the subject, the rest the text.

use crate::accounts::links::Purpose;

/// Language and words; the first is the one others fall back to.
const RESET: [(&str, &str); 2] =
    [("en", include_str!("words/reset.en.txt")), ("pt", include_str!("words/reset.pt.txt"))];
const INVITATION: [(&str, &str); 2] =
    [("en", include_str!("words/invitation.en.txt")), ("pt", include_str!("words/invitation.pt.txt"))];

/// A letter's words, with `{desk}`, `{name}`, `{sender}` and `{link}` left open.
pub(super) struct Words(&'static str);

impl Words {
    /// The words for this purpose in `language` (a tag such as `pt` or `pt-PT`), else in English.
    pub(super) fn of(purpose: Purpose, language: &str) -> Self {
        let all = match purpose {
            Purpose::Invitation => &INVITATION,
            Purpose::Reset | Purpose::SetUp => &RESET,
        };
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        let found = all.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(primary));
        Self(found.map_or(all[0].1, |(_, words)| words))
    }

    /// Subject and text. What is filled in is never looked at again, so that a name with braces in it stays a name.
    pub(super) fn filled(&self, desk: &str, name: &str, sender: &str, link: &str) -> (String, String) {
        let fill = |text: &str| {
            let mut filled = String::with_capacity(text.len() + link.len());
            let mut rest = text;
            while let Some((before, after)) = rest.split_once('{') {
                let (word, after) = after.split_once('}').unwrap_or((after, ""));
                filled.push_str(before);
                filled.push_str(match word {
                    "desk" => desk,
                    "name" => name,
                    "sender" => sender,
                    "link" => link,
                    _ => "",
                });
                rest = after;
            }
            filled + rest
        };
        let (subject, text) = self.0.split_once('\n').unwrap_or((self.0, ""));
        (fill(subject.trim()), fill(text.trim_start()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_letter_with_the_same_gaps() {
        let gaps = |words: &str| {
            let mut gaps: Vec<String> = words
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}').map(|(gap, _)| gap.to_owned()))
                .collect();
            gaps.sort();
            gaps
        };
        for all in [RESET, INVITATION] {
            for (language, words) in all {
                assert_eq!(gaps(words), gaps(all[0].1), "{language}");
                assert_eq!(words.matches("{link}").count(), 1, "{language}");
            }
        }
    }

    #[test]
    fn a_name_with_braces_stays_a_name() {
        let words = Words::of(Purpose::Reset, "pt-BR");
        let (subject, text) = words.filled("Acme {link}", "{link}", "", "https://desk.example/reset/x");
        assert!(subject.contains("Acme {link}"), "{subject}");
        assert_eq!(text.matches("https://desk.example/reset/x").count(), 1, "{text}");
        assert!(text.starts_with("Olá {link}"), "{text}");
    }
}
