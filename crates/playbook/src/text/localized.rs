//! Words that may differ by language.

use std::collections::BTreeMap;
use std::fmt;

use serde::ser::{Serialize, Serializer};

use crate::finding::Finding;
use crate::spelling;
use crate::yaml::Node;

/// Plain words, the same for everybody or one for each language.
///
/// Displays the default ones; serialises as a text, or as `{language: text}` where they differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Localized {
    default: String,
    by_language: BTreeMap<String, String>,
}

impl Localized {
    /// The same words in every language.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { default: text.into(), by_language: BTreeMap::new() }
    }

    /// The words in `language`, otherwise the default ones.
    #[must_use]
    pub fn text(&self, language: &str) -> &str {
        self.by_language.get(language).unwrap_or(&self.default)
    }

    /// The words in every language, as one text to compare and to show.
    pub(crate) fn everywhere(&self) -> String {
        let others = self.by_language.iter().filter(|(_, text)| **text != self.default);
        let others = others.map(|(language, text)| format!(" | {language}: {text}"));
        std::iter::once(self.default.clone()).chain(others).collect()
    }

    /// Reads a text, or a mapping from the desk's languages to texts.
    pub(crate) fn read(node: &Node, languages: &[String], findings: &mut Vec<Finding>) -> Option<Self> {
        let parts = by_language(node, languages, findings)?;
        let mut texts =
            parts.into_iter().map(|(language, part)| (language, part.text().unwrap_or_default().to_owned()));
        let (language, default) = texts.next()?;
        let Some(language) = language else { return Some(Self::plain(default)) };
        let by_language = texts
            .filter_map(|(language, text)| Some((language?.to_owned(), text)))
            .chain([(language.to_owned(), default.clone())])
            .collect();
        Some(Self { default, by_language })
    }
}

/// The scalar nodes of a text: one without a language, or one for each, the desk's first language first.
pub(super) fn by_language<'n>(
    node: &'n Node,
    languages: &[String],
    findings: &mut Vec<Finding>,
) -> Option<Vec<(Option<&'n str>, &'n Node)>> {
    if node.text().is_some() {
        return Some(vec![(None, node)]);
    }
    let entries = node.mapping().filter(|entries| !entries.is_empty());
    let Some(entries) = entries else {
        let finding =
            Finding::error("wrong-type", node.place.clone(), format!("here stands a text, not {}", node.kind()));
        findings.push(finding.with_help("a text with `: ` or ` #` in it, or beginning with `{`, needs quotes"));
        return None;
    };
    let mut parts = Vec::new();
    for (key, part) in entries {
        if !languages.contains(&key.text) {
            let help = match part.is_nothing() {
                true => "a text with a comma in it needs quotes inside `{ }`".to_owned(),
                false => spelling::suggest(&key.text, languages.iter().map(String::as_str)),
            };
            findings.push(
                Finding::error(
                    "unknown-language",
                    key.place.clone(),
                    format!("`{}` is not a language of this desk", key.text),
                )
                .with_help(help),
            );
        } else if part.text().is_none() {
            findings.push(Finding::error(
                "wrong-type",
                part.place.clone(),
                format!("here stands a text, not {}", part.kind()),
            ));
        } else {
            parts.push((Some(key.text.as_str()), part));
        }
    }
    let first = languages.first().map(String::as_str);
    let Some(position) = parts.iter().position(|(language, _)| *language == first) else {
        let language = first.unwrap_or("en");
        findings.push(Finding::error(
            "missing-language",
            node.place.clone(),
            format!("the text is missing in `{language}`, the desk's first language"),
        ));
        return None;
    };
    parts.swap(0, position);
    Some(parts)
}

impl fmt::Display for Localized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.default)
    }
}

impl Serialize for Localized {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.by_language.is_empty() {
            serializer.serialize_str(&self.default)
        } else {
            self.by_language.serialize(serializer)
        }
    }
}
