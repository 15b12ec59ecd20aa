//! Rust source as text: what is code, what is a string, what is a test. No parser, a careful scanner.

/// A string literal and the line it begins on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// Line from 1.
    pub line: usize,
    /// What stands between the quotes, escapes as written.
    pub text: String,
}

/// One Rust file, scanned.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The code alone: comments and the insides of literals are blanks, lines stay where they are.
    pub code: String,
    /// The string literals in order.
    pub literals: Vec<Literal>,
}

impl Source {
    /// Scans a file.
    pub fn scan(text: &str) -> Self {
        let mut scanner = Scanner { rest: text.chars().collect(), at: 0, line: 1, made: Self::default() };
        while scanner.at < scanner.rest.len() {
            scanner.next_piece();
        }
        scanner.made
    }

    /// The same without items under `#[cfg(test)]`.
    #[must_use]
    pub fn without_tests(mut self) -> Self {
        const MARK: &str = "#[cfg(test)]";
        while let Some(start) = self.code.find(MARK) {
            let body = start + MARK.len();
            let end = end_of_item(&self.code, body);
            let first = line_of(&self.code, start);
            let last = line_of(&self.code, end);
            self.literals.retain(|literal| literal.line < first || literal.line > last);
            let blank: String = self.code[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
            self.code.replace_range(start..end, &blank);
        }
        self
    }
}

/// Whether the path itself says that it holds tests.
pub fn is_test_path(path: &str) -> bool {
    path.split('/').any(|part| matches!(part, "tests" | "tests.rs" | "benches" | "examples"))
}

/// The line, from 1, on which a byte of the text stands.
pub fn line_of(text: &str, byte: usize) -> usize {
    1 + text[..byte.min(text.len())].matches('\n').count()
}

/// Where the item that begins at `from` ends: after its closing brace, or its semicolon if that comes first.
pub fn end_of_item(code: &str, from: usize) -> usize {
    let (mut braces, mut brackets) = (0_usize, 0_usize);
    for (offset, c) in code[from..].char_indices() {
        match c {
            '{' => braces += 1,
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets = brackets.saturating_sub(1),
            '}' => {
                braces = braces.saturating_sub(1);
                if braces == 0 && brackets == 0 {
                    return from + offset + 1;
                }
            }
            ';' if braces == 0 && brackets == 0 => return from + offset + 1,
            _ => {}
        }
    }
    code.len()
}

/// Whether the character can be part of an identifier.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

struct Scanner {
    rest: Vec<char>,
    at: usize,
    line: usize,
    made: Source,
}

impl Scanner {
    fn peek(&self, ahead: usize) -> char {
        self.rest.get(self.at + ahead).copied().unwrap_or('\0')
    }

    /// Passes one character, as itself or as a blank.
    fn pass(&mut self, as_code: bool) -> char {
        let c = self.peek(0);
        self.at += 1;
        if c == '\n' {
            self.line += 1;
            self.made.code.push('\n');
        } else {
            self.made.code.push(if as_code { c } else { ' ' });
        }
        c
    }

    fn next_piece(&mut self) {
        let before = self.at.checked_sub(1).and_then(|i| self.rest.get(i)).copied().unwrap_or(' ');
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => {
                while self.at < self.rest.len() && self.peek(0) != '\n' {
                    self.pass(false);
                }
            }
            ('/', '*') => self.block_comment(),
            ('"', _) => self.string(),
            ('r', '"' | '#') if !is_word(before) || matches!(before, 'b' | 'c') => self.raw_string(),
            ('\'', _) => self.quote(),
            _ => {
                self.pass(true);
            }
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        while self.at < self.rest.len() {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                _ => {
                    self.pass(false);
                    continue;
                }
            }
            self.pass(false);
            self.pass(false);
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        let line = self.line;
        let mut text = String::new();
        self.pass(true);
        while self.at < self.rest.len() && self.peek(0) != '"' {
            if self.peek(0) == '\\' {
                text.push(self.pass(false));
            }
            text.push(self.pass(false));
        }
        self.pass(true);
        self.made.literals.push(Literal { line, text });
    }

    /// `r"…"`, `r#"…"#`; a raw identifier such as `r#type` is passed as code.
    fn raw_string(&mut self) {
        let hashes = (1..).take_while(|&ahead| self.peek(ahead) == '#').count();
        if self.peek(1 + hashes) != '"' {
            self.pass(true);
            return;
        }
        let line = self.line;
        let mut text = String::new();
        for _ in 0..hashes + 2 {
            self.pass(true);
        }
        while self.at < self.rest.len() {
            if self.peek(0) == '"' && (1..=hashes).all(|ahead| self.peek(ahead) == '#') {
                break;
            }
            text.push(self.pass(false));
        }
        for _ in 0..(hashes + 1).min(self.rest.len() - self.at) {
            self.pass(true);
        }
        self.made.literals.push(Literal { line, text });
    }

    /// A character literal, or the tick of a lifetime.
    fn quote(&mut self) {
        self.pass(true);
        if self.peek(0) == '\\' {
            self.pass(false);
            self.pass(false);
            while self.at < self.rest.len() && self.peek(0) != '\'' && self.peek(0) != '\n' {
                self.pass(false);
            }
            self.pass(true);
        } else if self.peek(1) == '\'' {
            self.pass(false);
            self.pass(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        Source::scan(source).literals.into_iter().map(|literal| literal.text).collect()
    }

    #[test]
    fn strings_of_every_kind_are_found_and_blanked() {
        let source = r####"let a = "one \" {"; let b = r#"two "}" "#; let c = b"three"; let d = br##"four"##; let r#type = 5;"####;
        assert_eq!(texts(source), ["one \\\" {", "two \"}\" ", "three", "four"]);
        let scanned = Source::scan(source);
        assert!(!scanned.code.contains('{') && !scanned.code.contains('}'));
        assert!(scanned.code.contains("r#type = 5;"));
    }

    #[test]
    fn comments_and_characters_hide_nothing_else() {
        let source =
            "// \" crate::x\n/* /* { */ \" */ let q = '\"'; let l: &'a str = \"in\"; let e = '\\'';\n let z = \"out\";";
        let scanned = Source::scan(source);
        assert_eq!(texts(source), ["in", "out"]);
        assert!(!scanned.code.contains("crate"));
        assert_eq!(scanned.literals[1].line, 3);
        assert_eq!(scanned.code.lines().count(), source.lines().count());
    }

    #[test]
    fn an_unfinished_literal_ends_with_the_file() {
        for source in ["\"abc", "r#\"abc", "/* abc", "'\\", "r", "'"] {
            assert_eq!(Source::scan(source).code.lines().count(), 1, "{source}");
        }
    }

    #[test]
    fn tests_are_taken_away_and_what_follows_stays() {
        let source = "fn a() {}\n#[cfg(test)]\nmod tests {\n fn b() { let x = \"t\"; }\n}\n#[cfg(test)] use c::D;\nfn e() { \"kept\"; }\n";
        let rest = Source::scan(source).without_tests();
        assert!(rest.code.contains("fn a()") && rest.code.contains("fn e()"));
        assert!(!rest.code.contains("mod tests") && !rest.code.contains("use c"));
        assert_eq!(rest.literals.len(), 1);
        assert_eq!(rest.literals[0].text, "kept");
    }
}
