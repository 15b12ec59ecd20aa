//! Samples of figures.

use super::chart::{Columns, Line, Shares};
use super::procedure::{Procedure, ProcedurePage};
use super::sort::{Column, Sort};
use super::view::{Chosen, Cut, Figure, Heading, Insights, InsightsPage, Part, Row, SpanChoice, Table};
use crate::pages::frame::Frame;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};
use crate::pages::tickets::list::TicketList;
use crate::pages::workload::chart::Chart;

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let page = |sample, list, insights| {
        Specimen::page("insights", sample, &InsightsPage { frame: frame.clone(), list, insights })
    };
    let procedure = |sample, list, procedure| {
        Specimen::page("procedure", sample, &ProcedurePage { frame: frame.clone(), list, procedure })
    };
    vec![
        page("usual", TicketList::sample_empty(), Insights::sample()),
        page("empty", TicketList::sample_empty(), Insights::sample_empty()),
        page("extreme", TicketList::sample_extreme(), Insights::sample_extreme()),
        procedure("usual", TicketList::sample_empty(), Procedure::sample()),
        procedure("empty", TicketList::sample_empty(), Procedure::sample_empty()),
        procedure("extreme", TicketList::sample_extreme(), Procedure::sample_extreme()),
    ]
}

fn table(id: &'static str, key: &'static str, names: &[&str], count: i64) -> Table {
    let row = |name: &&str| Row {
        name: (*name).to_owned(),
        href: Some("/insights?span=28d&team=support".to_owned()),
        procedure: (id == "by-playbook").then(|| "/insights/procedures/general-request?span=28d".to_owned()),
        cells: vec![
            (count.to_string(), "9".to_owned()),
            ("10".to_owned(), "9".to_owned()),
            ("1".to_owned(), "0".to_owned()),
            ("4".to_owned(), "2".to_owned()),
            ("2 h 10 min".to_owned(), "3 h".to_owned()),
            ("1 d 2 h".to_owned(), "2 d".to_owned()),
            ("3 d 4 h".to_owned(), "2 d".to_owned()),
            ("9 d".to_owned(), "–".to_owned()),
        ],
    };
    let heading = |column: Column| Heading {
        key: column.key().unwrap_or("insights-team"),
        href: format!("/insights?span=28d&sort={}#{id}", column.word()),
        sorted: Sort::default().direction(column),
        is_number: column != Column::Name,
    };
    Table {
        id,
        key,
        chart: (names.len() > 1).then(|| Chart::of(names.iter().map(|name| (*name, count)))),
        headings: Column::ALL.into_iter().map(heading).collect(),
        lines: names.iter().map(row).collect(),
        more: (names.len() > 2).then(|| "7 more are in the file.".to_owned()),
        csv_href: "/insights/teams.csv?span=28d".to_owned(),
    }
}

impl Insights {
    fn sample_of(numbers: &[[i64; 4]], names: &[&str]) -> Self {
        let parts: Vec<Part> = (1..)
            .zip(numbers)
            .map(|(day, numbers)| Part { days: format!("Tue {day} Nov"), numbers: *numbers })
            .collect();
        let columns: Vec<(String, [i64; 2])> =
            parts.iter().map(|part| (part.days.clone(), [part.numbers[0], part.numbers[1]])).collect();
        let line: Vec<(String, i64)> = parts.iter().map(|part| (part.days.clone(), part.numbers[3])).collect();
        let figure = |key, now: &str, more: Option<&str>, before: &str| Figure {
            key,
            now: now.to_owned(),
            more: more.map(str::to_owned),
            before: before.to_owned(),
        };
        let span = |key, current| SpanChoice { key, href: "/insights?span=7d".to_owned(), current };
        let count = numbers.iter().map(|day| day[0]).sum::<i64>();
        Self {
            chosen: Chosen {
                action: "/insights".to_owned(),
                spans: vec![
                    span("insights-7d", true),
                    span("insights-28d", false),
                    span("insights-90d", false),
                    span("insights-12m", false),
                ],
                days: ("2026-11-11".to_owned(), "2026-11-17".to_owned()),
                mistake: None,
                carried: Vec::new(),
            },
            words: "11 Nov 2026 – 17 Nov 2026".to_owned(),
            before: "4 Nov 2026 – 10 Nov 2026".to_owned(),
            cuts: Vec::new(),
            is_partial: false,
            figures: vec![
                figure("insights-opened", &count.to_string(), None, "28"),
                figure("insights-closed", "10", None, "9"),
                figure("insights-open", "4", None, "2"),
                figure("insights-reopened", "1", None, "0"),
                figure("insights-answer", "2 h 10 min", Some("Nine of ten within 1 d 2 h."), "3 h"),
                figure("insights-us", "3 d 4 h", None, "2 d"),
                figure("insights-them", "9 d", None, "–"),
            ],
            columns: Columns::of(&columns),
            line: Line::of(&line),
            shares: Shares::of(count, 2 * count),
            part_key: "insights-day",
            parts,
            csv_href: "/insights/volume.csv?span=7d".to_owned(),
            tables: vec![
                table("by-playbook", "insights-by-playbook", names, 8),
                table("by-team", "insights-by-team", names, 8),
                table("by-organization", "insights-by-organization", names, 8),
            ],
        }
    }

    /// A week of two teams.
    #[must_use]
    pub fn sample() -> Self {
        let days = [[3, 1, 0, 5], [4, 2, 0, 7], [0, 3, 1, 5], [6, 4, 0, 7], [2, 2, 0, 7], [0, 0, 0, 7], [1, 4, 0, 4]];
        Self::sample_of(&days, &["Support", "Customer solutions"])
    }

    /// A desk that nobody wrote to.
    #[must_use]
    pub fn sample_empty() -> Self {
        Self { is_partial: true, shares: None, ..Self::sample_of(&[[0; 4]; 7], &[]) }
    }

    /// Names that break layouts and pages.
    #[must_use]
    pub fn sample_extreme() -> Self {
        let cut = |name: &str| Cut { name: name.to_owned(), href: "/insights?span=7d".to_owned() };
        let names = [ATTACK, RIGHT_TO_LEFT, LONG];
        Self {
            cuts: names.map(cut).to_vec(),
            chosen: Chosen {
                mistake: Some("The last day is before the first one.".to_owned()),
                carried: vec![("team", ATTACK.to_owned())],
                ..Self::sample().chosen
            },
            ..Self::sample_of(&[[9_000_000, 1, 1, 9_000_000]; 31], &names)
        }
    }
}
