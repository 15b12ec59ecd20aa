//! `playbooks/*.yaml`: all but the states.

use super::spellings::{EVENT, IDENTIFIER, PROMISE, SCHEDULE, SPAN, STATE_NAME};
use super::states::{FIELD_KEYS, RETURN, STATE};
use super::{Key, Mapping, Shape};
use crate::checklist::EvidenceKind;
use crate::definition::{CONVERSATIONS, KeyPart, OPENINGS, ORGANIZATIONS, OWNERS};

/// The version of the language, at the head of every file but replies and scenarios.
pub(super) const VERSION: Key = Key::new("language", Shape::Version, "The version of the language: 1.").required();

/// `playbooks/NAME.yaml`.
pub(crate) static PLAYBOOK: Mapping = Mapping {
    what: "a playbook",
    summary: "A procedure for tickets: a statechart with typed fields.",
    keys: &[&HEAD, &BODY],
    later: &["ladders", "require", "schedules"],
    some_of: &[],
};

static HEAD: [Key; 12] = [
    VERSION,
    Key::new("playbook", Shape::Word, "The name, that of the file.").required(),
    Key::new("title", Shape::Label, "What people call it.").required(),
    Key::new("team", Shape::Word, "The team that its tickets belong to, one of `desk.yaml`."),
    Key::new(
        "calendar",
        Shape::Word,
        "The calendar that its working time and days are counted in: a file of `calendars/`, or `organization` for that \
         of the client's organization. The desk's without it.",
    ),
    Key::new(
        "opens",
        Shape::List(&Shape::Either(&Shape::OneOf(&OPENINGS), &Shape::Mapping(&OPENING))),
        "What opens its tickets: `mail`, `api`, `hand`, `linked` (another ticket), `form: NAME`, or `schedule: day 8 09:00`.",
    )
    .required(),
    Key::new("fields", Shape::Named(&IDENTIFIER, &Shape::Mapping(&FIELD)), "What is known of a ticket, typed."),
    Key::new(
        "links",
        Shape::Named(&IDENTIFIER, &Shape::Word),
        "The linked tickets that it opens, alias to playbook: `{ job: repair-job }`.",
    ),
    Key::new(
        "parties",
        Shape::Named(&IDENTIFIER, &Shape::Mapping(&PARTY)),
        "The people beside the requester whom it speaks to and waits for.",
    ),
    Key::new(
        "emits",
        Shape::OneOrMore(&Shape::Spelt(&IDENTIFIER)),
        "The events that it sends to the ticket that opened it.",
    ),
    Key::new(
        "receives",
        Shape::OneOrMore(&Shape::Spelt(&IDENTIFIER)),
        "The events that it takes from the ticket that opened it, as `opener.EVENT`.",
    ),
    Key::new(
        "conversation",
        Shape::OneOf(&CONVERSATIONS),
        "`opener`: its team writes to the requester on the thread of the ticket that opened it.",
    ),
];

static BODY: [Key; 6] = [
    Key::new(
        "checklists",
        Shape::Named(&IDENTIFIER, &Shape::Mapping(&CHECKLIST)),
        "What must be done, and shown to be done, before a choice that `needs` it.",
    ),
    Key::new(
        "clocks",
        Shape::Named(&IDENTIFIER, &Shape::Mapping(&CLOCK)),
        "By when something must have happened, whatever states the ticket goes through.",
    ),
    Key::new(
        "promises",
        Shape::List(&Shape::Spelt(&PROMISE)),
        "What holds on every path; `deskhand check` prints the shortest that breaks one.",
    ),
    Key::new(
        "reopen",
        Shape::Mapping(&REOPEN),
        "Until when, and where to, a closed ticket comes back when its requester writes.",
    ),
    Key::new("initial", Shape::Word, "The state that a ticket begins in.").required(),
    Key::new("states", Shape::Named(&STATE_NAME, &Shape::Mapping(&STATE)), "The states by name.").required(),
];

/// A field of a playbook.
pub(crate) static FIELD: Mapping = Mapping {
    what: "a field",
    summary: "Something that is known of a ticket; null until it is.",
    keys: &[&FIELD_KEYS],
    later: &["from", "secret"],
    some_of: &[],
};

/// A party.
pub(crate) static PARTY: Mapping = Mapping {
    what: "a party",
    summary: "People beside the requester.",
    keys: &[&[
        Key::new("of", Shape::OneOf(&OWNERS), "Whose people they are: those of the ticket's `organization`.")
            .required(),
        Key::new("may", Shape::Word, "What they must be allowed to do, as the rights of contacts name it."),
    ]],
    later: &[],
    some_of: &[],
};

/// What opens a playbook, with more than a word.
pub(crate) static OPENING: Mapping = Mapping {
    what: "an opening",
    summary: "What opens tickets, and what is known of them then.",
    keys: &[&[
        Key::new("form", Shape::Word, "The form, a file of `forms/`."),
        Key::new(
            "mail",
            Shape::Either(&Shape::Word, &Shape::Mapping(&MAIL_OPENING)),
            "Mail: the one that `when` holds of; without it all that no other playbook wants.",
        ),
        Key::new("api", Shape::Anything, "Calls of the API that name no playbook."),
        Key::new("chat", Shape::Anything, "Chats; nothing raises them yet."),
        Key::new("hand", Shape::Anything, "A colleague."),
        Key::new("linked", Shape::Anything, "The `open` of another ticket."),
        Key::new("schedule", Shape::Spelt(&SCHEDULE), "Days and times that come again and again."),
        Key::new("agreed", Shape::Expression, "The schedule that is agreed with each member, as a text; null is none.")
            .beside(&["each"]),
        Key::new("each", Shape::Word, "The segment for each of whose members a ticket is opened.")
            .beside_one_of(BY_SCHEDULE),
        Key::new("before", Shape::Spelt(&SPAN), "How long before its date a ticket is opened.")
            .beside_one_of(BY_SCHEDULE),
        Key::new(
            "key",
            Shape::OneOrMore(&Shape::OneOf(&KeyPart::WORDS)),
            "What makes a ticket the only one: of two with the same key one is opened.",
        )
        .beside_one_of(BY_SCHEDULE),
        Key::new("requester", Shape::Expression, "The mail address of whoever counts as the requester.")
            .beside_one_of(BY_SCHEDULE),
        Key::new("subject", Shape::Text, "What the ticket is called."),
        Key::new("set", Shape::Assignments, "What its fields begin with."),
        Key::new(
            "ask",
            Shape::OneOrMore(&Shape::Word),
            "The fields that the colleague who opens it is asked for, in this order.",
        )
        .beside(&["hand"]),
        Key::new("require", Shape::OneOrMore(&Shape::Word), "The fields that it is not opened without.")
            .beside(&["hand"]),
        Key::new(
            "organization",
            Shape::OneOf(&ORGANIZATIONS),
            "Whom the ticket is for: the requester's `own` organization, or the one `upstream` of it where there is one.",
        ),
    ]],
    later: &[],
    some_of: &OPENINGS,
};

const BY_SCHEDULE: &[&str] = &["schedule", "agreed"];

/// Which mail opens a playbook.
pub(crate) static MAIL_OPENING: Mapping = Mapping {
    what: "`mail`",
    summary: "Which mail opens tickets.",
    keys: &[&[
        Key::new("when", Shape::Expression, "Whether this mail is meant.").required(),
        Key::new(
            "order",
            Shape::Integer { least: None },
            "Of several playbooks that want a mail, the one with the smallest `order` gets it; 0 without it.",
        ),
    ]],
    later: &[],
    some_of: &[],
};

/// `reopen:`.
pub(crate) static REOPEN: Mapping = Mapping {
    what: "`reopen`",
    summary: "Until when, and where to, a closed ticket comes back when its requester writes.",
    keys: &[&[
        Key::new("within", Shape::Spelt(&SPAN), "How long after its end.").required(),
        Key::new("target", Shape::Transitions(&RETURN), "The state that it comes back to.").required(),
    ]],
    later: &[],
    some_of: &[],
};

/// A checklist.
pub(crate) static CHECKLIST: Mapping = Mapping {
    what: "a checklist",
    summary: "What must be done, and shown to be done, before a choice that `needs` it.",
    keys: &[&[
        Key::new("title", Shape::Label, "What people call it.").required(),
        Key::new("items", Shape::List(&Shape::Mapping(&CHECKLIST_ITEM)), "What is to be done.").required(),
    ]],
    later: &[],
    some_of: &[],
};

/// An item of a checklist.
pub(crate) static CHECKLIST_ITEM: Mapping = Mapping {
    what: "an item",
    summary: "One thing that is to be done.",
    keys: &[&[
        Key::new("id", Shape::Spelt(&IDENTIFIER), "Its name.").required(),
        Key::new("label", Shape::Label, "What is to be done.").required(),
        Key::new("when", Shape::Expression, "Whether it applies; always without it."),
        Key::new("required", Shape::Flag, "Whether it must be done; `true` without it."),
        Key::new(
            "evidence",
            Shape::OneOrMore(&Shape::OneOf(&EvidenceKind::WORDS)),
            "What shows that it is done: one thing of these kinds.",
        ),
        Key::new("from", Shape::Word, "Who brings it: `us`, `requester`, `third_party` or a party."),
    ]],
    later: &[],
    some_of: &[],
};

/// A clock.
pub(crate) static CLOCK: Mapping = Mapping {
    what: "a clock",
    summary: "By when something must have happened, whatever states the ticket goes through.",
    keys: &[&[
        Key::new("title", Shape::Label, "What people call it; its name in words without it."),
        Key::new(
            "start",
            EVENTS,
            "The events that start it: `ticket.opened`, or any that states know. One that is running goes on.",
        )
        .required(),
        Key::new("stop", EVENTS, "The events that stop it.").required(),
        Key::new("within", Shape::Spelt(&SPAN), "How long it runs, once from each start."),
        Key::new("every", Shape::Spelt(&SPAN), "How long it runs, again and again."),
        Key::new("calendar", Shape::Word, "The calendar that it is counted in; the playbook's without it."),
        Key::new("while", Shape::Expression, "Whether running out counts, judged when it has."),
        Key::new(
            "pause",
            Shape::Mapping(&PAUSE),
            "Where it stands still. It goes on with what was left when the ticket has left there.",
        ),
        Key::new("warn", Shape::Mapping(&WARN), "What is done some time before it runs out."),
        Key::new("breach", Shape::Actions, "What is done when it runs out.").required(),
    ]],
    later: &[],
    some_of: &["within", "every"],
};

const EVENTS: Shape = Shape::OneOrMore(&Shape::Spelt(&EVENT));

/// `pause:` of a clock.
pub(crate) static PAUSE: Mapping = Mapping {
    what: "`pause`",
    summary: "Where a clock stands still.",
    keys: &[&[
        Key::new(
            "waiting_on",
            Shape::OneOrMore(&Shape::Word),
            "While the ticket waits on them: `requester`, `third_party`, `us` or a party.",
        ),
        Key::new(
            "in",
            Shape::OneOrMore(&Shape::Word),
            "In these states, by their dotted paths, and in those inside them.",
        ),
    ]],
    later: &[],
    some_of: &["waiting_on", "in"],
};

/// `warn:` of a clock.
pub(crate) static WARN: Mapping = Mapping {
    what: "`warn`",
    summary: "What is done some time before a clock runs out.",
    keys: &[&[
        Key::new("before", Shape::Spelt(&SPAN), "How long before it runs out.").required(),
        Key::new("actions", Shape::Actions, "What is done.").required(),
    ]],
    later: &[],
    some_of: &[],
};
