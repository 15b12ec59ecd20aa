//! What may happen to a ticket in a state: the one place that knows every kind of move.

use std::collections::BTreeSet;

use calendar::Span;

use super::clocks;
use super::suggested;
use super::zone::UNBOUNDED;
use crate::definition::{Choice, Playbook, Promised, State, StateId, TimerRule, Transition};
use crate::source::Place;

/// How much longer or shorter than 24 hours a civil day may be, in seconds: the clocks change by an hour.
const CLOCKS_CHANGE: i64 = 3_600;

const DAY: i64 = 86_400;

/// How long an office may be closed in a row: what is counted in working time may take so much longer.
const CLOSED: i64 = 14 * DAY;

/// A timer, as far as paths are concerned.
pub(super) struct Due<'p> {
    /// What a story says it waits for.
    pub(super) says: String,
    /// The least and the most seconds after which it fires by the plain length of what it counts; [`UNBOUNDED`] when nothing says.
    pub(super) plain: (i64, i64),
    /// The same with everything that clocks and calendars may add or take away.
    pub(super) bounds: (i64, i64),
    /// Whether it is set again when it has fired.
    pub(super) returns: bool,
    pub(super) transitions: Vec<&'p Transition>,
    pub(super) place: &'p Place,
}

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

/// A timer: the state that declares it, and its position there. Suggestions and clocks have numbers of their own.
pub(super) type TimerId = (StateId, usize);

/// Whether an event is sent by a linked ticket rather than raised on the ticket itself.
pub(super) fn is_linked(playbook: &Playbook, event: &str) -> bool {
    let (sender, what) = event.split_once('.').unwrap_or((event, ""));
    // That all have ended is noticed by the desk; no ticket sends it.
    what != "all_ended" && (sender == "opener" || playbook.links.contains_key(sender))
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
    let spoken = playbook.promises.iter().filter_map(|promise| match &promise.promised {
        Promised::Hears { party, .. } => Some(format!("{party}.replied")),
        _ => None,
    });
    let events: BTreeSet<String> = on.chain(spoken).chain(clocks::events(playbook).cloned()).collect();
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

/// When a timer fires, what it leads to, and where it stands.
pub(super) fn timer(playbook: &Playbook, (state, position): TimerId) -> Option<Due<'_>> {
    if let Some((action, span)) =
        suggested::of(playbook, (state, position)).and_then(|action| Some((action, suggested::send_in(action)?)))
    {
        let (says, plain) = (format!("of the suggestion ({span})"), (span.seconds(), span.seconds()));
        return Some(Due {
            says,
            plain,
            bounds: bounds(span),
            returns: false,
            transitions: Vec::new(),
            place: &action.place,
        });
    }
    if let Some((clock, warns)) = clocks::of(playbook, (state, position)) {
        return Some(clocks::due(clock, warns, (state, position)));
    }
    let rule = playbook.states.get(state)?.timers().nth(position)?;
    let (says, plain, bounds) = match rule {
        TimerRule::After(after) => {
            (format!("of {}", after.span), (after.span.seconds(), after.span.seconds()), bounds(after.span))
        }
        TimerRule::At(_) => ("for that time".to_owned(), (0, UNBOUNDED), (0, UNBOUNDED)),
        TimerRule::Every(_) => ("of the schedule".to_owned(), (0, 7 * DAY), (0, 7 * DAY + CLOCKS_CHANGE)),
    };
    let returns = matches!(rule, TimerRule::Every(_));
    Some(Due { says, plain, bounds, returns, transitions: rule.transitions().iter().collect(), place: rule.place() })
}

/// The least and the most seconds that a span may take.
pub(super) fn bounds(span: Span) -> (i64, i64) {
    let seconds = span.seconds();
    match span {
        Span::Days(0) | Span::Weeks(0) | Span::Seconds(_) | Span::Minutes(_) | Span::Hours(_) => (seconds, seconds),
        Span::Days(_) | Span::Weeks(_) => ((seconds - CLOCKS_CHANGE).max(0), seconds + CLOCKS_CHANGE),
        Span::EndOfWorkingDay => (0, DAY + CLOSED),
        // An office may be open for an hour a day, one day a week.
        Span::BusinessMinutes(minutes) => (seconds, (i64::from(minutes) + 59) / 60 * 7 * DAY + CLOSED),
        Span::BusinessHours(hours) => (seconds, i64::from(hours) * 7 * DAY + CLOSED),
        Span::BusinessDays(days) => {
            ((i64::from(days) - 1).max(0) * DAY - CLOCKS_CHANGE, i64::from(days) * 7 * DAY + CLOSED)
        }
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

/// Whether something happens by itself in a state, sooner or later. What an instant is calculated from may be missing, and then it
/// never comes.
pub(super) fn is_timed(playbook: &Playbook, active: StateId) -> bool {
    playbook.line(active).any(|(_, state)| state.timers().any(|rule| !matches!(rule, TimerRule::At(_))))
}

/// Every transition of a state with the target it leads to, `always` and timers included.
pub(super) fn ways_out(playbook: &Playbook, state: StateId) -> impl Iterator<Item = &Transition> {
    playbook.states.get(state).into_iter().flat_map(State::transitions)
}
