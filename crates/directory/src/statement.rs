//! A query as the database is told it: named parameters in the engine's own spelling, and what is refused beforehand.

use crate::failure::Failure;
use crate::lexer::{Piece, Unclosed, pieces};
use crate::{Engine, Kind, Query};

/// What is wrong with a query, found without asking a database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsound {
    /// It reads nothing.
    #[error("a query begins with SELECT, WITH or VALUES, this one with `{0}`")]
    NoQuestion(String),
    /// It has more after a semicolon.
    #[error("a query is one statement, and here stands another one after the semicolon")]
    SeveralStatements,
    /// It uses a parameter that is not declared.
    #[error("`:{0}` stands in the query and is no declared parameter")]
    UnknownParameter(String),
    /// It declares a parameter that it does not use.
    #[error("the parameter `{0}` is declared and stands nowhere in the query: write `:{0}`")]
    UnusedParameter(String),
    /// It has a place for a parameter in the database's own spelling.
    #[error("`{0}` is a parameter without a name: write `:name`")]
    Nameless(String),
    /// It makes a pattern of a parameter, so that a `%` or `_` in what is asked for finds somebody else.
    #[error("`:{0}` is part of a pattern: compare the whole value, such as lower(email) = lower(:{0})")]
    Pattern(String),
    /// It hides part of the statement in a comment.
    #[error("a comment that the server carries out (`/*! … */`) has no place in a query")]
    Disguised,
    /// It opens something and does not close it.
    #[error("{0} is not closed")]
    Unclosed(&'static str),
    /// It declares a parameter or a column twice.
    #[error("`{0}` is declared twice")]
    Twice(String),
    /// It names no column.
    #[error("a query names the columns of its answer, at least one")]
    NoColumn,
}

impl From<Unclosed> for Unsound {
    fn from(unclosed: Unclosed) -> Self {
        Unsound::Unclosed(unclosed.0)
    }
}

impl From<Unsound> for Failure {
    fn from(unsound: Unsound) -> Self {
        Failure::lasting(unsound.to_string())
    }
}

/// A query that is ready to be put to a database of its engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Statement {
    /// The text.
    pub(crate) text: String,
    /// Which declared parameter goes to each place, in the order in which they are bound.
    pub(crate) places: Vec<usize>,
}

impl Statement {
    /// Checks a query and spells it as `engine` wants it.
    pub(crate) fn of(query: &Query, engine: Engine) -> Result<Self, Unsound> {
        declared_once(&query.parameters)?;
        declared_once(&query.columns)?;
        if query.columns.is_empty() {
            return Err(Unsound::NoColumn);
        }
        let pieces = pieces(&query.sql, engine)?;
        one_question(&pieces)?;
        no_pattern(&pieces, engine)?;
        let mut statement = Statement { text: String::with_capacity(query.sql.len()), places: Vec::new() };
        for (piece, characters) in &pieces {
            match piece {
                Piece::Disguised => return Err(Unsound::Disguised),
                Piece::Placeholder(place) => return Err(Unsound::Nameless((*place).to_owned())),
                Piece::Parameter(name) => statement.place(name, query, engine)?,
                // Only the last one is left, which not every database takes.
                Piece::Mark(";") => {}
                _ => statement.text.push_str(characters),
            }
        }
        let unused = (0..query.parameters.len()).find(|index| !statement.places.contains(index));
        match unused.and_then(|index| query.parameters.get(index)) {
            Some((name, _)) => Err(Unsound::UnusedParameter(name.clone())),
            None => Ok(statement),
        }
    }

    /// Adds the place of a parameter.
    fn place(&mut self, name: &str, query: &Query, engine: Engine) -> Result<(), Unsound> {
        let index = query.parameters.iter().position(|(declared, _)| declared == name);
        let index = index.ok_or_else(|| Unsound::UnknownParameter(name.to_owned()))?;
        let kind = query.parameters.get(index).map_or(Kind::Text, |(_, kind)| *kind);
        let earlier = self.places.iter().position(|place| *place == index);
        let number = match earlier {
            // MySQL counts places, so a value that is used twice is bound twice.
            Some(at) if engine != Engine::MySql => at + 1,
            _ => {
                self.places.push(index);
                self.places.len()
            }
        };
        self.text.push_str(&spelt(engine, kind, number));
        Ok(())
    }
}

/// A place for a value. Decimals, days and instants travel as texts, exactly, and become what they are over there.
fn spelt(engine: Engine, kind: Kind, number: usize) -> String {
    match (engine, kind) {
        (Engine::Sqlite, _) => format!("?{number}"),
        (Engine::Postgres, Kind::Decimal) => format!("CAST(${number} AS numeric)"),
        (Engine::Postgres, Kind::Date) => format!("CAST(${number} AS date)"),
        (Engine::Postgres, Kind::Timestamp) => format!("CAST(${number} AS timestamptz)"),
        (Engine::Postgres, _) => format!("${number}"),
        (Engine::MySql, Kind::Decimal) => "CAST(? AS DECIMAL(65, 30))".to_owned(),
        (Engine::MySql, Kind::Date) => "CAST(? AS DATE)".to_owned(),
        (Engine::MySql, Kind::Timestamp) => "CAST(? AS DATETIME(6))".to_owned(),
        (Engine::MySql, _) => "?".to_owned(),
    }
}

fn declared_once(declared: &[(String, Kind)]) -> Result<(), Unsound> {
    let twice = declared.iter().enumerate().find(|(at, (name, _))| declared.iter().take(*at).any(|(n, _)| n == name));
    twice.map_or(Ok(()), |(_, (name, _))| Err(Unsound::Twice(name.clone())))
}

/// One statement, which begins as one that reads. That it only reads is the database's to hold.
fn one_question(pieces: &[(Piece<'_>, &str)]) -> Result<(), Unsound> {
    let mut said = pieces.iter().filter(|(piece, _)| *piece != Piece::Gap);
    match said.clone().find(|(piece, _)| *piece != Piece::Mark("(")) {
        Some((Piece::Word(word), _)) if ["select", "with", "values"].contains(&word.to_ascii_lowercase().as_str()) => {}
        Some((Piece::Disguised, _)) => return Err(Unsound::Disguised),
        other => return Err(Unsound::NoQuestion(other.map(|(_, text)| (*text).to_owned()).unwrap_or_default())),
    }
    let ended = said.any(|(piece, _)| *piece == Piece::Mark(";"));
    if ended && said.next().is_some() { Err(Unsound::SeveralStatements) } else { Ok(()) }
}

/// Words that compare with a pattern, which stands to their right.
const PATTERNS: [&str; 7] = ["like", "ilike", "similar", "regexp", "rlike", "glob", "match"];
/// Words that end such a comparison.
const ENDS: [&str; 16] = [
    "and", "or", "then", "when", "else", "end", "from", "where", "group", "order", "having", "limit", "union", "on",
    "join", "as",
];

/// No parameter stands in a pattern: an address is compared whole.
fn no_pattern(pieces: &[(Piece<'_>, &str)], engine: Engine) -> Result<(), Unsound> {
    let (mut depth, mut pattern) = (0_usize, None);
    for (piece, _) in pieces {
        match piece {
            Piece::Word(word) if PATTERNS.contains(&word.to_ascii_lowercase().as_str()) => pattern = Some(depth),
            // PostgreSQL's ~, ~*, !~ and !~*.
            Piece::Mark("~") if engine == Engine::Postgres => pattern = Some(depth),
            Piece::Word(word) if ENDS.contains(&word.to_ascii_lowercase().as_str()) => {
                pattern = pattern.filter(|begun| depth > *begun);
            }
            Piece::Mark("(") => depth += 1,
            Piece::Mark(")") => {
                depth = depth.saturating_sub(1);
                pattern = pattern.filter(|begun| depth >= *begun);
            }
            Piece::Mark(",") => pattern = pattern.filter(|begun| depth > *begun),
            Piece::Parameter(name) if pattern.is_some() => return Err(Unsound::Pattern((*name).to_owned())),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(sql: &str, parameters: &[(&str, Kind)]) -> Query {
        let parameters = parameters.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
        Query { sql: sql.to_owned(), parameters, columns: vec![("plan".to_owned(), Kind::Text)] }
    }

    fn unsound(sql: &str) -> Option<Unsound> {
        Statement::of(&query(sql, &[("email", Kind::Text)]), Engine::Postgres).err()
    }

    #[test]
    fn each_engine_gets_its_own_spelling() {
        let query = query(
            "SELECT a::text AS plan FROM t WHERE b = :email AND (c = :since OR d > :email);",
            &[("since", Kind::Date), ("email", Kind::Text)],
        );
        let spelt = |engine| Statement::of(&query, engine).unwrap();
        let postgres = spelt(Engine::Postgres);
        assert_eq!(postgres.text, "SELECT a::text AS plan FROM t WHERE b = $1 AND (c = CAST($2 AS date) OR d > $1)");
        assert_eq!(postgres.places, [1, 0]);
        let mysql = spelt(Engine::MySql);
        assert_eq!(mysql.text, "SELECT a::text AS plan FROM t WHERE b = ? AND (c = CAST(? AS DATE) OR d > ?)");
        assert_eq!(mysql.places, [1, 0, 1]);
        let sqlite = spelt(Engine::Sqlite);
        assert_eq!(sqlite.text, "SELECT a::text AS plan FROM t WHERE b = ?1 AND (c = ?2 OR d > ?1)");
        assert_eq!(sqlite.places, [1, 0]);
    }

    #[test]
    fn parameters_without_a_partner_are_named() {
        assert_eq!(unsound("SELECT :mail, :email"), Some(Unsound::UnknownParameter("mail".to_owned())));
        assert_eq!(unsound("SELECT ':email'"), Some(Unsound::UnusedParameter("email".to_owned())));
        assert_eq!(unsound("SELECT $1, :email"), Some(Unsound::Nameless("$1".to_owned())));
        assert_eq!(unsound("SELECT :email -- $1\n, '?', a ? 'b'"), None);
    }

    #[test]
    fn one_statement_that_asks_is_let_through_and_nothing_else() {
        for sql in [
            "SELECT :email",
            " -- so\n(select :email);\n-- done",
            "with a as (select :email) select 1",
            "VALUES (:email)",
        ] {
            assert_eq!(unsound(sql), None, "{sql}");
        }
        assert_eq!(unsound("SELECT :email; DROP TABLE people"), Some(Unsound::SeveralStatements));
        assert_eq!(unsound("SELECT :email;;"), Some(Unsound::SeveralStatements));
        assert_eq!(unsound("DELETE FROM people WHERE a = :email"), Some(Unsound::NoQuestion("DELETE".to_owned())));
        assert_eq!(unsound("; SELECT :email"), Some(Unsound::NoQuestion(";".to_owned())));
        assert_eq!(unsound("-- nothing"), Some(Unsound::NoQuestion(String::new())));
        let hidden = query("SELECT 1 /*! INTO OUTFILE 'x' */", &[]);
        assert_eq!(Statement::of(&hidden, Engine::MySql), Err(Unsound::Disguised));
    }

    #[test]
    fn a_parameter_is_never_part_of_a_pattern() {
        for sql in [
            "SELECT 1 FROM p WHERE email LIKE :email",
            "SELECT 1 FROM p WHERE email ilike '%' || :email || '%'",
            "SELECT 1 FROM p WHERE email NOT LIKE concat('%', lower(:email)) ESCAPE '!'",
            "SELECT 1 FROM p WHERE email ~* :email",
            "SELECT 1 FROM p WHERE email SIMILAR TO :email",
        ] {
            assert_eq!(unsound(sql), Some(Unsound::Pattern("email".to_owned())), "{sql}");
        }
        for sql in [
            "SELECT 1 FROM p WHERE kind LIKE 'doc%' AND email = :email",
            "SELECT (kind LIKE 'doc%'), :email FROM p",
            "SELECT 1 FROM p WHERE (kind LIKE 'doc%') = (email = :email)",
            "SELECT 1 FROM p WHERE :email LIKE '%@acme.example'",
        ] {
            assert_eq!(unsound(sql), None, "{sql}");
        }
    }

    #[test]
    fn what_is_declared_twice_or_not_at_all_is_refused() {
        let twice = query("SELECT :email", &[("email", Kind::Text), ("email", Kind::Text)]);
        assert_eq!(Statement::of(&twice, Engine::Sqlite), Err(Unsound::Twice("email".to_owned())));
        let none = Query { columns: Vec::new(), ..query("SELECT 1", &[]) };
        assert_eq!(Statement::of(&none, Engine::Sqlite), Err(Unsound::NoColumn));
    }
}
