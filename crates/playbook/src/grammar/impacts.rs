//! `impacts/*.yaml`.

use super::playbook::VERSION;
use super::spellings::{IDENTIFIER, LANGUAGE};
use super::{Key, Mapping, Shape};
use crate::impact::PRIORITIES;

/// `impacts/NAME.yaml`.
pub(crate) static IMPACT: Mapping = Mapping {
    what: "rules of impact",
    summary: "Rules that weigh what a client writes by how much it harms their business.",
    keys: &[&[
        VERSION,
        Key::new("impact", Shape::Word, "The name, that of the file.").required(),
        Key::new(
            "fails",
            PHRASES,
            "How people say that something fails; every rule with a `what` knows these phrases.",
        ),
        Key::new(
            "hints",
            PHRASES,
            "What says too little alone, for every rule: `error`. It counts in a message with one of `scale`.",
        ),
        Key::new("scale", PHRASES, "What says that it concerns many, or is now: `customers`, `since`."),
        Key::new("unless", PHRASES, "What takes it back in the same sentence, for every rule: `works again`."),
        Key::new(
            "settled",
            PHRASES,
            "What says of the whole message that nothing is to be done at once: `false alarm`.",
        ),
        Key::new(
            "foot",
            PHRASES,
            "What begins the foot of a mail: nothing from that sentence on is weighed. `intended recipient`.",
        ),
        Key::new(
            "rules",
            Shape::Named(&IDENTIFIER, &Shape::Mapping(&IMPACT_RULE)),
            "The rules by name. Of several that fit the weightiest counts, then the first.",
        ),
        Key::new(
            "learned",
            Shape::Mapping(&IMPACT_LEARNED),
            "Weights that decide with the rules, learnt from messages that people judged.",
        )
        .beside(&["rules"]),
        Key::new(
            "weights",
            Shape::Word,
            "Of a file of weights: a line for each phrase, with what it weighs before it, `42 not work*`.",
        ),
        Key::new("adds", Shape::Mapping(&IMPACT_ADDS), "Of a file of weights: what is added to those of the phrases.")
            .beside(&["weights"]),
    ]],
    later: &[],
    some_of: &["rules", "weights"],
};

/// What a file of rules says of its weights.
pub(crate) static IMPACT_LEARNED: Mapping = Mapping {
    what: "what is learnt",
    summary: "Weights that decide with the rules of a priority.",
    keys: &[&[
        Key::new("weights", Shape::Word, "The file of `impacts/` with the weights.").required(),
        Key::new("priority", Shape::OneOf(&PRIORITIES), "The priority of what weighs more than nothing.").required(),
        Key::new("because", Shape::Label, "Why, where no rule is about what the message says.").required(),
    ]],
    later: &[],
    some_of: &[],
};

/// What a file of weights adds beside the phrases.
pub(crate) static IMPACT_ADDS: Mapping = Mapping {
    what: "what is added",
    summary: "What weighs beside the phrases, in the same whole numbers.",
    keys: &[&[
        Key::new("always", WHOLE, "What every message begins with."),
        Key::new("rule", WHOLE, "What a rule adds that fits."),
        Key::new("settled", WHOLE, "What something of `settled` adds."),
    ]],
    later: &[],
    some_of: &[],
};

/// A rule of impact.
pub(crate) static IMPACT_RULE: Mapping = Mapping {
    what: "a rule of impact",
    summary: "What gives a ticket a priority.",
    keys: &[&[
        Key::new("priority", Shape::OneOf(&PRIORITIES), "The priority of what fits.").required(),
        Key::new("because", Shape::Label, "Why, in words that people see: `the checkout does not work`.").required(),
        Key::new(
            "what",
            PHRASES,
            "What it is about. It fits where one of these and one of `fails` stand near each other.",
        ),
        Key::new("fails", PHRASES, "How people say that just this fails, beside the phrases of the file."),
        Key::new("hints", PHRASES, "What says too little alone of just this, beside the phrases of the file."),
        Key::new("says", PHRASES, "Phrases that say all of it at once."),
        Key::new("unless", PHRASES, "What takes it back in the same sentence, beside the phrases of the file."),
    ]],
    later: &[],
    some_of: &["what", "says"],
};

const WHOLE: Shape = Shape::Integer { least: None };

/// Phrases: words in their order, with at most two others between; `*` stands for any ending of a word.
const PHRASES: Shape =
    Shape::Either(&Shape::OneOrMore(&Shape::Word), &Shape::Named(&LANGUAGE, &Shape::OneOrMore(&Shape::Word)));
