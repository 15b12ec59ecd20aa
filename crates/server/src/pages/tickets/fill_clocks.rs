//! The clocks of a ticket, told in the viewer's words: how each stands, and why it runs out when it does.

use desk::runs::view::TicketView;
use jiff::Timestamp;
use playbook::{ClockReason, ClockState, ClockView, Pause, REQUESTER, Rest, StillFor, Whose};

use super::chip::{Clock, Nearness};
use super::clocks::{ClockLine, Left};
use super::fill_list::Words;
use crate::pages::visit::Visit;
use crate::pages::when::When;
use crate::texts::Texts;

/// The one condition of `while` that is told in words.
const OUR_TURN: &str = "waiting_on == \"us\"";

/// The clocks, those first that run or have run out. Those of a merged ticket are set aside with it.
pub(super) fn clocks(visit: &Visit, words: &Words, view: &TicketView) -> Vec<ClockLine> {
    if view.ticket.merged_into.is_some() {
        return Vec::new();
    }
    view.clocks.iter().map(|clock| line(visit.texts, words, view, clock)).collect()
}

/// The chip of the clock that runs out first, where one runs or has run out.
pub(super) fn chip(texts: &'static Texts, words: &Words, view: &TicketView) -> Option<Clock> {
    let first = view.clocks.first().filter(|clock| clock.run.is_open() && view.ticket.merged_into.is_none())?;
    let chip = super::fill_list::clock(words, first.run.due).called(first.title.text(words.language));
    if let (ClockState::Paused(Pause::Still { .. }), Some(rest)) = (&first.state, first.left) {
        let left = texts.with("deadline-chip-left", &[("length", &length_of(words, rest))]);
        let due = When::new(String::new(), rest_of(texts, words, rest), left);
        return Some(Clock { due, nearness: Nearness::Paused, left: None, ..chip });
    }
    let paused = matches!(first.state, ClockState::Paused(_));
    Some(if paused { Clock { nearness: Nearness::Paused, left: None, ..chip } } else { chip })
}

fn line(texts: &'static Texts, words: &Words, view: &TicketView, clock: &ClockView) -> ClockLine {
    let moments = &words.moments;
    let until = clock.run.due.duration_since(moments.now());
    let runs = matches!(clock.state, ClockState::Running | ClockState::Warned | ClockState::Breached);
    ClockLine {
        name: clock.name.clone(),
        title: clock.title.text(words.language).to_owned(),
        state: clock.state.as_str(),
        due: (!matches!(clock.state, ClockState::Paused(Pause::Still { .. }))).then(|| moments.point(clock.run.due)),
        left: runs.then(|| Left { seconds: until.as_secs(), shown: moments.length(until.abs()) }),
        note: note(texts, words, view, clock),
        why: why(texts, words, view, clock),
    }
}

/// Why its time does not pass; of one that is over how long it took.
fn note(texts: &'static Texts, words: &Words, view: &TicketView, clock: &ClockView) -> Option<String> {
    match (&clock.state, clock.run.ended) {
        (ClockState::Paused(Pause::Closed { until }), _) => {
            Some(texts.with("deadline-closed", &[("until", &words.moments.point(*until).shown)]))
        }
        (ClockState::Paused(Pause::NotCounted { condition }), _) if condition.trim() == OUR_TURN => {
            Some(texts.get("deadline-not-us"))
        }
        (ClockState::Paused(Pause::NotCounted { condition }), _) => {
            Some(texts.with("deadline-not-counted", &[("condition", condition.trim())]))
        }
        (ClockState::Paused(Pause::Still { because, .. }), _) => Some(still(texts, words, view, clock.left, because)),
        (ClockState::Met | ClockState::Late, Some(ended)) => {
            let took = words.moments.length(ended.duration_since(clock.run.started));
            Some(texts.with("deadline-took", &[("length", &took)]))
        }
        _ => None,
    }
}

/// Why it stands still, and what is left.
fn still(texts: &'static Texts, words: &Words, view: &TicketView, left: Option<Rest>, because: &StillFor) -> String {
    let left = left.map(|left| rest_of(texts, words, left)).unwrap_or_default();
    match because {
        StillFor::WaitingOn(who) if who == REQUESTER => texts.with("deadline-still-client", &[("left", &left)]),
        StillFor::WaitingOn(who) if who == "us" => texts.with("deadline-still-us", &[("left", &left)]),
        StillFor::WaitingOn(who) if who == "third_party" => texts.with("deadline-still-others", &[("left", &left)]),
        StillFor::WaitingOn(who) => texts.with("deadline-still-party", &[("who", who), ("left", &left)]),
        StillFor::State(path) => {
            let known = view.outline.iter().find(|state| state.path == *path);
            let state = known.map_or(path.as_str(), |state| state.title.text(words.language));
            texts.with("deadline-still-state", &[("state", state), ("left", &left)])
        }
    }
}

/// So much time, or so much working time.
fn rest_of(texts: &'static Texts, words: &Words, rest: Rest) -> String {
    let length = length_of(words, rest);
    if rest.is_working_time { texts.with("deadline-working-time", &[("length", &length)]) } else { length }
}

/// Working time has no days: a working day is no day.
fn length_of(words: &Words, rest: Rest) -> String {
    if rest.is_working_time { words.moments.hours(rest.length) } else { words.moments.length(rest.length) }
}

/// In sentences: how long it runs and in whose time, when it began, and what it passed over.
fn why(texts: &'static Texts, words: &Words, view: &TicketView, clock: &ClockView) -> Vec<String> {
    let reason = &clock.why;
    let shown = |at: Timestamp| words.moments.point(at).shown;
    let mut why = vec![length(texts, words, view, reason)];
    let began = shown(clock.run.started);
    why.push(match reason.counted_from {
        Some(from) => texts.with("deadline-why-outside", &[("began", &began), ("from", &shown(from))]),
        None => texts.with("deadline-why-began", &[("began", &began)]),
    });
    for (day, name) in &reason.days_off {
        let day = words.moments.civil_day(*day);
        why.push(match name {
            Some(name) => texts.with("deadline-why-holiday", &[("day", &day), ("name", name)]),
            None => texts.with("deadline-why-day-off", &[("day", &day)]),
        });
    }
    if let Some(stood) = reason.stood_still {
        why.push(texts.with("deadline-why-still", &[("length", &rest_of(texts, words, stood))]));
    }
    why
}

/// How long it runs, and in whose time that is counted.
fn length(texts: &'static Texts, words: &Words, view: &TicketView, reason: &ClockReason) -> String {
    let text = reason.span.to_string();
    let (number, unit) = text.split_once(' ').unwrap_or((&text, ""));
    let zone = reason.zone.as_deref().unwrap_or_default();
    let ([day, working], who, by) = whose(texts, words, view, reason);
    let about = [("who", who.as_str()), ("by", by.as_str()), ("zone", zone)];
    let Ok(count) = number.parse::<usize>() else {
        return match reason.span.is_working_time() {
            true => texts.with(day, &about),
            false => texts.with("deadline-why-exact", &[("length", &text)]),
        };
    };
    let key = match unit.trim_end_matches('s') {
        "business minute" => "deadline-business-minutes",
        "business hour" => "deadline-business-hours",
        "business day" => "deadline-business-days",
        "week" => "deadline-weeks",
        _ => "deadline-days",
    };
    let length = texts.count(key, count);
    match reason.span.is_working_time() {
        true => texts.with(working, &[("length", length.as_str()), about[0], about[1], about[2]]),
        false => texts.with("deadline-why-civil", &[("length", &length), ("zone", zone)]),
    }
}

/// The texts for a working day and for working time, with who they are of and by which calendar.
fn whose(
    texts: &'static Texts,
    words: &Words,
    view: &TicketView,
    reason: &ClockReason,
) -> ([&'static str; 2], String, String) {
    let (keys, who) = match reason.counted_by.whose {
        Whose::Organization => {
            let who = view.organization.as_ref().map(|known| known.name.clone()).unwrap_or_default();
            (["deadline-why-day-client", "deadline-why-working-client"], who)
        }
        Whose::Team => {
            let who = view.ticket.team.as_deref().map(|team| words.team(team)).unwrap_or_default();
            (["deadline-why-day-team", "deadline-why-working-team"], who)
        }
        Whose::Named | Whose::Desk => (["deadline-why-day-ours", "deadline-why-working-ours"], String::new()),
    };
    let calendar = reason.counted_by.calendar.as_ref();
    let by = calendar.map(|calendar| texts.with("deadline-by-calendar", &[("calendar", calendar)]));
    (keys, who, by.unwrap_or_default())
}
