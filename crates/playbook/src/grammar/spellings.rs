//! How words are formed that are no plain names: identifiers, lengths of time, times of the week, days.

use super::Spelling;
use crate::definition::Weekly;
use crate::scenario;

/// A name that expressions can use.
pub(crate) static IDENTIFIER: Spelling = Spelling {
    says: "A name: small letters, digits and `_`, not beginning with a digit.",
    pattern: || "^[a-z_][a-z0-9_]*$".to_owned(),
    examples: &["machine"],
};

/// The name of a state.
pub(super) static STATE_NAME: Spelling = Spelling {
    says: "The name of a state: small letters, digits, `_` and `-`, beginning with a letter.",
    pattern: || "^[a-z][a-z0-9_-]*$".to_owned(),
    examples: &["waiting"],
};

/// The name of a team or role.
pub(super) static TEAM_NAME: Spelling = Spelling {
    says: "The name of a team or role: small letters, digits, `_` and `-`.",
    pattern: || "^[a-z0-9_-]+$".to_owned(),
    examples: &["support"],
};

/// A language.
pub(crate) static LANGUAGE: Spelling = Spelling {
    says: "A language tag (RFC 5646): `en` or `pt-BR`.",
    pattern: || "^[A-Za-z0-9]{2,3}(-[A-Za-z0-9]{0,8})*$".to_owned(),
    examples: &["en", "pt-BR"],
};

/// A length of time.
pub(crate) static SPAN: Spelling = Spelling {
    says: "A length of time: `90s`, `10m`, `24h`, `3 days`, `2 weeks`, `45 business minutes`, `8 business hours`, \
           `3 business days` or `end of working day`.",
    pattern: || {
        let units: Vec<&str> = calendar::Span::units().collect();
        format!("^\\s*([0-9]+({})|{})\\s*$", units.join("|"), calendar::Span::END_OF_WORKING_DAY)
    },
    examples: &["24h", "3 days", "8 business hours", "end of working day"],
};

/// A time of the week.
pub(super) static WEEKLY: Spelling = Spelling {
    says: "A time of the week: `MO 16:00`, `MO,WE 16:00`, or `16:00` for every day.",
    pattern: Weekly::pattern,
    examples: &["MO 16:00", "16:00"],
};

/// Open hours within a day.
pub(super) static DAY_SPAN: Spelling = Spelling {
    says: "Open hours: `09:00-12:30`.",
    pattern: || "^\\s*[0-2][0-9]:[0-5][0-9]\\s*-\\s*[0-2][0-9]:[0-5][0-9]\\s*$".to_owned(),
    examples: &["09:00-12:30", "14:00-18:00"],
};

/// One day, or one of every year.
pub(super) static DAY: Spelling = Spelling {
    says: "A day: `2026-12-25`, or `12-25` of every year.",
    pattern: || format!("^({DATE_PATTERN}|[0-1][0-9]-[0-3][0-9])$"),
    examples: &["2026-12-25", "12-25"],
};

/// One day.
pub(super) static DATE: Spelling =
    Spelling { says: "A day: `2026-12-25`.", pattern: || format!("^{DATE_PATTERN}$"), examples: &["2026-12-25"] };

const DATE_PATTERN: &str = "[0-9]{4}-[0-1][0-9]-[0-3][0-9]";

/// A schedule.
pub(super) static SCHEDULE: Spelling = Spelling {
    says: "A schedule: `MO 16:00`, `16:00`, `day 8 09:00`, `last day 09:00`, `first MO 09:00` or `12-24 09:00`.",
    pattern: || "[0-2][0-9]:[0-5][0-9]\\s*$".to_owned(),
    examples: &["day 8 09:00", "first MO 09:00"],
};

/// A file of the handbook.
pub(super) static FILE: Spelling = Spelling {
    says: "The path of a file: `replies/hello.md`.",
    pattern: || ".".to_owned(),
    examples: &["replies/hello.md"],
};

/// An event, as clocks name them.
pub(crate) static EVENT: Spelling = Spelling {
    says: "An event: `requester.replied`, `reply.NAME`, `choice.NAME`, `form.NAME.saved`, `form.NAME.completed`, `ALIAS.EVENT`.",
    pattern: || ".\\..".to_owned(),
    examples: &["requester.replied", "agent.replied"],
};

/// A promise.
pub(super) static PROMISE: Spelling = Spelling {
    says: "A promise: `every ticket ends`, `PARTY hears within SPAN while EXPRESSION` or `never STATE unless EXPRESSION`.",
    pattern: || "^\\s*every\\s+ticket\\s+ends\\s*$| hears within |^never ".to_owned(),
    examples: &["every ticket ends", "never done unless cost != null"],
};

/// The name of a scenario.
pub(super) static SCENARIO_NAME: Spelling = Spelling {
    says: "The name of a scenario begins with the row that it shows: capital letters and a number.",
    pattern: || "^[A-Z]+[0-9]+([^A-Za-z0-9]|$)".to_owned(),
    examples: &["D1: a form opens a ticket"],
};

/// The beginning of a story.
pub(super) static START: Spelling = Spelling {
    says: "A moment in a zone: `2026-11-17T09:00[Europe/Lisbon]`.",
    pattern: || "^.+\\[.+\\]$".to_owned(),
    examples: &["2026-11-17T09:00[Europe/Lisbon]"],
};

/// A time in a story.
pub(super) static OFFSET: Spelling = Spelling {
    says: "A time, counted from the beginning of the story: `+0h`, `+4h`, `+3d4h`, `+1d2h30m`.",
    pattern: || format!("^\\+{}$", scenario::length_pattern()),
    examples: &["+0h", "+3d4h"],
};

/// How long something lasts in a story.
pub(super) static LENGTH: Spelling = Spelling {
    says: "How long it lasts: `30m`, `2h`, `1d2h30m`.",
    pattern: || format!("^{}$", scenario::length_pattern()),
    examples: &["2h"],
};

/// A country whose holidays are known.
pub(super) static COUNTRY: Spelling = Spelling {
    says: "A country whose public holidays are known, by its code of ISO 3166-1.",
    pattern: || "^[A-Z]{2}$".to_owned(),
    examples: &["PT"],
};
