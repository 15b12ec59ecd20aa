//! Telling SQL from other text.

/// Whether a text is SQL, by its keywords: in capitals anywhere, in small letters only as the first word.
pub fn is_sql(text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !crate::source::is_word(c)).filter(|word| !word.is_empty()).collect();
    let loud = (0..words.len()).any(|at| statement(&words[at..], str::to_owned));
    let sentence = text.trim_start().starts_with(char::is_uppercase);
    loud || (!sentence && statement(&words, str::to_uppercase))
}

/// Whether the words begin a statement, once each has been `read`.
fn statement(words: &[&str], read: fn(&str) -> String) -> bool {
    let word = |at: usize| words.get(at).map(|word| read(word)).unwrap_or_default();
    let later = |wanted: &str| words.iter().any(|word| read(word) == wanted);
    match word(0).as_str() {
        "SELECT" => later("FROM") || words.len() == 2,
        "INSERT" => matches!(word(1).as_str(), "INTO" | "OR"),
        "DELETE" => word(1) == "FROM",
        "UPDATE" => later("SET") || word(1) == "SKIP",
        "CREATE" => matches!(word(1).as_str(), "TABLE" | "INDEX" | "UNIQUE" | "VIRTUAL" | "TRIGGER" | "VIEW"),
        "ALTER" => word(1) == "TABLE",
        "WITH" => later("AS") && later("SELECT"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_sql;

    #[test]
    fn statements_are_told_from_sentences() {
        for sql in [
            "SELECT id FROM tickets",
            "SELECT 1",
            "select id from tickets where x = $1",
            "\n  INSERT INTO t VALUES ($1)",
            "UPDATE t SET a = 1",
            "DELETE FROM t",
            "WITH a AS (SELECT 1) SELECT * FROM a",
            " ORDER BY id FOR UPDATE SKIP LOCKED",
            "CREATE TABLE t (id BIGINT)",
        ] {
            assert!(is_sql(sql), "{sql}");
        }
        for other in [
            "Select a file to upload from your machine, then send it",
            "DELETE /api/v1/tokens/{id}",
            "update the client within 24 hours",
            "delete",
            "with care",
            "insert coin",
        ] {
            assert!(!is_sql(other), "{other}");
        }
    }
}
