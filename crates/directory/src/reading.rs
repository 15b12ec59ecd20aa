//! Taking in an answer row by row, no more of it than needed.

use serde_json::{Map, Value};

use crate::cell::Cell;
use crate::failure::Failure;
use crate::{Answer, Limits, Query};

/// An answer while it is being read.
pub(crate) struct Reading<'q> {
    query: &'q Query,
    limits: &'q Limits,
    rows: usize,
    first: Option<Map<String, Value>>,
}

impl<'q> Reading<'q> {
    pub(crate) fn new(query: &'q Query, limits: &'q Limits) -> Self {
        Self { query, limits, rows: 0, first: None }
    }

    /// Takes a row in, given the names of its columns and how to read one of them. Says whether another is wanted.
    pub(crate) fn take(&mut self, names: &[&str], cell: impl Fn(usize) -> Cell) -> Result<bool, Failure> {
        if self.rows == 0 {
            self.first = Some(self.values(names, cell)?);
        }
        self.rows += 1;
        Ok(self.rows < self.limits.rows.max(2))
    }

    /// Whether there was no row. Then nothing has shown yet that the columns are there: say which there are.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Checks that each column is there, once.
    pub(crate) fn check_columns(&self, names: &[&str]) -> Result<(), Failure> {
        self.query.columns.iter().try_for_each(|(name, _)| position(name, names).map(drop))
    }

    /// What the rows amount to.
    pub(crate) fn answer(self) -> Answer {
        match (self.rows, self.first) {
            (1, Some(row)) => Answer::Found(row),
            (0, _) => Answer::Missing,
            (rows, _) => Answer::Ambiguous(rows),
        }
    }

    fn values(&self, names: &[&str], cell: impl Fn(usize) -> Cell) -> Result<Map<String, Value>, Failure> {
        let value = |(name, kind): &(String, crate::Kind)| {
            let read = cell(position(name, names)?).as_kind(*kind, self.limits.cell);
            let read = read.map_err(|words| Failure::lasting(format!("the column `{name}` {words}")))?;
            Ok((name.clone(), read))
        };
        self.query.columns.iter().map(value).collect()
    }
}

fn position(name: &str, names: &[&str]) -> Result<usize, Failure> {
    let mut places = (0..names.len()).filter(|at| names.get(*at) == Some(&name));
    match (places.next(), places.next()) {
        (Some(at), None) => Ok(at),
        (Some(_), Some(_)) => Err(Failure::lasting(format!("the answer has several columns `{name}`"))),
        (None, _) => Err(Failure::lasting(format!("the answer has no column `{name}`"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;

    fn query() -> Query {
        let columns = vec![("plan".to_owned(), Kind::Text), ("documents".to_owned(), Kind::Integer)];
        Query { sql: String::new(), parameters: Vec::new(), columns }
    }

    fn row(at: usize) -> Cell {
        if at == 0 { Cell::Integer(3) } else { Cell::Text("pro".to_owned()) }
    }

    #[test]
    fn one_row_is_found_with_its_named_columns_wherever_they_stand() {
        let (query, limits) = (query(), Limits::default());
        let mut reading = Reading::new(&query, &limits);
        assert_eq!(reading.take(&["documents", "plan", "more"], row), Ok(true));
        let expected = serde_json::json!({"plan": "pro", "documents": 3});
        assert_eq!(reading.answer(), Answer::Found(expected.as_object().unwrap().clone()));
    }

    #[test]
    fn reading_ends_at_the_bound_and_never_before_the_second_row() {
        for (bound, expected) in [(0, 2), (1, 2), (5, 5)] {
            let (query, limits) = (query(), Limits { rows: bound, ..Limits::default() });
            let mut reading = Reading::new(&query, &limits);
            while reading.take(&["documents", "plan"], row).unwrap() {}
            assert_eq!(reading.answer(), Answer::Ambiguous(expected));
        }
    }

    #[test]
    fn a_column_that_is_absent_or_there_twice_is_named() {
        let (query, limits) = (query(), Limits::default());
        let reading = Reading::new(&query, &limits);
        let reason = |names: &[&str]| reading.check_columns(names).unwrap_err().reason;
        assert_eq!(reason(&["PLAN", "documents"]), "the answer has no column `plan`");
        assert_eq!(reason(&["plan", "documents", "plan"]), "the answer has several columns `plan`");
        assert_eq!(reading.check_columns(&["plan", "documents"]), Ok(()));
    }
}
