//! The composer as its ticket's page shows it.

use desk::Result;
use desk::contacts::Contact;
use desk::drafts::{self, Draft, Kind};
use desk::runs::canned::Canned;
use desk::runs::parties::Reached;
use desk::runs::view::TicketView;
use playbook::Status;
use store::{Conn, Id};

use super::choice::{Addressee, CannedReply, Composer, DraftFile, Revisions};
use super::fill_asked::in_words;
use super::question::Suggestion;
use crate::pages::visit::Visit;

/// What was written and could not be sent.
#[derive(Default)]
pub struct Unsent {
    /// The words.
    pub body: String,
    /// Whether they are a note.
    pub note: bool,
    /// The party that they are for; empty for the requester.
    pub to: String,
    /// What is wrong with them.
    pub error: String,
}

/// The composer; `None` when nothing more can be said. `seen` is the newest message that its writer has before them.
pub async fn composer(
    conn: &mut Conn,
    visit: &Visit,
    view: &TicketView,
    seen: Option<Id>,
    suggestion: Option<&Suggestion>,
    unsent: Option<&Unsent>,
) -> Result<Option<Composer>> {
    if view.ticket.status == Status::Closed {
        return Ok(None);
    }
    let mut kept = drafts::of_ticket(conn, visit.scope()?, &visit.actor(), view.ticket.id).await?;
    let (mut reply, mut note) = (take(&mut kept, Kind::Reply), take(&mut kept, Kind::Note));
    let revisions = Revisions { reply: reply.revision(), note: note.revision() };
    if let Some(unsent) = unsent {
        let words = if unsent.note { &mut note } else { &mut reply };
        words.text.clone_from(&unsent.body);
    }
    let is_note = unsent.map_or(reply.text.is_empty() && !note.text.is_empty(), |unsent| unsent.note);
    let suggested = suggestion.map_or("", |suggestion| suggestion.text.as_str());
    let body = match (is_note, reply.text.is_empty()) {
        (true, _) => &note.text,
        (false, true) => suggested,
        (false, false) => &reply.text,
    };
    let to = unsent.map_or(reply.party.as_str(), |unsent| unsent.to.as_str());
    Ok(Some(Composer {
        body: body.to_owned(),
        note: is_note,
        error: unsent.map(|unsent| unsent.error.clone()),
        to: view.requester.label().to_owned(),
        addressees: addressees(view, to),
        unreachable: (view.parties.iter().filter(|reached| reached.people.is_empty()))
            .map(|reached| in_words(&reached.party))
            .collect(),
        seen: seen.map(|id| id.to_string()).unwrap_or_default(),
        revisions,
        submission: visit.app.desk.ground.chance.token()?,
        writer: visit.actor().agent_id().map(|id| id.to_string()).unwrap_or_default(),
        reply_files: reply.files.iter().map(file_view).collect(),
        note_files: note.files.iter().map(file_view).collect(),
        reply: reply.text,
        note_words: note.text,
        canned: Canned::of(view, visit.app.desk.now()).is_some_and(|canned| canned.is_some()),
    }))
}

/// Which words are kept of the viewer's drafts on a ticket that is not closed.
pub async fn revisions(conn: &mut Conn, visit: &Visit, view: &TicketView) -> Result<Option<Revisions>> {
    if view.ticket.status == Status::Closed {
        return Ok(None);
    }
    let mut kept = drafts::of_ticket(conn, visit.scope()?, &visit.actor(), view.ticket.id).await?;
    let (reply, note) = (take(&mut kept, Kind::Reply), take(&mut kept, Kind::Note));
    Ok(Some(Revisions { reply: reply.revision(), note: note.revision() }))
}

/// The draft of one kind, empty where there is none.
fn take(kept: &mut Vec<Draft>, kind: Kind) -> Draft {
    let at = kept.iter().position(|draft| draft.kind == kind);
    at.map(|at| kept.remove(at)).unwrap_or_else(|| Draft {
        kind,
        party: String::new(),
        text: String::new(),
        files: Vec::new(),
        updated_at: None,
    })
}

/// A file of a draft as pages show it.
pub fn file_view(file: &drafts::File) -> DraftFile {
    DraftFile { id: file.id.to_string(), name: file.name.clone(), size: size(file.size) }
}

/// How large a file is: `24 KB`.
pub fn size(bytes: i64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        _ => format!("{:.1} MB", bytes as f64 / 1_000_000.0),
    }
}

/// The canned replies that fit the ticket, by what they are called.
pub fn canned(visit: &Visit, view: &TicketView) -> Vec<CannedReply> {
    let names = Canned::of(view, visit.app.desk.now()).map(|canned| canned.names()).unwrap_or_default();
    let named = names.into_iter().map(|name| CannedReply { label: in_words(&name.replace('-', " ")), name });
    named.collect()
}

/// Whom a reply can go to, where that is a choice.
fn addressees(view: &TicketView, chosen: &str) -> Vec<Addressee> {
    let parties: Vec<&Reached> = view.parties.iter().filter(|reached| !reached.people.is_empty()).collect();
    if parties.is_empty() {
        return Vec::new();
    }
    let addressee = |name: &str, label: String| Addressee { name: name.to_owned(), label, chosen: name == chosen };
    let people = |reached: &Reached| {
        let names: Vec<&str> = reached.people.iter().map(Contact::label).collect();
        format!("{}: {}", in_words(&reached.party), names.join(", "))
    };
    let requester = addressee("", view.requester.label().to_owned());
    let parties = parties.into_iter().map(|reached| addressee(&reached.party, people(reached)));
    std::iter::once(requester).chain(parties).collect()
}
