//! Actions that the language describes and a desk registers once it can carry them out: until then a handbook that
//! uses them is refused.
//!
//! Each is asked for under a name of the playbook's own (`as: person`), and what comes of it arrives as an event that
//! begins with that name (`person.found`).

use crate::impact::PRIORITIES;
use crate::registry::{ActionSpec, Argument, ArgumentKind, NameKind};

const fn argument(name: &'static str, kind: ArgumentKind, required: bool, summary: &'static str) -> Argument {
    Argument { name, kind, required, summary }
}

const AS: Argument = argument("as", ArgumentKind::Handle, true, "What its events begin with.");

/// `lookup: { as, in, query, with }`, as an action and as a key of a state, where it is done after `entry`. The event
/// `found` brings the columns of the one row in `event.data`.
pub const LOOKUP: ActionSpec = ActionSpec {
    name: "lookup",
    summary: "Asks another database a question, once.",
    arguments: &[
        AS,
        argument(
            "in",
            ArgumentKind::Name(NameKind::Connection),
            false,
            "The connection, to be read beside the question.",
        ),
        argument("query", ArgumentKind::Name(NameKind::Lookup), true, "The question, a file of `lookups/`."),
        argument("with", ArgumentKind::Assignments, false, "Its parameters."),
    ],
    short: None,
    emits: &["{as}.found", "{as}.missing", "{as}.ambiguous", "{as}.failed"],
};

/// `ask: { as, who, text, answers, chase }`.
pub const ASK: ActionSpec = ActionSpec {
    name: "ask",
    summary: "Asks a colleague a question with a few answers.",
    arguments: &[
        AS,
        argument("who", ArgumentKind::Text, true, "An agent's name, a team or a role."),
        argument("text", ArgumentKind::Text, true, "The question."),
        argument("answers", ArgumentKind::Words, true, "The answers; each is an event."),
        argument("chase", ArgumentKind::Pace, false, "After how long they are asked again."),
    ],
    short: None,
    emits: &["{as}.{answers}"],
};

/// `approve: { as, who, text, chase }`.
pub const APPROVE: ActionSpec = ActionSpec {
    name: "approve",
    summary: "Asks a colleague to grant or refuse something.",
    arguments: &[
        AS,
        argument("who", ArgumentKind::Text, true, "An agent's name, a team or a role."),
        argument("text", ArgumentKind::Text, true, "What is to be granted."),
        argument("chase", ArgumentKind::Pace, false, "After how long they are asked again."),
    ],
    short: None,
    emits: &["{as}.granted", "{as}.refused"],
};

/// `suggest: { reply | articles, send_in }`.
pub const SUGGEST: ActionSpec = ActionSpec {
    name: "suggest",
    summary: "Drafts an answer for the agent, which lapses with its state.",
    arguments: &[
        argument("reply", ArgumentKind::Name(NameKind::Reply), false, "The canned reply."),
        argument("articles", ArgumentKind::Expression, false, "What to look for among the articles."),
        argument("send_in", ArgumentKind::Span, false, "When it is sent by itself, if nobody did."),
    ],
    short: Some("reply"),
    emits: &[],
};

/// `weigh: { as, by, subject, text }`.
pub const WEIGH: ActionSpec = ActionSpec {
    name: "weigh",
    summary: "Weighs what a client wrote by rules of impact. The ticket gets the priority of the weightiest that fits, unless it has a \
              higher one or somebody has chosen one; the event is that of the message in any case, `AS.ordinary` where no rule fits.",
    arguments: &[
        AS,
        argument("by", ArgumentKind::Name(NameKind::Impact), true, "The rules, a file of `impacts/`."),
        argument(
            "subject",
            ArgumentKind::TextExpression,
            false,
            "What stands above it: the ticket's subject, when it was opened with it.",
        ),
        argument("text", ArgumentKind::TextExpression, true, "What they wrote: `event.message.text`."),
    ],
    short: None,
    emits: &["{as}.urgent", "{as}.high", "{as}.normal", "{as}.low", "{as}.ordinary"],
};

/// `priority: { to, because }`.
pub const PRIORITY: ActionSpec = ActionSpec {
    name: "priority",
    summary: "Gives the ticket a priority, unless it has a higher one or somebody has chosen one.",
    arguments: &[
        argument("to", ArgumentKind::OneOf(&PRIORITIES), true, "The priority."),
        argument("because", ArgumentKind::Text, false, "Why, for colleagues."),
    ],
    short: Some("to"),
    emits: &[],
};
