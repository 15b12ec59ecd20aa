//! What colleagues do with a ticket beside its procedure, as its page shows it.

use desk::Result;
use desk::rights::{Verb, may};
use desk::runs::view::TicketView;
use desk::sendings::{self, Sending};
use desk::tickets::{Ticket, followers, merges, related};
use jiff::{SignedDuration, Timestamp, ToSpan};
use store::{Conn, Id};

use super::beside::{Beside, Deed, Other, Preset, Waiting};
use super::fill_asked::in_words;
use super::fill_list::{Words, standing};
use super::fill_ticket::Again;
use crate::pages::prose::Prose;
use crate::pages::visit::Visit;

/// A form that came back with what is wrong with it.
#[derive(Clone, Debug)]
pub struct Undone {
    /// Whether it was a merge; otherwise a link.
    pub merge: bool,
    /// The number that was entered.
    pub number: String,
    /// What is wrong.
    pub error: String,
}

/// All of it, under the viewer's rights. `said` is the newest message to or from somebody outside.
pub async fn beside(
    conn: &mut Conn,
    visit: &Visit,
    words: &Words,
    view: &TicketView,
    said: Option<Id>,
    again: &Again,
) -> Result<Beside> {
    let id = view.ticket.id;
    let scope = visit.scope()?;
    let merged_into = match &view.merged_into {
        Some(into) => {
            let (by, at) = merges::merge_of(conn, id).await?.unzip();
            Some(Other { by, at: at.map(|at| words.moments.when(at)), ..other(into) })
        }
        None => None,
    };
    let merged = view.merged.iter().map(|merged| Other {
        by: Some(merged.by.clone()),
        at: Some(words.moments.when(merged.at)),
        ..other(&merged.ticket)
    });
    let mut beside = Beside { merged_into, merged: merged.collect(), ..Beside::default() };
    for linked in related::of_ticket(conn, id).await? {
        if scope.sees(conn, linked.ticket.id).await? {
            let split = linked.kind == related::Kind::Split;
            let begun_here = split && linked.ticket.number > view.ticket.number;
            beside.related.push(Other { split, begun_here, ..other(&linked.ticket) });
        }
    }
    let me = visit.actor().agent_id();
    for agent in followers::of_ticket(conn, id).await? {
        match Some(agent.id) == me {
            true => beside.follows = true,
            false => beside.followers.push(agent.name),
        }
    }
    for sending in sendings::of_ticket(conn, scope, id).await? {
        let files = sendings::files(conn, sending.id).await?.into_iter().map(|file| file.name).collect();
        let crossed = said > sending.seen;
        let late = again.late.as_ref().filter(|(of, _)| *of == sending.id).map(|(_, late)| late.clone());
        beside.sendings.push(Waiting { files, late, ..waiting(visit, words, &sending, crossed) });
    }
    if may(&visit.actor(), Verb::WorkOnTickets) {
        beside.presets = presets(visit, words);
    }
    if let Some(undone) = &again.undone {
        let deed = Deed { number: undone.number.clone(), error: Some(undone.error.clone()) };
        *(if undone.merge { &mut beside.merging } else { &mut beside.linking }) = deed;
    }
    Ok(beside)
}

/// Another ticket, without who brought the two together.
pub fn other(ticket: &Ticket) -> Other {
    Other {
        id: ticket.id.to_string(),
        number: ticket.number.to_string(),
        subject: ticket.subject.clone(),
        standing: standing(ticket.status, &ticket.waiting_on),
        by: None,
        at: None,
        split: false,
        begun_here: false,
    }
}

/// A reply that waits.
pub fn waiting(visit: &Visit, words: &Words, sending: &Sending, crossed: bool) -> Waiting {
    let held = sending.held.as_deref().or(crossed.then_some("crossed")).map(|why| visit.texts.get(why_held(why)));
    Waiting {
        id: sending.id.to_string(),
        author: sending.author.name.clone(),
        own: sending.author.id.is_some() && sending.author.id == visit.actor().agent_id(),
        to: (!sending.party.is_empty()).then(|| in_words(&sending.party)),
        body: Prose::from_text(mail::markdown::to_text(&sending.text).trim()),
        files: Vec::new(),
        briefly: sending.briefly && held.is_none(),
        at: words.moments.when(sending.send_at),
        left: sending.send_at.duration_since(words.moments.now()).as_secs().max(0),
        held,
        late: None,
    }
}

/// The text that says why a reply is held back.
fn why_held(code: &str) -> &'static str {
    match code {
        "crossed" => "sending-held-crossed",
        "closed" => "sending-held-closed",
        "no-address" => "sending-held-no-address",
        "nobody-there" => "sending-held-nobody-there",
        "restored" => "sending-held-restored",
        _ => "sending-held-otherwise",
    }
}

/// The hours at which a reply can be sent.
pub fn presets(visit: &Visit, words: &Words) -> Vec<Preset> {
    let now = visit.app.desk.now();
    let preset = |value, key, at: Option<Timestamp>| Some(Preset { value, key, at: words.moments.point(at?) });
    let presets =
        [preset("hour", "later-hour", in_an_hour(now)), preset("morning", "later-morning", next_morning(words, now))];
    presets.into_iter().flatten().collect()
}

/// An hour from now.
pub fn in_an_hour(now: Timestamp) -> Option<Timestamp> {
    now.checked_add(SignedDuration::from_hours(1)).ok()
}

/// When the desk opens next from tomorrow on, by its calendar: tomorrow at nine where tomorrow is a working day that begins at nine.
pub fn next_morning(words: &Words, now: Timestamp) -> Option<Timestamp> {
    let calendar = words.handbook.desk_calendar();
    let tomorrow = now.to_zoned(calendar.zone().clone()).checked_add(1.day()).ok()?.start_of_day().ok()?;
    calendar.next_opening(tomorrow.timestamp())
}
