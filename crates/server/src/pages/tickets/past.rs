//! What was said and done on a ticket, read once for all parts of its page.

use std::collections::BTreeMap;

use desk::attachments::{self, Attachment};
use desk::messages::bounces::{self, Bounced};
use desk::messages::{self, Message};
use desk::notifications::Notice;
use desk::runs::history::{self, Entry};
use desk::{Result, notifications};
use store::{Conn, Id};

use crate::pages::visit::Visit;

/// How many messages, and how many steps, a page shows: the newest.
const SHOWN: u32 = 200;

/// A ticket's past, oldest first.
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
}

impl Past {
    /// Reads it, under the viewer's rights.
    pub async fn of(conn: &mut Conn, visit: &Visit, ticket: Id) -> Result<Self> {
        let scope = visit.scope()?;
        let messages = messages::of_ticket(conn, scope, ticket, SHOWN).await?;
        let mut files: BTreeMap<Id, Vec<Attachment>> = BTreeMap::new();
        for (message, file) in attachments::of_ticket(conn, scope, ticket).await? {
            files.entry(message).or_default().push(file);
        }
        let mut returned: BTreeMap<Id, Vec<Bounced>> = BTreeMap::new();
        for bounced in bounces::of_ticket(conn, scope, ticket).await? {
            returned.entry(bounced.message).or_default().push(bounced);
        }
        let steps = history::of_ticket(conn, scope, ticket, SHOWN).await?;
        let notices = notifications::of_ticket(conn, scope, ticket, SHOWN).await?;
        Ok(Self { messages, files, returned, steps, notices })
    }

    /// What came back of a message.
    pub fn returned_of(&self, message: Id) -> &[Bounced] {
        self.returned.get(&message).map_or(&[], Vec::as_slice)
    }

    /// What the team was told after a message that could not be delivered; what one colleague was told is about something else.
    pub fn refusal_of(&self, message: Id) -> Option<String> {
        let told = self.notices.iter().rfind(|notice| notice.id > message && notice.audience_kind != "person");
        told.map(|notice| notice.text.clone())
    }

    /// What came with a message.
    pub fn files_of(&self, message: Id) -> &[Attachment] {
        self.files.get(&message).map_or(&[], Vec::as_slice)
    }
}
