//! What comes from outside in a story: mails, calls of the API, new revisions of the handbook.

use super::{Key, Mapping, Shape};
use crate::scenario::ANSWERED;

/// A mail in a story.
pub(crate) static MAIL: Mapping = Mapping {
    what: "a mail",
    summary: "A mail that arrives: written here, or as a file has it.",
    keys: &[&[
        Key::new("from", Shape::Word, "The sender's address."),
        Key::new("text", Shape::Word, "The body.").beside(&["from"]),
        Key::new("html", Shape::Word, "The body as HTML, beside the plain one; alone where there is no `text`.")
            .beside(&["from"]),
        Key::new("subject", Shape::Word, "The subject; without one, an answer has that of the mail it answers.")
            .beside(&["from"]),
        Key::new("headers", Shape::Record(None), "More headers, by name.").beside(&["from"]),
        Key::new("attachments", Shape::List(&Shape::Mapping(&ATTACHMENT)), "The files that come with it.")
            .beside(&["from"]),
        Key::new("raw", Shape::Word, "A file below `scenarios` that has the whole mail: `mails/bounce.eml`."),
        Key::new(
            "in_reply_to",
            Shape::OneOf(&ANSWERED),
            "`last`: it answers the last mail that the desk sent its sender.",
        ),
    ]],
    later: &["to", "cc"],
    some_of: &["from", "raw"],
};

/// A file that comes with a mail.
pub(crate) static ATTACHMENT: Mapping = Mapping {
    what: "an attachment",
    summary: "A file that comes with a mail.",
    keys: &[&[
        Key::new("name", Shape::Word, "Its name.").required(),
        Key::new("type", Shape::Word, "Its media type: `text/csv`; `text/plain` without it."),
        Key::new("text", Shape::Word, "What it says."),
    ]],
    later: &[],
    some_of: &[],
};

/// A call of the API in a story.
pub(crate) static CALL: Mapping = Mapping {
    what: "a call of the API",
    summary: "The body of a call of the API that opens a ticket.",
    keys: &[&[
        Key::new("subject", Shape::Word, "What the ticket is called.").required(),
        Key::new("body", Shape::Word, "The first message."),
        Key::new("requester", Shape::Mapping(&CALLER), "Who asks.").required(),
        Key::new("playbook", Shape::Word, "The playbook; the one that the API opens without it."),
        Key::new("fields", Shape::Record(None), "What its fields begin with."),
        Key::new("tags", Shape::OneOrMore(&Shape::Word), "The tags of the ticket."),
        Key::new("priority", Shape::Word, "The priority of the ticket."),
    ]],
    later: &[],
    some_of: &[],
};

/// Who asks by the API.
pub(crate) static CALLER: Mapping = Mapping {
    what: "the requester",
    summary: "Who asks.",
    keys: &[&[Key::new("email", Shape::Word, "The address.").required(), Key::new("name", Shape::Word, "The name.")]],
    later: &[],
    some_of: &[],
};

/// What a new revision does to a file.
pub(crate) static FILE_CHANGE: Mapping = Mapping {
    what: "the change of a file",
    summary: "What a new revision does to a file.",
    keys: &[&[Key::new(
        "replace",
        Shape::List(&Shape::Pair(&Shape::Word)),
        "Pairs of texts, the one that stands there once and the new: `[ [ 3 days, 5 days ] ]`.",
    )
    .required()]],
    later: &[],
    some_of: &[],
};
