//! From the parser's events to the tree.

use std::collections::BTreeMap;
use std::sync::Arc;

use granit_parser::{Event, Marker, Parser, ScalarStyle, Span};
use serde_json::Value;

use super::{Content, Key, MAX_BYTES, MAX_DEPTH, MAX_NODES, Node, Scalar};
use crate::finding::Finding;
use crate::source::Place;

/// Reads every document of a file.
pub(crate) fn documents(file: &Arc<str>, text: &str) -> Result<Vec<Node>, Finding> {
    if text.len() > MAX_BYTES {
        return Err(Finding::error(
            "too-large",
            Place::new(file, 1, 1),
            format!("the file holds {} bytes, {MAX_BYTES} are the most", text.len()),
        ));
    }
    let mut builder = Builder { file, text, open: Vec::new(), documents: Vec::new(), nodes: 0 };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            Finding::error("bad-yaml", place(file, error.marker()), format!("this is not YAML: {}", error.kind()))
        })?;
        builder.take(event, span)?;
    }
    Ok(builder.documents)
}

fn place(file: &Arc<str>, marker: &Marker) -> Place {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Place::new(file, count(marker.line().max(1)), count(marker.col().saturating_add(1)))
}

/// A list or mapping whose end has not come yet.
enum Open {
    List(Place, Vec<Node>),
    Mapping(Place, Entries),
}

#[derive(Default)]
struct Entries {
    done: Vec<(Key, Node)>,
    seen: BTreeMap<String, u32>,
    key: Option<Key>,
}

struct Builder<'a> {
    file: &'a Arc<str>,
    text: &'a str,
    open: Vec<Open>,
    documents: Vec<Node>,
    nodes: usize,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Finding> {
        let here = place(self.file, &span.start);
        if let Some(tag) = event.tag() {
            return Err(Finding::error(
                "yaml-tag",
                here,
                format!("tags such as `{}` are not part of a handbook", tag.original()),
            ));
        }
        if event.anchor_id().is_some() || event.is_alias() {
            return Err(Finding::error("yaml-anchor", here, "anchors and aliases are not part of a handbook")
                .with_help("write the value out where it is meant"));
        }
        if matches!(event, Event::SequenceStart(..) | Event::MappingStart(..) | Event::Scalar(..)) {
            self.nodes += 1;
            if self.nodes > MAX_NODES {
                return Err(Finding::error("too-many", here, format!("a file holds {MAX_NODES} values at most"))
                    .with_help("divide it into several files"));
            }
        }
        match event {
            Event::SequenceStart(..) => self.begin(Open::List(here, Vec::new())),
            Event::MappingStart(..) => self.begin(Open::Mapping(here, Entries::default())),
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::Scalar(text, style, ..) => {
                let scalar = read_scalar(&text, style, &span, self.text);
                self.add(Node { place: here, content: Content::Scalar(scalar) })
            }
            _ => Ok(()),
        }
    }

    fn begin(&mut self, collection: Open) -> Result<(), Finding> {
        let (Open::List(here, _) | Open::Mapping(here, _)) = &collection;
        if self.open.len() >= MAX_DEPTH {
            return Err(Finding::error("too-deep", here.clone(), format!("nested more than {MAX_DEPTH} levels deep")));
        }
        if let Some(Open::Mapping(_, entries)) = self.open.last()
            && entries.key.is_none()
        {
            return Err(Finding::error("bad-key", here.clone(), "a key is a single word or text")
                .with_help("quote a text that begins with `{` or `[`"));
        }
        self.open.push(collection);
        Ok(())
    }

    fn end(&mut self) -> Result<(), Finding> {
        match self.open.pop() {
            Some(Open::List(place, members)) => self.add(Node { place, content: Content::List(members) }),
            Some(Open::Mapping(place, entries)) => self.add(Node { place, content: Content::Mapping(entries.done) }),
            None => Ok(()),
        }
    }

    fn add(&mut self, node: Node) -> Result<(), Finding> {
        match self.open.last_mut() {
            None => self.documents.push(node),
            Some(Open::List(_, members)) => members.push(node),
            Some(Open::Mapping(_, entries)) => match entries.key.take() {
                Some(key) => entries.done.push((key, node)),
                None => entries.key = Some(new_key(node, &mut entries.seen)?),
            },
        }
        Ok(())
    }
}

fn new_key(node: Node, seen: &mut BTreeMap<String, u32>) -> Result<Key, Finding> {
    let Content::Scalar(Scalar { text, .. }) = node.content else {
        return Err(Finding::error("bad-key", node.place, "a key is a single word or text"));
    };
    if let Some(line) = seen.insert(text.clone(), node.place.line) {
        return Err(Finding::error("duplicate-key", node.place, format!("the key `{text}` stands here a second time"))
            .with_help(format!("the first is in line {line}; one of them would be lost")));
    }
    Ok(Key { text, place: node.place })
}

fn read_scalar(text: &str, style: ScalarStyle, span: &Span, source: &str) -> Scalar {
    let plain = matches!(style, ScalarStyle::Plain);
    let value = if plain { core_schema(text) } else { Value::from(text) };
    let quotes = u32::from(!plain);
    let verbatim = span.slice(source).is_some_and(|slice| {
        let slice = if plain { slice } else { slice.get(1..slice.len().saturating_sub(1)).unwrap_or("") };
        slice == text
    });
    Scalar { text: text.to_owned(), value, indent: verbatim.then_some(quotes) }
}

/// The core schema's reading of a plain scalar (YAML 1.2, section 10.3.2), without octal, hexadecimal, infinities and
/// not-a-number, which stay texts.
fn core_schema(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" => return Value::Bool(true),
        "false" => return Value::Bool(false),
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let numeric = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.contains(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    if numeric {
        if let Ok(integer) = text.parse::<i64>() {
            return Value::from(integer);
        }
        if digits.contains(['.', 'e', 'E'])
            && let Some(number) = text.parse::<f64>().ok().and_then(serde_json::Number::from_f64)
        {
            return Value::Number(number);
        }
    }
    Value::from(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(text: &str) -> Result<Node, Finding> {
        documents(&Arc::from("desk.yaml"), text).map(|mut all| all.remove(0))
    }

    #[test]
    fn only_true_and_false_are_booleans_and_on_is_a_key() {
        let node = read("on: yes\noff: true\ny: no\nTrue: False\n").unwrap();
        assert_eq!(node.value(), json!({"on": "yes", "off": true, "y": "no", "True": "False"}));
    }

    #[test]
    fn times_of_day_spans_and_dates_stay_texts() {
        let node = read("[16:00, 24h, 3 days, 2026-12-25, 0x10, 1_000, .inf]").unwrap();
        assert_eq!(node.value(), json!(["16:00", "24h", "3 days", "2026-12-25", "0x10", "1_000", ".inf"]));
    }

    #[test]
    fn numbers_and_nothing_are_read_by_the_core_schema() {
        let node = read("[1, -2, 1.5, 1e3, ~, null, '', '1']").unwrap();
        assert_eq!(node.value(), json!([1, -2, 1.5, 1000.0, null, null, "", "1"]));
    }

    #[test]
    fn a_repeated_key_is_refused_with_both_lines() {
        let finding = read("a: 1\nb: 2\na: 3\n").unwrap_err();
        assert_eq!((finding.code, finding.place.line, finding.place.column), ("duplicate-key", 3, 1));
        assert!(finding.help.unwrap().contains("line 1"));
    }

    #[test]
    fn anchors_aliases_and_tags_are_refused() {
        for text in ["a: &x 1\nb: *x\n", "a: &x 1\n", "a: !!str 1\n", "a: !own {}\n", "a: &x [1]\n"] {
            let finding = read(text).unwrap_err();
            assert!(["yaml-tag", "yaml-anchor"].contains(&finding.code), "{text}: {finding:?}");
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(read(&deep(MAX_DEPTH)).is_ok());
        assert!(read(&deep(MAX_DEPTH + 1)).is_err());
    }

    #[test]
    fn the_number_of_values_is_bounded_whatever_documents_they_stand_in() {
        let list = |values: usize| format!("[{}]", "1,".repeat(values));
        assert!(read(&list(MAX_NODES - 1)).is_ok());
        assert_eq!(read(&list(MAX_NODES)).unwrap_err().code, "too-many");
        assert_eq!(read(&"a: 1\n---\n".repeat(MAX_NODES / 2)).unwrap_err().code, "too-many");
    }

    #[test]
    fn size_is_bounded() {
        let text = format!("# {}\na: 1\n", "x".repeat(MAX_BYTES));
        assert_eq!(read(&text).unwrap_err().code, "too-large");
    }

    #[test]
    fn places_count_characters_from_one() {
        let node = read("título: {é: 'ab', b: c}\n").unwrap();
        let inner = &node.mapping().unwrap()[0].1;
        let (key, quoted) = &inner.mapping().unwrap()[1];
        assert_eq!((key.place.line, key.place.column), (1, 19));
        assert_eq!(quoted.place_within(0).column, 22);
        assert_eq!(inner.mapping().unwrap()[0].1.place_within(1).column, 15);
    }

    #[test]
    fn documents_of_one_file_are_told_apart() {
        let all = documents(&Arc::from("x.yaml"), "a: 1\n---\nb: 2\n").unwrap();
        assert_eq!(all.iter().map(Node::value).collect::<Vec<_>>(), [json!({"a": 1}), json!({"b": 2})]);
    }
}
