//! `scenarios/*.yaml`.

use super::arrivals::{CALL, FILE_CHANGE, MAIL};
use super::spellings::{FILE, LENGTH, OFFSET, SCENARIO_NAME, START};
use super::{Key, Mapping, Shape};
use crate::checklist::EvidenceKind;
use crate::clock::ClockState;
use crate::impact::PRIORITIES;
use crate::run::Status;
use crate::scenario::SUGGESTIONS;

/// A document of `scenarios/*.yaml`.
pub(crate) static SCENARIO: Mapping = Mapping {
    what: "a scenario",
    summary: "A story: what is there, what people do, and what must be so.",
    keys: &[&[
        Key::new("scenario", Shape::Spelt(&SCENARIO_NAME), "The name; it begins with the row that it shows: `D1: …`.")
            .required(),
        Key::new("starts", Shape::Spelt(&START), "When the story begins.").required(),
        Key::new("given", Shape::Mapping(&GIVEN), "What is there beforehand."),
        Key::new("when", Shape::List(&Shape::Mapping(&DEED)), "What happens."),
        Key::new("then", Shape::List(&Shape::Mapping(&EXPECTATION)), "What must be so.").required(),
    ]],
    later: &[],
    some_of: &[],
};

/// `given:`.
pub(crate) static GIVEN: Mapping = Mapping {
    what: "`given`",
    summary: "What is there before the story begins.",
    keys: &[&[
        Key::new(
            "organizations",
            Shape::List(&Shape::Record(Some("name"))),
            "The organizations: `{ name, plan, parent, … }`.",
        ),
        Key::new(
            "contacts",
            Shape::List(&Shape::Record(Some("email"))),
            "The contacts: `{ email, name, organization, role, language, may, … }`.",
        ),
        Key::new("agents", Shape::List(&Shape::Record(Some("name"))), "The colleagues: `{ name, team, role }`."),
        Key::new(
            "lookups",
            Shape::Record(None),
            "What look-ups answer, by their names: `{ requester-organization: [ { email: maria@acme.example, documents: 0 } ] }`.",
        ),
    ]],
    later: &[],
    some_of: &[],
};

/// A member of `when:`.
pub(crate) static DEED: Mapping = Mapping {
    what: "a deed",
    summary: "Something that happens.",
    keys: &[&[Key::new("at", Shape::Spelt(&OFFSET), "When.").required()], &FROM_OUTSIDE, &BY_AGENTS],
    later: &["chat", "presence"],
    some_of: &["form", "mail", "api", "agent", "publish", "fails"],
};

static FROM_OUTSIDE: [Key; 9] = [
    Key::new("form", Shape::Word, "The form that somebody submits.").beside(&["from"]),
    Key::new("from", Shape::Word, "The address of whoever submits the form.").beside(&["form"]),
    Key::new(
        "answers",
        Shape::Either(&Shape::Word, &Shape::Record(None)),
        "With `form`, the answers by the form's names; with `agent`, the answer to the question `of: NAME`.",
    )
    .beside_one_of(ANSWERED_BY),
    Key::new("mail", Shape::Mapping(&MAIL), "A mail that arrives."),
    Key::new("api", Shape::Mapping(&CALL), "A call of the API that opens a ticket."),
    Key::new(
        "publish",
        Shape::Named(&FILE, &Shape::Either(&Shape::Scalar, &Shape::Mapping(&FILE_CHANGE))),
        "A new revision of the handbook, file by file: the text that it has from now on, nothing where it is gone, or \
         `{ replace: [ [ OLD, NEW ] ] }`.",
    ),
    Key::new(
        "move",
        Shape::Record(None),
        "Moves the running tickets to the new revision: of each playbook, which state becomes which.",
    )
    .beside(&["publish"]),
    Key::new("fails", Shape::Word, "What is away for a while: `mailbox`, `sender`, a connection, or one look-up.")
        .beside(&["for"]),
    Key::new("for", Shape::Spelt(&LENGTH), "How long it is away.").beside(&["fails"]),
];

const AGENT: &[&str] = &["agent"];

static BY_AGENTS: [Key; 18] = [
    Key::new(
        "agent",
        Shape::Word,
        "The colleague who does something: `chooses`, `answers`, `sends`, `dismisses`, `replies`, `notes`, `assigns`, `prioritises`, \
         `checks` or `unchecks`.",
    ),
    Key::new("chooses", Shape::Word, "The choice that is made.").beside(AGENT),
    Key::new("inputs", Shape::Record(None), "What is said with the choice, as its `ask` asks.").beside(&["chooses"]),
    Key::new("fields", Shape::Record(None), "The fields that are filled in with the choice.").beside(&["chooses"]),
    Key::new("of", Shape::Word, "The name under which the playbook asked.").beside(&["agent", "answers"]),
    Key::new("note", Shape::Word, "A note that goes with the answer.").beside(&["agent", "answers", "of"]),
    Key::new("sends", Shape::OneOf(&SUGGESTIONS), "Sends the suggested reply, in other words with `text`.")
        .beside(AGENT),
    Key::new("dismisses", Shape::OneOf(&SUGGESTIONS), "Puts the suggested reply aside.").beside(AGENT),
    Key::new("text", Shape::Word, "Other words than the suggested ones.").beside(&["sends"]),
    Key::new("replies", Shape::Word, "The words of an answer to the requester.").beside(AGENT),
    Key::new("to", Shape::Word, "The party that the answer goes to; the requester without it.").beside(&["replies"]),
    Key::new("notes", Shape::Word, "The words of an internal note.").beside(AGENT),
    Key::new("assigns", Shape::Scalar, "Whom the ticket is given to; nobody when nothing stands here.").beside(AGENT),
    Key::new("prioritises", Shape::OneOf(&PRIORITIES), "How urgent the ticket is from now on.").beside(AGENT),
    Key::new("checks", Shape::Word, "The item of a checklist that is done: `ITEM`, or `CHECKLIST.ITEM`.").beside(AGENT),
    Key::new(
        "with",
        Shape::Either(&Shape::Word, &Shape::Mapping(&EVIDENCE)),
        "What shows that the item is done: words, or `{ link: ADDRESS }`, `{ message: last }`, `{ file: NAME }`.",
    )
    .beside(&["checks"]),
    Key::new("unchecks", Shape::Word, "The item whose mark is taken back.").beside(AGENT),
    Key::new("on", Shape::Word, ON).beside_one_of(ANSWERED_BY),
];

/// Who answers, and does something on a ticket.
const ANSWERED_BY: &[&str] = &["form", "agent"];

const ON: &str = "The ticket: an alias of one that the first ticket opened, `ALIAS/KEY` one of many; `'2'` the second that \
                  nobody opened but the world, `2.ALIAS` one that it opened. The first without it.";

/// What an item is checked with.
pub(crate) static EVIDENCE: Mapping = Mapping {
    what: "evidence",
    summary: "One thing that shows that an item is done.",
    keys: &[&[
        Key::new(EvidenceKind::File.as_str(), Shape::Word, "A file, by its name."),
        Key::new(EvidenceKind::Link.as_str(), Shape::Word, "An address."),
        Key::new(EvidenceKind::Message.as_str(), Shape::Word, "`last`: the last message from outside."),
        Key::new(EvidenceKind::Text.as_str(), Shape::Word, "A few words."),
    ]],
    later: &[],
    some_of: &EvidenceKind::WORDS,
};

/// A member of `then:`.
pub(crate) static EXPECTATION: Mapping = Mapping {
    what: "an expectation",
    summary: "What must be so.",
    keys: &[
        &[
            Key::new("at", Shape::Spelt(&OFFSET), "When; at the end without it."),
            Key::new("never", Shape::Mapping(&NEVER), "What was never so, at any time of the story."),
        ],
        &SO,
    ],
    later: &["finding", "shown"],
    some_of: &[
        "state", "status", "mail", "mails", "tickets", "told", "assigned", "field", "offered", "note", "priority",
        "subject", "clock", "never",
    ],
};

/// `never:`.
pub(crate) static NEVER: Mapping = Mapping {
    what: "`never`",
    summary: "What was never so, at any time of the story.",
    keys: &[&SO],
    later: &[],
    some_of: &[
        "state", "status", "mail", "mails", "tickets", "told", "assigned", "field", "offered", "note", "priority",
        "subject", "clock",
    ],
};

const COUNT: Shape = Shape::Integer { least: Some(0) };

static SO: [Key; 21] = [
    Key::new("ticket", Shape::Word, ON),
    Key::new("on", Shape::Word, "The same as `ticket`."),
    Key::new(
        "state",
        Shape::Word,
        "The state that the ticket is in, by its dotted path; one with states inside stands for them.",
    ),
    Key::new("status", Shape::OneOf(&Status::WORDS), "The status that the ticket has."),
    Key::new("mail", Shape::Word, "The canned reply that was sent by then."),
    Key::new("mails", COUNT, "How many mails were sent, exactly."),
    Key::new("to", Shape::Word, "To whom the mails went; to anybody without it."),
    Key::new("tickets", COUNT, "How many tickets there are, exactly."),
    Key::new("told", Shape::Word, "The colleague, team or role that was told something."),
    Key::new("text", Shape::Word, "Words that it contains.").beside(&["told"]),
    Key::new("times", COUNT, "How often it was told, exactly.").beside(&["told"]),
    Key::new("assigned", Shape::Scalar, "Who has the ticket; nobody when nothing stands here."),
    Key::new("field", Shape::Word, "The field that has a value.").beside(&["is"]),
    Key::new("is", Shape::Anything, "The value.").beside(&["field"]),
    Key::new("offered", Shape::Word, "The choice that can be made now."),
    Key::new("note", Shape::Word, "Words that an internal note contains."),
    Key::new("priority", Shape::OneOf(&PRIORITIES), "The ticket's priority."),
    Key::new("subject", Shape::Word, "The ticket's subject."),
    Key::new("clock", Shape::Word, "The clock that `stands` so, or has so much `left`."),
    Key::new("stands", Shape::OneOf(&ClockState::WORDS), "How the clock stands.").beside(&["clock"]),
    Key::new(
        "left",
        Shape::Spelt(&LENGTH),
        "What is left of the clock, exactly; working time where it is counted in that.",
    )
    .beside(&["clock"]),
];
