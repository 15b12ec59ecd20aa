//! Indexes of words: FTS5 in SQLite, `tsvector` in PostgreSQL. Both are given words that are cut and folded already (letters and
//! digits only, no blanks), so that they agree on what a word is; neither keeps the text that they came from.
//!
//! An index is made by a migration, as `{words:NAME}` alone on a line. It holds documents by their ids, which are taken to grow
//! with time: what is asked for is found among the newest.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::{Engine, Id, Query, Value, sql};

/// How many of the newest documents that hold some words are ranked; older ones are not found. Ranking every document that holds
/// a common word takes most of a second at 200,000 messages.
pub const NEWEST: u32 = 2_000;

/// How many of the newest documents are looked at for words before PostgreSQL's index of words is asked: at first, and where the words are
/// frequent among those.
const LOOKED_AT: (u32, u32) = (1_000, 20_000);

/// The last place in a document that PostgreSQL counts; words behind it stand in the same place.
const LAST_PLACE: usize = 16_383;

impl Engine {
    /// What makes an index of words. Words that are taken out of it leave nothing behind.
    pub(super) fn make_words(self, index: &str) -> String {
        match self {
            Engine::Sqlite => format!(
                "CREATE VIRTUAL TABLE {index} USING fts5(words, content='', tokenize='ascii', prefix='2 3');
                INSERT INTO {index} ({index}, rank) VALUES ('secure-delete', 1);"
            ),
            Engine::Postgres => format!(
                "CREATE TABLE {index} (id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
                CREATE INDEX {index}_by_word ON {index} USING gin (words);"
            ),
        }
    }

    /// Puts a document into an index.
    pub fn add_words(self, index: &str, id: Id, words: &[String]) -> Query {
        match self {
            Engine::Sqlite => sql(format!("INSERT INTO {index} (rowid, words) VALUES ($1, $2)")),
            Engine::Postgres => sql(format!("INSERT INTO {index} (id, words) VALUES ($1, CAST($2 AS tsvector))")),
        }
        .bind(id)
        .bind(self.written(words))
    }

    /// Takes a document out of an index; one that is not in it stays away. `words` are those it was put in with: SQLite has
    /// nothing else to find them by.
    pub fn remove_words(self, index: &str, id: Id, words: &[String]) -> Query {
        match self {
            Engine::Sqlite => sql(format!(
                "INSERT INTO {index} ({index}, rowid, words) SELECT 'delete', $1, $2
                WHERE EXISTS (SELECT 1 FROM {index}_docsize WHERE id = $1)"
            ))
            .bind(id)
            .bind(self.written(words)),
            Engine::Postgres => sql(format!("DELETE FROM {index} WHERE id = $1")).bind(id),
        }
    }

    /// A query for the newest documents of an index that hold what parameter `wanted` says (see
    /// [`wanted_words`](Self::wanted_words)), are no newer than the id in parameter `until`, and meet the condition `only`, in which
    /// a document is called by its [`document_id`](Self::document_id); an empty one leaves all of them. Columns `id` and `score`,
    /// which is the greater the better a document fits.
    pub fn newest_words(self, index: &str, wanted: usize, until: usize, only: &str) -> String {
        match self {
            Engine::Sqlite => {
                let only = and(only);
                format!(
                    "SELECT rowid AS id, -bm25({index}) AS score FROM {index}
                    WHERE {index} MATCH ${wanted} AND rowid <= ${until}{only}
                    ORDER BY rowid DESC LIMIT {NEWEST}"
                )
            }
            // Cut first, then ranked.
            Engine::Postgres => {
                let newest = self.places_of_words(index, wanted, until, only, NEWEST);
                format!(
                    "SELECT {index}.id AS id, ts_rank({index}.words, CAST(${wanted} AS tsquery), 1) AS score
                    FROM ({newest}) AS newest JOIN {index} ON {index}.id = newest.id"
                )
            }
        }
    }

    /// A query for the ids of documents of an index, the newest first and no more than `limit`, chosen as
    /// [`newest_words`](Self::newest_words) does and ranked by nothing: what it costs does not grow with how many hold the words.
    pub fn places_of_words(self, index: &str, wanted: usize, until: usize, only: &str, limit: u32) -> String {
        let (holds, only) = (self.holds_words(index, wanted), and(only));
        match self {
            Engine::Sqlite => format!(
                "SELECT rowid AS id FROM {index} WHERE {holds} AND rowid <= ${until}{only} ORDER BY rowid DESC LIMIT {limit}"
            ),
            Engine::Postgres => newest_of_postgres(index, &holds, until, &only, limit),
        }
    }

    /// The condition on a document of this index that it holds what parameter `wanted` says.
    pub fn holds_words(self, index: &str, wanted: usize) -> String {
        match self {
            Engine::Sqlite => format!("{index} MATCH ${wanted}"),
            Engine::Postgres => format!("{index}.words @@ CAST(${wanted} AS tsquery)"),
        }
    }

    /// How the id of a document of this index is called in a condition.
    pub fn document_id(self, index: &str) -> String {
        match self {
            Engine::Sqlite => format!("{index}.rowid"),
            Engine::Postgres => format!("{index}.id"),
        }
    }

    /// What a query for documents that hold all of `runs` is given, each of which is words that stand one behind the other; with
    /// `begun` the last word of the last may go on.
    pub fn wanted_words(self, runs: &[Vec<String>], begun: bool) -> String {
        let wanted: Vec<String> = runs
            .iter()
            .enumerate()
            .map(|(place, run)| {
                let goes_on = begun && place + 1 == runs.len();
                match self {
                    Engine::Sqlite => format!("\"{}\"{}", run.join(" "), if goes_on { "*" } else { "" }),
                    Engine::Postgres => {
                        let words: Vec<String> = run.iter().map(|word| format!("'{word}'")).collect();
                        format!("({}{})", words.join(" <-> "), if goes_on { ":*" } else { "" })
                    }
                }
            })
            .collect();
        wanted.join(if self == Engine::Sqlite { " " } else { " & " })
    }

    /// The ids of the [`id_list`] in parameter `place`, to stand behind `IN`, or behind `FROM` as a column `id`.
    pub fn members(self, place: usize) -> String {
        match self {
            Engine::Sqlite => format!("(SELECT value AS id FROM json_each(${place}))"),
            Engine::Postgres => {
                format!("(SELECT CAST(value AS BIGINT) AS id FROM json_array_elements_text(CAST(${place} AS json)))")
            }
        }
    }

    fn written(self, words: &[String]) -> String {
        match self {
            Engine::Sqlite => words.join(" "),
            Engine::Postgres => vector(words),
        }
    }
}

/// Ids as [`Engine::members`] reads them.
pub fn id_list(ids: impl IntoIterator<Item = Id>) -> Value {
    let ids: Vec<String> = ids.into_iter().map(|id| id.0.to_string()).collect();
    format!("[{}]", ids.join(",")).into()
}

/// What is joined to a condition; nothing where it is empty.
fn and(condition: &str) -> String {
    if condition.is_empty() { String::new() } else { format!(" AND {condition}") }
}

/// The newest documents of an index of PostgreSQL for which `holds` is true. Its index of words knows no order: it has to give every document
/// that holds a word before the newest are known, which is quick for a seldom word and takes most of a second for one that a million have. Going
/// through the documents from the newest on is the other way round. What to do is not left to the planner, which has to guess how
/// many hold a word and is wrong by orders of magnitude about seldom ones: a few documents are looked at ([`LOOKED_AT`]); where the word is
/// frequent among them, some more are; only then the index is asked.
fn newest_of_postgres(index: &str, holds: &str, until: usize, only: &str, limit: u32) -> String {
    let among = |newest: u32, gate: &str| {
        format!(
            "SELECT {index}.id AS id FROM (
                SELECT id, words FROM {index} WHERE id <= ${until}{gate} ORDER BY id DESC LIMIT {newest}
            ) AS {index} WHERE {holds}{only} ORDER BY {index}.id DESC LIMIT {limit}"
        )
    };
    let (few, many) = LOOKED_AT;
    let newest = among(few, "");
    let enough = limit.div_ceil(many / few);
    let further = among(many, &format!(" AND (SELECT COUNT(*) FROM newest) BETWEEN {enough} AND {limit} - 1"));
    // OFFSET keeps what is asked besides the words out of the innermost part, or the planner would have the primary key list every document.
    format!(
        "WITH newest AS MATERIALIZED ({newest}), further AS MATERIALIZED ({further})
        SELECT id FROM newest WHERE (SELECT COUNT(*) FROM newest) = {limit}
        UNION ALL SELECT id FROM further WHERE (SELECT COUNT(*) FROM further) = {limit}
        UNION ALL SELECT {index}.id AS id FROM (
            SELECT id FROM {index} WHERE {holds} AND (SELECT COUNT(*) FROM newest) < {limit}
            AND (SELECT COUNT(*) FROM further) < {limit} OFFSET 0
        ) AS {index} WHERE {index}.id <= ${until}{only}
        ORDER BY id DESC LIMIT {limit}"
    )
}

/// The text of a `tsvector`: each word once, with the places it stands in.
fn vector(words: &[String]) -> String {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, word) in words.iter().enumerate() {
        let known = places.entry(word).or_default();
        let place = (place + 1).min(LAST_PLACE);
        if known.last() != Some(&place) {
            known.push(place);
        }
    }
    let mut text = String::new();
    for (word, places) in places {
        let places: Vec<String> = places.iter().map(usize::to_string).collect();
        // Writing into a string does not fail.
        let _ = write!(text, "'{word}':{} ", places.join(","));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn a_vector_holds_each_word_once_with_its_places() {
        assert_eq!(vector(&words("to be or not to be")), "'be':2,6 'not':4 'or':3 'to':1,5 ");
        assert_eq!(vector(&[]), "");
        let many = vec!["a".to_owned(); LAST_PLACE + 9];
        assert!(vector(&many).ends_with(&format!(",{LAST_PLACE} ")));
    }

    #[test]
    fn runs_are_asked_for_as_each_engine_has_it_and_only_the_last_word_may_go_on() {
        let runs = [words("new"), words("first page"), words("log")];
        assert_eq!(Engine::Sqlite.wanted_words(&runs, true), r#""new" "first page" "log"*"#);
        assert_eq!(Engine::Postgres.wanted_words(&runs, true), "('new') & ('first' <-> 'page') & ('log':*)");
        assert_eq!(Engine::Postgres.wanted_words(&runs[..1], false), "('new')");
    }
}
