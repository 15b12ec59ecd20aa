//! What was said and done on a ticket, read once for all parts of its page.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use desk::agents::named::named;
use desk::agents::{self, Agent};
use desk::attachments::{self, Attachment};
use desk::messages::bounces::{self, Bounced};
use desk::messages::{self, Kind, Message};
use desk::notifications::{Notice, Wording};
use desk::rights::{self, Scope};
use desk::runs::history::{self, Entry};
use desk::runs::view::TicketView;
use desk::tickets::merges;
use desk::{Result, notifications, tickets};
use store::{Conn, Id};

use crate::pages::visit::Visit;

/// How many messages, and how many steps, a page shows: the newest.
const SHOWN: u32 = 200;

/// A ticket's past, oldest first. That of tickets which were merged into it is among it.
#[derive(Default)]
pub struct Past {
    /// What was said.
    pub messages: Vec<Message>,
    /// What came with it, by message.
    pub files: BTreeMap<Id, Vec<Attachment>>,
    /// What came back of what went out, by message.
    pub returned: BTreeMap<Id, Vec<Bounced>>,
    /// The steps of its procedure.
    pub steps: Vec<Entry>,
    /// What colleagues were told.
    pub notices: Vec<Notice>,
    /// Everybody whom a note could name, where one of these does; and those of them who were told, as they see the ticket.
    everybody: Vec<Agent>,
    seeing: BTreeSet<Id>,
    /// The numbers of the tickets that were merged into it.
    parts: BTreeMap<Id, i64>,
}

impl Past {
    /// Reads it, under the viewer's rights.
    pub async fn of(conn: &mut Conn, visit: &Visit, view: &TicketView) -> Result<Self> {
        let (scope, ticket) = (visit.scope()?, view.ticket.id);
        let mut past = Self::default();
        past.read(conn, scope, ticket).await?;
        if !view.merged.is_empty() {
            for part in merges::parts(conn, ticket).await? {
                let found = tickets::find(conn, part).await?.map(|part| (part.number, part.id));
                if let Some((number, id)) = found.filter(|_| !past.parts.contains_key(&part))
                    && scope.sees(conn, id).await?
                {
                    past.parts.insert(id, number);
                    past.read(conn, scope, id).await?;
                }
            }
            past.messages.sort_by_key(|message| message.id);
        }
        let steps = history::of_ticket(conn, scope, ticket, SHOWN).await?;
        let notices = notifications::of_ticket(conn, scope, ticket, SHOWN).await?;
        if past.messages.iter().any(|message| message.kind == Kind::Note && message.text.contains('@')) {
            past.everybody = agents::all(conn).await?;
            past.seeing = rights::who_see(conn, ticket, &past.everybody).await?.iter().map(|agent| agent.id).collect();
        }
        Ok(Self { steps, notices, ..past })
    }

    /// Reads what was said on one ticket.
    async fn read(&mut self, conn: &mut Conn, scope: Scope, ticket: Id) -> Result<()> {
        self.messages.extend(messages::of_ticket(conn, scope, ticket, SHOWN).await?);
        for (message, file) in attachments::of_ticket(conn, scope, ticket).await? {
            self.files.entry(message).or_default().push(file);
        }
        for bounced in bounces::of_ticket(conn, scope, ticket).await? {
            self.returned.entry(bounced.message).or_default().push(bounced);
        }
        Ok(())
    }

    /// Where words of a colleague's note name somebody who was told.
    pub fn names_in(&self, words: &str) -> Vec<Range<usize>> {
        let places = named(words, &self.everybody).into_iter();
        places.filter(|(_, agent)| self.seeing.contains(&agent.id)).map(|(place, _)| place).collect()
    }

    /// The merged ticket that a message was said on: its number and id.
    pub fn came_from(&self, message: &Message) -> Option<(String, String)> {
        self.parts.get(&message.ticket).map(|number| (number.to_string(), message.ticket.to_string()))
    }

    /// What came back of a message.
    pub fn returned_of(&self, message: Id) -> &[Bounced] {
        self.returned.get(&message).map_or(&[], Vec::as_slice)
    }

    /// What the team was told after a message that could not be delivered; what one colleague was told is about something else.
    pub fn refusal_of(&self, message: Id, language: &str) -> Option<String> {
        let told = self.notices.iter().rfind(|notice| notice.id > message && notice.audience_kind != "person");
        told.map(|notice| notice.say(Wording::of(language)))
    }

    /// What came with a message.
    pub fn files_of(&self, message: Id) -> &[Attachment] {
        self.files.get(&message).map_or(&[], Vec::as_slice)
    }
}
