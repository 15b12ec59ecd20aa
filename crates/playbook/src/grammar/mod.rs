//! What the files of a handbook may hold, as tables: the keys of each mapping, and what stands at each.
//!
//! The readers look up here what a mapping is called and which keys it has ([`Entries`](crate::yaml::Entries) refuses to be
//! asked for any other); the [schemas](crate::schemas) for editors are made from the same rows. What actions take is
//! not here: the [registry](crate::Registry) knows it.

mod arrivals;
mod desk;
mod forms;
mod impacts;
mod playbook;
mod scenario;
mod spellings;
mod states;

pub(crate) use arrivals::{ATTACHMENT, CALL, CALLER, FILE_CHANGE, MAIL};
pub(crate) use desk::{ATTRIBUTE, ATTRIBUTES, CALENDAR, DESK, HOLIDAY, HOURS, TEAM, TITLED};
pub(crate) use forms::{FORM, FORM_FIELD, FORM_SOURCE, FRONT_MATTER, LOOKUP, SEGMENT, TYPEFORM, TYPEFORM_ANSWER};
pub(crate) use impacts::{IMPACT, IMPACT_ADDS, IMPACT_LEARNED, IMPACT_RULE};
pub(crate) use playbook::{
    CHECKLIST, CHECKLIST_ITEM, CLOCK, FIELD, MAIL_OPENING, OPENING, PARTY, PAUSE, PLAYBOOK, REOPEN, WARN,
};
pub(crate) use scenario::{DEED, EVIDENCE, EXPECTATION, GIVEN, NEVER, SCENARIO};
pub(crate) use spellings::{EVENT, IDENTIFIER, LANGUAGE, SPAN};
pub(crate) use states::{ANSWER, AT, CHOICE, EVERY, RETURN, STATE, TRANSITION};

/// A mapping with keys of its own.
pub(crate) struct Mapping {
    /// What messages call it, with its article: "a state".
    pub(crate) what: &'static str,
    /// One sentence for editors, as Markdown.
    pub(crate) summary: &'static str,
    /// Its keys, in groups that mappings share.
    pub(crate) keys: &'static [&'static [Key]],
    /// Keys that belong to the language and that this version does not understand yet.
    pub(crate) later: &'static [&'static str],
    /// Keys of which one at least is there; none where nothing like that holds.
    pub(crate) some_of: &'static [&'static str],
}

impl Mapping {
    /// Every key, in the order of the table.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'static Key> {
        self.keys.iter().copied().flatten()
    }

    /// Whether it has a key of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.keys().any(|key| key.name == name)
    }
}

/// A key of a mapping.
#[derive(Clone, Copy)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// What stands there.
    pub(crate) shape: Shape,
    /// Whether the mapping makes no sense without it.
    pub(crate) required: bool,
    /// The keys that it makes no sense without.
    pub(crate) beside: &'static [&'static str],
    /// Keys of which it makes no sense without one.
    pub(crate) beside_one_of: &'static [&'static str],
    /// One sentence for editors, as Markdown. What kind of value stands there is said by the shape.
    pub(crate) summary: &'static str,
}

impl Key {
    /// A key that may be left out.
    const fn new(name: &'static str, shape: Shape, summary: &'static str) -> Self {
        Self { name, shape, required: false, beside: &[], beside_one_of: &[], summary }
    }

    /// The same, not to be left out.
    const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The same, with the keys that must be there when it is.
    const fn beside(self, others: &'static [&'static str]) -> Self {
        Self { beside: others, ..self }
    }

    /// The same, with keys of which one must be there when it is.
    const fn beside_one_of(self, others: &'static [&'static str]) -> Self {
        Self { beside_one_of: others, ..self }
    }
}

/// What may stand somewhere.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    /// A text with `{{ }}`, one for everybody or one for each language.
    Text,
    /// Plain words, the same for everybody or one for each language.
    Label,
    /// An expression.
    Expression,
    /// A word or text as it stands: a name that something else declares, an address.
    Word,
    /// A word of a certain form.
    Spelt(&'static Spelling),
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// The number of the language's version.
    Version,
    /// A whole number, of this or more.
    Integer {
        /// The least.
        least: Option<i64>,
    },
    /// `true` or `false`.
    Flag,
    /// Whatever it is.
    Anything,
    /// A word, a number, or nothing.
    Scalar,
    /// A mapping of names to whatever it is, with this name among them.
    Record(Option<&'static str>),
    /// A mapping with keys of its own.
    Mapping(&'static Mapping),
    /// A mapping from names of that form.
    Named(&'static Spelling, &'static Shape),
    /// A list.
    List(&'static Shape),
    /// A list of two.
    Pair(&'static Shape),
    /// One, or a list of them.
    OneOrMore(&'static Shape),
    /// The first, or the second.
    Either(&'static Shape, &'static Shape),
    /// A mapping from the names of fields to expressions.
    Assignments,
    /// A list of actions.
    Actions,
    /// What the action of that name takes.
    Action(&'static str),
    /// A target, a transition, or a list of transitions of which the first that may be taken is.
    Transitions(&'static Mapping),
    /// A mapping from events to transitions.
    On(&'static Mapping),
}

/// How a word is formed.
pub(crate) struct Spelling {
    /// What it is, as a sentence that begins with it: "A length of time: `90s` or `3 days`."
    pub(crate) says: &'static str,
    /// A regular expression for the whole word, of those that JavaScript knows too. It may match more than the reader takes,
    /// never less.
    pub(crate) pattern: fn() -> String,
    /// Words that are formed so.
    pub(crate) examples: &'static [&'static str],
}

#[cfg(test)]
mod tests;
