//! States, with what leads out of them, and the keys of typed fields.

use super::spellings::{IDENTIFIER, SPAN, STATE_NAME, WEEKLY};
use super::{Key, Mapping, Shape};
use crate::definition::STATE_TYPES;
use crate::fields::FieldKind;
use crate::run::Status;

/// The keys of everything that is typed: fields, attributes, answers.
pub(super) const FIELD_KEYS: [Key; 7] = [
    Key::new("type", Shape::OneOf(&FieldKind::WORDS), "What it may hold. Null is always allowed: no value yet.")
        .required(),
    Key::new("label", Shape::Label, "What people call it; its name in words without it."),
    Key::new("of", Shape::OneOrMore(&Shape::Word), "The words of a `choice`; `text` of a `list`."),
    Key::new("min", Shape::Integer { least: None }, "The least of an `integer`."),
    Key::new("max", Shape::Integer { least: None }, "The most of an `integer`."),
    Key::new("max_length", Shape::Integer { least: Some(1) }, "The most characters of a `text`; 10,000 without it."),
    Key::new("default", Shape::Anything, "What it begins with."),
];

/// A state.
pub(crate) static STATE: Mapping = Mapping {
    what: "a state",
    summary: "A state: where a ticket stands, and what leads out of it.",
    keys: &[&NATURE, &INSIDE, &WAYS],
    later: &["ask", "ladder"],
    some_of: &[],
};

static NATURE: [Key; 5] = [
    Key::new("type", Shape::OneOf(&STATE_TYPES), "`final` ends the run: the ticket is closed."),
    Key::new("title", Shape::Label, "What colleagues call it; its name in words without it."),
    Key::new("client_title", Shape::Label, "What clients call it."),
    Key::new(
        "status",
        Shape::OneOf(&Status::WORDS),
        "What the ticket counts as; it follows from `waiting_on` without it: open, pending, closed in a final state.",
    ),
    Key::new(
        "waiting_on",
        Shape::Word,
        "Whom the ticket waits for: `us` (without it), `requester`, `third_party`, a party, or `turn` (whoever was \
         spoken to last).",
    ),
];

static INSIDE: [Key; 5] = [
    Key::new("initial", Shape::Word, "The state inside that is entered first.").beside(&["states"]),
    Key::new("states", Shape::Named(&STATE_NAME, &Shape::Mapping(&STATE)), "The states inside, by name.")
        .beside(&["initial"]),
    Key::new("entry", Shape::Actions, "What is done on the way in."),
    Key::new("lookup", Shape::Action("lookup"), "A question to another database, asked after `entry`."),
    Key::new("exit", Shape::Actions, "What is done on the way out."),
];

static WAYS: [Key; 8] = [
    Key::new("on", Shape::On(&TRANSITION), "What events lead to."),
    Key::new(
        "always",
        Shape::Transitions(&TRANSITION),
        "Looked at as soon as the state has been entered: the first whose guard holds is taken.",
    ),
    Key::new(
        "after",
        Shape::Named(&SPAN, &Shape::Transitions(&TRANSITION)),
        "What happens so long after the state was entered: `{ 3 days: closed }`.",
    ),
    Key::new("at", Shape::List(&Shape::Mapping(&AT)), "What happens at instants that are worked out after `entry`."),
    Key::new("every", Shape::List(&Shape::Mapping(&EVERY)), "What happens at times of the week, while in the state."),
    Key::new(
        "choices",
        Shape::Named(&IDENTIFIER, &Shape::Mapping(&CHOICE)),
        "The buttons that colleagues have, by name.",
    ),
    Key::new("require", REQUIRE, "What must be known before any choice is made here."),
    Key::new("needs", NEEDS, "The checklists that must be done before any choice is made here."),
];

const REQUIRE: Shape = Shape::OneOrMore(&Shape::Word);
const NEEDS: Shape = Shape::OneOrMore(&Shape::Word);

const STEP_KEYS: [Key; 3] = [
    Key::new("guard", Shape::Expression, "Whether it may be taken; always without it."),
    Key::new(
        "target",
        Shape::Word,
        "The state that it leads to: a sibling's name, or a dotted path from the top. Without one the ticket stays.",
    ),
    Key::new("actions", Shape::Actions, "What is done on the way."),
];

const MAX: Key = Key::new(
    "max",
    Shape::Integer { least: Some(1) },
    "How often it is taken before its state is left for good; then the next in the list is looked at.",
);

/// What an event, a span or `always` leads to.
pub(crate) static TRANSITION: Mapping = Mapping {
    what: "a transition",
    summary: "A transition: where it leads, and what is done.",
    keys: &[&STEP_KEYS, &[MAX]],
    later: &[],
    some_of: &[],
};

/// A way back into a closed ticket.
pub(crate) static RETURN: Mapping = Mapping {
    what: "a transition of `reopen`",
    summary: "A way back into a closed ticket.",
    keys: &[&STEP_KEYS],
    later: &[],
    some_of: &[],
};

/// A member of `at:`.
pub(crate) static AT: Mapping = Mapping {
    what: "an `at`",
    summary: "What happens at an instant.",
    keys: &[
        &[Key::new("time", Shape::Expression, "The instant (RFC 3339) or day; null sets no timer.").required()],
        &STEP_KEYS,
        &[MAX],
    ],
    later: &[],
    some_of: &["target", "actions"],
};

/// A member of `every:`.
pub(crate) static EVERY: Mapping = Mapping {
    what: "an `every`",
    summary: "What happens at times of the week.",
    keys: &[
        &[
            Key::new("at", Shape::Spelt(&WEEKLY), "When.").required(),
            Key::new(
                "late_until",
                Shape::Spelt(&WEEKLY),
                "Until when a ticket that enters the state after the hour is still taken along.",
            ),
        ],
        &STEP_KEYS,
        &[MAX],
    ],
    later: &[],
    some_of: &["target", "actions"],
};

/// A choice.
pub(crate) static CHOICE: Mapping = Mapping {
    what: "a choice",
    summary: "A button for colleagues.",
    keys: &[
        &[
            Key::new("label", Shape::Label, "What the button says.").required(),
            Key::new(
                "by",
                Shape::OneOrMore(&Shape::Word),
                "The teams and roles that may make it; everybody without it.",
            ),
            Key::new(
                "require",
                REQUIRE,
                "What must be known before it can be made: fields, or facts such as `organization.plan`.",
            ),
            Key::new("needs", NEEDS, "The checklists that must be done before it can be made."),
            Key::new(
                "ask",
                Shape::Named(&IDENTIFIER, &Shape::Mapping(&ANSWER)),
                "What its maker must say, read as `choice.NAME`: `{ reason: { type: text, required: true } }`.",
            ),
            Key::new("switch", Shape::Word, "The playbook that the ticket goes on in."),
        ],
        &STEP_KEYS,
    ],
    later: &[],
    some_of: &[],
};

/// What a choice asks its maker.
pub(crate) static ANSWER: Mapping = Mapping {
    what: "an answer",
    summary: "Something that a choice asks its maker.",
    keys: &[&FIELD_KEYS, &[Key::new("required", Shape::Flag, "Whether it must be answered; `false` without it.")]],
    later: &[],
    some_of: &[],
};
