//! A statement's text, piece by piece: just enough of each dialect to know what is quoted and what is not.

use crate::Engine;

/// A piece of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    /// White space or a comment.
    Gap,
    /// A text, a quoted name or a number.
    Quoted,
    /// A name or a keyword.
    Word(&'t str),
    /// `:name`, without the colon.
    Parameter(&'t str),
    /// A place for a parameter in the database's own spelling.
    Placeholder(&'t str),
    /// A comment that the server carries out (`/*! … */`).
    Disguised,
    /// Anything else; `::` and `:=` are one mark each.
    Mark(&'t str),
}

/// What was opened and not closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unclosed(pub(crate) &'static str);

/// The pieces of `text` with the characters of each, in order.
pub(crate) fn pieces(text: &str, engine: Engine) -> Result<Vec<(Piece<'_>, &str)>, Unclosed> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (kind, length) = first(rest, engine)?;
        let (piece, after) = rest.split_at_checked(length.max(1)).unwrap_or((rest, ""));
        found.push((named(kind, piece), piece));
        rest = after;
    }
    Ok(found)
}

/// What a piece is, before its characters are known.
#[derive(Clone, Copy)]
enum Shape {
    Gap,
    Quoted,
    Word,
    Parameter,
    Placeholder,
    Disguised,
    Mark,
}

fn named(shape: Shape, piece: &str) -> Piece<'_> {
    match shape {
        Shape::Gap => Piece::Gap,
        Shape::Quoted => Piece::Quoted,
        Shape::Word => Piece::Word(piece),
        Shape::Parameter => Piece::Parameter(piece.trim_start_matches(':')),
        Shape::Placeholder => Piece::Placeholder(piece),
        Shape::Disguised => Piece::Disguised,
        Shape::Mark => Piece::Mark(piece),
    }
}

/// The shape and the length in bytes of the first piece of a text that is not empty.
fn first(rest: &str, engine: Engine) -> Result<(Shape, usize), Unclosed> {
    let mysql = engine == Engine::MySql;
    let mut characters = rest.chars();
    let (Some(one), two) = (characters.next(), characters.next()) else { return Ok((Shape::Gap, 0)) };
    Ok(match one {
        _ if one.is_whitespace() => (Shape::Gap, run(rest, char::is_whitespace)),
        '-' if two == Some('-')
            && (!mysql || characters.next().is_none_or(|c| c.is_whitespace() || c.is_control())) =>
        {
            (Shape::Gap, line(rest))
        }
        '#' if mysql => (Shape::Gap, line(rest)),
        '/' if two == Some('*') => {
            let carried_out = mysql && (rest.starts_with("/*!") || rest.starts_with("/*M!"));
            (if carried_out { Shape::Disguised } else { Shape::Gap }, comment(rest, engine == Engine::Postgres)?)
        }
        '\'' => (Shape::Quoted, quoted(rest, one, mysql, "a text")?),
        '"' => (Shape::Quoted, quoted(rest, one, mysql, "a name or text in double quotes")?),
        '`' if engine != Engine::Postgres => (Shape::Quoted, quoted(rest, one, false, "a name in backticks")?),
        '[' if engine == Engine::Sqlite => {
            (Shape::Quoted, rest.find(']').ok_or(Unclosed("a name in square brackets"))? + 1)
        }
        'e' | 'E' if engine == Engine::Postgres && two == Some('\'') => {
            (Shape::Quoted, 1 + quoted(rest.get(1..).unwrap_or_default(), '\'', true, "a text")?)
        }
        '$' if engine == Engine::Postgres => match dollar_quoted(rest)? {
            Some(length) => (Shape::Quoted, length),
            None => (Shape::Placeholder, 1 + run(after(rest, 1), goes_on)),
        },
        ':' if rest.starts_with("::") || rest.starts_with(":=") => (Shape::Mark, 2),
        ':' if two.is_some_and(begins_a_name) => (Shape::Parameter, 1 + run(after(rest, 1), goes_on)),
        '?' if engine != Engine::Postgres => (Shape::Placeholder, 1 + run(after(rest, 1), |c| c.is_ascii_digit())),
        '@' | '$' if engine == Engine::Sqlite => (Shape::Placeholder, 1 + run(after(rest, 1), goes_on)),
        _ if one.is_ascii_digit() => (Shape::Quoted, run(rest, |c| goes_on(c) || c == '.')),
        _ if begins_a_name(one) => (Shape::Word, run(rest, |c| goes_on(c) || c == '$')),
        _ => (Shape::Mark, one.len_utf8()),
    })
}

fn after(text: &str, bytes: usize) -> &str {
    text.get(bytes..).unwrap_or_default()
}

/// How many bytes at the beginning are characters of that kind.
fn run(text: &str, kind: impl Fn(char) -> bool) -> usize {
    text.find(|c| !kind(c)).unwrap_or(text.len())
}

fn begins_a_name(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || !c.is_ascii()
}

fn goes_on(c: char) -> bool {
    begins_a_name(c) || c.is_ascii_digit()
}

fn line(rest: &str) -> usize {
    rest.find('\n').map_or(rest.len(), |end| end + 1)
}

/// The length of a comment that begins here; PostgreSQL nests them.
fn comment(rest: &str, nested: bool) -> Result<usize, Unclosed> {
    let (mut depth, mut at) = (1, 2);
    while depth > 0 {
        let here = rest.get(at..).filter(|here| !here.is_empty()).ok_or(Unclosed("a comment"))?;
        if here.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
        } else if nested && here.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    Ok(at)
}

/// The length of what stands between two equal quotes; twice the quote is one of its characters.
fn quoted(rest: &str, quote: char, backslash: bool, what: &'static str) -> Result<usize, Unclosed> {
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character == '\\' && backslash {
            characters.next();
        } else if character == quote && characters.next_if(|(_, next)| *next == quote).is_none() {
            return Ok(at + quote.len_utf8());
        }
    }
    Err(Unclosed(what))
}

/// The length of `$tag$ … $tag$`, or `None` where none begins.
fn dollar_quoted(rest: &str) -> Result<Option<usize>, Unclosed> {
    let tag = after(rest, 1);
    let length = run(tag, goes_on);
    if !tag.get(length..).is_some_and(|rest| rest.starts_with('$')) || tag.starts_with(|c: char| c.is_ascii_digit()) {
        return Ok(None);
    }
    let open = rest.get(..length + 2).unwrap_or_default();
    let inside = after(rest, open.len());
    inside.find(open).map(|end| Some(end + 2 * open.len())).ok_or(Unclosed("a text between dollar signs"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parameters(sql: &str, engine: Engine) -> Vec<&str> {
        let pieces = pieces(sql, engine).unwrap();
        pieces
            .iter()
            .filter_map(|(piece, _)| if let Piece::Parameter(name) = piece { Some(*name) } else { None })
            .collect()
    }

    #[test]
    fn what_is_quoted_is_no_parameter_in_any_dialect() {
        let sql = "SELECT ':a', \":b\", 'it''s :c' -- :d\n, /* :e */ x::text, y FROM t WHERE z = :real_1";
        for engine in Engine::ALL {
            assert_eq!(parameters(sql, engine), ["real_1"], "{engine:?}");
        }
    }

    #[test]
    fn each_dialect_has_quotes_of_its_own() {
        let postgres = "SELECT $$ :a $$, $x$ $$ :b $y$ $x$, E'\\' :c', '\\' || :d, a$b, /* /* :e */ :f */ `:g";
        assert_eq!(parameters(postgres, Engine::Postgres), ["d", "g"]);
        let mysql = "SELECT '\\' :a', \"\\\" :b\", `:c`, 1 --:d\n, # :e\n :f, @v := 1";
        assert_eq!(parameters(mysql, Engine::MySql), ["d", "f"]);
        let sqlite = "SELECT [:a], `:b`, '\\', :c";
        assert_eq!(parameters(sqlite, Engine::Sqlite), ["c"]);
    }

    #[test]
    fn what_is_not_closed_is_named() {
        for (sql, what) in [
            ("SELECT 'a", "a text"),
            ("SELECT \"a", "a name or text in double quotes"),
            ("/* a", "a comment"),
            ("/* /* a */", "a comment"),
            ("SELECT $x$ a $$", "a text between dollar signs"),
        ] {
            assert_eq!(pieces(sql, Engine::Postgres), Err(Unclosed(what)), "{sql}");
        }
        assert_eq!(pieces("SELECT [a", Engine::Sqlite), Err(Unclosed("a name in square brackets")));
    }

    proptest! {
        #[test]
        fn the_pieces_of_any_text_are_the_text(text in "[a-zé:?$@'\"`\\[\\]\\\\*/# \n;0-9-]{0,60}", at in 0..3_usize) {
            if let Ok(pieces) = pieces(&text, Engine::ALL[at]) {
                prop_assert_eq!(pieces.iter().map(|(_, characters)| *characters).collect::<String>(), text);
            }
        }
    }
}
