//! The keywords of a schema while they are put together.

use serde_json::{Map, Value, json};

use crate::grammar::{LANGUAGE, Spelling};

/// The JSON types of what is read as a word: every scalar that is not null.
const WORD: [&str; 3] = ["string", "number", "boolean"];

/// A schema: its keywords.
#[derive(Clone, Debug, Default)]
pub(super) struct Keywords(Map<String, Value>);

impl Keywords {
    /// A schema that takes values of these types.
    pub(super) fn of_types(types: &[&str]) -> Self {
        let types = if let [one] = types { json!(one) } else { json!(types) };
        Self::default().with("type", types)
    }

    /// A word.
    pub(super) fn word() -> Self {
        Self::of_types(&WORD)
    }

    /// A text, one for everybody or one for each language.
    pub(super) fn text() -> Self {
        let by_language = Self::of_types(&["object"])
            .with("additionalProperties", Self::word())
            .with("propertyNames", Self::spelt(&LANGUAGE))
            .with("minProperties", 1);
        Self::word().or(by_language).with("title", "text")
    }

    /// A word of a certain form.
    pub(super) fn spelt(spelling: &Spelling) -> Self {
        Self::of_types(&["string"])
            .with("pattern", (spelling.pattern)())
            .with("patternErrorMessage", spelling.says)
            .with("examples", spelling.examples)
    }

    /// One of some words.
    pub(super) fn one_of(words: &[&str]) -> Self {
        Self::of_types(&["string"]).with("enum", words)
    }

    /// A list.
    pub(super) fn list(members: Self) -> Self {
        Self::of_types(&["array"]).with("items", members)
    }

    /// A mapping from any names to the same; nothing counts as an empty one.
    pub(super) fn named(members: Self) -> Self {
        Self::of_types(&["object", "null"]).with("additionalProperties", members)
    }

    /// A schema that stands elsewhere.
    pub(super) fn reference(definition: &str) -> Self {
        Self::default().with("$ref", format!("#/definitions/{definition}"))
    }

    /// The same, a mapping with one at least of these keys. An alternative each would have an editor ask for the first of
    /// them; that a mapping is no string is what an editor can be told to say otherwise.
    pub(super) fn with_some_of(self, keys: &[&str]) -> Self {
        if keys.is_empty() {
            return self;
        }
        let some: Vec<Value> = keys.iter().map(|key| json!({ "required": [key] })).collect();
        let named: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
        let otherwise =
            json!({ "type": "string", "errorMessage": format!("One of these is needed: {}.", named.join(", ")) });
        self.with("if", json!({ "anyOf": some })).with("else", otherwise)
    }

    /// The same with one more keyword; one of the same name is replaced.
    pub(super) fn with(mut self, keyword: &str, value: impl Into<Value>) -> Self {
        self.0.insert(keyword.to_owned(), value.into());
        self
    }

    /// The same for what somebody who hovers over it reads, which is Markdown.
    ///
    /// Beside a reference, draft 07 passes over it; editors show it rather than the words of what is referred to.
    pub(super) fn described(self, text: &str) -> Self {
        if text.is_empty() {
            return self;
        }
        let described = self.with("description", text);
        if text.contains('`') { described.with("markdownDescription", text) } else { described }
    }

    /// This or the other.
    ///
    /// Where the types of both tell them apart their keywords add up, which leaves an editor with one message about what
    /// is wrong instead of one for each alternative.
    pub(super) fn or(self, other: Self) -> Self {
        let (ours, theirs) = (self.types(), other.types());
        if self.0.len() == 1 && ours.iter().all(|type_| theirs.contains(type_)) {
            return other;
        }
        if ours.iter().any(|type_| theirs.contains(type_)) {
            return Self::default().with("anyOf", vec![Value::from(self), Value::from(other)]);
        }
        let types: Vec<String> = ours.into_iter().chain(theirs.clone()).collect();
        if self.0.contains_key("enum") {
            return other.or_words(self, theirs).with("type", types);
        }
        self.and_keywords_of(other).with("type", types)
    }

    /// This, which takes values of `types`, or one of some words. A list of words holds for values of every type, so it is
    /// kept apart, alone: what is wrong with the rest is still told once.
    fn or_words(self, words: Self, types: Vec<String>) -> Self {
        self.with("anyOf", vec![Value::from(words), Value::from(Self::default().with("type", types))])
    }

    /// One, or a list of them.
    pub(super) fn or_more(self) -> Self {
        let list = Self::list(self.clone());
        self.or(list)
    }

    fn types(&self) -> Vec<String> {
        match self.0.get("type") {
            Some(Value::String(one)) => vec![one.clone()],
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    }

    fn and_keywords_of(mut self, other: Self) -> Self {
        for (keyword, value) in other.0 {
            self.0.entry(keyword).or_insert(value);
        }
        self
    }
}

impl From<Keywords> for Value {
    fn from(keywords: Keywords) -> Self {
        Value::Object(keywords.0)
    }
}
