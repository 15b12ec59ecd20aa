//! `desk.yaml` and `calendars/*.yaml`.

use super::playbook::VERSION;
use super::spellings::{COUNTRY, DATE, DAY, DAY_SPAN, IDENTIFIER, LANGUAGE, TEAM_NAME};
use super::states::FIELD_KEYS;
use super::{Key, Mapping, Shape};

/// `desk.yaml`.
pub(crate) static DESK: Mapping = Mapping {
    what: "a desk",
    summary: "The names that the rest of the handbook refers to.",
    keys: &[&[
        VERSION,
        Key::new("desk", Shape::Word, "What the desk is called.").required(),
        ZONE,
        Key::new(
            "calendar",
            Shape::Word,
            "The calendar that working time is counted in, a file of `calendars/`. Without one every hour is working time.",
        ),
        Key::new(
            "languages",
            Shape::OneOrMore(&Shape::Spelt(&LANGUAGE)),
            "The languages that the desk writes in; everybody falls back to the first. English without it.",
        ),
        Key::new("teams", TEAMS, "The teams by name: `support: Support`."),
        Key::new("roles", TITLES, "The roles by name: `lead: Lead`."),
        Key::new(
            "attributes",
            Shape::Mapping(&ATTRIBUTES),
            "What this company knows about its clients beyond what every desk knows.",
        ),
    ]],
    later: &["channels", "subjects"],
    some_of: &[],
};

const ZONE: Key =
    Key::new("zone", Shape::Word, "The time zone in which days are counted, by its IANA name: `Europe/Lisbon`.")
        .required();

const TITLES: Shape = Shape::Named(&TEAM_NAME, &Shape::Either(&Shape::Word, &Shape::Mapping(&TITLED)));

const TEAMS: Shape = Shape::Named(&TEAM_NAME, &Shape::Either(&Shape::Word, &Shape::Mapping(&TEAM)));

/// A team with more than a title.
pub(crate) static TEAM: Mapping = Mapping {
    what: "a team",
    summary: "A team.",
    keys: &[&[
        Key::new("title", Shape::Label, "What people call it; its name in words without it."),
        Key::new(
            "calendar",
            Shape::Word,
            "The calendar that it works by, for playbooks with `calendar: team`; the desk's without it. What is kept for the team on the desk goes before.",
        ),
    ]],
    later: &[],
    some_of: &[],
};

/// A role with more than a title.
pub(crate) static TITLED: Mapping = Mapping {
    what: "a role",
    summary: "A role.",
    keys: &[&[Key::new("title", Shape::Label, "What people call it; its name in words without it.")]],
    later: &[],
    some_of: &[],
};

/// `attributes:` of the desk.
pub(crate) static ATTRIBUTES: Mapping = Mapping {
    what: "`attributes`",
    summary: "Declared attributes, typed.",
    keys: &[&[
        Key::new("organization", DECLARED, "Of organizations: read as `organization.NAME`."),
        Key::new("contact", DECLARED, "Of contacts: read as `requester.NAME`."),
    ]],
    later: &[],
    some_of: &[],
};

const DECLARED: Shape = Shape::Named(&IDENTIFIER, &Shape::Mapping(&ATTRIBUTE));

/// A declared attribute.
pub(crate) static ATTRIBUTE: Mapping = Mapping {
    what: "an attribute",
    summary: "An attribute of organizations or contacts.",
    keys: &[&FIELD_KEYS],
    later: &[],
    some_of: &[],
};

/// `calendars/NAME.yaml`.
pub(crate) static CALENDAR: Mapping = Mapping {
    what: "a calendar",
    summary: "When a place works.",
    keys: &[&[
        VERSION,
        Key::new("calendar", Shape::Word, "The name, that of the file."),
        ZONE,
        Key::new("hours", Shape::Mapping(&HOURS), "The open hours of each day of the week.").required(),
        Key::new(
            "holidays",
            Shape::List(&Shape::Either(&Shape::Spelt(&DAY), &Shape::Mapping(&HOLIDAY))),
            "Days that are off: `2026-12-24`, `12-31` of every year, `{ from, to }`, or the public holidays of \
             `{ country: PT, region: 11 }`.",
        ),
    ]],
    later: &[],
    some_of: &[],
};

/// `hours:` of a calendar.
pub(crate) static HOURS: Mapping = Mapping {
    what: "`hours`",
    summary: "The open hours of each day of the week, in order; a day that is not named is closed.",
    keys: &[&[day("mon"), day("tue"), day("wed"), day("thu"), day("fri"), day("sat"), day("sun")]],
    later: &[],
    some_of: &["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
};

const OPEN: Shape = Shape::OneOrMore(&Shape::Spelt(&DAY_SPAN));

const fn day(name: &'static str) -> Key {
    Key::new(name, OPEN, "The open hours of that day.")
}

/// Several days that are off.
pub(crate) static HOLIDAY: Mapping = Mapping {
    what: "a holiday",
    summary: "The public holidays of a country, or some days in a row.",
    keys: &[&[
        Key::new("country", Shape::Spelt(&COUNTRY), "The country whose public holidays are off."),
        Key::new(
            "region",
            Shape::Word,
            "The part of the country, by its code of ISO 3166-2, with or without the country: `11` or `PT-11`.",
        )
        .beside(&["country"]),
        Key::new("from", Shape::Spelt(&DATE), "The first day off.").beside(&["to"]),
        Key::new("to", Shape::Spelt(&DATE), "The last day off.").beside(&["from"]),
    ]],
    later: &[],
    some_of: &["country", "from"],
};
