//! `forms/*.yaml`, `lookups/*.yaml`, `segments/*.yaml` and the front matter of `replies/*.md`.

use super::playbook::VERSION;
use super::spellings::IDENTIFIER;
use super::states::FIELD_KEYS;
use super::{Key, Mapping, Shape};
use crate::lookup::ValueKind;
use crate::segment::SegmentOf;

/// `forms/NAME.yaml`.
pub(crate) static FORM: Mapping = Mapping {
    what: "a form",
    summary: "What clients fill in.",
    keys: &[&[
        VERSION,
        Key::new("form", Shape::Word, "The name, that of the file.").required(),
        Key::new("title", Shape::Label, "The heading.").required(),
        Key::new("intro", Shape::Label, "What stands above the fields."),
        Key::new(
            "partial",
            Shape::Flag,
            "Whether it may be saved bit by bit: `form.NAME.completed` comes when all that is required is there.",
        ),
        Key::new("fields", Shape::List(&Shape::Mapping(&FORM_FIELD)), "What is asked, in order.").required(),
        Key::new("thanks", Shape::Label, "What is said after it was sent."),
        Key::new("from", Shape::List(&Shape::Mapping(&FORM_SOURCE)), "Other programs' forms that fill it in too."),
    ]],
    later: &["kind", "parts"],
    some_of: &[],
};

/// A form of another program.
pub(crate) static FORM_SOURCE: Mapping = Mapping {
    what: "another program's form",
    summary: "A form of another program.",
    keys: &[&[Key::new("typeform", Shape::Mapping(&TYPEFORM), "A form of Typeform, by its webhook.").required()]],
    later: &[],
    some_of: &[],
};

/// A form of Typeform.
pub(crate) static TYPEFORM: Mapping = Mapping {
    what: "a form of Typeform",
    summary: "A form of Typeform whose answers fill this form in.",
    keys: &[&[
        Key::new("form_id", Shape::Word, "Its id, the last part of its address.").required(),
        Key::new("email", TYPEFORM_SOURCE, "Where the address of whoever fills it in stands.").required(),
        Key::new("name", TYPEFORM_SOURCE, "Where their name stands."),
        Key::new("map", Shape::Named(&IDENTIFIER, &TYPEFORM_SOURCE), "Which answer fills which field of this form.")
            .required(),
    ]],
    later: &[],
    some_of: &[],
};

const TYPEFORM_SOURCE: Shape = Shape::Mapping(&TYPEFORM_ANSWER);

/// An answer of Typeform's.
pub(crate) static TYPEFORM_ANSWER: Mapping = Mapping {
    what: "an answer of Typeform's",
    summary: "An answer: its kind, and the reference or id of its question.",
    keys: &[&[
        Key::new("text", Shape::Word, "A text, short or long."),
        Key::new("email", Shape::Word, "A mail address."),
        Key::new("choice", Shape::Word, "One of several: its label, or its reference."),
        Key::new("choices", Shape::Word, "Several of them."),
        Key::new("boolean", Shape::Word, "Yes or no."),
        Key::new("number", Shape::Word, "A number, a rating or a scale."),
        Key::new("date", Shape::Word, "A day."),
        Key::new("file", Shape::Word, "A file: only its address, it is not fetched."),
        Key::new("phone", Shape::Word, "A telephone number."),
        Key::new("url", Shape::Word, "The address of a page."),
        Key::new("hidden", Shape::Word, "A hidden field of the form, which its address carries."),
    ]],
    later: &[],
    some_of: &["text", "email", "choice", "choices", "boolean", "number", "date", "file", "phone", "url", "hidden"],
};

/// A field of a form.
pub(crate) static FORM_FIELD: Mapping = Mapping {
    what: "a field of a form",
    summary: "Something that a form asks.",
    keys: &[
        &[Key::new("name", Shape::Spelt(&IDENTIFIER), "The field's name in the form.").required()],
        &FIELD_KEYS,
        &[
            Key::new("help", Shape::Label, "What stands below it."),
            Key::new("into", Shape::Word, "The playbook's field that it fills; its own name without it."),
            Key::new("show", Shape::Expression, "Whether it is asked, over the form's other fields."),
            Key::new(
                "required",
                Shape::Either(&Shape::Flag, &Shape::Expression),
                "Whether it must be answered: `true`, or a condition over the form's other fields.",
            ),
        ],
    ],
    later: &[],
    some_of: &[],
};

/// `lookups/NAME.yaml`.
pub(crate) static LOOKUP: Mapping = Mapping {
    what: "a look-up",
    summary: "A question to another database, which only reads.",
    keys: &[&[
        VERSION,
        Key::new("lookup", Shape::Word, "The name, that of the file.").required(),
        Key::new("connection", Shape::Word, "What the desk's configuration calls the database.").required(),
        Key::new("sql", Shape::Word, "The one statement, with `:NAME` where a parameter goes.").required(),
        Key::new("parameters", KINDS, "What must be given, by name: `{ email: text }`."),
        Key::new("columns", KINDS, "What a row holds, by name: `event.data.NAME` of the event `found`.").required(),
    ]],
    later: &[],
    some_of: &[],
};

const KINDS: Shape = Shape::Named(&IDENTIFIER, &Shape::OneOf(&ValueKind::WORDS));

/// `segments/NAME.yaml`.
pub(crate) static SEGMENT: Mapping = Mapping {
    what: "a segment",
    summary: "Organizations or contacts, by a condition.",
    keys: &[&[
        VERSION,
        Key::new("segment", Shape::Word, "The name, that of the file.").required(),
        Key::new("title", Shape::Label, "What people call it; its name in words without it."),
        Key::new("of", Shape::OneOf(&SegmentOf::WORDS), "Whose members it has.").required(),
        Key::new("where", Shape::Expression, "Whether a member belongs to it.").required(),
    ]],
    later: &[],
    some_of: &[],
};

/// The front matter of `replies/NAME.md`.
pub(crate) static FRONT_MATTER: Mapping = Mapping {
    what: "the front matter",
    summary: "What stands above a reply.",
    keys: &[&[Key::new("subject", Shape::Text, "The subject; without one the conversation's goes on.")]],
    later: &[],
    some_of: &[],
};
