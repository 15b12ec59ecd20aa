//! Samples of what stands beside a ticket.

use super::clocks::{ClockLine, Left};
use super::context::{Context, FieldValue, LinkedTicket, Organization, Place, StateLine, Timer};
use super::samples::standing;
use super::standing::{Status, WaitingOn};
use crate::pages::field::{Field, FieldKind};
use crate::pages::person::Person;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT};
use crate::pages::when::When;

impl Context {
    /// A request that customer solutions works on.
    #[must_use]
    pub fn sample() -> Self {
        use Place::{Ahead, Here, Travelled, Within};
        let line = |title: &str, depth, place| StateLine { title: title.to_owned(), depth, place };
        let field = |label: &str, value: Option<&str>, missing| FieldValue {
            name: label.to_lowercase().replace(' ', "_"),
            label: label.to_owned(),
            value: value.map(str::to_owned),
            missing,
            correct: Some(
                Field::new(
                    format!("fields.{}", label.to_lowercase().replace(' ', "_")),
                    label,
                    FieldKind::Text(value.unwrap_or_default().to_owned()),
                )
                .optional(),
            ),
            was: "null".to_owned(),
        };
        Self {
            playbook: "Document change request".to_owned(),
            outline: vec![
                line("Identifying", 0, Travelled),
                line("Checked by hand", 0, Ahead),
                line("Checking", 0, Travelled),
                line("Clarify", 0, Ahead),
                line("Needs configuration", 0, Within),
                line("Opening", 1, Travelled),
                line("Working", 1, Here),
                line("Ready to test", 0, Ahead),
                line("Published", 0, Ahead),
                line("Closed", 0, Ahead),
            ],
            clocks: ClockLine::samples(),
            timers: vec![Timer {
                what: "Closes itself".to_owned(),
                due: When::new("2026-11-18T13:58:00Z", "Wed 18 Nov 2026, 13:58 WET", "on Wednesday"),
                held: None,
            }],
            requester: Person::new("Maria Alves", "maria@acme.example"),
            requester_href: Some("/contacts/21".to_owned()),
            role: Some("Admin".to_owned()),
            organization: Some(Organization {
                href: Some("/organizations/acme".to_owned()),
                name: "Acme".to_owned(),
                plan: Some("Pro".to_owned()),
                facts: vec![("Upstream".to_owned(), "Acme Group".to_owned())],
            }),
            links: vec![LinkedTicket {
                opened_here: true,
                number: "1043".to_owned(),
                subject: "Document Survey: Acme".to_owned(),
                href: "/tickets/1043".to_owned(),
                state: "To do".to_owned(),
                standing: standing(Status::Open, Some(WaitingOn::Us)),
                assignee: Some("Bo Lindqvist".to_owned()),
            }],
            links_more: 0,
            fields: vec![
                field("Request type", Some("Company-specific data change"), false),
                field("Documents", Some("1"), false),
                field("Details", Some("The new logo on every page, and our new address."), false),
                field("Test first", Some("Yes"), false),
                field("Documents they have", None, true),
                field("Unmet", None, false),
            ],
            fields_again: None,
            team: Some("Support".to_owned()),
        }
    }

    /// A mail from somebody unknown.
    #[must_use]
    pub fn sample_empty() -> Self {
        Self {
            outline: Vec::new(),
            clocks: Vec::new(),
            timers: Vec::new(),
            requester: Person::named("stranger@elsewhere.example"),
            requester_href: None,
            role: None,
            organization: None,
            links: Vec::new(),
            fields: Vec::new(),
            team: None,
            ..Self::sample()
        }
    }

    /// A pane that breaks layouts and pages.
    #[must_use]
    pub fn sample_extreme() -> Self {
        let mut context = Self::sample();
        context.playbook = format!("{LONG} {ATTACK}");
        context.requester = Person::new(RIGHT_TO_LEFT, format!("{LONG}@{LONG}.example"));
        context.role = Some(ATTACK.to_owned());
        context.links_more = 450;
        for (index, word) in [ATTACK, RIGHT_TO_LEFT, LONG, "🎈"].into_iter().enumerate() {
            context.clocks.push(ClockLine {
                name: format!("extreme-{index}"),
                ..ClockLine::sample(word, "breached", Some(word))
            });
            context.outline.push(StateLine { title: word.to_owned(), depth: index, place: Place::Ahead });
            context.timers.push(Timer {
                what: word.to_owned(),
                due: When::new("2026-11-18T13:58:00Z", word, word),
                held: (index == 1).then(|| word.to_owned()),
            });
            let fields = &mut context.fields;
            fields.push(FieldValue {
                name: word.to_owned(),
                label: word.to_owned(),
                value: Some(word.repeat(2)),
                missing: false,
                correct: None,
                was: String::new(),
            });
            let linked = LinkedTicket {
                opened_here: index % 2 == 0,
                subject: word.to_owned(),
                state: word.to_owned(),
                assignee: Some(word.to_owned()),
                ..context.links[0].clone()
            };
            context.links.push(linked);
        }
        context
    }
}

impl ClockLine {
    fn sample(title: &str, state: &'static str, note: Option<&str>) -> Self {
        let runs = matches!(state, "running" | "warned" | "breached");
        Self {
            name: format!("clock-{state}"),
            title: title.to_owned(),
            state,
            due: Some(When::new("2026-11-17T18:00:00Z", "Tue 17 Nov 2026, 18:00 WET", "Tue 18:00")),
            left: runs.then(|| Left { seconds: 7_500, shown: "2 h 5 min".to_owned() }),
            note: note.map(str::to_owned),
            why: vec![
                "The client’s working day ends then (Europe/Lisbon).".to_owned(),
                "It began Mon 16 Nov 2026, 18:10 WET, outside working hours, and so counts from Tue 17 Nov 2026, 09:00 WET.".to_owned(),
            ],
        }
    }

    /// One of each kind.
    fn samples() -> Vec<Self> {
        vec![
            Self::sample("Answer or word that one is coming", "breached", None),
            Self::sample("The answer that was announced", "warned", None),
            Self::sample("First look", "running", None),
            Self::sample("Call back", "paused", Some("Outside working hours until Wed 18 Nov 2026, 09:00 WET.")),
            Self {
                due: None,
                name: "clock-still".to_owned(),
                ..Self::sample(
                    "Repair",
                    "paused",
                    Some("Stands still while the ticket waits on the client; 5 h 20 min of working time left."),
                )
            },
            Self::sample("Receipt", "met", Some("Took 35 min.")),
            Self::sample("Estimate", "late", Some("Took 2 d 3 h.")),
            Self::sample("Offer", "ended", None),
        ]
    }
}
