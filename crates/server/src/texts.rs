//! The words of every page, from the Fluent catalogues in `texts/*.ftl`.
//!
//! A language is added by adding a file there and a line to `CATALOGUES`.

use std::fmt;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

/// Language tag and source of each catalogue; the first is the one others fall back to.
const CATALOGUES: [(&str, &str); 2] =
    [("en", include_str!("../texts/en.ftl")), ("pt", include_str!("../texts/pt.ftl"))];

static LOADED: LazyLock<Vec<Texts>> =
    LazyLock::new(|| CATALOGUES.iter().map(|(tag, source)| Texts::load(tag, source)).collect());

/// The texts of one language.
pub struct Texts {
    tag: &'static str,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Texts").field(&self.tag).finish()
    }
}

impl Texts {
    /// The catalogue for `wanted`: a language tag (`pt`, `pt-PT`) or an `Accept-Language` header, whose
    /// languages are tried in the order given. English when none is known.
    #[must_use]
    pub fn for_language(wanted: &str) -> &'static Self {
        let known = wanted.split(',').find_map(|range| {
            let tag = range.split(';').next()?.trim();
            let primary = tag.split(['-', '_']).next()?;
            LOADED.iter().find(|texts| texts.tag.eq_ignore_ascii_case(primary))
        });
        known.unwrap_or(&LOADED[0])
    }

    /// Every language there is, in the order of the language switch.
    pub fn languages() -> impl Iterator<Item = &'static Self> {
        LOADED.iter()
    }

    /// The language's tag, as in the `lang` attribute.
    #[must_use]
    pub fn tag(&self) -> &'static str {
        self.tag
    }

    /// The text `key`. An unknown key is a mistake in a template: it stops a debug build and shows as the key
    /// itself in a release.
    #[must_use]
    pub fn get(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// The text `key` about `count` things, in the plural form that the language wants.
    #[must_use]
    pub fn count(&self, key: &str, count: usize) -> String {
        let mut args = FluentArgs::new();
        args.set("n", count);
        self.format(key, Some(&args))
    }

    /// The text `key` with `values` filled in. A value written from right to left is isolated, so that it
    /// does not turn the words around it.
    #[must_use]
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set((*name).to_owned(), isolated(value));
        }
        self.format(key, Some(&args))
    }

    fn load(tag: &'static str, source: &str) -> Self {
        let language: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(source.to_owned());
        debug_assert!(resource.is_ok(), "texts/{tag}.ftl has a mistake in it");
        let resource = resource.unwrap_or_else(|(readable, _)| readable);
        let added = bundle.add_resource(resource);
        debug_assert!(added.is_ok(), "texts/{tag}.ftl names a key twice");
        Self { tag, bundle }
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|m| m.value()) else {
            debug_assert!(false, "texts/{}.ftl has no `{key}`", self.tag);
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors);
        debug_assert!(errors.is_empty(), "`{key}` in {}: {errors:?}", self.tag);
        text.into_owned()
    }
}

/// `value` between U+2068 and U+2069 when it holds anything written from right to left.
fn isolated(value: &str) -> String {
    let turns = |c: char| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{202A}'..='\u{202E}');
    if value.contains(turns) { format!("\u{2068}{value}\u{2069}") } else { value.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_or_a_header_finds_its_language() {
        assert_eq!(Texts::for_language("pt-PT").tag(), "pt");
        assert_eq!(Texts::for_language("fr, pt;q=0.8, en;q=0.5").tag(), "pt");
        assert_eq!(Texts::for_language("EN_gb").tag(), "en");
    }

    #[test]
    fn an_unknown_language_falls_back_to_english() {
        assert_eq!(Texts::for_language("").tag(), "en");
        assert_eq!(Texts::for_language("tlh").tag(), "en");
    }

    #[test]
    fn a_count_takes_the_plural_of_its_language() {
        let texts = Texts::for_language("en");
        assert_ne!(texts.count("summary-errors", 1).replace('1', "2"), texts.count("summary-errors", 2));
    }

    #[test]
    fn a_name_from_right_to_left_is_isolated_and_others_are_left_alone() {
        let texts = Texts::for_language("en");
        let hebrew = texts.with("message-to", &[("to", "מרים")]);
        assert!(hebrew.contains("\u{2068}מרים\u{2069}"), "{hebrew}");
        let latin = texts.with("message-to", &[("to", "Maria")]);
        assert!(!latin.contains('\u{2068}'), "{latin}");
    }
}
