//! The conversation as its page shows it: what was said, and what the procedure did in between.

use desk::attachments;
use desk::messages::{Kind, Message as Said};
use desk::rights::{Verb, may};
use desk::runs::assigned::ASSIGNED;
use desk::runs::beside;
use desk::runs::by_hand::{COPIED, CORRECTED, LEFT_OUT, PRIORITISED, SNOOZED, TAGGED, UNDONE, WOKEN};
use desk::runs::checklists;
use desk::runs::history::Entry as Happened;
use desk::runs::view::TicketView;
use jiff::SignedDuration;
use playbook::{ClockTrace, RECOUNTED, Trace};
use store::Id;

use super::asked::with;
use super::conversation::{Attachment, Delivery, Entry, Guard, Message, MessageKind, Splitting, Step, Why};
use super::deeds::priority_key;
use super::files::{remote_pictures, shows_files};
use super::fill_composer::size;
use super::fill_done;
use super::fill_fields::{shown, spoken};
use super::fill_list::Words;
use super::fill_ticket::Wanted;
use super::past::Past;
use super::returned;
use crate::pages::person::Person;
use crate::pages::prose::Prose;
use crate::pages::visit::Visit;

/// What was said and done, oldest first, as much as is wanted of it.
///
/// `undo` is what was done to the ticket last, when it can still be undone: its step says so.
pub fn entries(
    visit: &Visit,
    words: &Words,
    view: &TicketView,
    past: &Past,
    wanted: &Wanted<'_>,
    undo: Option<Id>,
) -> Vec<Entry> {
    let window = wanted.window.of(&past.messages);
    let (works, me) = (may(&visit.actor(), Verb::WorkOnTickets), visit.actor().agent_id());
    let mut entries: Vec<(Id, Entry)> = Vec::new();
    // A ticket's only message is the ticket.
    let has_several = past.messages.iter().filter(|message| message.kind == Kind::Incoming).count() > 1;
    for message in past.messages.iter().filter(|message| window.shows(message.id)) {
        let cause = past.steps.iter().rfind(|step| step.id < message.id);
        let refusal = past.refusal_of(message.id, visit.texts.tag());
        let mut shown = message_view(visit, words, view, message, past.files_of(message.id), cause, refusal);
        returned::show_on(&mut shown, past.returned_of(message.id), words);
        shown.from = past.came_from(message);
        if message.kind == Kind::Note && message.author.kind == "agent" {
            shown.body = shown.body.naming(|words| past.names_in(words)).numbering();
        }
        let is_mine = message.author.kind == "agent" && message.author.id.is_some() && message.author.id == me;
        shown.own = matches!(message.kind, Kind::Incoming | Kind::Reply).then_some(is_mine);
        let can_begin = has_several && message.kind == Kind::Incoming && works && view.merged_into.is_none();
        shown.split = can_begin.then(|| {
            let here = wanted.window.query(wanted.query);
            if window.split != Some(message.id) {
                let query = with(&here, "split", message.id);
                return Splitting::Offered(format!("/tickets/{}{query}#message-{}", view.ticket.id, message.id));
            }
            let subject = message.subject.clone().unwrap_or_else(|| view.ticket.subject.clone());
            Splitting::Asked { subject, back: format!("/tickets/{}{here}#message-{}", view.ticket.id, message.id) }
        });
        entries.push((message.id, Entry::Message(shown)));
    }
    let last = past.steps.iter().rfind(|step| is_by_hand(&step.event)).map(|step| step.id);
    let steps = past.steps.iter().filter(|step| window.shows(step.id)).filter_map(|step| {
        let shown = step_view(visit, words, view, step)?;
        let undo = undo.filter(|_| last == Some(step.id)).map(|bulk| (bulk.to_string(), view.ticket.id.to_string()));
        Some((step.id, Entry::Step(Step { undo, ..shown })))
    });
    entries.extend(steps);
    entries.sort_by_key(|(id, _)| *id);
    entries.into_iter().map(|(_, entry)| entry).collect()
}

fn message_view(
    visit: &Visit,
    words: &Words,
    view: &TicketView,
    message: &Said,
    files: &[attachments::Attachment],
    cause: Option<&Happened>,
    refusal: Option<String>,
) -> Message {
    let ours = message.kind != Kind::Incoming;
    let readable = if ours {
        mail::markdown::to_text(&message.text)
    } else {
        mail::reply_text::of(&message.text, message.subject.as_deref())
    };
    let quoted = (!ours && readable.trim().len() < message.text.trim().len()).then(|| message.text.clone());
    Message {
        id: message.id.to_string(),
        kind: match message.kind {
            Kind::Incoming => MessageKind::Incoming,
            Kind::Reply => MessageKind::Reply,
            Kind::Note => MessageKind::Note,
            Kind::Automatic => MessageKind::Automatic,
        },
        author: author(view, message),
        to: message.recipient.clone(),
        copies: message.copies.iter().map(|copy| copy.label()).collect::<Vec<_>>().join(", "),
        subject: message.subject.clone().filter(|subject| *subject != view.ticket.subject),
        body: Prose::from_text(readable.trim()),
        quoted,
        original: message.html.is_some().then(|| format!("/tickets/{}/messages/{}", view.ticket.id, message.id)),
        remote: message.html.as_deref().map_or(0, remote_pictures),
        attachments: files.iter().filter(|file| !is_within(file, message)).map(attachment).collect(),
        at: words.moments.when(message.created_at),
        delivery: message.delivery.as_deref().map(|delivery| match delivery {
            "waiting" => Delivery::Waiting,
            "sent" => Delivery::Sent,
            _ => Delivery::Failed(refusal.unwrap_or_default()),
        }),
        returned: Vec::new(),
        why: match (message.kind, message.author.kind.as_str()) {
            (Kind::Automatic, _) | (Kind::Note, "desk") => {
                cause.and_then(|step| Some(why(visit, words, view, step.trace.as_ref()?)))
            }
            _ => None,
        },
        own: None,
        from: None,
        split: None,
    }
}

fn author(view: &TicketView, message: &Said) -> Person {
    match message.author.kind.as_str() {
        "desk" => Person::named(&view.handbook.desk.name),
        "contact" if message.author.id == Some(view.requester.id) => {
            Person { name: view.requester.label().to_owned(), email: view.requester.address.clone() }
        }
        _ => Person::named(&message.author.name),
    }
}

/// Whether a file is a picture that the message's own HTML shows.
fn is_within(file: &attachments::Attachment, message: &Said) -> bool {
    file.inline && message.html.as_deref().is_some_and(shows_files)
}

fn attachment(file: &attachments::Attachment) -> Attachment {
    Attachment { name: file.name.clone(), size: size(file.size), href: format!("/attachments/{}", file.id) }
}

/// A step worth a line: one that moved, did something, or failed.
fn step_view(visit: &Visit, words: &Words, view: &TicketView, step: &Happened) -> Option<Step> {
    let title = |state: &str| words.state(&view.ticket.playbook, state);
    let texts = visit.texts;
    let beside = || given(visit, step).or_else(|| by_hand(visit, words, view, step)).or_else(|| together(visit, step));
    if let Some(summary) = checked(visit, view, step).or_else(beside) {
        let why = step.trace.as_ref().map(|trace| why(visit, words, view, trace))?;
        return Some(Step {
            id: step.id.to_string(),
            summary,
            at: words.moments.when(step.created_at),
            why,
            undo: None,
        });
    }
    let summary = match (&step.fault, &step.from, &step.to) {
        (Some(fault), _, _) => texts.with("step-failed", &[("fault", &fault.to_string())]),
        (None, None, Some(to)) => texts.with("step-began", &[("state", &title(to))]),
        (None, Some(from), Some(to)) if from != to => {
            let chosen = step.event.starts_with("choice.") && step.by.kind == "agent";
            let key = if chosen { "step-moved-by" } else { "step-moved" };
            texts.with(key, &[("by", &step.by.name), ("from", &title(from)), ("to", &title(to))])
        }
        (None, _, Some(to)) if step.event == RECOUNTED => texts.with("step-recounted", &[("state", &title(to))]),
        (None, _, Some(to)) if step.trace.as_ref().is_some_and(|trace| !trace.actions.is_empty()) => {
            let done = step.trace.as_ref().and_then(|trace| fill_done::all(texts, words, view, trace));
            done.unwrap_or_else(|| texts.with("step-stayed", &[("state", &title(to))]))
        }
        _ => return None,
    };
    // Of a step that moved it, what it did besides.
    let moved = step.fault.is_none() && step.from != step.to;
    let came = step.trace.as_ref().filter(|_| moved).and_then(|trace| fill_done::came(texts, words, view, trace));
    let summary = came.map_or_else(|| summary.clone(), |came| format!("{summary} · {came}"));
    let why = match (&step.trace, &step.fault) {
        (Some(trace), _) => why(visit, words, view, trace),
        (None, Some(fault)) => Why {
            event: step.event.clone(),
            file: fault.place.file.to_string(),
            line: fault.place.line,
            ..Why::default()
        },
        (None, None) => return None,
    };
    Some(Step { id: step.id.to_string(), summary, at: words.moments.when(step.created_at), why, undo: None })
}

/// The line of an item that was checked, or whose mark was taken back.
fn checked(visit: &Visit, view: &TicketView, step: &Happened) -> Option<String> {
    let (checklist, item, done) = checklists::of_event(&step.event)?;
    let known = view.handbook.playbook(&view.ticket.playbook)?.checklist_item(checklist, item);
    let label = known.map_or(item, |(label, _)| label.text(visit.texts.tag()));
    let key = if done { "step-checked" } else { "step-unchecked" };
    Some(visit.texts.with(key, &[("by", &step.by.name), ("item", label)]))
}

/// The line of a ticket that was given to somebody by hand.
fn given(visit: &Visit, step: &Happened) -> Option<String> {
    let trace = step.trace.as_ref().filter(|_| step.event == ASSIGNED)?;
    let by = step.by.name.as_str();
    Some(match trace.note.as_deref() {
        None => visit.texts.with("step-left", &[("by", by)]),
        Some(to) if to == by => visit.texts.with("step-taken", &[("by", by)]),
        Some(to) => visit.texts.with("step-given", &[("by", by), ("to", to)]),
    })
}

/// Whether it is one of the things that can be undone.
fn is_by_hand(event: &str) -> bool {
    [ASSIGNED, PRIORITISED, TAGGED, SNOOZED, WOKEN].contains(&event)
}

/// The line of what somebody did to the ticket beside its procedure.
fn by_hand(visit: &Visit, words: &Words, view: &TicketView, step: &Happened) -> Option<String> {
    let texts = visit.texts;
    let by = step.by.name.as_str();
    let note = step.trace.as_ref()?.note.as_deref().unwrap_or_default();
    Some(match step.event.as_str() {
        PRIORITISED => texts.with("step-prioritised", &[("by", by), ("priority", &texts.get(priority_key(note)))]),
        TAGGED if note.is_empty() => texts.with("step-untagged", &[("by", by)]),
        TAGGED => texts.with("step-tagged", &[("by", by), ("tags", note)]),
        SNOOZED => {
            let until = note.parse().map_or_else(|_| note.to_owned(), |until| words.moments.point(until).shown);
            texts.with("step-snoozed", &[("by", by), ("until", &until)])
        }
        WOKEN => texts.get("step-woken"),
        CORRECTED => return corrected(visit, words, view, by, note),
        UNDONE => texts.with("step-undone", &[("by", by)]),
        COPIED => texts.with("step-copied", &[("by", by), ("who", note)]),
        LEFT_OUT => texts.with("step-left-out", &[("by", by), ("who", note)]),
        _ => return None,
    })
}

/// The line of a field that was corrected: what it says, and what it said.
fn corrected(visit: &Visit, words: &Words, view: &TicketView, by: &str, note: &str) -> Option<String> {
    let told: serde_json::Value = serde_json::from_str(note).ok()?;
    let name = told.get("field")?.as_str()?;
    let field = view.handbook.playbook(&view.ticket.playbook).and_then(|playbook| playbook.fields().get(name));
    let said = |part: &str| {
        let value = told.get(part)?;
        field.map_or_else(|| spoken(value), |field| shown(visit, words, field, value))
    };
    let said = |part: &str| said(part).unwrap_or_else(|| visit.texts.get("step-corrected-empty"));
    let label = field.map_or(name, |field| field.label.text(visit.texts.tag()));
    let told = [("by", by), ("field", label), ("now", &said("now")), ("was", &said("was"))];
    Some(visit.texts.with("step-corrected", &told))
}

/// The line of what was done with another ticket: merged, linked, split.
fn together(visit: &Visit, step: &Happened) -> Option<String> {
    let key = match step.event.as_str() {
        beside::MERGED => "step-merged",
        beside::TOOK_IN => "step-merged-here",
        beside::PARTED => "step-unmerged",
        beside::GAVE_BACK => "step-unmerged-here",
        beside::LINKED => "step-linked",
        beside::UNLINKED => "step-unlinked",
        beside::SPLIT => "step-split",
        beside::BEGAN => "step-split-here",
        _ => return None,
    };
    let other = step.trace.as_ref()?.note.as_deref().unwrap_or_default();
    Some(visit.texts.with(key, &[("by", &step.by.name), ("other", other)]))
}

fn why(visit: &Visit, words: &Words, view: &TicketView, trace: &Trace) -> Why {
    let playbook = view.handbook.playbook(&view.ticket.playbook);
    let clock = |moved: &ClockTrace| {
        let title = playbook.and_then(|playbook| playbook.clock_title(&moved.clock));
        let title = title.map_or(moved.clock.as_str(), |title| title.text(visit.texts.tag()));
        let left = words.moments.hours(SignedDuration::from_secs(moved.left));
        let key = if moved.stands { "why-clock-stopped" } else { "why-clock-resumed" };
        visit.texts.with(key, &[("clock", title), ("left", &left)])
    };
    let title = |state: &str| words.state(&view.ticket.playbook, state);
    let moved = trace.from.as_ref().filter(|from| **from != trace.to).map(|from| (title(from), title(&trace.to)));
    let chosen = trace.event.strip_prefix("choice.").and_then(|choice| playbook?.choice_label(choice));
    let place = trace.place.as_ref().or_else(|| trace.actions.first().map(|action| &action.place));
    Why {
        event: trace.event.clone(),
        event_title: chosen.map(|label| label.text(visit.texts.tag()).to_owned()),
        // What a correction notes is said in its line, in words.
        note: trace.note.as_deref().filter(|_| trace.event != CORRECTED).map(|note| Prose::from_text(note).numbering()),
        clocks: trace.clocks.iter().map(clock).collect(),
        transition: moved,
        guards: trace
            .guards
            .iter()
            .map(|guard| Guard {
                expression: guard.expression.clone(),
                held: guard.held,
                values: guard.values.iter().map(|(name, value)| (name.clone(), value.to_string())).collect(),
            })
            .collect(),
        actions: trace
            .actions
            .iter()
            .map(|action| format!("{} ({}:{})", action.action, action.place.file, action.place.line))
            .collect(),
        file: place.map(|place| place.file.to_string()).unwrap_or_default(),
        line: place.map_or(0, |place| place.line),
    }
}
