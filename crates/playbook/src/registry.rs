//! What a handbook may refer to that the language itself does not define: actions, and the facts about a ticket.
//!
//! The desk's features register what they bring; the language knows only `set`, `open` and `send` by itself, because
//! they concern its own fields and links.

use std::collections::{BTreeMap, BTreeSet};

use crate::lookup::Lookup;
use crate::types::FactType;

/// An action that a playbook may name.
#[derive(Clone, Copy, Debug)]
pub struct ActionSpec {
    /// The key that names it in a playbook.
    pub name: &'static str,
    /// One sentence for the reference.
    pub summary: &'static str,
    /// What it takes.
    pub arguments: &'static [Argument],
    /// The argument that a bare scalar fills: with `Some("name")`, `reply: welcome` is `reply: { name: welcome }`.
    pub short: Option<&'static str>,
    /// The events that may follow from it; `{NAME}` stands for the argument of that name (`reply.{name}`), and where
    /// that is a list of words for each of them. One with a [`ArgumentKind::Handle`] raises `{as}.…`.
    pub emits: &'static [&'static str],
}

/// One argument of an action.
#[derive(Clone, Copy, Debug)]
pub struct Argument {
    /// The key.
    pub name: &'static str,
    /// What may stand there.
    pub kind: ArgumentKind,
    /// Whether the action makes no sense without it.
    pub required: bool,
    /// One sentence for the reference.
    pub summary: &'static str,
}

/// What may stand as an argument; in brackets what the effect carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgumentKind {
    /// A text with `{{ }}`; may differ by language (the rendered string).
    Text,
    /// An expression (its value).
    Expression,
    /// An expression that gives a text or null (its value).
    TextExpression,
    /// An expression that gives a list or null (its value).
    ListExpression,
    /// The name of something the handbook declares (the name).
    Name(NameKind),
    /// One expression or a list of them (the list of their values).
    Expressions,
    /// A name that the playbook gives here, for the events that follow: `person` in `person.found` (the name).
    Handle,
    /// One word or a list of them, each of which may name an event (the list).
    Words,
    /// A length of time (the instant so long after the step, RFC 3339).
    Span,
    /// A length of time that is counted again and again (as it is written, for [`Facts::after`](crate::Facts::after)).
    Pace,
    /// One of these words (the word).
    OneOf(&'static [&'static str]),
    /// One of these words or a list of them (the list).
    SomeOf(&'static [&'static str]),
    /// A mapping from names to expressions (an object of their values).
    Assignments,
    /// `true` or `false` (the boolean).
    Flag,
}

/// What a name refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// A canned reply.
    Reply,
    /// A playbook.
    Playbook,
    /// A team of `desk.yaml`.
    Team,
    /// A role of `desk.yaml`.
    Role,
    /// A linked ticket: a key of `links`, or `opener` where the playbook opens `linked`.
    Alias,
    /// An event that the linked ticket named by the argument `to` understands.
    Event,
    /// A declared field of the playbook.
    Field,
    /// The requester, or one of the playbook's `parties`.
    Party,
    /// A look-up, a file of `lookups/`.
    Lookup,
    /// A connection that a look-up names.
    Connection,
    /// Rules that weigh what a client writes, a file of `impacts/`.
    Impact,
}

/// Something of the language that the desk itself must do. A handbook that asks it of a desk that cannot is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ability {
    /// Telling the parties of a playbook from the requester: raising `PARTY.replied` for a verified address.
    Parties,
    /// Keeping several linked tickets under one alias, each with its key, raising `ALIAS.all_ended` when the last of
    /// them has ended, and handing down `count`, `ended_count`, `all_ended` and `live_keys` of each alias.
    FanOut,
    /// Letting people check the items of checklists.
    Checklists,
}

/// A root of facts: a name that guards and texts may start with.
#[derive(Clone, Copy, Debug)]
pub struct RootSpec {
    /// The name, such as `requester`.
    pub name: &'static str,
    /// One sentence for the reference.
    pub summary: &'static str,
    /// The known paths below it, dotted (`last_message.text`), with what stands there. A root that is a value itself
    /// has the one path `""`.
    pub paths: &'static [(&'static str, FactType)],
    /// Whose declared attributes (`attributes:` in `desk.yaml`) are known below it as well.
    pub attributes: Option<AttributeOwner>,
}

/// Who may have attributes of a company's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AttributeOwner {
    /// Organizations.
    Organization,
    /// Contacts.
    Contact,
}

/// Everything that a handbook is checked against.
#[derive(Clone, Debug)]
pub struct Registry {
    actions: BTreeMap<&'static str, ActionSpec>,
    roots: BTreeMap<&'static str, RootSpec>,
    settable: Vec<&'static str>,
    event_data: BTreeMap<&'static str, &'static [(&'static str, FactType)]>,
    abilities: BTreeSet<Ability>,
    lookup_check: Option<fn(&Lookup) -> Option<String>>,
}

impl ActionSpec {
    /// Whether it is the language's own `set`, which takes a mapping of fields and no arguments.
    pub(crate) fn is_set(&self) -> bool {
        self.name == SET.name
    }
}

impl Registry {
    /// A registry that knows the language's own actions: `set`, `open` and `send`.
    #[must_use]
    pub fn new() -> Self {
        let registry = Self {
            actions: BTreeMap::new(),
            roots: BTreeMap::new(),
            settable: Vec::new(),
            event_data: BTreeMap::new(),
            abilities: BTreeSet::new(),
            lookup_check: None,
        };
        registry.with(SET).with(OPEN).with(SEND)
    }

    /// The same with one more action; one of the same name is replaced.
    #[must_use]
    pub fn with(mut self, action: ActionSpec) -> Self {
        self.actions.insert(action.name, action);
        self
    }

    /// The same with one more root of facts; one of the same name is replaced.
    #[must_use]
    pub fn with_root(mut self, root: RootSpec) -> Self {
        self.roots.insert(root.name, root);
        self
    }

    /// The same with an attribute of the ticket that `set` may change beside the declared fields, such as `subject`.
    /// It should be known below the root `ticket` too.
    #[must_use]
    pub fn with_settable(mut self, attribute: &'static str) -> Self {
        self.settable.push(attribute);
        self
    }

    /// The same with what an event brings along: the names below `event.data`, typed. What is not declared may be
    /// anything.
    #[must_use]
    pub fn with_event_data(mut self, event: &'static str, columns: &'static [(&'static str, FactType)]) -> Self {
        self.event_data.insert(event, columns);
        self
    }

    /// The same for a desk that can do one thing more.
    #[must_use]
    pub fn with_ability(mut self, ability: Ability) -> Self {
        self.abilities.insert(ability);
        self
    }

    /// Whether the desk can do something.
    #[must_use]
    pub fn has_ability(&self, ability: Ability) -> bool {
        self.abilities.contains(&ability)
    }

    /// The same with how the statements of look-ups are judged: what is wrong with one, in words, if anything is.
    #[must_use]
    pub fn with_lookup_check(mut self, check: fn(&Lookup) -> Option<String>) -> Self {
        self.lookup_check = Some(check);
        self
    }

    /// What is wrong with the statement of a look-up, as far as the desk says.
    pub(crate) fn check_lookup(&self, lookup: &Lookup) -> Option<String> {
        self.lookup_check.and_then(|check| check(lookup))
    }

    /// The action of that name.
    #[must_use]
    pub fn action(&self, name: &str) -> Option<&ActionSpec> {
        self.actions.get(name)
    }

    /// Every action, in order of name.
    pub fn actions(&self) -> impl Iterator<Item = &ActionSpec> {
        self.actions.values()
    }

    /// The root of facts of that name.
    #[must_use]
    pub fn root(&self, name: &str) -> Option<&RootSpec> {
        self.roots.get(name)
    }

    /// Every root of facts, in order of name.
    pub fn roots(&self) -> impl Iterator<Item = &RootSpec> {
        self.roots.values()
    }

    /// The attributes of the ticket that `set` may change.
    #[must_use]
    pub fn settable(&self) -> &[&'static str] {
        &self.settable
    }

    /// What stands below `event.data` of the event of that name, when that is declared.
    #[must_use]
    pub fn event_data(&self, event: &str) -> Option<&'static [(&'static str, FactType)]> {
        self.event_data.get(event).copied()
    }
}

impl Default for Registry {
    fn default() -> Self {
        Self::new()
    }
}

const SET: ActionSpec = ActionSpec {
    name: "set",
    summary: "Sets declared fields, or attributes of the ticket, to the values of expressions.",
    arguments: &[],
    short: None,
    emits: &[],
};

const OPEN: ActionSpec = ActionSpec {
    name: "open",
    summary: "Opens a linked ticket; refused while one is live under the same alias.",
    arguments: &[
        Argument {
            name: "as",
            kind: ArgumentKind::Name(NameKind::Alias),
            required: true,
            summary: "The alias, a key of `links`.",
        },
        Argument {
            name: "playbook",
            kind: ArgumentKind::Name(NameKind::Playbook),
            required: true,
            summary: "The playbook that the linked ticket runs.",
        },
        Argument {
            name: "fields",
            kind: ArgumentKind::Assignments,
            required: false,
            summary: "What the linked ticket's fields begin with.",
        },
        Argument {
            name: "note",
            kind: ArgumentKind::TextExpression,
            required: false,
            summary: "An internal note on the linked ticket; empty or null writes none.",
        },
        Argument {
            name: "each",
            kind: ArgumentKind::ListExpression,
            required: false,
            summary: "A list: a ticket is opened for each member, which the other arguments read as `each`.",
        },
        Argument {
            name: "key",
            kind: ArgumentKind::Expressions,
            required: false,
            summary: "What tells the tickets of an `each` apart; the member itself when left out.",
        },
    ],
    short: None,
    emits: &[],
};

const SEND: ActionSpec = ActionSpec {
    name: "send",
    summary: "Sends an event to a linked ticket or to the opener.",
    arguments: &[
        Argument {
            name: "to",
            kind: ArgumentKind::Name(NameKind::Alias),
            required: true,
            summary: "The alias, or `opener`.",
        },
        Argument {
            name: "event",
            kind: ArgumentKind::Name(NameKind::Event),
            required: true,
            summary: "An event that the other side declares.",
        },
        Argument {
            name: "data",
            kind: ArgumentKind::Assignments,
            required: false,
            summary: "What the other side finds in `event.data`.",
        },
        Argument {
            name: "note",
            kind: ArgumentKind::TextExpression,
            required: false,
            summary: "An internal note on the other ticket; empty or null writes none.",
        },
        Argument {
            name: "key",
            kind: ArgumentKind::Expressions,
            required: false,
            summary: "Which of many tickets is meant; every live one when left out.",
        },
    ],
    short: None,
    emits: &[],
};
