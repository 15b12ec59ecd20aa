//! Where a text holds code, and what is said there of single values: which are printed and which are gone through.

use super::filters;
use crate::finding::Finding;
use crate::scope::Scope;
use crate::source::Place;
use crate::types::Type;

/// A value that a text prints (`{{ path | filters }}`) or goes through (`{% for x in path %}`).
#[derive(Clone, Debug)]
pub(super) struct Used {
    path: Vec<String>,
    filters: Vec<String>,
    place: Place,
    gone_through: bool,
}

/// The values that are used plainly; what is calculated first is not among them.
pub(super) fn used(source: &str, place_of: impl Fn(usize) -> Place) -> Vec<Used> {
    let mut found = Vec::new();
    for (start, code) in code_sections(source) {
        let prints = code.starts_with("{{");
        let inner = code.get(2..code.len().saturating_sub(2)).unwrap_or_default();
        let inner = inner.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '+'));
        let said = match (prints, inner.strip_prefix("for ").and_then(|rest| rest.split_once(" in "))) {
            (true, _) => inner,
            (false, Some((_, list))) => list.trim(),
            (false, None) => continue,
        };
        let mut parts = split_outside_quotes(said, '|').into_iter();
        let Some(path) = parts.next().map(str::trim).filter(|path| is_path(path)) else { continue };
        let names = parts.map(|part| {
            let part = part.trim();
            part.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(part).to_owned()
        });
        let offset = start + code.find(path).unwrap_or(0);
        found.push(Used {
            path: path.split('.').map(str::to_owned).collect(),
            filters: names.collect(),
            place: place_of(characters(source, offset)),
            gone_through: !prints,
        });
    }
    found
}

impl Used {
    /// What is wrong with using the value like this: a list or an object is no text, and a text is no list.
    pub(super) fn check(&self, scope: &Scope) -> Option<Finding> {
        let path = self.path.join(".");
        let mut type_ = scope.type_at(&self.path)?.clone();
        let wrong = |message: String| Finding::error("wrong-type", self.place.clone(), message);
        for name in &self.filters {
            match filters::find(name)?.apply(&type_) {
                Ok(given) => type_ = given,
                Err(takes) => {
                    let message = format!("`{name}` takes {takes}, and `{path}` is {type_} before it");
                    return Some(wrong(message));
                }
            }
        }
        match (&type_, self.gone_through) {
            (Type::List(_), false) => {
                let message = format!("`{path}` is {type_}, which does not print as a text");
                Some(wrong(message).with_help(format!("`{{{{ {path} | join(', ') }}}}`")))
            }
            (Type::Object(names), false) => {
                let first =
                    names.keys().next().map_or_else(String::new, |name| format!(", for example `{path}.{name}`"));
                let message = format!("`{path}` is an object, which does not print as a text");
                Some(wrong(message).with_help(format!("print one of its parts{first}")))
            }
            (Type::Calendar, _) => Some(wrong(format!("`{path}` is a calendar, which does not print as a text"))),
            (Type::List(_) | Type::Object(_) | Type::Any | Type::Null, _) | (_, false) => None,
            (_, true) => Some(wrong(format!("`for` goes through a list, and `{path}` is {type_}"))),
        }
    }
}

fn is_path(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let word = !["true", "false", "none", "not"].contains(&text);
    begins && word && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
}

/// The parts of a text in `{{ }}` and `{% %}`, with the byte where each begins.
pub(super) fn code_sections(source: &str) -> Vec<(usize, &str)> {
    let mut sections = Vec::new();
    let mut from = 0;
    while let Some(rest) = source.get(from..) {
        let Some(open) = rest.find("{{").into_iter().chain(rest.find("{%")).min() else { break };
        let section = rest.get(open..).unwrap_or_default();
        let close = if section.starts_with("{{") { "}}" } else { "%}" };
        let end = section.find(close).map_or(section.len(), |end| end + close.len());
        sections.push((from + open, section.get(..end).unwrap_or(section)));
        from += open + end.max(1);
    }
    sections
}

/// The words that follow a mark outside quotes, with the byte where each begins.
pub(super) fn words_after(code: &str, mark: char) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    for position in outside_quotes(code, mark) {
        let rest = code.get(position + mark.len_utf8()..).unwrap_or_default();
        let word = rest.trim_start();
        let start = position + mark.len_utf8() + (rest.len() - word.len());
        let end = word.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(word.len());
        words.extend(word.get(..end).filter(|word| !word.is_empty()).map(|word| (start, word)));
    }
    words
}

/// The pieces between marks outside quotes.
fn split_outside_quotes(code: &str, mark: char) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for position in outside_quotes(code, mark) {
        pieces.extend(code.get(from..position));
        from = position + mark.len_utf8();
    }
    pieces.extend(code.get(from..));
    pieces
}

/// The bytes at which a mark stands outside quotes.
fn outside_quotes(code: &str, mark: char) -> Vec<usize> {
    let mut quote = None;
    let mut found = Vec::new();
    for (position, character) in code.char_indices() {
        match quote {
            Some(open) if character == open => quote = None,
            Some(_) => {}
            None if matches!(character, '\'' | '"') => quote = Some(character),
            None if character == mark => found.push(position),
            None => {}
        }
    }
    found
}

/// How many characters stand before a byte.
pub(super) fn characters(source: &str, byte: usize) -> usize {
    source.char_indices().take_while(|(position, _)| *position < byte).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(source: &str) -> Vec<String> {
        let mut scope = Scope::default();
        scope.add("unmet", Type::list(Type::Text));
        scope.add("organization.name", Type::Text);
        scope.add("documents", Type::Integer);
        scope.add("event.data", Type::Any);
        let place = |offset: usize| Place { column: u32::try_from(offset).unwrap() + 1, ..Place::start_of("x.md") };
        let found = used(source, place).into_iter().filter_map(|used| used.check(&scope));
        found
            .map(|finding| {
                let help = finding.help.map(|help| format!(" ({help})")).unwrap_or_default();
                format!("{}: {}{help}", finding.place.column, finding.message)
            })
            .collect()
    }

    #[test]
    fn what_prints_as_a_text_is_let_pass() {
        for source in [
            "{{ organization.name | upper }} {{ documents }} {{ event.data.anything }}",
            "{{ unmet | join(', ') }} {{ unmet | length }} {{- unmet | first -}} {{ unmet | sort | join('|') }}",
            "{% for x in unmet %}{{ x }}{% endfor %}{% for line in organization.name | lines %}{{ line }}{% endfor %}",
            "{{ unknown }} {{ documents + 1 }} {{ 'a' }} {{ true }}",
        ] {
            assert_eq!(told(source), Vec::<String>::new(), "{source}");
        }
    }

    #[test]
    fn what_does_not_is_told_with_what_would() {
        insta::assert_debug_snapshot!(told(
            "{{ unmet }} {{ organization }} {{ unmet | sort }} {{ unmet | upper }} {{ documents | join }} \
             {% for x in organization.name %}{% endfor %} {{ documents | length }}"
        ));
    }
}
