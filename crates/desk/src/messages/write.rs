//! Writing messages: what a new one looks like before anything special is said of it.

use store::Id;

use super::{Author, Kind, Message};
use crate::contacts::Contact;
use crate::{Actor, Context, Error, Result};

impl Author {
    /// The one who does something. Somebody from outside is a contact: see [`Author::contact`].
    pub fn actor(actor: &Actor) -> Self {
        Self { kind: actor.kind().to_owned(), id: actor.agent_id(), name: actor.name().to_owned() }
    }

    /// A contact.
    pub fn contact(contact: &Contact) -> Self {
        Self { kind: "contact".to_owned(), id: Some(contact.id), name: contact.label().to_owned() }
    }
}

impl Message {
    /// A message of now, with nothing special about it.
    pub fn begin(context: &Context<'_>, ticket: Id, kind: Kind, channel: &str, author: Author, text: String) -> Self {
        Self {
            id: context.ids.next(),
            ticket,
            via_ticket: None,
            kind,
            channel: channel.to_owned(),
            automatic: None,
            author,
            reply_name: None,
            recipient: None,
            copies: Vec::new(),
            subject: None,
            text,
            html: None,
            delivery: None,
            created_at: context.now,
        }
    }
}

/// The words of somebody's input: not empty, not too long, no control characters but line breaks and tabs.
pub fn check_words(words: &str) -> Result<String> {
    check_words_with(words, false)
}

/// The same for words that files may go along with: files may say it all.
pub fn check_words_with(words: &str, has_files: bool) -> Result<String> {
    if !has_files && words.trim().is_empty() {
        return Err(Error::invalid_field("body", "required", "write something first"));
    }
    if words.len() > super::TEXT_MAX {
        return Err(Error::too_large("message", super::TEXT_MAX));
    }
    Ok(printable(words))
}

/// Text without the control characters that no database and no page wants.
pub fn printable(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}
