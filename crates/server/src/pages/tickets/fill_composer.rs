//! The composer as its ticket's page shows it.

use desk::Result;
use desk::contacts::Contact;
use desk::runs::parties::Reached;
use desk::runs::view::TicketView;
use playbook::Status;
use store::Id;

use super::choice::{Addressee, Composer};
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
pub fn composer(
    visit: &Visit,
    view: &TicketView,
    seen: Option<Id>,
    suggestion: Option<&Suggestion>,
    unsent: Option<&Unsent>,
) -> Result<Option<Composer>> {
    if view.ticket.status == Status::Closed {
        return Ok(None);
    }
    let suggested = || suggestion.map(|suggestion| suggestion.text.clone()).unwrap_or_default();
    let to = unsent.map_or("", |unsent| unsent.to.as_str());
    Ok(Some(Composer {
        body: unsent.map_or_else(suggested, |unsent| unsent.body.clone()),
        note: unsent.is_some_and(|unsent| unsent.note),
        error: unsent.map(|unsent| unsent.error.clone()),
        to: view.requester.label().to_owned(),
        addressees: addressees(view, to),
        unreachable: (view.parties.iter().filter(|reached| reached.people.is_empty()))
            .map(|reached| in_words(&reached.party))
            .collect(),
        seen: seen.map(|id| id.to_string()).unwrap_or_default(),
        submission: visit.app.desk.ground.chance.token()?,
    }))
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
