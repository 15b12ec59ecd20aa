//! What changed, said after it is committed: to this process, and on PostgreSQL to every node.

use serde::{Deserialize, Serialize};

use crate::Id;

/// That something changed: which kind of thing, which one, and its version now. Carries no content; whoever cares
/// reads it again under their own rights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// The kind of thing, such as `ticket` or `outbox`.
    pub topic: String,
    /// Its id.
    pub id: Id,
    /// Its version after the change; 0 where it has none.
    pub version: i64,
}

impl News {
    /// News of a thing.
    pub fn of(topic: &str, id: Id, version: i64) -> Self {
        Self { topic: topic.to_owned(), id, version }
    }

    /// `topic id version`, as it travels between nodes.
    pub(crate) fn to_line(&self) -> String {
        format!("{} {} {}", self.topic, self.id, self.version)
    }

    /// Reads what [`News::to_line`] wrote; `None` for anything else.
    pub(crate) fn from_line(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let news = Self {
            topic: words.next()?.to_owned(),
            id: words.next()?.parse().ok()?,
            version: words.next()?.parse().ok()?,
        };
        words.next().is_none().then_some(news)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_survive_the_way_between_nodes() {
        let news = News::of("ticket", Id(42), 7);
        assert_eq!(News::from_line(&news.to_line()), Some(news));
        assert_eq!(News::from_line("ticket x 7"), None);
        assert_eq!(News::from_line("ticket 1 2 3"), None);
    }
}
