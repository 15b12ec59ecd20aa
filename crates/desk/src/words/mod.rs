//! Which words stand where: the indexes that a search asks. They know folded words and ids, never a text: that stands in its
//! own table and nowhere else. Whoever writes a text writes its words in the same transaction.
//!
//! There are three: what tickets are called and what was said to and by clients, internal notes apart from it, so that whoever may
//! not read them is not even told that a word stands there, and people with their organizations.

pub mod fill;
pub mod fold;
mod queries;

use store::{Conn, Id};

use crate::{Context, Result};

/// One of the indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Index {
    /// Subjects, and what clients wrote or were written.
    Said,
    /// Internal notes.
    Noted,
    /// Contacts and organizations.
    People,
}

impl Index {
    /// The name of its table.
    pub fn table(self) -> &'static str {
        match self {
            Index::Said => "words_said",
            Index::Noted => "words_noted",
            Index::People => "words_of_people",
        }
    }
}

/// The tables of all of them.
pub const TABLES: [&str; 3] = ["words_said", "words_noted", "words_of_people"];
/// The longest text that something is sorted by, in characters.
const SORTED_MAX: usize = 100;
/// How many words people are looked for by.
const WANTED_MAX: usize = 12;

/// The table that says what is still to be put into the indexes.
pub const TO_FILL: &str = "words_to_fill";

/// Something that can be found: where it belongs, and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    index: Index,
    kind: &'static str,
    id: Id,
    words: Vec<String>,
}

impl Document {
    /// A ticket: its number and subject.
    pub fn ticket(id: Id, number: i64, subject: &str) -> Self {
        Self::of(Index::Said, "ticket", id, &format!("{number} {subject}"))
    }

    /// A message of a ticket.
    pub fn message(id: Id, is_note: bool, text: &str) -> Self {
        Self::of(if is_note { Index::Noted } else { Index::Said }, "message", id, text)
    }

    /// A contact: their name and addresses.
    pub fn contact(id: Id, name: Option<&str>, addresses: &[String]) -> Self {
        Self::of(Index::People, "contact", id, &format!("{} {}", name.unwrap_or_default(), addresses.join(" ")))
    }

    /// An organization: its name and key.
    pub fn organization(id: Id, key: &str, name: &str) -> Self {
        Self::of(Index::People, "organization", id, &format!("{name} {key}"))
    }

    fn of(index: Index, kind: &'static str, id: Id, text: &str) -> Self {
        Self { index, kind, id, words: fold::words(text) }
    }
}

/// Makes a new document known.
pub async fn add(context: &mut Context<'_>, document: &Document) -> Result<()> {
    Ok(queries::add(context.tx, document).await?)
}

/// What was known as `before` is now `after`. Of what is no longer said, nothing stays in the index. What is not in it yet is put in
/// later, as it is then.
pub async fn change(context: &mut Context<'_>, before: &Document, after: &Document) -> Result<()> {
    if before == after || fill::is_to_come(context.tx, before).await? {
        return Ok(());
    }
    queries::remove(context.tx, before).await?;
    Ok(queries::add(context.tx, after).await?)
}

/// Takes a document out of its index.
pub async fn remove(context: &mut Context<'_>, document: &Document) -> Result<()> {
    Ok(queries::remove(context.tx, document).await?)
}

/// What something of this name is sorted by: without regard to case and accents.
pub fn sorted_by(name: &str) -> String {
    let folded = fold::words(name).join(" ");
    let folded = if folded.is_empty() { name.trim().to_lowercase() } else { folded };
    folded.chars().take(SORTED_MAX).collect()
}

/// The newest contacts and organizations that hold what was typed, of which the last word may be the beginning of one. `None` when there is
/// no word in it.
pub async fn people(conn: &mut Conn, typed: &str) -> Result<Option<Vec<Id>>> {
    let runs: Vec<Vec<String>> = fold::words(typed).into_iter().take(WANTED_MAX).map(|word| vec![word]).collect();
    let Some(last) = runs.last().and_then(|run| run.first()) else { return Ok(None) };
    let begun = last.chars().count() > 1 && typed.ends_with(char::is_alphanumeric);
    let wanted = conn.engine().wanted_words(&runs, begun);
    Ok(Some(queries::people(conn, wanted).await?))
}
