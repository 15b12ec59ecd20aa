//! The table.

use store::Clock;

use crate::machine;
use crate::place::Place;
use crate::samples::Samples;

/// Prints rows as they come, so that a run that is broken off has still said something.
pub struct Report;

/// A figure.
pub struct Row<'a> {
    /// What it is, with its unit.
    pub figure: &'a str,
    /// What the runs gave.
    pub taken: &'a Samples,
    /// What the floor gave in the same runs.
    pub floor: Option<&'a Samples>,
    /// The figure's ratio to the floor, or to what `aim` names, as a share.
    pub ratio: Option<Samples>,
    /// What is aimed at.
    pub aim: &'a str,
}

impl Report {
    /// Prints what the figures are taken on, and the head of the table.
    pub fn begin(place: &Place) -> Self {
        let date = Clock::system().now().strftime("%Y-%m-%d %H:%M UTC").to_string();
        println!("{date}, {}, load {}.\n{}.\n", place.name(), machine::load(), machine::describe());
        println!("| figure | median (min–max) | floor | ratio | aim |\n| --- | ---: | ---: | ---: | --- |");
        Self
    }

    /// Prints one row.
    pub fn row(&self, row: &Row<'_>) {
        let floor = row.floor.map(ToString::to_string).unwrap_or_default();
        let ratio = row.ratio.as_ref().map(ToString::to_string).unwrap_or_default();
        println!("| {} | {} | {floor} | {ratio} | {} |", row.figure, row.taken, row.aim);
    }

    /// Prints a remark about how a figure came to be, on the other channel, so that the table stays one.
    pub fn remark(&self, text: &str) {
        eprintln!("{text} (load {})", machine::load());
    }
}
