//! Figures as their page shows them.

use askama::Template;

use super::chart::{Columns, Line, Shares};
use crate::pages::frame::Frame;
use crate::pages::tickets::list::TicketList;
use crate::pages::workload::chart::Chart;

/// `GET /insights`: figures of a span.
#[derive(Debug, Clone, Template)]
#[template(path = "insights/insights_page.html")]
pub struct InsightsPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views on its left.
    pub list: TicketList,
    /// The figures.
    pub insights: Insights,
}

/// Figures of a span.
#[derive(Debug, Clone)]
pub struct Insights {
    /// Which days, and how others are chosen.
    pub chosen: Chosen,
    /// The days in words, and the zone that they are days of.
    pub words: String,
    /// The days before in words.
    pub before: String,
    /// What the figures are narrowed to.
    pub cuts: Vec<Cut>,
    /// Whether old tickets are still being counted.
    pub is_partial: bool,
    /// The figures of all tickets.
    pub figures: Vec<Figure>,
    /// What came in and went out.
    pub columns: Columns,
    /// What was unfinished.
    pub line: Line,
    /// On whom tickets waited; `None` where none did.
    pub shares: Option<Shares>,
    /// The text above the parts: days, weeks or months.
    pub part_key: &'static str,
    /// The parts.
    pub parts: Vec<Part>,
    /// Where they are as CSV.
    pub csv_href: String,
    /// The figures by what tickets are cut by.
    pub tables: Vec<Table>,
}

/// Which days a page of figures is about, and how others are chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Where a form for other days leads.
    pub action: String,
    /// The spans that end today.
    pub spans: Vec<SpanChoice>,
    /// The first and the last day, as fields for dates hold them.
    pub days: (String, String),
    /// What is wrong with days that were asked for.
    pub mistake: Option<String>,
    /// What a form for other days carries along.
    pub carried: Vec<(&'static str, String)>,
}

/// A span that can be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpanChoice {
    /// Its text.
    pub key: &'static str,
    /// Its address.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
}

/// What the figures are narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// What it is called.
    pub name: String,
    /// The address without it.
    pub href: String,
}

/// A figure of all tickets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it says.
    pub key: &'static str,
    /// The figure.
    pub now: String,
    /// More about it.
    pub more: Option<String>,
    /// The same of the span before.
    pub before: String,
}

/// What came in and went out in a part of the span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its days.
    pub days: String,
    /// Opened, solved or closed, come back, unfinished at the end.
    pub numbers: [i64; 4],
}

/// A table of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its id.
    pub id: &'static str,
    /// Its title's text.
    pub key: &'static str,
    /// How many were opened of each, as bars; where there is more than one.
    pub chart: Option<Chart>,
    /// What stands above its columns.
    pub headings: Vec<Heading>,
    /// Its lines.
    pub lines: Vec<Row>,
    /// How many more there are, in words.
    pub more: Option<String>,
    /// Where it is as CSV.
    pub csv_href: String,
}

/// What stands above a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its text.
    pub key: &'static str,
    /// Where the table is sorted by it.
    pub href: String,
    /// How it is sorted by it now.
    pub sorted: Option<&'static str>,
    /// Whether there are figures in it.
    pub is_number: bool,
}

/// A line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What its tickets are cut by.
    pub name: String,
    /// The figures of just those; `None` for those that are of nothing in particular.
    pub href: Option<String>,
    /// Its figures: of the span, and of the span before.
    pub cells: Vec<(String, String)>,
    /// Where it is told what happened in it, of a playbook.
    pub procedure: Option<String>,
}
