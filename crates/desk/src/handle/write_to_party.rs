//! An agent writes to a party of the ticket's playbook.

use playbook::{Event, WRITTEN_TO};
use serde_json::json;
use store::Id;

use super::reply::{check_crossing, send_files};
use super::{Outcome, remember, repeated};
use crate::contacts::Contact;
use crate::handbook::Handbooks;
use crate::messages::{self, Author, Kind, Message};
use crate::receipts::Key;
use crate::runs::{self, Case, Cause, parties};
use crate::{Context, Error, Result, drafts};

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
        let words = messages::write::check_words(&self.body)?;
        let mut case = Case::load(context, handbooks, self.ticket).await?;
        let people = self.people(context, &case).await?;
        check_crossing(context, self.ticket, self.seen).await?;
        let mut written = Vec::new();
        for (contact, address) in people {
            let author = Author::actor(context.actor);
            let mut message = Message::begin(context, self.ticket, Kind::Reply, "mail", author, words.clone());
            let key = format!("message:{}", message.id);
            parties::write_to(context, &mut message, (contact, address), &key).await?;
            written.push(message.id);
        }
        let message = written.first().copied();
        let message = message.ok_or_else(|| Error::internal("a party of nobody was written to"))?;
        send_files(context, self.ticket, drafts::Kind::Reply, &self.files, &written).await?;
        let event = Event::new(format!("{}.{WRITTEN_TO}", self.party)).with_message(json!({ "text": words }));
        let cause = Cause { message: Some(message), ..Cause::actor(context) };
        runs::advance(context, &mut case, &event, &cause).await?;
        case.touch();
        case.store(context).await?;
        remember(context, self.key.as_ref(), Outcome::Message { ticket: self.ticket, message }).await
    }

    /// Whom it goes to.
    async fn people(&self, context: &mut Context<'_>, case: &Case) -> Result<Vec<(Id, String)>> {
        if !case.playbook()?.parties().contains_key(&self.party) {
            let wrong = format!("the playbook of this ticket has no party called {:?}", self.party);
            return Err(Error::invalid_field("to", "no-such-party", wrong));
        }
        let people = parties::people(context.tx, case, &self.party).await?;
        let reached = |contact: Contact| contact.address.map(|address| (contact.id, address));
        let people: Vec<(Id, String)> = people.into_iter().filter_map(reached).collect();
        if people.is_empty() {
            let message = format!("Nobody with a verified address is known as the {}.", self.party.replace('_', " "));
            return Err(Error::conflict("nobody-there", message)
                .advise("Say who it is in the directory: a contact of the ticket's organization who may do that."));
        }
        Ok(people)
    }
}
