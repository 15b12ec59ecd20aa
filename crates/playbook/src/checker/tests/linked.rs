//! Two linked tickets on a small desk of their own: the interpreter's steps, and queues as a desk keeps them. What the laws compare
//! the exploration with.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use crate::{Event, Facts, Handbook, Playbook, Run, Step, sample};

/// How many steps may follow from one thing that happens before a story is given up.
const STEPS_MAX: usize = 60;

/// The state of a ticket, once it has begun, and the timers that are set.
pub(super) type Shape = Option<(String, BTreeSet<(String, usize)>)>;

/// A ticket of the small desk.
#[derive(Clone)]
struct Ticket {
    playbook: Arc<Playbook>,
    run: Option<Run>,
    queue: VecDeque<Event>,
    parked: bool,
}

/// The tickets by the name that the exploration gives them.
#[derive(Clone)]
pub(super) struct SmallDesk<'h> {
    handbook: &'h Handbook,
    tickets: BTreeMap<String, Ticket>,
    pub(super) now: Timestamp,
    /// Whether the queues of later names are judged first.
    backwards: bool,
}

/// The story cannot be told on: a fault in the middle of things, or steps without end.
#[derive(Debug)]
pub(super) struct GivenUp;

impl<'h> SmallDesk<'h> {
    /// A desk with one ticket of the playbook `x`, everything settled.
    pub(super) fn open(handbook: &'h Handbook, given: &Value, backwards: bool) -> Result<Self, GivenUp> {
        let mut desk = Self { handbook, tickets: BTreeMap::new(), now: sample::hour(0), backwards };
        let playbook = Arc::clone(&handbook.playbooks["x"]);
        let given = given.as_object().cloned().unwrap_or_default();
        desk.tickets.insert(String::new(), Ticket { playbook, run: None, queue: VecDeque::new(), parked: false });
        desk.begin("", &given)?;
        desk.settle()?;
        Ok(desk)
    }

    /// What there is, as the exploration knows it.
    pub(super) fn shapes(&self) -> BTreeMap<String, Shape> {
        let shape = |run: &Run| {
            (run.state.clone(), run.timers.iter().map(|timer| (timer.state.clone(), timer.position as usize)).collect())
        };
        self.tickets.iter().map(|(name, ticket)| (name.clone(), ticket.run.as_ref().map(shape))).collect()
    }

    /// Whether a ticket is over, or not there.
    pub(super) fn is_over(&self, name: &str) -> bool {
        self.tickets.get(name).is_none_or(|ticket| ticket.run.as_ref().is_some_and(Run::is_over))
    }

    /// Everything that a later moment depends on, in words.
    pub(super) fn key(&self) -> String {
        let of = |ticket: &Ticket| {
            let run = ticket.run.as_ref();
            let timers = run.map(|run| {
                run.timers.iter().map(|t| (&t.state, t.position, t.due.duration_since(self.now))).collect::<Vec<_>>()
            });
            let queue: Vec<&str> = ticket.queue.iter().map(|event| event.name.as_str()).collect();
            format!(
                "{:?} {:?} {timers:?} {queue:?}",
                run.map(|run| &run.state),
                run.map(|run| Value::from(run.fields.clone()).to_string())
            )
        };
        self.tickets.iter().map(|(name, ticket)| format!("{name}: {}\n", of(ticket))).collect()
    }

    /// The tickets there are.
    pub(super) fn names(&self) -> Vec<String> {
        self.tickets.keys().cloned().collect()
    }

    /// Something happens to a ticket; what cannot be done changes nothing.
    pub(super) fn happens(&mut self, name: &str, event: &Event) -> Result<(), GivenUp> {
        if self.judge(name, event)? {
            self.settle()?;
        }
        Ok(())
    }

    /// A colleague corrects a field.
    pub(super) fn fill_in(&mut self, name: &str, fields: &Map<String, Value>) {
        let Some(ticket) = self.tickets.get_mut(name) else { return };
        if let Some(run) = &ticket.run
            && let Ok(filled) = ticket.playbook.set_fields(run, fields)
        {
            ticket.run = Some(filled);
        }
    }

    /// Lets the first timer fire if it is due by then; whether there was one.
    pub(super) fn fires(&mut self, until: Option<Timestamp>) -> Result<bool, GivenUp> {
        let timers = self.tickets.iter().flat_map(|(name, ticket)| {
            ticket.run.iter().flat_map(|run| &run.timers).map(move |timer| (timer.due, name.clone(), timer.clone()))
        });
        let Some((due, name, timer)) = timers.min_by_key(|(due, ..)| *due) else { return Ok(false) };
        if until.is_some_and(|until| due > until) {
            return Ok(false);
        }
        self.now = self.now.max(due);
        self.happens(&name, &Event::timer(&timer))?;
        Ok(true)
    }

    /// Lets time pass, timers firing when they are due.
    pub(super) fn pass(&mut self, minutes: i64, mut seen: impl FnMut(&Self)) -> Result<(), GivenUp> {
        let until = self.now + SignedDuration::from_mins(minutes);
        for _ in 0..STEPS_MAX {
            if !self.fires(Some(until))? {
                self.now = until;
                return Ok(());
            }
            seen(self);
        }
        Err(GivenUp)
    }

    fn facts(&self, name: &str) -> Facts {
        let link = |name: &str| {
            let Some(ticket) = self.tickets.get(name) else { return Value::Null };
            let (state, status, ended) = match &ticket.run {
                Some(run) => {
                    let status = ticket.playbook.standing(&run.state).map(|standing| standing.status.as_str());
                    (json!(run.state), status.unwrap_or("open"), run.is_over())
                }
                None => (Value::Null, "open", false),
            };
            json!({"number": 1, "state": state, "status": status, "subject": "x", "ended": ended})
        };
        let facts = sample::facts();
        match name {
            "" => facts.with("links", json!({ "kid": link("kid") })),
            _ => facts.with("opener", link("")),
        }
    }

    fn begin(&mut self, name: &str, given: &Map<String, Value>) -> Result<(), GivenUp> {
        let (facts, ticket) = (self.facts(name), &self.tickets[name]);
        let step = ticket.playbook.begin(None, given, &facts, &Event::opened(), self.now).map_err(|_| GivenUp)?;
        self.done(name, step)
    }

    /// Judges one event and what it raises on the same ticket; whether anything took it.
    fn judge(&mut self, name: &str, event: &Event) -> Result<bool, GivenUp> {
        let facts = self.facts(name);
        let Some(ticket) = self.tickets.get(name) else { return Ok(false) };
        let Some(run) = &ticket.run else { return Ok(false) };
        match ticket.playbook.step(run, &facts, event, self.now) {
            Ok(step) if step.taken => self.done(name, step).map(|()| true),
            _ => Ok(false),
        }
    }

    fn done(&mut self, name: &str, step: Step) -> Result<(), GivenUp> {
        let mut raised = self.carry_out(name, step)?;
        for _ in 0..10 {
            if raised == 0 {
                return Ok(());
            }
            raised -= 1;
            let (facts, ticket) = (self.facts(name), &self.tickets[name]);
            let run = ticket.run.as_ref().ok_or(GivenUp)?;
            let step = ticket.playbook.step(run, &facts, &Event::new("reply.hello"), self.now).map_err(|_| GivenUp)?;
            raised += self.carry_out(name, step)?;
        }
        Err(GivenUp)
    }

    /// Carries out what a step left to the desk; says how many replies were sent.
    fn carry_out(&mut self, name: &str, step: Step) -> Result<usize, GivenUp> {
        let mut said = 0;
        let word = |arguments: &Map<String, Value>, name: &str| arguments[name].as_str().unwrap_or_default().to_owned();
        for effect in &step.effects {
            match effect.action.as_str() {
                "reply" => said += 1,
                "open" => {
                    let playbook = Arc::clone(&self.handbook.playbooks[&word(&effect.arguments, "playbook")]);
                    let queue = VecDeque::from([Event::opened()]);
                    self.tickets.insert("kid".to_owned(), Ticket { playbook, run: None, queue, parked: false });
                }
                "send" => {
                    let event = word(&effect.arguments, "event");
                    let (to, event) = match name {
                        "" => ("kid", format!("opener.{event}")),
                        _ => ("", format!("kid.{event}")),
                    };
                    self.tickets.get_mut(to).ok_or(GivenUp)?.queue.push_back(Event::new(event));
                }
                _ => {}
            }
        }
        let ticket = self.tickets.get_mut(name).ok_or(GivenUp)?;
        ticket.run = Some(step.run);
        ticket.parked &= !step.taken;
        Ok(said)
    }

    /// Judges what waits in the queues until nothing is taken any more.
    fn settle(&mut self) -> Result<(), GivenUp> {
        for _ in 0..STEPS_MAX {
            let mut waiting = self.tickets.iter().filter(|(_, ticket)| !ticket.queue.is_empty() && !ticket.parked);
            let next = if self.backwards { waiting.next_back() } else { waiting.next() };
            let Some(name) = next.map(|(name, _)| name.clone()) else { return Ok(()) };
            let Some(event) = self.tickets.get_mut(&name).and_then(|ticket| ticket.queue.pop_front()) else {
                return Err(GivenUp);
            };
            if self.tickets[&name].run.is_none() {
                self.begin(&name, &Map::new())?;
                continue;
            }
            let ticket = &self.tickets[&name];
            let run = ticket.run.as_ref().ok_or(GivenUp)?;
            let takes = ticket.playbook.takes(run, &self.facts(&name), &event, self.now).map_err(|_| GivenUp)?;
            if !takes || !self.judge(&name, &event)? {
                let ticket = self.tickets.get_mut(&name).ok_or(GivenUp)?;
                ticket.queue.push_front(event);
                ticket.parked = true;
            }
        }
        Err(GivenUp)
    }
}
