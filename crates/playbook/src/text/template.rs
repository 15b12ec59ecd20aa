//! Texts with `{{ }}`: Jinja, strict about names it does not know, bounded in what it may do, and without escaping,
//! because the texts are plain or Markdown and whoever turns them into something else escapes for it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use minijinja::value::Serde;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value as Jinja, escape_formatter};
use serde_json::{Map, Value};

use super::bounded::{Bounded, MAX_OUTPUT};
use super::filters::{self, FILTERS};
use super::localized::by_language;
use super::sections::{self, Used, characters, code_sections, words_after};
use crate::finding::Finding;
use crate::run::Fault;
use crate::scope::Scope;
use crate::source::Place;
use crate::spelling;
use crate::yaml::Node;

/// The most characters of one text.
const MAX_CHARACTERS: usize = 50_000;

/// How many instructions the rendering of one text may take.
const FUEL: u64 = 100_000;

/// Tags that reach outside the one text, where there is nothing to reach.
const FOREIGN_TAGS: [&str; 8] = ["include", "import", "from", "extends", "block", "macro", "call", "autoescape"];

/// Tags that give names to values, which could be doubled over and over.
const NAMING_TAGS: [&str; 2] = ["set", "with"];

/// A text with `{{ }}`, one for everybody or one for each language.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    default: Part,
    /// The language of `default`, where the text differs by language.
    first: Option<String>,
    by_language: BTreeMap<String, Part>,
}

/// The text in one language.
#[derive(Clone, Debug)]
struct Part {
    source: String,
    place: Place,
    paths: Vec<(Vec<String>, Place)>,
    used: Vec<Used>,
}

impl Template {
    /// Reads a text, or a mapping from the desk's languages to texts.
    pub(crate) fn read(node: &Node, languages: &[String], findings: &mut Vec<Finding>) -> Option<Self> {
        let mut parts = by_language(node, languages, findings)?.into_iter();
        let mut next = || {
            parts.next().map(|(language, node)| {
                let part = Part::parse(node.text().unwrap_or_default(), |offset| node.place_within(offset));
                (language.map(str::to_owned), part)
            })
        };
        let (first, default) = next()?;
        let default = default.map_err(|found| findings.extend(found)).ok()?;
        let mut by_language = BTreeMap::new();
        while let Some((language, part)) = next() {
            match part {
                Ok(part) => {
                    by_language.extend(language.map(|language| (language, part)));
                }
                Err(found) => findings.extend(found),
            }
        }
        Some(Self { default, first, by_language })
    }

    /// A text that stands in a file of its own; `place_of` tells where its characters are.
    pub(crate) fn of(source: &str, place_of: impl Fn(usize) -> Place) -> Result<Self, Vec<Finding>> {
        Ok(Self { default: Part::parse(source, place_of)?, first: None, by_language: BTreeMap::new() })
    }

    /// Where it stands.
    pub(crate) fn place(&self) -> &Place {
        &self.default.place
    }

    /// As the handbook writes it, every language of it.
    pub(crate) fn source(&self) -> String {
        let others = self.by_language.iter().map(|(language, part)| format!(" | {language}: {}", part.source));
        std::iter::once(self.default.source.clone()).chain(others).collect()
    }

    /// Reports every name that is not known in `scope`, and every value that does not print as a text.
    pub(crate) fn check(&self, scope: &Scope, findings: &mut Vec<Finding>) {
        for part in std::iter::once(&self.default).chain(self.by_language.values()) {
            findings.extend(part.paths.iter().filter_map(|(path, place)| scope.check(path, place)));
            findings.extend(part.used.iter().filter_map(|used| used.check(scope)));
        }
    }

    /// The text in `language`, or else the desk's first one, filled in from `values`. Null prints as nothing.
    pub(crate) fn render(&self, values: &Map<String, Value>, language: &str) -> Result<String, Fault> {
        self.by_language.get(language).unwrap_or(&self.default).render(values)
    }

    /// The text in each of its languages; nothing for one that is the same for everybody. What cannot be filled in is left out.
    pub(crate) fn render_each(&self, values: &Map<String, Value>) -> BTreeMap<String, String> {
        if self.by_language.is_empty() {
            return BTreeMap::new();
        }
        let first = self.first.as_ref().map(|language| (language, &self.default));
        let parts = first.into_iter().chain(&self.by_language);
        parts.filter_map(|(language, part)| Some((language.clone(), part.render(values).ok()?))).collect()
    }
}

impl Part {
    /// Filled in from `values`. Null prints as nothing.
    fn render(&self, values: &Map<String, Value>) -> Result<String, Fault> {
        let fault = |error: &minijinja::Error| self.fault(error, values);
        if !self.source.contains("{{") && !self.source.contains("{%") && !self.source.contains("{#") {
            return Ok(self.source.clone());
        }
        let template = environment().template_from_str(&self.source).map_err(|error| fault(&error))?;
        let roots = self.paths.iter().filter_map(|(path, _)| path.first());
        let seen: BTreeMap<&str, &Value> = roots.filter_map(|root| Some((root.as_str(), values.get(root)?))).collect();
        let mut out = Bounded::default();
        match template.render_captured_to(Jinja::from(Serde(&seen)), &mut out) {
            Ok(_) => Ok(out.into_text()),
            Err(_) if out.is_full() => {
                Err(Fault::new("bad-text", &self.place, format!("the text has {MAX_OUTPUT} bytes at most")))
            }
            Err(error) => Err(fault(&error)),
        }
    }

    fn parse(source: &str, place_of: impl Fn(usize) -> Place) -> Result<Self, Vec<Finding>> {
        let place = place_of(0);
        let bad = |place: Place, message: String| vec![Finding::error("bad-text", place, message)];
        if source.chars().count() > MAX_CHARACTERS {
            return Err(bad(place, format!("a text has {MAX_CHARACTERS} characters at most")));
        }
        let template = environment().template_from_str(source).map_err(|error| {
            let offset = error.range().map_or(0, |range| characters(source, range.start));
            bad(place_of(offset), format!("the text cannot be read: {}", reason(&error)))
        })?;
        check_calls(source, &place_of)?;
        let mut paths: Vec<(Vec<String>, Place)> = template
            .undeclared_variables(true)
            .into_iter()
            .map(|path| {
                let offset = first_use(source, &path);
                (path.split('.').map(str::to_owned).collect(), place_of(offset))
            })
            .collect();
        paths.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
        let used = sections::used(source, &place_of);
        Ok(Self { source: source.to_owned(), place, paths, used })
    }

    fn fault(&self, error: &minijinja::Error, values: &Map<String, Value>) -> Fault {
        if error.kind() == ErrorKind::UndefinedError {
            let missing = self.paths.iter().find_map(|(path, place)| {
                crate::expression::lookup(values, path).err().map(|message| (message, place))
            });
            if let Some((message, place)) = missing {
                return Fault::new("unknown-variable", place, message)
                    .with_help("`| default('…')` says what stands there instead");
            }
        }
        Fault::new("bad-text", &self.place, format!("the text cannot be filled in: {}", reason(error)))
    }
}

fn environment() -> &'static Environment<'static> {
    static ENVIRONMENT: OnceLock<Environment<'static>> = OnceLock::new();
    ENVIRONMENT.get_or_init(|| {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(50);
        environment.set_debug(false);
        environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        environment.set_formatter(|out, state, value| {
            let nothing = Jinja::from("");
            escape_formatter(out, state, if value.is_none() { &nothing } else { value })
        });
        for function in ["range", "dict", "debug", "namespace"] {
            environment.remove_global(function);
        }
        filters::add_to(&mut environment);
        environment
    })
}

/// What went wrong, in one line.
fn reason(error: &minijinja::Error) -> String {
    error.detail().map_or_else(|| error.kind().to_string(), |detail| format!("{}: {detail}", error.kind()))
}

/// Reports filters that there are not and tags that reach outside.
fn check_calls(source: &str, place_of: &impl Fn(usize) -> Place) -> Result<(), Vec<Finding>> {
    let mut findings = Vec::new();
    for (start, code) in code_sections(source) {
        for (offset, name) in words_after(code, '|') {
            if filters::find(name).is_none() {
                findings.push(
                    Finding::error(
                        "bad-text",
                        place_of(characters(source, start + offset)),
                        format!("there is no filter `{name}`"),
                    )
                    .with_help(spelling::suggest(name, FILTERS.iter().map(|filter| filter.name))),
                );
            }
        }
        let tag = code.strip_prefix("{%").map(|rest| rest.trim_start_matches(['-', '+', ' ']));
        let tag = tag.and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next()).unwrap_or_default();
        if FOREIGN_TAGS.contains(&tag) {
            findings.push(Finding::error(
                "bad-text",
                place_of(characters(source, start)),
                format!("`{tag}` reaches outside this text, which a text may not do"),
            ));
        } else if NAMING_TAGS.contains(&tag) {
            findings.push(
                Finding::error(
                    "bad-text",
                    place_of(characters(source, start)),
                    format!("a text gives no names to values, so there is no `{tag}`"),
                )
                .with_help("calculate it in the playbook: `set` fills a field"),
            );
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

/// Where a path is used first, in characters.
fn first_use(source: &str, path: &str) -> usize {
    code_sections(source)
        .into_iter()
        .find_map(|(start, code)| code.find(path).map(|offset| characters(source, start + offset)))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn template(source: &str) -> Result<Template, Vec<Finding>> {
        Template::of(source, |offset| Place {
            column: u32::try_from(offset).unwrap() + 1,
            ..Place::start_of("replies/x.md")
        })
    }

    fn render(source: &str, values: Value) -> Result<String, Fault> {
        template(source).unwrap().render(values.as_object().unwrap(), "en")
    }

    #[test]
    fn default_replaces_null_as_well_as_what_is_not_there() {
        let values = json!({"organization": {"name": null}, "requester": {"email": "maria@acme.example"}});
        assert_eq!(render("{{ organization.name | default(requester.email) }}", values).unwrap(), "maria@acme.example");
        assert_eq!(render("{{ nobody | default('x') }}", json!({})).unwrap(), "x");
    }

    #[test]
    fn null_prints_as_nothing_and_markup_is_left_alone() {
        assert_eq!(render("[{{ a }}] {{ b }}", json!({"a": null, "b": "<b> & *c*"})).unwrap(), "[] <b> & *c*");
    }

    #[test]
    fn a_name_that_is_not_there_is_a_fault_with_its_place() {
        let fault = render("Dear {{ requester.name }}", json!({"requester": {}})).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "replies/x.md:1:9: nothing is called `requester.name` here: `requester` has no `name`"
        );
    }

    #[test]
    fn a_rendering_that_would_not_end_is_stopped() {
        let values = json!({"a": vec![0; 400]});
        let fault =
            render("{% for x in a %}{% for y in a %}{% for z in a %}.{% endfor %}{% endfor %}{% endfor %}", values);
        assert_eq!(fault.unwrap_err().code, "bad-text");
    }

    #[test]
    fn a_text_that_would_grow_beyond_bounds_is_stopped() {
        let values = json!({"list": vec![0; 1000], "text": "x".repeat(1_000)});
        let long = "x".repeat(1_000);
        for source in [
            "{% for x in list %}{{ text }}{% endfor %}".to_owned(),
            "{{ text | replace('x', text) }}".to_owned(),
            "{{ text | indent(100000000) }}".to_owned(),
            format!("{{{{ '{long}' * 10000 }}}}"),
        ] {
            assert_eq!(render(&source, values.clone()).unwrap_err().code, "bad-text", "{source}");
        }
        assert_eq!(render("{{ 'a\nb' | indent(2) }} {{ 'aa' | replace('a', 'bc') }}", values).unwrap(), "a\n  b bcbc");
    }

    #[test]
    fn unknown_filters_and_tags_that_reach_outside_are_found() {
        for source in [
            "{{ a | uper }}",
            "{% include 'x' %}",
            "{%- macro m() %}{% endmacro %}",
            "{{ a",
            "{% if a %}",
            "{% set b = a ~ a %}",
            "{% with b = a %}{% endwith %}",
        ] {
            assert!(template(source).is_err(), "{source}");
        }
        assert_eq!(template("{{ a | uper }}").unwrap_err()[0].help.as_deref(), Some("did you mean `upper`?"));
        assert!(template("{{ 'a | b' | upper }}").is_ok());
    }

    #[test]
    fn every_permitted_filter_exists() {
        for filter in FILTERS.iter().map(|filter| filter.name) {
            let error = environment().render_str(&format!("{{{{ 'a' | {filter} }}}}"), ()).err();
            assert!(error.is_none_or(|error| error.kind() != ErrorKind::UnknownFilter), "{filter}");
        }
    }

    #[test]
    fn names_are_checked_at_the_place_of_their_first_use() {
        let mut scope = Scope::default();
        scope.add("requester.name", crate::types::Type::Text);
        let mut findings = Vec::new();
        template("{{ requester.name }} {% for x in list %}{{ x.y }}{% endfor %}").unwrap().check(&scope, &mut findings);
        assert_eq!(findings.len(), 1);
        assert_eq!((findings[0].message.as_str(), findings[0].place.column), ("nothing is called `list` here", 34));
    }
}
