//! What really happened in a procedure, written into its drawing: how often each state was entered and how long tickets stayed, how often
//! each transition was taken.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::chart::{Arrow, Chart};
use super::marks::Passage;
use super::words::Words;

/// How often something was, of some tickets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The innermost states, by their dotted paths.
    pub states: BTreeMap<String, Stay>,
    /// The moves.
    pub passages: BTreeMap<Passage, u64>,
}

/// What a state saw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stay {
    /// How often it was entered.
    pub entered: u64,
    /// How long half of those stays were at most; `None` where half of them go on still.
    pub median: Option<SignedDuration>,
}

/// What is said of a state's visits.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    pub(super) text: String,
    /// Whether there was none.
    pub(super) is_never: bool,
}

/// Writes the counts behind the words of what they count.
pub(super) fn write(chart: &mut Chart, counts: &Counts, words: &Words) {
    let frames: Vec<bool> = (0..chart.shapes.len()).map(|id| chart.is_frame(id)).collect();
    for (shape, is_frame) in chart.shapes.iter_mut().zip(frames) {
        let stay = counts.states.get(&shape.path).copied().unwrap_or_default();
        let text = match (stay.entered, stay.median) {
            (0, _) => words.never().to_owned(),
            (entered, Some(median)) if !shape.is_final => format!("{entered} × · {}", words.half_within(median)),
            (entered, _) => format!("{entered} ×"),
        };
        shape.counted = (!is_frame).then_some(Counted { text, is_never: stay.entered == 0 });
    }
    let taken: Vec<Vec<u64>> = chart.arrows.iter().map(|arrow| taken(chart, arrow, counts)).collect();
    for (arrow, taken) in chart.arrows.iter_mut().zip(taken) {
        for (row, times) in arrow.rows.iter_mut().zip(taken).filter(|(_, times)| *times > 0) {
            row.text = format!("{} · {times}", row.text);
        }
    }
}

/// How often each row of an arrow was. Of rows that differ by their guards alone the first has them all, since which one held is not
/// known here.
fn taken(chart: &Chart, arrow: &Arrow, counts: &Counts) -> Vec<u64> {
    let is_alike = |position: usize| {
        arrow
            .rows
            .iter()
            .take(position)
            .any(|before| arrow.rows.get(position).is_some_and(|row| before.event == row.event))
    };
    let is_of = |passage: &Passage, event: &str| {
        let ends = chart.find(&passage.from).zip(chart.find(&passage.to));
        passage.event.as_deref() == Some(event) && ends.is_some_and(|(from, to)| chart.leads(arrow, from, to))
    };
    let times =
        |event: &str| counts.passages.iter().filter(|(passage, _)| is_of(passage, event)).map(|(_, times)| times).sum();
    arrow.rows.iter().enumerate().map(|(at, row)| if is_alike(at) { 0 } else { times(&row.event) }).collect()
}
