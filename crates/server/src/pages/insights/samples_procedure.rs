//! Samples of what happened in a procedure.

use super::procedure::{MoveRow, Procedure, StateRow};
use super::view::{Chosen, Insights};
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT};

impl Procedure {
    /// A month of a small company.
    #[must_use]
    pub fn sample() -> Self {
        Self::of(&["Open", "Waiting for the customer", "Solved"])
    }

    /// Days in which nothing happened.
    #[must_use]
    pub fn sample_empty() -> Self {
        Self { states: Vec::new(), moves: Vec::new(), tickets: "0 tickets".to_owned(), ..Self::sample() }
    }

    /// Names that break layouts and pages.
    #[must_use]
    pub fn sample_extreme() -> Self {
        Self {
            title: ATTACK.to_owned(),
            is_partial: true,
            svg: None,
            more: Some("7 more are in the file.".to_owned()),
            ..Self::of(&[ATTACK, RIGHT_TO_LEFT, LONG])
        }
    }

    fn of(names: &[&str]) -> Self {
        let state = |name: &&str| StateRow {
            title: (*name).to_owned(),
            is_known: *name != RIGHT_TO_LEFT,
            entered: 128,
            again: 12,
            present: 3,
            median: "3 h".to_owned(),
            ninetieth: "2 d 4 h".to_owned(),
        };
        let moved = |name: &&str| MoveRow {
            from: (*name).to_owned(),
            event: if *name == "Solved" { String::new() } else { "agent.replied".to_owned() },
            to: (*name).to_owned(),
            times: 43,
        };
        let file = |name: &str| format!("/insights/procedures/general-request/{name}?span=28d");
        Self {
            title: "General request".to_owned(),
            back: "/insights?span=28d".to_owned(),
            chosen: Chosen { action: "/insights/procedures/general-request".to_owned(), ..Insights::sample().chosen },
            words: "11 Nov 2026 – 17 Nov 2026".to_owned(),
            tickets: "128 tickets".to_owned(),
            is_partial: false,
            svg: Some(
                r#"<svg class="drawing" role="img" width="900" height="200" viewBox="0 0 900 200"><title>Open</title></svg>"#
                .to_owned(),
            ),
            states: names.iter().map(state).collect(),
            moves: names.iter().map(moved).collect(),
            more: None,
            files: vec![
                ("procedure-csv-states", file("states.csv")),
                ("procedure-csv-moves", file("moves.csv")),
                ("procedure-ocel", file("events.json")),
                ("procedure-xes", file("events.xes")),
            ],
        }
    }
}
