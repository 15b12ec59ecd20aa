//! The columns of the tables, and how tables are sorted by them.

use std::cmp::Reverse;
use std::fmt;
use std::str::FromStr;

use desk::Error;
use desk::insights::Figures;

/// A column of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// What the tickets are cut by.
    Name,
    /// How many were opened.
    Opened,
    /// How many were solved or closed.
    Closed,
    /// How many came back.
    Reopened,
    /// How many were unfinished at the end.
    Open,
    /// The median time to the first answer.
    Answer,
    /// The time that nine of ten first answers took at most.
    Ninetieth,
    /// How long tickets waited on us.
    Us,
    /// How long they waited on others.
    Them,
}

impl Column {
    /// Each of them, in their order.
    pub const ALL: [Column; 9] = [
        Column::Name,
        Column::Opened,
        Column::Closed,
        Column::Reopened,
        Column::Open,
        Column::Answer,
        Column::Ninetieth,
        Column::Us,
        Column::Them,
    ];

    /// The word in addresses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Column::Name => "name",
            Column::Opened => "opened",
            Column::Closed => "closed",
            Column::Reopened => "reopened",
            Column::Open => "open",
            Column::Answer => "answer",
            Column::Ninetieth => "ninetieth",
            Column::Us => "us",
            Column::Them => "them",
        }
    }

    /// The text above it; `None` for the first, which each table calls otherwise.
    #[must_use]
    pub fn key(self) -> Option<&'static str> {
        match self {
            Column::Name => None,
            Column::Opened => Some("insights-opened"),
            Column::Closed => Some("insights-closed"),
            Column::Reopened => Some("insights-reopened"),
            Column::Open => Some("insights-open"),
            Column::Answer => Some("insights-answer"),
            Column::Ninetieth => Some("insights-answer-ninetieth"),
            Column::Us => Some("insights-us"),
            Column::Them => Some("insights-them"),
        }
    }

    /// What stands in it; nothing where there is nothing to tell, or for the first.
    #[must_use]
    pub fn of(self, figures: &Figures) -> Option<i64> {
        match self {
            Column::Name => None,
            Column::Opened => Some(figures.opened),
            Column::Closed => Some(figures.closed),
            Column::Reopened => Some(figures.reopened),
            Column::Open => Some(figures.open),
            Column::Answer => figures.first_answer.map(|answer| answer.median),
            Column::Ninetieth => figures.first_answer.map(|answer| answer.ninetieth),
            Column::Us => Some(figures.waited_us),
            Column::Them => Some(figures.waited_them),
        }
    }

    /// Whether it holds a length of time.
    #[must_use]
    pub fn is_time(self) -> bool {
        matches!(self, Column::Answer | Column::Ninetieth | Column::Us | Column::Them)
    }
}

/// How tables are sorted: names from A, figures from the greatest, or the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// By which column.
    pub by: Column,
    /// Whether the other way round.
    pub turned: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self { by: Column::Opened, turned: false }
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.turned { "-" } else { "" }, self.by.word())
    }
}

impl FromStr for Sort {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (word, turned) = text.strip_prefix('-').map_or((text, false), |word| (word, true));
        let known = Column::ALL.into_iter().find(|column| column.word() == word);
        let words = Column::ALL.map(Column::word).join(", ");
        let by = known.ok_or_else(|| {
            Error::invalid_field(
                "sort",
                "no-such-column",
                format!("takes one of {words}, with - before it turned round"),
            )
        })?;
        Ok(Self { by, turned })
    }
}

impl Sort {
    /// What a column's heading leads to: sorted by it, and turned round when it is already.
    #[must_use]
    pub fn next(self, column: Column) -> Self {
        Self { by: column, turned: self.by == column && !self.turned }
    }

    /// How a column is sorted, in the words of ARIA.
    #[must_use]
    pub fn direction(self, column: Column) -> Option<&'static str> {
        let ascending = (column == Column::Name) != self.turned;
        (self.by == column).then_some(if ascending { "ascending" } else { "descending" })
    }

    /// Sorts lines, each with its name and figures; what has no figure comes last either way.
    pub fn sort<T>(self, lines: &mut [T], name: impl Fn(&T) -> String, figures: impl Fn(&T) -> Figures) {
        lines.sort_by_cached_key(|line| name(line).to_lowercase());
        if self.by == Column::Name {
            if self.turned {
                lines.reverse();
            }
            return;
        }
        let value = |line: &T| self.by.of(&figures(line));
        if self.turned {
            lines.sort_by_key(|line| (value(line).is_none(), value(line)));
        } else {
            lines.sort_by_key(|line| (value(line).is_none(), Reverse(value(line))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::insights::FirstAnswer;

    #[test]
    fn what_has_no_figure_stands_last_either_way_and_what_is_alike_by_name() {
        let line = |name: &'static str, opened, median: Option<i64>| {
            let first_answer = median.map(|median| FirstAnswer { median, ninetieth: median });
            (name, Figures { opened, first_answer, ..Figures::default() })
        };
        let sorted = |by: &str| {
            let mut lines = [line("b", 2, None), line("c", 1, Some(5)), line("A", 2, Some(9))];
            by.parse::<Sort>().unwrap().sort(&mut lines, |line| line.0.to_owned(), |line| line.1.clone());
            lines.map(|line| line.0)
        };
        assert_eq!(sorted("opened"), ["A", "b", "c"]);
        assert_eq!(sorted("-opened"), ["c", "A", "b"]);
        assert_eq!((sorted("answer"), sorted("-answer")), (["A", "c", "b"], ["c", "A", "b"]));
        assert_eq!((sorted("name"), sorted("-name")), (["A", "b", "c"], ["c", "b", "A"]));
        let by_name = "name".parse::<Sort>().unwrap();
        assert_eq!(by_name.direction(Column::Name), Some("ascending"));
        assert_eq!(by_name.next(Column::Name).to_string(), "-name");
        assert_eq!(by_name.next(Column::Us).direction(Column::Us), Some("descending"));
    }
}
