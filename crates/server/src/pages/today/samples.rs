//! Samples of Today.

use super::view::{Brief, HeldRow, Load, Part, Tab, Today, TodayPage, TodayPart};
use crate::pages::frame::Frame;
use crate::pages::questions::view::QuestionRow;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};
use crate::pages::tickets::chip::{Clock, Nearness};
use crate::pages::tickets::list::TicketList;
use crate::pages::when::When;

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let page = |sample, list, today| Specimen::page("today", sample, &TodayPage { frame: frame.clone(), list, today });
    vec![
        page("usual", TicketList::sample_empty(), Today::sample()),
        page("empty", TicketList::sample_empty(), Today::sample_empty()),
        page("extreme", TicketList::sample_extreme(), Today::sample_extreme()),
        Specimen::part("part-today", "usual", &TodayPart { frame: frame.clone(), today: Today::sample() }),
    ]
}

fn when() -> When {
    When::new("2026-11-17T18:00:00Z", "Tue 17 Nov 2026, 18:00 WET", "2 h")
}

fn brief(subject: &str, who: &str, nearness: Option<Nearness>) -> Brief {
    let clock = nearness.map(|nearness| Clock {
        due: when(),
        nearness,
        left: Some(if nearness == Nearness::Over { -7_200 } else { 7_200 }),
        title: Some("Answer or word that one is coming".to_owned()),
    });
    Brief {
        href: "/tickets/1042".to_owned(),
        number: "1042".to_owned(),
        subject: subject.to_owned(),
        who: vec![who.to_owned(), "Acme".to_owned()],
        state: "Open".to_owned(),
        assignee: Some("Ana Lima".to_owned()),
        clock,
        priority: None,
        updated: When::new("2026-11-17T13:58:00Z", "Tue 17 Nov 2026, 13:58 WET", "Tue 13:58"),
    }
}

fn part(name: &'static str, count: &str, rows: Vec<Brief>) -> Part {
    Part { name, count: count.to_owned(), href: "/tickets?clock=soon&status=unfinished&sort=clock".to_owned(), rows }
}

impl Today {
    fn tabs() -> Vec<Tab> {
        let tab =
            |(of, key): (&str, &'static str)| Tab { key, href: format!("/today?of={of}"), current: of == "teams" };
        [("mine", "today-of-mine"), ("teams", "today-of-teams"), ("all", "today-of-all")].map(tab).to_vec()
    }

    /// A morning.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            tabs: Self::tabs(),
            parts: vec![
                part(
                    "clocks",
                    "2",
                    vec![
                        Brief {
                            priority: Some("urgent"),
                            ..brief("Where are my documents?", "Maria Alves", Some(Nearness::Over))
                        },
                        brief("The footer is wrong", "Rui Tavares", Some(Nearness::Soon)),
                    ],
                ),
                part("unassigned", "1", vec![Brief { assignee: None, ..brief("A new logo", "Maria Alves", None) }]),
                part("waiting", "0", Vec::new()),
                part("paused", "99+", vec![brief("Offer for next year", "Rui Tavares", None)]),
            ],
            held: vec![HeldRow {
                href: "/tickets/1044".to_owned(),
                number: "1044".to_owned(),
                subject: "Monthly call".to_owned(),
                writer: "Ana Lima".to_owned(),
                at: when(),
            }],
            held_more: true,
            held_href: "/sendings?of=teams".to_owned(),
            whose: "today-whose-teams",
            questions: QuestionRow::samples(),
            asked: 2,
            loads: vec![Load {
                team: "Support".to_owned(),
                href: "/workload?team=support".to_owned(),
                people: vec![
                    ("Ana Lima".to_owned(), 5, "/tickets?assignee=12&status=unfinished".to_owned()),
                    ("Bo Lindqvist".to_owned(), 2, "/tickets?assignee=13&status=unfinished".to_owned()),
                ],
                unassigned: 1,
                nobodys: "/tickets?assignee=none&status=unfinished&team=support".to_owned(),
            }],
        }
    }

    /// A morning on which nothing is about to break.
    #[must_use]
    pub fn sample_empty() -> Self {
        let parts = ["clocks", "unassigned", "waiting", "paused"].map(|name| part(name, "0", Vec::new())).to_vec();
        Self {
            parts,
            held: Vec::new(),
            held_more: false,
            questions: Vec::new(),
            asked: 0,
            loads: Vec::new(),
            ..Self::sample()
        }
    }

    /// Words that break layouts and pages.
    #[must_use]
    pub fn sample_extreme() -> Self {
        let words = [ATTACK, RIGHT_TO_LEFT, LONG];
        let rows: Vec<Brief> = words.map(|word| brief(word, word, Some(Nearness::Over))).to_vec();
        let mut today = Self::sample();
        for part in &mut today.parts {
            part.rows.clone_from(&rows);
        }
        today.questions = QuestionRow::samples_extreme();
        for load in &mut today.loads {
            load.people = words.map(|word| (word.to_owned(), 9_000_000, "/tickets".to_owned())).to_vec();
        }
        today
    }
}
