//! An agent writes to a party of the ticket's playbook.

use playbook::{Event, WRITTEN_TO};
use serde_json::json;
use store::Id;

use super::reply::check_crossing;
use super::{Outcome, remember, repeated};
use crate::attachments::Staged;
use crate::contacts::Contact;
use crate::handbook::Handbooks;
use crate::messages::{self, Author, Kind, Message};
use crate::receipts::Key;
use crate::runs::{self, Case, Cause, parties};
use crate::{Context, Error, Result, attachments, drafts};

/// Words to a party: each of its people with a verified address gets them, in a mail of their own.
///
/// It raises `PARTY.written_to` and never `agent.replied`: the requester has heard nothing, so that no clock which waits for an
/// answer to them stops, and a draft for them goes on waiting.
#[derive(Clone, Debug)]
pub struct WriteToParty {
    /// The ticket.
    pub ticket: Id,
    /// The party, as the playbook calls it.
    pub party: String,
    /// The words, in Markdown.
    pub body: String,
    /// Files of the writer's draft that go along to each, in this order.
    pub files: Vec<Id>,
    /// The newest message that its writer had seen; a newer one from outside or to somebody outside is a conflict.
    pub seen: Option<Id>,
    /// The request's key.
    pub key: Option<Key>,
}

impl WriteToParty {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        if let Some(before) = repeated(context, self.key.as_ref()).await? {
            return Ok(before);
        }
        let words = messages::write::check_words_with(&self.body, !self.files.is_empty())?;
        let mut case = Case::load(context, handbooks, self.ticket).await?;
        people(context, &case, &self.party).await?;
        check_crossing(context, self.ticket, self.seen).await?;
        let files = drafts::send(context, self.ticket, drafts::Kind::Reply, &self.files).await?;
        let said = ToParty { party: &self.party, words: &words, by: Author::actor(context.actor), files: &files };
        let message = tell(context, &mut case, said).await?;
        case.touch();
        case.store(context).await?;
        remember(context, self.key.as_ref(), Outcome::Message { ticket: self.ticket, message }).await
    }
}

/// Words to a party, as they leave.
pub(super) struct ToParty<'a> {
    /// The party.
    pub(super) party: &'a str,
    /// The words.
    pub(super) words: &'a str,
    /// Who says it.
    pub(super) by: Author,
    /// What goes along to each.
    pub(super) files: &'a [Staged],
}

/// Says it to each of the party's people, and raises `PARTY.written_to`; the first person's message. The caller stores the case.
pub(super) async fn tell(context: &mut Context<'_>, case: &mut Case, said: ToParty<'_>) -> Result<Id> {
    let mut first = None;
    for (contact, address) in people(context, case, said.party).await? {
        let (author, words) = (said.by.clone(), said.words.to_owned());
        let mut message = Message::begin(context, case.ticket.id, Kind::Reply, "mail", author, words);
        let key = format!("message:{}", message.id);
        parties::write_to(context, &mut message, (contact, address), &key).await?;
        for file in said.files {
            attachments::add(context, message.id, file).await?;
        }
        first.get_or_insert(message.id);
    }
    let message = first.ok_or_else(|| Error::internal("a party of nobody was written to"))?;
    let event = Event::new(format!("{}.{WRITTEN_TO}", said.party)).with_message(json!({ "text": said.words }));
    let cause = Cause { by: said.by, message: Some(message) };
    runs::advance(context, case, &event, &cause).await?;
    Ok(message)
}

/// Whom words to a party go to.
///
/// # Errors
/// `no-such-party`, or `nobody-there` when nobody with a verified address is known.
pub(super) async fn people(context: &mut Context<'_>, case: &Case, party: &str) -> Result<Vec<(Id, String)>> {
    if !case.playbook()?.parties().contains_key(party) {
        let wrong = format!("the playbook of this ticket has no party called {party:?}");
        return Err(Error::invalid_field("to", "no-such-party", wrong));
    }
    let people = parties::people(context.tx, case, party).await?;
    let reached = |contact: Contact| contact.address.map(|address| (contact.id, address));
    let people: Vec<(Id, String)> = people.into_iter().filter_map(reached).collect();
    if people.is_empty() {
        let message = format!("Nobody with a verified address is known as the {}.", party.replace('_', " "));
        return Err(Error::conflict("nobody-there", message)
            .advise("Say who it is in the directory: a contact of the ticket's organization who may do that."));
    }
    Ok(people)
}
