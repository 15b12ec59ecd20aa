//! How much of a long conversation its page shows: the newest messages, and what came before them when somebody asks for it; and which
//! of them somebody is about to begin a ticket with.

use std::collections::BTreeMap;

use desk::messages::Message;
use store::Id;

use super::asked::with;

/// How many messages a page shows before somebody asks for more, when they are short.
const NEWEST: usize = 10;
/// How many it shows however long they are.
const AT_LEAST: usize = 5;
/// How many bytes of text make it show no more than it has to.
const TEXT: usize = 2500;
/// How many more are shown rather than hidden behind a link that brings next to nothing.
const SPARE: usize = 2;

/// From which message on somebody wants to read; the newest few when nobody says.
///
/// A page says it again whenever it fetches what changed, so that nothing on screen goes because something new came.
#[derive(Clone, Copy, Debug, Default)]
pub struct Window {
    from: Option<Id>,
    split: Option<Id>,
}

/// What a window shows of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// The first message that is shown, and what was done since; nothing where all of it is.
    pub from: Option<Id>,
    /// How many messages are before it.
    pub earlier: usize,
    /// The message that a ticket is about to begin with.
    pub split: Option<Id>,
}

impl Window {
    /// Reads `from` of an address: the id of a message, `0` for all of them; and `split`: the id of one.
    pub fn read(query: &BTreeMap<String, String>) -> Self {
        let id = |name| query.get(name).and_then(|id: &String| id.parse().ok());
        Self { from: id("from"), split: id("split") }
    }

    /// `query` for a page that shows as much.
    pub fn query(self, query: &str) -> String {
        self.from.map_or_else(|| query.to_owned(), |from| with(query, "from", from))
    }

    /// What it shows of these, which are in order.
    pub fn of(self, messages: &[Message]) -> View {
        let newest = first_of_newest(&messages.iter().map(|message| message.text.len()).collect::<Vec<_>>());
        let asked = self.from.map_or(newest, |from| messages.partition_point(|message| message.id < from));
        let earlier = asked.min(newest);
        let from = messages.get(earlier).filter(|_| earlier > 0).map(|message| message.id);
        View { from, earlier, split: self.split }
    }
}

/// Where the newest messages begin that a page shows unasked, of messages of these lengths.
fn first_of_newest(lengths: &[usize]) -> usize {
    let mut text = 0;
    let shown = lengths.iter().rev().take(NEWEST).enumerate().take_while(|(place, length)| {
        text += **length;
        *place < AT_LEAST || text <= TEXT
    });
    let hidden = lengths.len() - shown.count();
    if hidden <= SPARE { 0 } else { hidden }
}

impl View {
    /// Whether it shows what has this id.
    pub fn shows(self, id: Id) -> bool {
        self.from.is_none_or(|from| id >= from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_short_messages_more_are_shown_than_of_long_ones() {
        assert_eq!(first_of_newest(&[40; 40]), 40 - NEWEST);
        assert_eq!(first_of_newest(&[4000; 40]), 40 - AT_LEAST);
        assert_eq!(first_of_newest(&[TEXT / 7; 40]), 40 - 7);
        // A long one long ago is behind the link, and those since are not.
        assert_eq!(first_of_newest(&[&[40; 20][..], &[90_000], &[40; 8][..]].concat()), 21);
    }

    #[test]
    fn no_link_brings_next_to_nothing() {
        assert_eq!(first_of_newest(&[]), 0);
        assert_eq!(first_of_newest(&[40; NEWEST + SPARE]), 0);
        assert_eq!(first_of_newest(&[40; NEWEST + SPARE + 1]), SPARE + 1);
        assert_eq!(first_of_newest(&[4000; AT_LEAST + SPARE]), 0);
    }
}
