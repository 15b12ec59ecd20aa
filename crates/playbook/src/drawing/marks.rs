//! What a drawing lights: where a ticket is, and the way that it took.

use std::collections::BTreeSet;

use super::chart::{Arrow, Chart, Row};
use super::counts::Counts;
use crate::definition::{Playbook, StateId};
use crate::run::Trace;

/// One move of a ticket, from one innermost state to another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// The dotted path of the innermost state that was left.
    pub from: String,
    /// The dotted path of the innermost state that was entered.
    pub to: String,
    /// The event that led there (`choice.stop`, `after`); empty when a guard alone did, `None` when it is not known.
    pub event: Option<String>,
}

/// Where a ticket is and how it came there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The dotted path of the state that it is in.
    pub present: Option<String>,
    /// The moves it made.
    pub taken: BTreeSet<Passage>,
    /// What is written over it of many tickets.
    pub counts: Option<Counts>,
}

impl Marks {
    /// The marks of a ticket that is in the state `present`, from the traces of its steps in order.
    pub fn of_history<'t>(playbook: &Playbook, present: &str, traces: impl IntoIterator<Item = &'t Trace>) -> Self {
        let moves = |trace: &'t Trace| Passage::of_step(playbook, trace.from.as_deref(), &trace.event, &trace.entered);
        Self { present: Some(present.to_owned()), taken: traces.into_iter().flat_map(moves).collect(), counts: None }
    }

    /// What became of many tickets: every move that was made is lit, and everything is counted.
    pub fn of_many(counts: Counts) -> Self {
        Self { present: None, taken: counts.passages.keys().cloned().collect(), counts: Some(counts) }
    }
}

impl Passage {
    /// The moves of one step, from how its trace tells them: the one that its event made, and those that guards alone made after it.
    pub fn of_step(playbook: &Playbook, from: Option<&str>, event: &str, entered: &[String]) -> Vec<Self> {
        let (mut at, mut event, mut moves) = (from.map(str::to_owned), event.to_owned(), Vec::new());
        for (position, state) in entered.iter().enumerate() {
            let next = entered.get(position + 1);
            let is_innermost = playbook.find(state).is_some_and(|state| playbook.innermost(state) == state);
            // A compound state is entered together with one inside it.
            if !is_innermost && next.is_some() {
                continue;
            }
            if let Some(from) = at.replace(state.clone()) {
                moves.push(Self { from, to: state.clone(), event: Some(event) });
            }
            event = String::new();
        }
        moves
    }
}

/// The marks in terms of a chart.
#[derive(Debug, Default)]
pub(super) struct Lit {
    pub(super) present: Option<StateId>,
    /// The states that the ticket is or was in, with those around them.
    pub(super) been: BTreeSet<StateId>,
    /// The states around the present one.
    pub(super) around: BTreeSet<StateId>,
    moves: Vec<(StateId, StateId, Option<String>)>,
}

impl Lit {
    /// What of the marks this chart has; states that it does not know are left out.
    pub(super) fn of(chart: &Chart, marks: &Marks) -> Self {
        let present = marks.present.as_deref().and_then(|path| chart.find(path));
        let moves: Vec<_> = marks
            .taken
            .iter()
            .filter_map(|passage| Some((chart.find(&passage.from)?, chart.find(&passage.to)?, passage.event.clone())))
            .collect();
        let ends = moves.iter().flat_map(|(from, to, _)| [*from, *to]).chain(present);
        Self {
            present,
            been: ends.flat_map(|id| chart.line(id)).collect(),
            around: present.into_iter().flat_map(|id| chart.line(id).skip(1)).collect(),
            moves,
        }
    }

    /// Whether the ticket took one of the arrow's transitions.
    pub(super) fn took(&self, chart: &Chart, arrow: &Arrow) -> bool {
        arrow.rows.iter().any(|row| self.took_for(chart, arrow, &row.event))
    }

    /// Whether the ticket took this row's transition and none of the others: where several differ by their guards alone,
    /// which one held is not known here.
    pub(super) fn took_row(&self, chart: &Chart, arrow: &Arrow, row: &Row) -> bool {
        let alike = arrow.rows.iter().filter(|other| other.event == row.event).count();
        alike == 1 && self.took_for(chart, arrow, &row.event)
    }

    fn took_for(&self, chart: &Chart, arrow: &Arrow, named: &str) -> bool {
        self.moves.iter().any(|(from, to, event)| {
            let known = event.as_ref().is_none_or(|event| event == named);
            known && chart.leads(arrow, *from, *to)
        })
    }
}
