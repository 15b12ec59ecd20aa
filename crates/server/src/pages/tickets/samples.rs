//! Samples of the ticket list and of one ticket.

use super::choice::{Choice, Composer};
use super::context::Context;
use super::conversation::Entry;
use super::list::{Clock, ListPage, ListPart, Nearness, RowPart, TicketList, TicketRow, View, ViewName, Views};
use super::standing::{Standing, Status, WaitingOn};
use super::view::{PanesPart, Ticket, TicketPage};
use crate::pages::field::{Field, FieldKind};
use crate::pages::frame::Frame;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};
use crate::pages::when::When;

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let list = |sample, list| Specimen::page("tickets", sample, &ListPage { frame: frame.clone(), list });
    let ticket =
        |sample, list, ticket| Specimen::page("ticket", sample, &TicketPage { frame: frame.clone(), list, ticket });
    let frame = || frame.clone();
    let row = TicketList::sample().rows.remove(0);
    vec![
        list("usual", TicketList::sample()),
        list("empty", TicketList::sample_empty()),
        list("extreme", TicketList::sample_extreme()),
        ticket("usual", TicketList::sample_beside(), Ticket::sample()),
        ticket("choosing", TicketList::sample_beside(), Ticket::sample_choosing()),
        ticket("empty", TicketList::sample_empty(), Ticket::sample_empty()),
        ticket("extreme", TicketList::sample_extreme(), Ticket::sample_extreme()),
        Specimen::part("part-list", "usual", &ListPart { frame: frame(), list: TicketList::sample() }),
        Specimen::part("part-row", "usual", &RowPart { frame: frame(), row }),
        Specimen::part("part-panes", "usual", &PanesPart { frame: frame(), ticket: Ticket::sample() }),
        Specimen::part("part-panes", "extreme", &PanesPart { frame: frame(), ticket: Ticket::sample_extreme() }),
    ]
}

pub(super) fn standing(status: Status, waiting_on: Option<WaitingOn>) -> Standing {
    Standing { status, waiting_on }
}

impl Views {
    /// The views with "open" shown.
    #[must_use]
    pub fn sample() -> Self {
        let view =
            |name, href: &str, count| View { current: name == ViewName::Open, name, href: href.to_owned(), count };
        let titled = |title: &str, href: &str, count| view(ViewName::Titled(title.to_owned()), href, count);
        Self {
            standing: vec![
                view(ViewName::Open, "/tickets?status=open", Some(7)),
                view(ViewName::Mine, "/tickets?mine=1", Some(2)),
                view(ViewName::Unassigned, "/tickets?unassigned=1", Some(1)),
                view(ViewName::Pending, "/tickets?status=pending", Some(4)),
                view(ViewName::Solved, "/tickets?status=solved", None),
                view(ViewName::Closed, "/tickets?status=closed", None),
            ],
            teams: vec![
                titled("Support", "/tickets?team=support", Some(5)),
                titled("Customer solutions", "/tickets?team=customer-solutions", Some(3)),
            ],
            playbooks: vec![
                titled("Document change request", "/tickets?playbook=document-change", None),
                titled("Document configuration", "/tickets?playbook=document-configuration", None),
                titled("General request", "/tickets?playbook=general-request", None),
            ],
        }
    }
}

impl TicketRow {
    /// A row with what differs from ticket to ticket.
    fn sample(number: u32, requester: &str, organization: &str, subject: &str, state: &str) -> Self {
        Self {
            id: number.to_string(),
            version: 3,
            href: format!("/tickets/{number}"),
            number: number.to_string(),
            requester: requester.to_owned(),
            organization: (!organization.is_empty()).then(|| organization.to_owned()),
            subject: subject.to_owned(),
            standing: standing(Status::Open, Some(WaitingOn::Us)),
            state: state.to_owned(),
            assignee: None,
            team: Some("Support".to_owned()),
            updated: When::new("2026-11-17T13:58:00Z", "Tue 17 Nov 2026, 13:58 WET", "5 min ago"),
            clock: None,
            unread: false,
            current: false,
        }
    }

    fn clocked(self, relative: &str, nearness: Nearness) -> Self {
        let due = When::new("2026-11-17T17:00:00Z", "Tue 17 Nov 2026, 17:00 WET", relative);
        Self { clock: Some(Clock { due, nearness }), ..self }
    }

    fn owned_by(self, assignee: &str) -> Self {
        Self { assignee: Some(assignee.to_owned()), ..self }
    }

    fn standing(self, status: Status, waiting_on: Option<WaitingOn>) -> Self {
        Self { standing: standing(status, waiting_on), ..self }
    }

    fn updated(mut self, relative: &str) -> Self {
        relative.clone_into(&mut self.updated.relative);
        self
    }
}

impl TicketList {
    /// A usual morning.
    #[must_use]
    pub fn sample() -> Self {
        use Status::{Pending, Solved};
        let row = TicketRow::sample;
        let mut rows = vec![
            row(1042, "Maria Alves", "Acme", "Document Survey: Acme", "Needs configuration").owned_by("Ana Duarte"),
            row(1043, "Maria Alves", "Acme", "Document Survey: Acme", "To do")
                .owned_by("Bo Lindqvist")
                .updated("5 min ago"),
            row(1041, "Tiago Reis", "Harbour Lending", "Where do I find last month’s statements?", "New")
                .clocked("2 h", Nearness::Soon),
            row(1040, "Lena Fuchs", "Quarry & Sons", "Document Survey: Quarry & Sons", "Ready to test")
                .standing(Pending, Some(WaitingOn::Requester))
                .owned_by("Ana Duarte")
                .updated("1 h ago"),
            row(
                1039,
                "noreply@builder.example",
                "",
                "The export stops at page 12 since the weekend and our auditors come on Thursday",
                "New",
            )
            .clocked("20 min over", Nearness::Over),
            row(1038, "Sofia Prates", "Northwind Homes", "Document Survey: Northwind Homes", "Published")
                .standing(Solved, Some(WaitingOn::Requester))
                .owned_by("Ana Duarte")
                .updated("4 h ago"),
            row(1037, "Ewa Nowak", "Silesia Finance", "Two more signature fields", "Waiting for the notary")
                .standing(Pending, Some(WaitingOn::Other(Some("notary".to_owned()))))
                .clocked("paused", Nearness::Paused)
                .owned_by("Bo Lindqvist"),
            row(1036, "Jun Tanaka", "Kita Credit", "Document Survey: Kita Credit", "Checked by hand")
                .updated("yesterday"),
        ];
        rows[2].unread = true;
        rows[4].unread = true;
        Self {
            views: Views::sample(),
            rows,
            query: "?status=open".to_owned(),
            first: true,
            older: Some("/tickets?status=open&after=1035".to_owned()),
            newest: None,
        }
    }

    /// The same beside its first ticket.
    #[must_use]
    pub fn sample_beside() -> Self {
        let mut list = Self::sample();
        list.rows[0].current = true;
        list
    }

    /// A desk with no tickets and no teams.
    #[must_use]
    pub fn sample_empty() -> Self {
        let standing = Views::sample().standing;
        Self {
            views: Views { standing, ..Views::default() },
            rows: Vec::new(),
            query: String::new(),
            first: true,
            older: None,
            newest: None,
        }
    }

    /// Rows that break layouts and pages.
    #[must_use]
    pub fn sample_extreme() -> Self {
        let words = [ATTACK, RIGHT_TO_LEFT, LONG, "", "🎈👩‍👩‍👧‍👦🇵🇹"];
        let extreme = |(index, word): (usize, &&str)| {
            let number = 9_000_000_000 + index;
            let row = TicketRow {
                id: number.to_string(),
                number: number.to_string(),
                assignee: Some((*word).to_owned()),
                unread: true,
                ..TicketRow::sample(0, word, word, word, word)
            };
            row.clocked(word, Nearness::Over)
        };
        let mut views = Views::sample();
        for word in words {
            let title = ViewName::Titled(word.to_owned());
            views.teams.push(View { name: title, href: ATTACK.to_owned(), count: Some(123_456), current: false });
        }
        Self {
            views,
            rows: words.iter().enumerate().map(extreme).collect(),
            query: ATTACK.to_owned(),
            first: false,
            older: Some("/tickets?after=1".to_owned()),
            newest: Some("/tickets".to_owned()),
        }
    }
}

impl Ticket {
    /// A document change request being configured, with its whole conversation.
    #[must_use]
    pub fn sample() -> Self {
        let choice = |name: &str, label: &str, consequence: &str| Choice {
            name: name.to_owned(),
            label: label.to_owned(),
            consequence: consequence.to_owned(),
            unavailable: None,
            inputs: Vec::new(),
        };
        Self {
            id: "1042".to_owned(),
            version: 7,
            number: "1042".to_owned(),
            subject: "Document Survey: Acme".to_owned(),
            standing: standing(Status::Open, Some(WaitingOn::Us)),
            state: "Needs configuration".to_owned(),
            clock: None,
            back: "/tickets?status=open".to_owned(),
            entries: Entry::samples(),
            choices: vec![
                choice("confirmed", "Customer confirms", "Customer solutions is told to publish"),
                Choice {
                    unavailable: Some("Only while it waits to be published".to_owned()),
                    ..choice("edits", "More edits", "")
                },
            ],
            composer: Some(Composer { to: "Maria Alves".to_owned(), ..Composer::default() }),
            context: Context::sample(),
        }
    }

    /// A ticket whose choice asks for something first, and came back with a mistake.
    #[must_use]
    pub fn sample_choosing() -> Self {
        let mut ticket = Self::sample();
        ticket.state = "Checked by hand".to_owned();
        let held = FieldKind::Integer { value: "-1".to_owned(), min: Some(0), max: None };
        ticket.choices = vec![
            Choice {
                name: "checked".to_owned(),
                label: "Checked by hand".to_owned(),
                consequence: "The requirements are checked with these answers".to_owned(),
                unavailable: None,
                inputs: vec![
                    Field::new("inputs.plan", "Plan", FieldKind::Text("pro".to_owned())),
                    Field::new("inputs.held", "Documents they already have", held).wrong("Not less than 0."),
                ],
            },
            Choice {
                name: "stop".to_owned(),
                label: "Will not go on".to_owned(),
                consequence: "The ticket closes; nobody is told".to_owned(),
                unavailable: None,
                inputs: Vec::new(),
            },
        ];
        ticket.composer = Some(Composer {
            body: "Two lines\nthat were kept.".to_owned(),
            note: true,
            error: Some("This note is longer than a note may be.".to_owned()),
            ..ticket.composer.unwrap_or_default()
        });
        ticket
    }

    /// A closed ticket with nothing in it.
    #[must_use]
    pub fn sample_empty() -> Self {
        Self {
            standing: standing(Status::Closed, None),
            state: "Closed".to_owned(),
            entries: Vec::new(),
            choices: Vec::new(),
            composer: None,
            context: Context::sample_empty(),
            ..Self::sample()
        }
    }

    /// A ticket that breaks layouts and pages.
    #[must_use]
    pub fn sample_extreme() -> Self {
        let words = [ATTACK, RIGHT_TO_LEFT, LONG];
        let choice = |word: &&str| Choice {
            name: "same".to_owned(),
            label: (*word).to_owned(),
            consequence: (*word).to_owned(),
            unavailable: None,
            inputs: Vec::new(),
        };
        let mut choices: Vec<_> = words.iter().map(choice).collect();
        for (index, choice) in choices.iter_mut().enumerate() {
            choice.name = format!("choice_{index}");
        }
        choices[0].inputs = vec![Field::new("inputs.x", LONG, FieldKind::LongText(ATTACK.to_owned())).wrong(ATTACK)];
        choices[1].unavailable = Some(ATTACK.to_owned());
        Self {
            number: "9000000000".to_owned(),
            subject: format!("{LONG} {ATTACK} {RIGHT_TO_LEFT}"),
            state: LONG.to_owned(),
            back: "/tickets".to_owned(),
            entries: Entry::samples_extreme(),
            choices,
            composer: Some(Composer {
                body: format!("</textarea>{ATTACK}"),
                error: Some(LONG.to_owned()),
                to: format!("{RIGHT_TO_LEFT} {LONG}"),
                ..Composer::default()
            }),
            context: Context::sample_extreme(),
            ..Self::sample()
        }
    }
}
