//! A field of a form: of an intake form, or of what a choice asks for first.

/// A field with what was entered so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The element's id, unique on its page.
    pub id: String,
    /// The name under which the value is posted.
    pub name: String,
    /// The question.
    pub label: String,
    /// A sentence beneath the label, if one helps.
    pub help: Option<String>,
    /// Whether an answer is needed; the others are marked as optional.
    pub required: bool,
    /// What kind of answer it takes, with the value entered so far.
    pub kind: FieldKind,
    /// What is wrong with the value entered, shown above the control and in the summary.
    pub error: Option<String>,
    /// What the browser may fill in (`name`, `email`), as in the `autocomplete` attribute.
    pub autocomplete: Option<String>,
    /// The address of contacts whose addresses are offered while somebody types.
    pub offers: Option<&'static str>,
    /// How it stood when the form was asked for, where somebody else may change it too; see [`meanwhile`](super::meanwhile).
    pub was: Option<String>,
}

/// The kind of answer a [`Field`] takes. Values are as entered, even when they are wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    Text(String),
    /// A mail address.
    Email(String),
    /// Several lines.
    LongText(String),
    /// A password or the like: never shown, not even to whoever just entered it.
    Secret,
    /// A whole number.
    Integer {
        /// As entered.
        value: String,
        /// The least allowed.
        min: Option<i64>,
        /// The most allowed.
        max: Option<i64>,
    },
    /// A day, posted as `2026-12-25`.
    Date(String),
    /// Yes or no, posted as `true` or `false`; `None` is not answered yet.
    Boolean(Option<bool>),
    /// One of several: buttons up to five, a list beyond.
    Choice(Vec<FieldOption>),
    /// Files, as many as one likes. A form with such a field is sent as `multipart/form-data`.
    Files,
}

/// An answer that a [`FieldKind::Choice`] offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldOption {
    /// What is posted.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Field {
    /// A required field named `name`, empty of help and errors, whose id is `field-` and the name.
    pub fn new(name: impl Into<String>, label: impl Into<String>, kind: FieldKind) -> Self {
        let name = name.into();
        Self {
            id: format!("field-{name}"),
            name,
            label: label.into(),
            help: None,
            required: true,
            kind,
            error: None,
            autocomplete: None,
            offers: None,
            was: None,
        }
    }

    /// The same with a sentence of help.
    #[must_use]
    pub fn helped(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, which the browser may fill in as this (HTML, "Autofill detail tokens").
    #[must_use]
    pub fn filled_in_as(mut self, token: &str) -> Self {
        self.autocomplete = Some(token.to_owned());
        self
    }

    /// The same, offering contacts from this address while somebody types.
    #[must_use]
    pub fn offering(mut self, address: &'static str) -> Self {
        self.offers = Some(address);
        // The browser's own memory would stand between them.
        self.autocomplete = Some("off".to_owned());
        self
    }

    /// The same, needing no answer.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// The same with what is wrong.
    #[must_use]
    pub fn wrong(mut self, error: impl Into<String>) -> Self {
        self.error = Some(error.into());
        self
    }

    /// Whether it is answered by several controls and so is a group with a legend.
    #[must_use]
    pub fn is_group(&self) -> bool {
        match &self.kind {
            FieldKind::Boolean(_) => true,
            FieldKind::Choice(options) => options.len() <= 5,
            _ => false,
        }
    }

    /// The id of the control that an error links to: the first of a group.
    #[must_use]
    pub fn control(&self) -> String {
        if self.is_group() { format!("{}-1", self.id) } else { self.id.clone() }
    }

    /// The ids of help and error for `aria-describedby`; empty when there are neither.
    #[must_use]
    pub fn described_by(&self) -> String {
        let help = self.help.as_ref().map(|_| format!("{}-help", self.id));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.id));
        let ids: Vec<_> = help.into_iter().chain(error).collect();
        ids.join(" ")
    }
}
