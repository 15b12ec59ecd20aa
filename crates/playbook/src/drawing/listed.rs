//! A playbook as a list of its states, for those who would rather read than see.

use super::chart::{Chart, Kind, Row};
use super::words::Words;
use crate::definition::Playbook;

/// A state in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedState {
    /// Its dotted path.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Whom it waits for.
    pub waiting: Option<String>,
    /// What leads out of it, in words, and the title of the state that it leads to; to none where the ticket stays.
    pub ways: Vec<(String, Option<String>)>,
    /// Whether the run is over there.
    pub is_final: bool,
}

/// The states of a playbook in words, in the order in which it says them.
#[must_use]
pub fn listed(playbook: &Playbook, language: &str) -> Vec<ListedState> {
    let words = Words::of(language);
    let chart = Chart::of(playbook, language, &words);
    let said = |kind: Kind, row: &Row| match row.guard.as_ref().filter(|_| kind != Kind::Always) {
        Some(guard) => format!("{}, {}", row.text, words.when(guard)),
        None => row.text.clone(),
    };
    let of_state = |(id, shape): (usize, &super::chart::Shape)| {
        let leaving = chart.arrows.iter().filter(|arrow| arrow.source == id).flat_map(|arrow| {
            let target = chart.shapes.get(arrow.target).map(|shape| shape.title.clone());
            arrow.rows.iter().map(move |row| (said(arrow.kind, row), target.clone()))
        });
        let staying = shape.stays.iter().map(|(kind, row)| (said(*kind, row), None));
        ListedState {
            path: shape.path.clone(),
            title: shape.title.clone(),
            waiting: shape.waiting_on.as_deref().map(|party| words.waiting_on(party)),
            ways: leaving.chain(staying).collect(),
            is_final: shape.is_final,
        }
    };
    chart.shapes.iter().enumerate().map(of_state).collect()
}

/// How many arrows a drawing of a playbook has, and how many states: what it takes to lay it out grows with both.
#[must_use]
pub fn size(playbook: &Playbook) -> (usize, usize) {
    let chart = Chart::of(playbook, "en", &Words::of("en"));
    (chart.shapes.len(), chart.arrows.len())
}
