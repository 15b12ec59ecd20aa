//! Tickets that look like one: those that share rare words with its subject and first message, and why they were taken for alike.

use std::collections::BTreeMap;

use store::{Conn, Id};

use super::sought::Sought;
use crate::rights::Scope;
use crate::tickets::{self, Ticket};
use crate::words::fold;
use crate::{Result, messages};

/// How many are told.
pub const SHOWN: usize = 3;
/// How many words are asked for, each by one look into the index.
const WORDS: usize = 6;
/// How much of the first message is read, in characters.
const READ: usize = 600;
/// The shortest word that says something, in characters.
const LETTERS: usize = 5;
/// On how many tickets a word may stand and still say something.
const COMMON: u32 = 200;
/// How many tickets are looked at as such.
const LOOKED_AT: usize = 10;

/// A ticket that looks like another one.
#[derive(Clone, Debug)]
pub struct Alike {
    /// The ticket.
    pub ticket: Ticket,
    /// The words that both hold, folded.
    pub shares: Vec<String>,
    /// Whether both are for the same organization.
    pub same_organization: bool,
}

/// The tickets that look most like this one: with two rare words in common, or with one that is for the same organization. It takes at
/// most six looks into the index of words, each bounded like a search, and reads ten tickets.
pub async fn of_ticket(conn: &mut Conn, scope: Scope, ticket: &Ticket) -> Result<Vec<Alike>> {
    // Places are not cut by ticket yet, so whoever sees fewer tickets than all is told of none.
    if !scope.is_everything() {
        return Ok(Vec::new());
    }
    let first = messages::first(conn, ticket.id).await?.map(|message| message.text).unwrap_or_default();
    let mut shared: BTreeMap<Id, Vec<String>> = BTreeMap::new();
    for word in telling(&ticket.subject, &first) {
        let found = super::holding(conn, scope, &Sought::words(&word), COMMON + 1).await?;
        if found.len() <= COMMON as usize {
            for id in found.into_iter().filter(|id| *id != ticket.id) {
                shared.entry(id).or_default().push(word.clone());
            }
        }
    }
    let mut best: Vec<(Id, Vec<String>)> = shared.into_iter().collect();
    best.sort_by_key(|(id, words)| std::cmp::Reverse((words.len(), *id)));
    let mut alike = Vec::new();
    for (id, shares) in best.into_iter().take(LOOKED_AT) {
        let Some(other) = tickets::find(conn, id).await? else { continue };
        let same_organization = other.organization.is_some() && other.organization == ticket.organization;
        let is_one = other.merged_into.is_some() || ticket.merged_into == Some(other.id);
        if !is_one && shares.len() + usize::from(same_organization) >= 2 {
            alike.push(Alike { ticket: other, shares, same_organization });
        }
    }
    alike.sort_by_key(|one| std::cmp::Reverse((one.shares.len() + usize::from(one.same_organization), one.ticket.id)));
    alike.truncate(SHOWN);
    Ok(alike)
}

/// The words that say what something is about: long ones of the subject, then of the first words said, each once.
fn telling(subject: &str, text: &str) -> Vec<String> {
    let beginning: String = text.chars().take(READ).collect();
    let mut words: Vec<String> = Vec::new();
    for word in fold::words(subject).into_iter().chain(fold::words(&beginning)) {
        let tells = word.chars().count() >= LETTERS && !word.chars().all(|letter| letter.is_ascii_digit());
        if tells && !words.contains(&word) {
            words.push(word);
        }
    }
    words.truncate(WORDS);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_of_the_subject_come_first_and_numbers_say_nothing() {
        let words =
            telling("Re: The Invoice 1234567 is a duplicate", "Olá, a factura INVOICE já está paga; reembolso?");
        assert_eq!(words, ["invoice", "duplicate", "factura", "reembolso"]);
        assert_eq!(telling("a b c", ""), Vec::<String>::new());
        assert_eq!(telling(&"wordy words worded wordier wordiest wording wordless ".repeat(3), "").len(), WORDS);
    }
}
