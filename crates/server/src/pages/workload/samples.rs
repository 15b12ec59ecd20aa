//! Samples of the workload.

use super::chart::Chart;
use super::view::{FiguresPart, Line, Part, TeamChoice, Work, WorkloadPage};
use crate::pages::frame::Frame;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};
use crate::pages::tickets::list::TicketList;

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let page =
        |sample, list, work| Specimen::page("workload", sample, &WorkloadPage { frame: frame.clone(), list, work });
    vec![
        page("usual", TicketList::sample_empty(), Work::sample()),
        page("empty", TicketList::sample_empty(), Work::sample_empty()),
        page("extreme", TicketList::sample_extreme(), Work::sample_extreme()),
        Specimen::part("part-figures", "usual", &FiguresPart { frame: frame.clone(), work: Work::sample() }),
    ]
}

fn line(name: &str, count: i64, parts: &[(&str, i64)]) -> Line {
    let part = |(name, count): &(&str, i64)| Part {
        name: (*name).to_owned(),
        count: *count,
        href: "/tickets?assignee=12&component=Acme&status=unfinished".to_owned(),
    };
    Line {
        name: name.to_owned(),
        nameless: false,
        next: false,
        count,
        href: "/tickets?assignee=12&status=unfinished".to_owned(),
        parts: parts.iter().map(part).collect(),
    }
}

impl Work {
    fn sample_of(people: Vec<Line>, components: Vec<Line>) -> Self {
        let team = |title: &str, current| TeamChoice {
            title: title.to_owned(),
            href: "/workload?team=support".to_owned(),
            current,
        };
        let bars = |lines: &[Line]| Chart::of(lines.iter().map(|line| (line.name.as_str(), line.count)));
        Self {
            teams: vec![team("Support", false), team("Customer solutions", true)],
            count: people.iter().map(|line| line.count).sum(),
            people_chart: bars(&people),
            components_chart: bars(&components),
            people,
            components,
            csv_href: "/workload.csv?team=customer-solutions".to_owned(),
        }
    }

    /// Two people and what they have.
    #[must_use]
    pub fn sample() -> Self {
        let cy = Line { next: true, ..line("Cy Okafor", 2, &[("Harbour", 1), ("Quarry", 1)]) };
        let nobody = Line { nameless: true, ..line("Nobody", 1, &[("Acme", 1)]) };
        Self::sample_of(
            vec![cy, line("Bo Lindqvist", 5, &[("Acme", 4), ("Quarry", 1)]), nobody],
            vec![
                line("Acme", 5, &[("Bo Lindqvist", 4), ("Nobody", 1)]),
                line("Quarry", 2, &[("Cy Okafor", 1), ("Bo Lindqvist", 1)]),
                line("Harbour", 1, &[("Cy Okafor", 1)]),
            ],
        )
    }

    /// A team without anybody.
    #[must_use]
    pub fn sample_empty() -> Self {
        Self::sample_of(Vec::new(), Vec::new())
    }

    /// Names that break layouts and pages.
    #[must_use]
    pub fn sample_extreme() -> Self {
        let words = [ATTACK, RIGHT_TO_LEFT, LONG];
        let lines: Vec<Line> =
            (0..30).map(|n| line(words[n % 3], 9_000_000 - n as i64, &[(words[n % 3], 9)])).collect();
        Self::sample_of(lines.clone(), lines)
    }
}
