//! A path as a story: what happens when, from the opening to where it goes wrong.

use std::collections::BTreeMap;

use super::explore::{Exploration, Step, Told};
use super::graph;
use super::product::{Clock, Config, FIRST};
use super::zone::UNBOUNDED;
use crate::definition::{Playbook, WRITTEN_TO};
use crate::fields::in_words;

/// How a story ends.
pub(super) enum Ending<'a> {
    /// With a sentence, when the last step is taken.
    Here(String),
    /// With a sentence, when a clock has run for so many seconds.
    After(&'a Clock, i64, String),
}

/// An instant of the story is at least so many seconds after an earlier one.
struct Bound {
    later: usize,
    earlier: usize,
    least: i64,
}

/// Tells a path: one line for each step, with the time since the opening, and the ending.
pub(super) fn tell(exploration: &Exploration<'_>, at: usize, last: Option<&Step>, ending: &Ending<'_>) -> Vec<String> {
    let path = exploration.path(at);
    let mut steps: Vec<(Option<&Config>, &Step)> = Vec::new();
    for (position, (_, step)) in path.iter().enumerate() {
        let before = position.checked_sub(1).and_then(|before| path.get(before));
        steps.push((before.and_then(|(node, _)| exploration.nodes.get(*node)).map(|node| &node.config), step));
    }
    // The opening itself can be the last step.
    if let Some(last) = last.filter(|last| !matches!(last.cause, Told::Opened(_))) {
        steps.push((exploration.nodes.get(at).map(|node| &node.config), last));
    }
    let stays = exploration.nodes.get(at).map(|node| &node.config).filter(|_| last.is_none());
    let times = times(exploration, &steps, stays, ending);
    let mut lines = Vec::new();
    for ((before, step), time) in steps.iter().zip(&times) {
        if !matches!(step.cause, Told::Received { waits: true, .. }) {
            lines.push(format!("{} {}", since(*time), line(exploration, *before, step)));
        }
    }
    let (Ending::Here(words) | Ending::After(_, _, words)) = ending;
    lines.push(format!("{} {words}", since(times.last().copied().unwrap_or_default())));
    lines
}

/// The earliest times at which the steps can follow each other, and that of the ending.
fn times(
    exploration: &Exploration<'_>,
    steps: &[(Option<&Config>, &Step)],
    stays: Option<&Config>,
    ending: &Ending<'_>,
) -> Vec<i64> {
    let nominal = bounds(exploration, steps, stays, ending, |seconds, _| seconds);
    let (times, settled) = earliest(&nominal, steps.len() + 1);
    if settled {
        return times;
    }
    // Only a day that is shorter or longer than 24 hours makes this possible.
    let exact = bounds(exploration, steps, stays, ending, |_, bound| bound);
    earliest(&exact, steps.len() + 1).0
}

fn earliest(bounds: &[Bound], instants: usize) -> (Vec<i64>, bool) {
    let mut times = vec![0_i64; instants];
    for _ in 0..=instants {
        let mut settled = true;
        for bound in bounds {
            let least = times.get(bound.earlier).copied().unwrap_or_default() + bound.least;
            if let Some(time) = times.get_mut(bound.later).filter(|time| **time < least) {
                *time = least;
                settled = false;
            }
        }
        if settled {
            return (times, true);
        }
    }
    (times, false)
}

/// What holds between the instants of the steps, and that of the ending if the configuration stays until then; `pick`
/// chooses between a span's plain length and its bound.
fn bounds(
    exploration: &Exploration<'_>,
    steps: &[(Option<&Config>, &Step)],
    stays: Option<&Config>,
    ending: &Ending<'_>,
    pick: fn(i64, i64) -> i64,
) -> Vec<Bound> {
    let mut bounds = Vec::new();
    let mut started: BTreeMap<Clock, usize> = BTreeMap::new();
    let instants = steps.iter().map(|(before, step)| (*before, Some(*step))).chain([(stays, None)]);
    for (at, (before, step)) in instants.enumerate() {
        if let Some(earlier) = at.checked_sub(1) {
            bounds.push(Bound { later: at, earlier, least: 0 });
        }
        for (clock, plain, bound) in before.map(|before| timers(exploration, before)).unwrap_or_default() {
            let (Clock::Timer(name, timer), Some(set)) = (&clock, started.get(&clock)) else { continue };
            // Not left standing beyond the time it is due, and not fired before.
            if bound.1 < UNBOUNDED {
                bounds.push(Bound { later: *set, earlier: at, least: -pick(plain.1, bound.1) });
            }
            let fires = step.is_some_and(|step| {
                step.ticket == *name && matches!(step.cause, Told::Timer(fired) if fired == *timer)
            });
            if fires {
                bounds.push(Bound { later: at, earlier: *set, least: pick(plain.0, bound.0) });
            }
        }
        started.extend(step.into_iter().flat_map(|step| &step.log.set).map(|clock| (clock.clone(), at)));
    }
    if let Ending::After(clock, seconds, _) = ending {
        let earlier = started.get(clock).copied().unwrap_or(0);
        bounds.push(Bound { later: steps.len(), earlier, least: *seconds });
    }
    bounds
}

/// The least and the most seconds until something happens.
type Seconds = (i64, i64);

/// The timers that are set in a configuration, with the time until they fire, plain and bounded.
fn timers(exploration: &Exploration<'_>, config: &Config) -> Vec<(Clock, Seconds, Seconds)> {
    let timers = config.clocks().into_iter().filter_map(|clock| {
        let Clock::Timer(name, timer) = &clock else { return None };
        let due = graph::timer(exploration.stepper.playbook_of(config, name)?, *timer)?;
        Some((clock, due.plain, due.bounds))
    });
    timers.collect()
}

/// A time since the opening, as scenarios write it: `+3d4h`.
fn since(seconds: i64) -> String {
    let mut out = "+".to_owned();
    for (unit, length, within) in [("d", 86_400, i64::MAX), ("h", 3_600, 24), ("m", 60, 60), ("s", 1, 60)] {
        let count = seconds / length % within;
        if count > 0 {
            out.push_str(&format!("{count}{unit}"));
        }
    }
    if out.len() == 1 { "+0h".to_owned() } else { out }
}

/// One step in words.
fn line(exploration: &Exploration<'_>, before: Option<&Config>, step: &Step) -> String {
    let playbooks = exploration.stepper.playbooks;
    let standing = before.and_then(|before| before.standing(&step.ticket, playbooks));
    let whose = if step.ticket == FIRST { "it".to_owned() } else { format!("`{}`", step.ticket) };
    let place = step.log.place.as_ref().map(|place| format!(" (line {} of {})", place.line, place.file));
    let place = place.unwrap_or_default();
    let what = match &step.cause {
        Told::Opened(how) => how.clone(),
        Told::Begun => format!("{whose} begins"),
        Told::Choice(name) => format!("a colleague chooses `{name}`{}{place}", on(&step.ticket)),
        Told::Event(event) => format!("{}{}{place}", happens(event), on(&step.ticket)),
        Told::Received { event, .. } => {
            format!("{whose} takes `{event}`{place}")
        }
        Told::Timer(timer) => {
            let line = standing.and_then(|(playbook, _)| graph::timer(playbook, *timer));
            let line = line.map(|due| format!("{} in line {} of {}", due.says, due.place.line, due.place.file));
            let silent = standing.map_or("us", |(playbook, state)| graph::waits_on(playbook, state).0);
            let nothing = match silent {
                "us" | "nobody" | "turn" => String::new(),
                party => format!("nothing comes from the {}; ", in_words(party).to_lowercase()),
            };
            format!("{nothing}the timer {}{} fires", line.unwrap_or_default(), on(&step.ticket))
        }
    };
    let playbook = standing.map(|(playbook, _)| playbook).or_else(|| {
        let first = (step.ticket == FIRST).then_some(exploration.first);
        first.or_else(|| exploration.stepper.playbook_of(before?, &step.ticket))
    });
    let mut parts = vec![what];
    parts.extend(playbook.and_then(|playbook| moved(playbook, step, &whose)));
    parts.extend(step.log.said.iter().map(|reply| format!("the reply `{reply}` is sent")));
    parts.extend(step.log.opened.iter().map(|alias| format!("it opens `{alias}`")));
    parts.extend(step.log.sent.iter().map(|(_, event)| format!("it sends `{event}`")));
    parts.join("; ")
}

fn on(ticket: &str) -> String {
    if ticket == FIRST { String::new() } else { format!(" on `{ticket}`") }
}

fn happens(event: &str) -> String {
    match event.split_once('.') {
        Some(("form", form)) => match form.strip_suffix(".completed") {
            Some(form) => format!("the form `{form}` is complete"),
            None => format!("the form `{}` is saved", form.trim_end_matches(".saved")),
        },
        Some(("agent", "replied")) => "a colleague replies".to_owned(),
        Some((party, WRITTEN_TO)) => format!("a colleague writes to the {}", in_words(party).to_lowercase()),
        Some((party, "replied")) => format!("the {} writes", in_words(party).to_lowercase()),
        Some((party, "bounced")) => format!("a mail to the {} comes back", in_words(party).to_lowercase()),
        _ => format!("`{event}` comes"),
    }
}

fn moved(playbook: &Playbook, step: &Step, whose: &str) -> Option<String> {
    let path = |state: usize| playbook.states.get(state).map(|state| state.path.clone());
    // Of nested states entered together, the innermost tells it.
    let inner: Vec<String> = (step.log.entered.iter().enumerate())
        .filter(|(at, state)| {
            let next = step.log.entered.get(at + 1).and_then(|next| playbook.states.get(*next));
            next.is_none_or(|next| next.parent != Some(**state))
        })
        .filter_map(|(_, state)| path(*state))
        .map(|path| format!("`{path}`"))
        .collect();
    (!inner.is_empty()).then(|| format!("{whose} goes to {}", inner.join(", then ")))
}
