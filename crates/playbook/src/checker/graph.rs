//! What may happen to a ticket in a state: the one place that knows every kind of move.

use std::collections::BTreeSet;

use calendar::Span;

use crate::definition::{Choice, Playbook, Promise, StateId, Transition};
use crate::source::Place;

/// How much longer or shorter than 24 hours a civil day may be, in seconds: the clocks change by an hour.
const CLOCKS_CHANGE: i64 = 3_600;

/// Something that may happen to a ticket in a state.
#[derive(Clone, Debug)]
pub(super) enum Move<'p> {
    /// A colleague chooses.
    Choice(&'p Choice),
    /// Something happens: the event's name, and whether it takes somebody outside the desk.
    Happening { event: String, outside: bool },
    /// A timer falls due.
    Timer(TimerId),
    /// A closed ticket's requester writes.
    Return,
}

/// An `after`: the state that declares it, and which of them.
pub(super) type TimerId = (StateId, usize);

/// Whether an event is sent by a linked ticket rather than raised on the ticket itself.
pub(super) fn is_linked(playbook: &Playbook, event: &str) -> bool {
    let sender = event.split('.').next().unwrap_or_default();
    sender == "opener" || playbook.links.contains_key(sender)
}

/// Whether an event is what the desk raises by itself while it acts (`reply.NAME`).
pub(super) fn is_raised(event: &str) -> bool {
    event.starts_with("reply.")
}

/// Whether it takes somebody outside the desk to make an event happen.
fn is_outside(event: &str) -> bool {
    let (who, what) = event.split_once('.').unwrap_or((event, ""));
    who == "requester" || who == "form" || (what == "replied" && who != "agent")
}

/// The moves that may come in a state. Timers are those that are set. `opener_unknown` says that whoever opened the
/// ticket is not part of what is explored, so that its events may come at any time.
pub(super) fn moves<'p>(
    playbook: &'p Playbook,
    active: StateId,
    timers: impl Iterator<Item = TimerId>,
    opener_unknown: bool,
) -> Vec<Move<'p>> {
    let mut moves: Vec<Move<'p>> = timers.map(Move::Timer).collect();
    moves.extend(playbook.visible_choices(active).map(Move::Choice));
    let on = playbook.line(active).flat_map(|(_, state)| &state.on).map(|(event, _)| event.clone());
    let spoken = playbook.promises.iter().filter_map(|(promise, _)| match promise {
        Promise::Hears { party, .. } => Some(format!("{party}.replied")),
        _ => None,
    });
    let events: BTreeSet<String> = on.chain(spoken).collect();
    for event in events {
        let linked = is_linked(playbook, &event);
        let comes_by_itself = if linked { opener_unknown && event.starts_with("opener.") } else { !is_raised(&event) };
        if comes_by_itself && !event.starts_with("choice.") {
            let outside = is_outside(&event) && !linked;
            moves.push(Move::Happening { event, outside });
        }
    }
    let is_final = playbook.states.get(active).is_some_and(|state| state.is_final);
    if is_final && playbook.reopen.is_some() {
        moves.push(Move::Return);
    }
    moves
}

/// The transitions for an event, in the order in which their guards are asked.
pub(super) fn answers<'p>(playbook: &'p Playbook, active: StateId, event: &str) -> Vec<&'p Transition> {
    let on = playbook.line(active).flat_map(|(_, state)| &state.on);
    on.filter(|(name, _)| name == event).flat_map(|(_, transitions)| transitions).collect()
}

/// Every `always` of a state and those around it, in the order in which their guards are asked.
pub(super) fn always(playbook: &Playbook, active: StateId) -> Vec<&Transition> {
    playbook.line(active).flat_map(|(_, state)| &state.always).collect()
}

/// What a timer leads to, and where it stands.
pub(super) fn timer(playbook: &Playbook, (state, position): TimerId) -> Option<(Span, Vec<&Transition>, &Place)> {
    let after = playbook.states.get(state)?.after.get(position)?;
    Some((after.span, after.transitions.iter().collect(), &after.place))
}

/// The least and the most seconds that a span may take.
pub(super) fn bounds(span: Span) -> (i64, i64) {
    let seconds = span.seconds();
    match span {
        Span::Days(days) if days > 0 => ((seconds - CLOCKS_CHANGE).max(0), seconds + CLOCKS_CHANGE),
        _ => (seconds, seconds),
    }
}

/// Whom a state waits for, and whether that is somebody outside the desk.
pub(super) fn waits_on(playbook: &Playbook, active: StateId) -> (&str, bool) {
    if playbook.states.get(active).is_some_and(|state| state.is_final) {
        return ("nobody", false);
    }
    let party = playbook.line(active).find_map(|(_, state)| state.waiting_on.as_deref()).unwrap_or("us");
    (party, party != "us")
}

/// Every transition of a state with the target it leads to, `always` and timers included.
pub(super) fn ways_out(playbook: &Playbook, state: StateId) -> impl Iterator<Item = &Transition> {
    let state = playbook.states.get(state);
    state.into_iter().flat_map(|state| {
        (state.on.iter().flat_map(|(_, transitions)| transitions))
            .chain(&state.always)
            .chain(state.after.iter().flat_map(|after| &after.transitions))
            .chain(state.choices.iter().filter_map(|choice| choice.transition.as_ref()))
    })
}
