//! A playbook as what is drawn of it: states, and one arrow for all transitions of a kind from one state to another.

use super::counts::Counted;
use super::words::Words;
use crate::definition::{Choice, Playbook, State, StateId, TimerRule, Transition};
use crate::expression::Expression;
use crate::fields::in_words;

/// What makes a transition happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A colleague decides.
    Choice,
    /// Time passes.
    Timer,
    /// People say something, or a look-up answers.
    Event,
    /// A linked ticket says something.
    Linked,
    /// Nothing but a guard.
    Always,
}

/// One transition, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// What happens; of [`Kind::Always`] what decides.
    pub(super) text: String,
    /// The condition, as the handbook writes it.
    pub(super) guard: Option<String>,
    /// The event's name as a trace has it: `choice.stop`, `after`, empty when there is none.
    pub(super) event: String,
}

/// All transitions of one kind from a state to another.
#[derive(Clone, Debug)]
pub(super) struct Arrow {
    pub(super) source: StateId,
    pub(super) target: StateId,
    pub(super) kind: Kind,
    pub(super) rows: Vec<Row>,
}

/// A state.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) path: String,
    pub(super) title: String,
    pub(super) parent: Option<StateId>,
    pub(super) initial: Option<StateId>,
    pub(super) is_final: bool,
    /// Whom it waits for, where it says so itself.
    pub(super) waiting_on: Option<String>,
    /// What is taken without going elsewhere.
    pub(super) stays: Vec<(Kind, Row)>,
    /// What tickets did there, in words.
    pub(super) counted: Option<Counted>,
}

/// What is drawn.
#[derive(Clone, Debug)]
pub(super) struct Chart {
    pub(super) title: String,
    pub(super) shapes: Vec<Shape>,
    pub(super) arrows: Vec<Arrow>,
    pub(super) initial: StateId,
    /// What is watched in whatever state the ticket is: its clocks, each in a sentence.
    pub(super) watched: Vec<String>,
}

impl Chart {
    /// The playbook in `language`, with the words that a drawing adds.
    pub(super) fn of(playbook: &Playbook, language: &str, words: &Words) -> Self {
        let shapes = playbook.outline().into_iter().zip(&playbook.states).map(|(outlined, state)| Shape {
            path: state.path.clone(),
            title: outlined.title.text(language).to_owned(),
            parent: state.parent,
            initial: state.initial,
            is_final: state.is_final,
            waiting_on: state.waiting_on.clone().filter(|_| state.always.is_empty()),
            stays: Vec::new(),
            counted: None,
        });
        let mut chart = Self {
            title: playbook.title().text(language).to_owned(),
            shapes: shapes.collect(),
            arrows: Vec::new(),
            initial: playbook.initial,
            watched: playbook.clocks.iter().map(|clock| words.clock(clock)).collect(),
        };
        for (id, state) in playbook.states.iter().enumerate() {
            let reader = Reader { playbook, language, words, id };
            reader.read(state, &mut chart);
        }
        chart
    }

    /// A state and those around it, innermost first.
    pub(super) fn line(&self, id: StateId) -> impl Iterator<Item = StateId> {
        std::iter::successors(Some(id), |id| self.shapes.get(*id).and_then(|shape| shape.parent))
    }

    /// Whether there are states inside.
    pub(super) fn is_frame(&self, id: StateId) -> bool {
        self.shapes.iter().any(|shape| shape.parent == Some(id))
    }

    /// The state that is entered in the end when this one is.
    pub(super) fn innermost(&self, mut id: StateId) -> StateId {
        while let Some(initial) = self.shapes.get(id).and_then(|shape| shape.initial) {
            id = initial;
        }
        id
    }

    /// The state of that dotted path.
    pub(super) fn find(&self, path: &str) -> Option<StateId> {
        self.shapes.iter().position(|shape| shape.path == path)
    }

    /// Whether an arrow leads from one innermost state to another.
    pub(super) fn leads(&self, arrow: &Arrow, from: StateId, to: StateId) -> bool {
        self.line(from).any(|id| id == arrow.source) && self.innermost(arrow.target) == to
    }

    fn add(&mut self, source: StateId, target: Option<StateId>, kind: Kind, row: Row) {
        let Some(target) = target.filter(|target| *target != source) else {
            if let Some(shape) = self.shapes.get_mut(source) {
                shape.stays.push((kind, row));
            }
            return;
        };
        let same = |arrow: &&mut Arrow| (arrow.source, arrow.target, arrow.kind) == (source, target, kind);
        match self.arrows.iter_mut().find(same) {
            Some(arrow) if arrow.rows.contains(&row) => {}
            Some(arrow) => arrow.rows.push(row),
            None => self.arrows.push(Arrow { source, target, kind, rows: vec![row] }),
        }
    }
}

/// Reads the transitions of one state.
struct Reader<'a> {
    playbook: &'a Playbook,
    language: &'a str,
    words: &'a Words,
    id: StateId,
}

impl Reader<'_> {
    fn read(&self, state: &State, chart: &mut Chart) {
        self.always(&state.always, chart);
        for (event, transitions) in &state.on {
            let (kind, text) = self.event(event);
            for transition in transitions {
                let row = self.row(&text, transition, event);
                chart.add(self.id, transition.target, kind, row);
            }
        }
        for choice in &state.choices {
            self.choice(state, choice, chart);
        }
        for timer in state.timers() {
            self.timer(timer, chart);
        }
        if state.is_final {
            self.reopen(chart);
        }
    }

    fn always(&self, transitions: &[Transition], chart: &mut Chart) {
        let is_alone = transitions.len() == 1;
        for transition in transitions {
            let text = match &transition.guard {
                Some(guard) => self.words.when(&in_one_line(guard)),
                None if is_alone => self.words.at_once().to_owned(),
                None => self.words.otherwise().to_owned(),
            };
            let row = Row { text, guard: None, event: String::new() };
            chart.add(self.id, transition.target, Kind::Always, row);
        }
    }

    /// A choice that an `on: choice.NAME` answers is drawn there.
    fn choice(&self, state: &State, choice: &Choice, chart: &mut Chart) {
        let event = format!("choice.{}", choice.name);
        let mut row = Row {
            text: choice.label.text(self.language).to_owned(),
            guard: choice.guard.as_ref().map(in_one_line),
            event: event.clone(),
        };
        match &choice.transition {
            Some(transition) => {
                row.text = self.noted(row.text, transition);
                chart.add(self.id, transition.target, Kind::Choice, row);
            }
            None if state.on.iter().any(|(name, _)| *name == event) => {}
            None => chart.add(self.id, None, Kind::Choice, row),
        }
    }

    fn timer(&self, timer: TimerRule<'_>, chart: &mut Chart) {
        let text = match timer {
            TimerRule::After(after) => self.words.after(&after.span.to_string()),
            TimerRule::At(at) => self.words.at(&in_one_line(&at.time)),
            TimerRule::Every(every) => self.words.every(&every.at),
        };
        for transition in timer.transitions() {
            // A trace calls every timer of a state so.
            chart.add(self.id, transition.target, Kind::Timer, self.row(&text, transition, "after"));
        }
    }

    /// What leads back out of a final state: the client's word, for some time.
    fn reopen(&self, chart: &mut Chart) {
        let Some(reopen) = &self.playbook.reopen else { return };
        let text = self.words.reopened(&reopen.within.to_string());
        for transition in &reopen.transitions {
            let row = self.row(&text, transition, "requester.replied");
            chart.add(self.id, transition.target, Kind::Event, row);
        }
    }

    fn row(&self, text: &str, transition: &Transition, event: &str) -> Row {
        Row {
            text: self.noted(text.to_owned(), transition),
            guard: transition.guard.as_ref().map(in_one_line),
            event: event.to_owned(),
        }
    }

    /// What leads back to its own state enters it anew; that is not the same as staying.
    fn noted(&self, text: String, transition: &Transition) -> String {
        if transition.target == Some(self.id) { format!("{text} ({})", self.words.again()) } else { text }
    }

    fn event(&self, name: &str) -> (Kind, String) {
        let first = name.split('.').next().unwrap_or(name);
        if let Some(choice) = name.strip_prefix("choice.") {
            return (Kind::Choice, self.label(choice));
        }
        let is_linked = first == "opener" || self.playbook.links.contains_key(first);
        (if is_linked { Kind::Linked } else { Kind::Event }, self.words.event(name))
    }

    /// What the button of a choice says: as this state or one around it offers it, otherwise any other.
    fn label(&self, choice: &str) -> String {
        let around = self.playbook.line(self.id).map(|(_, state)| state);
        let mut choices = around.chain(&self.playbook.states).flat_map(|state| &state.choices);
        let found = choices.find(|other| other.name == choice);
        found.map_or_else(|| in_words(choice), |choice| choice.label.text(self.language).to_owned())
    }
}

fn in_one_line(guard: &Expression) -> String {
    guard.source().split_whitespace().collect::<Vec<_>>().join(" ")
}
