//! Samples of the list.

use super::list::{Clock, Nearness, TicketList, TicketRow, View, ViewName, Views};
use super::samples::standing;
use super::standing::{Status, WaitingOn};
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT};
use crate::pages::when::When;

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
                view(ViewName::Questions, "/questions", Some(1)),
                view(ViewName::Unassigned, "/tickets?unassigned=1", Some(1)),
                view(ViewName::Workload, "/workload", None),
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
            cut: None,
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
            cut: None,
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
            cut: Some(format!("{LONG} · {ATTACK}")),
            first: false,
            older: Some("/tickets?after=1".to_owned()),
            newest: Some("/tickets".to_owned()),
        }
    }
}
