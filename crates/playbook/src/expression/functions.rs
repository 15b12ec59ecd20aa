//! The functions of the expression language: one table, from which the checker and the reference are made.

use std::fmt::Write as _;

use crate::types::Type;

/// A function that an expression may call. One of several shapes has a row for each.
#[derive(Clone, Copy, Debug)]
pub struct Function {
    /// The name.
    pub name: &'static str,
    /// What it is called on (`subject.contains("x")`); `None` when it stands by itself (`int(x)`).
    pub(crate) on: Option<Takes>,
    /// What stands in its brackets.
    pub(crate) arguments: &'static [Takes],
    /// What it gives.
    pub(crate) gives: Gives,
    /// One sentence for the reference.
    pub summary: &'static str,
}

/// What a function takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// A text.
    Text,
    /// A text that is spelt out in the expression.
    Pattern,
    /// A list of texts.
    Texts,
    /// A text, a list or an object.
    Sized,
    /// A number, or a text that spells one.
    Numeric,
    /// A text, a number, true or false, an instant, a length of time.
    Plain,
    /// An instant, written as a text or reckoned with.
    Instant,
    /// A length of time.
    Duration,
    /// A text that spells an instant.
    InstantText,
    /// A text that spells a length of time.
    DurationText,
    /// A day.
    Day,
    /// The name of a time zone.
    Zone,
    /// A calendar.
    Calendar,
}

/// What a function gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gives {
    Boolean,
    Integer,
    Decimal,
    Text,
    Timestamp,
    Duration,
}

const fn on(
    name: &'static str,
    on: Takes,
    arguments: &'static [Takes],
    gives: Gives,
    summary: &'static str,
) -> Function {
    Function { name, on: Some(on), arguments, gives, summary }
}

const fn of(name: &'static str, arguments: &'static [Takes], gives: Gives, summary: &'static str) -> Function {
    Function { name, on: None, arguments, gives, summary }
}

/// Every function, in order of name.
pub const FUNCTIONS: &[Function] = &[
    on("contains", Takes::Text, &[Takes::Text], Gives::Boolean, "Whether the one text stands in the other."),
    of("double", &[Takes::Numeric], Gives::Decimal, "The number with a fraction; a text that spells none is a fault."),
    of(
        "duration",
        &[Takes::DurationText],
        Gives::Duration,
        "The length of time that `1h30m`, `90s` or `250ms` spells; a text that spells none is a fault.",
    ),
    on("endsWith", Takes::Text, &[Takes::Text], Gives::Boolean, "Whether the text ends so."),
    on("getDate", Takes::Instant, &[], Gives::Integer, "The day of the month, from 1, in UTC."),
    on("getDate", Takes::Instant, &[Takes::Zone], Gives::Integer, "The same in a zone."),
    on("getDayOfMonth", Takes::Instant, &[], Gives::Integer, "The day of the month, from 0, in UTC."),
    on("getDayOfMonth", Takes::Instant, &[Takes::Zone], Gives::Integer, "The same in a zone."),
    on("getDayOfWeek", Takes::Instant, &[], Gives::Integer, "The day of the week, Sunday is 0, in UTC."),
    on("getDayOfWeek", Takes::Instant, &[Takes::Zone], Gives::Integer, "The same in a zone."),
    on("getDayOfYear", Takes::Instant, &[], Gives::Integer, "The day of the year, from 0, in UTC."),
    on("getDayOfYear", Takes::Instant, &[Takes::Zone], Gives::Integer, "The same in a zone."),
    on("getFullYear", Takes::Instant, &[], Gives::Integer, "The year, in UTC."),
    on("getFullYear", Takes::Instant, &[Takes::Zone], Gives::Integer, "The same in a zone."),
    on("getHours", Takes::Instant, &[], Gives::Integer, "The hour, in UTC."),
    on("getHours", Takes::Instant, &[Takes::Zone], Gives::Integer, "The same in a zone."),
    on("getHours", Takes::Duration, &[], Gives::Integer, "How many whole hours it is long."),
    on("getMilliseconds", Takes::Instant, &[], Gives::Integer, "The milliseconds beside the whole seconds, in UTC."),
    on("getMilliseconds", Takes::Instant, &[Takes::Zone], Gives::Integer, "The same in a zone."),
    on("getMilliseconds", Takes::Duration, &[], Gives::Integer, "Its milliseconds beside the whole seconds."),
    on("getMinutes", Takes::Instant, &[], Gives::Integer, "The minute, in UTC."),
    on("getMinutes", Takes::Instant, &[Takes::Zone], Gives::Integer, "The same in a zone."),
    on("getMinutes", Takes::Duration, &[], Gives::Integer, "How many whole minutes it is long."),
    on("getMonth", Takes::Instant, &[], Gives::Integer, "The month, January is 0, in UTC."),
    on("getMonth", Takes::Instant, &[Takes::Zone], Gives::Integer, "The same in a zone."),
    on("getSeconds", Takes::Instant, &[], Gives::Integer, "The second, in UTC."),
    on("getSeconds", Takes::Instant, &[Takes::Zone], Gives::Integer, "The same in a zone."),
    on("getSeconds", Takes::Duration, &[], Gives::Integer, "How many whole seconds it is long."),
    of(
        "int",
        &[Takes::Numeric],
        Gives::Integer,
        "The whole number, its fraction cut off; a text that spells none is a fault.",
    ),
    on("join", Takes::Texts, &[], Gives::Text, "The members one after the other."),
    on("join", Takes::Texts, &[Takes::Text], Gives::Text, "The members with a text between them."),
    on("lowerAscii", Takes::Text, &[], Gives::Text, "The text with `A` to `Z` made small."),
    on(
        "matches",
        Takes::Text,
        &[Takes::Pattern],
        Gives::Boolean,
        "Whether a part of the text is what the regular expression describes; it is spelt out and checked before \
         anything runs. `^` and `$` stand for the ends.",
    ),
    on("open", Takes::Calendar, &[Takes::Instant], Gives::Boolean, "Whether the calendar is open at the instant."),
    of("size", &[Takes::Sized], Gives::Integer, "How many members a list has, characters a text, names an object."),
    on("size", Takes::Sized, &[], Gives::Integer, "As `size(value)`."),
    on("startsWith", Takes::Text, &[Takes::Text], Gives::Boolean, "Whether the text begins so."),
    of("string", &[Takes::Plain], Gives::Text, "The value as a text."),
    of(
        "timestamp",
        &[Takes::InstantText],
        Gives::Timestamp,
        "The instant that a text of RFC 3339 spells; a text that spells none is a fault.",
    ),
    of("timestamp", &[Takes::Day, Takes::Zone], Gives::Timestamp, "The beginning of a day in a zone."),
    on("trim", Takes::Text, &[], Gives::Text, "The text without white space at its ends."),
    on("upperAscii", Takes::Text, &[], Gives::Text, "The text with `a` to `z` made large."),
];

/// A macro: it looks at every member of a list, or at whether something is there.
#[derive(Clone, Copy, Debug)]
pub struct Macro {
    /// The name.
    pub name: &'static str,
    /// How it is written.
    pub written: &'static str,
    /// What it gives.
    pub gives: &'static str,
    /// One sentence for the reference.
    pub summary: &'static str,
}

/// Every macro, in order of name.
pub const MACROS: &[Macro] = &[
    Macro {
        name: "all",
        written: "list.all(x, condition)",
        gives: "boolean",
        summary: "Whether it holds for every member; true of an empty list.",
    },
    Macro {
        name: "exists",
        written: "list.exists(x, condition)",
        gives: "boolean",
        summary: "Whether it holds for at least one member.",
    },
    Macro {
        name: "exists_one",
        written: "list.exists_one(x, condition)",
        gives: "boolean",
        summary: "Whether it holds for exactly one member.",
    },
    Macro {
        name: "filter",
        written: "list.filter(x, condition)",
        gives: "list",
        summary: "The members for which it holds.",
    },
    Macro {
        name: "has",
        written: "has(object.name)",
        gives: "boolean",
        summary: "Whether the object has something of that name; it may be null.",
    },
    Macro { name: "map", written: "list.map(x, value)", gives: "list", summary: "What the value is for each member." },
];

impl Takes {
    /// Whether a value of this type is taken.
    pub(crate) fn accepts(self, type_: &Type) -> bool {
        match (self, type_) {
            (_, Type::Any) => true,
            (Self::Text | Self::Pattern, _) => type_.is_text(),
            (Self::Texts, Type::List(member)) => member.is_open() || member.is_text(),
            (Self::Sized, Type::List(_) | Type::Object(_)) => true,
            (Self::Sized, _) => type_.is_text(),
            (Self::Numeric, _) => type_.is_number() || type_.is_text(),
            (Self::Plain, Type::Boolean | Type::Timestamp | Type::Duration) => true,
            (Self::Plain, _) => type_.is_number() || type_.is_text(),
            (Self::Instant, _) => type_.is_moment(),
            (Self::Duration, _) => *type_ == Type::Duration,
            (Self::InstantText, Type::Date) => false,
            (Self::InstantText, _) => type_.is_text() || *type_ == Type::Timestamp,
            (Self::DurationText, Type::Date | Type::Time) => false,
            (Self::DurationText, _) => type_.is_text() || *type_ == Type::Duration,
            (Self::Day, Type::Time) => false,
            (Self::Day | Self::Zone, _) => type_.is_text(),
            (Self::Calendar, _) => *type_ == Type::Calendar,
            (Self::Texts, _) => false,
        }
    }

    /// As it is called in findings and in the reference.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Pattern => "a regular expression, spelt out",
            Self::Texts => "a list of texts",
            Self::Sized => "a list, a text or an object",
            Self::Numeric => "a number, or a text that spells one",
            Self::Plain => "a text, a number, true or false, an instant or a length of time",
            Self::Instant => "an instant",
            Self::Duration => "a length of time",
            Self::InstantText => "a text that spells an instant",
            Self::DurationText => "a text that spells a length of time",
            Self::Day => "a day",
            Self::Zone => "the name of a time zone",
            Self::Calendar => "a calendar",
        }
    }
}

impl Gives {
    pub(crate) fn type_(self) -> Type {
        match self {
            Self::Boolean => Type::Boolean,
            Self::Integer => Type::Integer,
            Self::Decimal => Type::Decimal,
            Self::Text => Type::Text,
            Self::Timestamp => Type::Timestamp,
            Self::Duration => Type::Duration,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Text => "text",
            Self::Timestamp => "timestamp",
            Self::Duration => "duration",
        }
    }
}

impl Function {
    /// What it takes: first what it is called on.
    pub(crate) fn takes(&self) -> impl Iterator<Item = Takes> {
        self.on.into_iter().chain(self.arguments.iter().copied())
    }

    /// How it is written: `text.contains(text)`.
    #[must_use]
    pub fn written(&self) -> String {
        let name = |takes: &Takes| match takes {
            Takes::Text => "text",
            Takes::Pattern => "'pattern'",
            Takes::Texts => "list",
            Takes::Sized | Takes::Numeric | Takes::Plain => "value",
            Takes::Instant => "instant",
            Takes::Duration => "duration",
            Takes::InstantText | Takes::DurationText => "text",
            Takes::Day => "day",
            Takes::Zone => "zone",
            Takes::Calendar => "calendar",
        };
        let arguments: Vec<&str> = self.arguments.iter().map(name).collect();
        let on = self.on.as_ref().map(|on| format!("{}.", name(on))).unwrap_or_default();
        format!("{on}{}({})", self.name, arguments.join(", "))
    }
}

/// The table of functions and macros as Markdown, for the handbook's reference.
#[must_use]
pub fn reference() -> String {
    let mut rows: Vec<(String, &str, &str)> = FUNCTIONS
        .iter()
        .map(|function| (function.written(), function.gives.word(), function.summary))
        .chain(MACROS.iter().map(|entry| (entry.written.to_owned(), entry.gives, entry.summary)))
        .collect();
    rows.sort_by_key(|(written, ..)| written.rsplit('.').next().unwrap_or(written).to_owned());
    let mut out = String::from("| function | gives | what |\n| --- | --- | --- |\n");
    for (written, gives, summary) in rows {
        let _ = writeln!(out, "| `{written}` | {gives} | {summary} |");
    }
    out
}

/// The names of everything that can be called, each once.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let mut names: Vec<&str> = FUNCTIONS.iter().map(|f| f.name).chain(MACROS.iter().map(|m| m.name)).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter()
}
