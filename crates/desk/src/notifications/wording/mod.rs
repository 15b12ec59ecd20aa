//! Notices in words: Fluent catalogues, one a language. Pages, mails and what else leaves say the same.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use serde_json::{Map, Value};
use unic_langid::LanguageIdentifier;

use super::What;

/// Language tag and source; the first is the one others fall back to.
const CATALOGUES: [(&str, &str); 2] = [("en", include_str!("en.ftl")), ("pt", include_str!("pt.ftl"))];

static LOADED: LazyLock<Vec<Wording>> =
    LazyLock::new(|| CATALOGUES.iter().map(|(tag, source)| Wording::load(tag, source)).collect());

/// The words of one language.
pub struct Wording {
    tag: &'static str,
    bundle: FluentBundle<FluentResource>,
}

impl Wording {
    /// The words in `language` (a tag such as `pt` or `pt-PT`), else in English.
    pub fn of(language: &str) -> &'static Self {
        LOADED.iter().find(|words| words.tag.eq_ignore_ascii_case(primary(language))).unwrap_or(&LOADED[0])
    }

    /// The language's tag.
    pub fn tag(&self) -> &'static str {
        self.tag
    }

    /// What a notice says.
    pub fn say(&self, what: &What) -> String {
        let (kind, mut facts) = what.parts();
        facts.remove("languages");
        // What a playbook says stands for itself in each language of the handbook.
        if let Some(own) = what.languages().and_then(|languages| self.own(languages)) {
            facts.insert("text".to_owned(), Value::from(own));
        }
        self.fill(&kind, &facts)
    }

    /// The one of several texts that is in this language: `pt`, else one of its regions such as `pt-BR`.
    fn own<'t>(&self, languages: &'t BTreeMap<String, String>) -> Option<&'t str> {
        let of_region =
            || languages.iter().find(|(tag, _)| primary(tag).eq_ignore_ascii_case(self.tag)).map(|(_, text)| text);
        languages.get(self.tag).or_else(of_region).map(String::as_str)
    }

    /// The text `key` with values filled in. They are never looked at again, so that a name with braces in it stays a name.
    pub(crate) fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let facts = values.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect();
        self.fill(key, &facts)
    }

    /// The text `key` about so many things.
    pub(crate) fn count(&self, key: &str, count: usize, values: &[(&str, &str)]) -> String {
        let mut facts: Map<_, _> =
            values.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect();
        facts.insert("count".to_owned(), Value::from(count));
        self.fill(key, &facts)
    }

    fn fill(&self, key: &str, facts: &Map<String, Value>) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in facts {
            match value {
                // A count chooses the plural; the number of a ticket is a name, and has no thousands.
                Value::Number(count) if name == "count" => args.set(name.clone(), count.as_i64().unwrap_or_default()),
                Value::String(text) => args.set(name.clone(), text.clone()),
                other => args.set(name.clone(), other.to_string()),
            }
        }
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            debug_assert!(false, "{}.ftl has no `{key}`", self.tag);
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors);
        debug_assert!(errors.is_empty(), "`{key}` in {}.ftl: {errors:?}", self.tag);
        text.into_owned()
    }

    fn load(tag: &'static str, source: &str) -> Self {
        let language: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(source.to_owned());
        debug_assert!(resource.is_ok(), "{tag}.ftl has a mistake in it");
        let added = bundle.add_resource(resource.unwrap_or_else(|(readable, _)| readable));
        debug_assert!(added.is_ok(), "{tag}.ftl names a key twice");
        Self { tag, bundle }
    }
}

/// The language of a tag, without its region.
fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::what::samples;
    use super::*;

    fn keys(source: &str) -> BTreeSet<&str> {
        source
            .lines()
            .filter_map(|line| line.split_once(" ="))
            .map(|(key, _)| key)
            .filter(|key| !key.starts_with([' ', '#']))
            .collect()
    }

    #[test]
    fn every_kind_is_said_in_every_language_with_all_its_facts() {
        for (tag, source) in CATALOGUES {
            assert_eq!(keys(source), keys(CATALOGUES[0].1), "{tag}");
            for what in samples() {
                let said = Wording::of(tag).say(&what);
                for (name, fact) in what.parts().1 {
                    let fact = fact.as_str().map_or_else(|| fact.to_string(), str::to_owned);
                    assert!(said.contains(&fact), "{tag}: `{name}` is missing in {said:?}");
                }
            }
        }
    }

    #[test]
    fn languages_differ_a_region_finds_its_language_and_an_unknown_one_is_english() {
        let what = What::CameBack { number: 1042 };
        assert_eq!(Wording::of("").say(&what), "Ticket 1042 is back from its snooze.");
        assert_eq!(Wording::of("pt-BR").say(&what), "O pedido 1042 voltou depois de adiado.");
        assert_eq!(Wording::of("tlh").tag(), "en");
    }

    #[test]
    fn a_playbooks_words_are_said_in_the_readers_language_else_in_the_desks() {
        let texts = [("de", "Eilt"), ("pt-BR", "Urgente")];
        let languages = texts.map(|(tag, text)| (tag.to_owned(), text.to_owned())).into();
        let what = What::Told { text: "Eilt".to_owned(), languages };
        assert_eq!(Wording::of("pt-PT").say(&what), "Urgente");
        assert_eq!(Wording::of("en").say(&what), "Eilt");
    }

    #[test]
    fn a_name_with_braces_stays_a_name() {
        let what = What::Assigned { who: "{ $number } {\"x\"}".to_owned(), number: 7 };
        assert_eq!(Wording::of("en").say(&what), "{ $number } {\"x\"} gave you ticket 7.");
    }
}
