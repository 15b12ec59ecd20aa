//! Samples of the list.

use super::chip::{Clock, Nearness};
use super::cuts::{CutChip, Filters, Restore, Select};
use super::deeds::{Deeds, Preset};
use super::list::{Bar, Bulk, Sorting, TicketList, TicketRow, View, ViewName, Views};
use super::owner::Owner;
use super::samples::standing;
use super::standing::{Status, WaitingOn};
use crate::pages::field::FieldOption;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT};
use crate::pages::when::When;

fn sortings() -> Vec<Sorting> {
    let sorting = |key, name: &str, current| Sorting { key, href: format!("/tickets?view=mine&sort={name}"), current };
    vec![sorting("sort-newest", "newest", true), sorting("sort-priority", "priority", false)]
}

impl Deeds {
    /// The menus over a selection.
    #[must_use]
    pub fn sample_of_selection() -> Self {
        Self { prefix: "bulk".to_owned(), ticket: None, priority: None, tags: Vec::new(), ..Self::sample() }
    }

    /// The menus over a ticket.
    #[must_use]
    pub fn sample() -> Self {
        let at = |relative: &str| When::new("2026-11-18T09:00:00Z", "Wed 18 Nov 2026, 09:00 WET", relative);
        let preset = |name, relative| Preset { name, at: at(relative) };
        Self {
            prefix: "ticket-1042".to_owned(),
            ticket: Some("1042".to_owned()),
            priority: Some("high"),
            tags: vec!["logo".to_owned()],
            snoozed: None,
            snoozes: vec![preset("hour", "Tue 15:03"), preset("tomorrow", "Wed 09:00")],
            back: "/tickets/1042?view=mine".to_owned(),
        }
    }

    /// Menus that break layouts and pages.
    #[must_use]
    pub fn sample_extreme() -> Self {
        let words = [ATTACK, RIGHT_TO_LEFT, LONG];
        Self {
            tags: words.map(str::to_owned).to_vec(),
            snoozed: Some(When::new(ATTACK, ATTACK, ATTACK)),
            back: ATTACK.to_owned(),
            ..Self::sample()
        }
    }
}

impl Views {
    /// The views with "open" shown.
    #[must_use]
    pub fn sample() -> Self {
        let view =
            |name, href: &str, count| View { current: name == ViewName::Mine, name, href: href.to_owned(), count };
        let titled = |title: &str, href: &str, count| view(ViewName::Titled(title.to_owned()), href, count);
        Self {
            standing: vec![
                view(ViewName::Mine, "/tickets?view=mine", Some(7)),
                view(ViewName::Questions, "/questions", Some(1)),
                view(ViewName::Unassigned, "/tickets?view=unassigned", Some(100)),
                view(ViewName::Teams, "/tickets?view=teams", Some(12)),
                view(ViewName::Us, "/tickets?view=us", Some(9)),
                view(ViewName::Due, "/tickets?view=due", Some(2)),
                view(ViewName::Snoozed, "/tickets?view=snoozed", None),
                view(ViewName::Solved, "/tickets?view=solved", None),
                view(ViewName::All, "/tickets?view=all", None),
                view(ViewName::Today, "/today", None),
                view(ViewName::Workload, "/workload", None),
            ],
            own: vec![view(ViewName::Own("Acme, urgent".to_owned()), "/tickets?view=77", Some(3))],
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
            priority: None,
            snoozed: None,
            unread: false,
            current: false,
            merged: false,
        }
    }

    fn clocked(self, relative: &str, nearness: Nearness) -> Self {
        let due = When::new("2026-11-17T17:00:00Z", "Tue 17 Nov 2026, 17:00 WET", relative);
        Self { clock: Some(Clock { due, nearness, left: Some(7_200), title: Some("Answer".to_owned()) }), ..self }
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
        rows[4].priority = Some("urgent");
        rows[7].snoozed = Some(When::new("2026-11-18T09:00:00Z", "Wed 18 Nov 2026, 09:00 WET", "Wed 09:00"));
        Self {
            views: Views::sample(),
            rows,
            query: "?view=mine".to_owned(),
            first: true,
            older: Some("/tickets?view=mine&after=1035".to_owned()),
            sortings: sortings(),
            may_keep: true,
            bulk: Bulk::Shown(Bar {
                query: "?view=mine".to_owned(),
                me: Owner::sample().me,
                deeds: Deeds::sample_of_selection(),
            }),
            ..Self::default()
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
        Self { views: Views { standing, ..Views::default() }, first: true, sortings: sortings(), ..Self::default() }
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
                merged: index == 0,
                priority: Some("high"),
                snoozed: Some(When::new(ATTACK, ATTACK, ATTACK)),
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
            note: Some("clocks-counted"),
            chips: words.map(CutChip::sample).to_vec(),
            is_own: false,
            filters: Some(Filters::sample()),
            restore: Some(Restore { name: ATTACK.to_owned(), list: ATTACK.to_owned(), team: ATTACK.to_owned() }),
            sortings: sortings(),
            kept: Some(("77".to_owned(), ATTACK.to_owned())),
            gone: true,
            may_keep: true,
            shared_with: words.map(|word| (word.to_owned(), word.to_owned())).to_vec(),
            bulk: Bulk::Shown(Bar {
                query: String::new(),
                me: Owner::sample_extreme().team.into_iter().next(),
                deeds: Deeds { prefix: "bulk".to_owned(), ..Deeds::sample_extreme() },
            }),
        }
    }
}

impl CutChip {
    fn sample(word: &str) -> Self {
        let (title, value) = (word.to_owned(), word.to_owned());
        Self { name: "tag", title, value, without: "/tickets".to_owned() }
    }
}

impl Filters {
    fn sample() -> Self {
        let option =
            |word: &str| FieldOption { value: word.to_owned(), label: word.to_owned(), chosen: word == ATTACK };
        let select = Select { name: "team", title: LONG.to_owned(), options: [LONG, ATTACK].map(option).to_vec() };
        let unseen = vec![("state".to_owned(), ATTACK.to_owned())];
        Self { selects: vec![select], tag: ATTACK.to_owned(), clock: true, unseen }
    }
}
