//! The workload as its page shows it.

use askama::Template;

use super::chart::Chart;
use crate::pages::frame::Frame;
use crate::pages::tickets::list::TicketList;

/// `GET /workload`: a team's work.
#[derive(Debug, Clone, Template)]
#[template(path = "workload/workload_page.html")]
pub struct WorkloadPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views on its left.
    pub list: TicketList,
    /// The work.
    pub work: Work,
}

/// `GET /workload/figures` (with the page's query): the charts and tables alone, for live updates.
#[derive(Debug, Clone, Template)]
#[template(path = "workload/_figures.html")]
pub struct FiguresPart {
    /// The page's frame.
    pub frame: Frame,
    /// The work.
    pub work: Work,
}

/// A team's work.
#[derive(Debug, Clone)]
pub struct Work {
    /// The teams that can be looked at: title, address, whether it is this one.
    pub teams: Vec<TeamChoice>,
    /// How many tickets it is together.
    pub count: i64,
    /// By person, in the order in which tickets are shared out; what nobody has comes last.
    pub people: Vec<Line>,
    /// By component, the most first.
    pub components: Vec<Line>,
    /// The people as bars.
    pub people_chart: Chart,
    /// The components as bars.
    pub components_chart: Chart,
    /// Where the same numbers are as CSV.
    pub csv_href: String,
}

impl Work {
    /// How many tickets it is together, as texts count them.
    #[must_use]
    pub fn count_shown(&self) -> usize {
        usize::try_from(self.count).unwrap_or_default()
    }
}

/// A team that can be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamChoice {
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
}

/// A line of a table: somebody or something, and the tickets behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Who or what.
    pub name: String,
    /// Whether it stands for nobody, or for nothing in particular.
    pub nameless: bool,
    /// Whether the next ticket goes to them.
    pub next: bool,
    /// How many tickets.
    pub count: i64,
    /// Where they are listed.
    pub href: String,
    /// What they are about, or whose they are.
    pub parts: Vec<Part>,
}

/// Some of the tickets of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What they are about, or whose they are.
    pub name: String,
    /// How many.
    pub count: i64,
    /// Where they are listed.
    pub href: String,
}
