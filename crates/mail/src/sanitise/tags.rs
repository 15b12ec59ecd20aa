//! HTML from outside cut into tags and text, in one pass and in linear time whatever the bytes. What it misreads costs
//! looks, never safety: the cleaner parses its output again by the book.

/// One piece of HTML from outside.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text, entities as they stand; a `<` in it begins no tag.
    Text(&'a str),
    /// A start tag: its name in lower case, those attributes that may be of use, and whether by its other attributes a mail
    /// program says that it holds the mail that is answered.
    Start { name: String, attributes: Vec<(&'static str, &'a str)>, holds_history: bool },
    /// An end tag, its name in lower case.
    End(String),
}

/// Attributes that survive; all others are style, behaviour or noise.
pub(super) const ATTRIBUTES: [&str; 17] = [
    "href",
    "src",
    "alt",
    super::REMOTE_SOURCE,
    "colspan",
    "rowspan",
    "align",
    "valign",
    "width",
    "height",
    "start",
    "type",
    "dir",
    "lang",
    "color",
    "cite",
    "reversed",
];

/// Elements whose content is not text for a reader; gone with it.
const SILENT: [&str; 14] = [
    "script", "style", "title", "noscript", "template", "iframe", "object", "embed", "select", "textarea", "xmp",
    "noembed", "noframes", "canvas",
];

/// Walks over any text as HTML.
pub(super) struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { rest: html }
    }

    fn skip_silent(&mut self, name: &str) {
        if name == "embed" {
            return;
        }
        let bytes = self.rest.as_bytes();
        let ends = |at: &usize| {
            bytes.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        };
        let end = self.rest.match_indices("</").map(|(at, _)| at).find(ends);
        self.rest = end.map_or("", |at| &self.rest[at..]);
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let second =
                *self.rest.as_bytes().first().filter(|b| **b == b'<').and(self.rest.as_bytes().get(1)).unwrap_or(&b' ');
            match second {
                _ if self.rest.is_empty() => return None,
                b'!' | b'?' => self.rest = after_comment(self.rest),
                b'/' => {
                    let (name, after) = tag_name(&self.rest[2..]);
                    self.rest = after.split_once('>').map_or("", |(_, after)| after);
                    if !name.is_empty() && !SILENT.contains(&name.as_str()) {
                        return Some(Token::End(name));
                    }
                }
                b'a'..=b'z' | b'A'..=b'Z' => {
                    let (name, after) = tag_name(&self.rest[1..]);
                    let mut holds_history = false;
                    let (attributes, after) = attributes(after, &mut holds_history);
                    self.rest = after;
                    if SILENT.contains(&name.as_str()) {
                        self.skip_silent(&name);
                    } else {
                        return Some(Token::Start { name, attributes, holds_history });
                    }
                }
                _ => {
                    let from = usize::from(self.rest.starts_with('<'));
                    let end = self.rest[from..].find('<').map_or(self.rest.len(), |at| at + from);
                    let (text, after) = self.rest.split_at(end);
                    self.rest = after;
                    return Some(Token::Text(text));
                }
            }
        }
    }
}

fn after_comment(rest: &str) -> &str {
    let end = if rest.starts_with("<!--") { "-->" } else { ">" };
    // `<!-->` and `<!--->` are whole comments, so the end may overlap the beginning.
    let from = if end == ">" { 0 } else { 2 };
    rest[from..].split_once(end).map_or("", |(_, after)| after)
}

fn tag_name(rest: &str) -> (String, &str) {
    let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    (name.to_ascii_lowercase(), after)
}

/// How mail programs name the element that holds the mail that is answered, where they do not quote it as such.
const HISTORY: [&str; 7] = [
    "yahoo_quoted",
    "mail-editor-reference-message-container",
    "ms-outlook-mobile-reference-message",
    "olk_src_body_section",
    "messagereplysection",
    "zmail_extra",
    "sec_quote",
];

fn is_history(name: &str, value: &str) -> bool {
    let near = &value[..value.floor_char_boundary(200)];
    match name.to_ascii_lowercase().as_str() {
        "class" | "id" => {
            let near = near.to_ascii_lowercase();
            near.split_ascii_whitespace().any(|word| {
                let word = word.strip_prefix("x_").unwrap_or(word);
                HISTORY.contains(&word) || (word.starts_with("ydp") && word.ends_with("yahoo_quoted"))
            })
        }
        "name" => near.eq_ignore_ascii_case("quote") || near.eq_ignore_ascii_case("messageReplySection"),
        _ => false,
    }
}

/// Reads attributes up to and over the `>`; a tag that never ends takes the rest with it.
fn attributes<'a>(mut rest: &'a str, holds_history: &mut bool) -> (Vec<(&'static str, &'a str)>, &'a str) {
    let mut kept: Vec<(&'static str, &str)> = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return (kept, rest);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (kept, after);
        }
        // The first character belongs to the name even if it is `=`, so that each turn moves on.
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/');
        let end = rest[first..].find(ends).map_or(rest.len(), |at| at + first);
        let (name, after) = rest.split_at(end);
        let (value, after) = value(after);
        rest = after;
        *holds_history |= is_history(name, value);
        let known = ATTRIBUTES.iter().find(|known| known.eq_ignore_ascii_case(name));
        if let Some(known) = known
            && kept.iter().all(|(earlier, _)| earlier != known)
        {
            kept.push((known, value));
        }
    }
}

fn value(after_name: &str) -> (&str, &str) {
    let Some(after) = after_name.trim_start().strip_prefix('=') else {
        return ("", after_name);
    };
    let after = after.trim_start();
    for quote in ['"', '\''] {
        if let Some(quoted) = after.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    let end = after.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(after.len());
    after.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(name: &str, attributes: &[(&'static str, &'static str)]) -> Token<'static> {
        Token::Start { name: name.to_owned(), attributes: attributes.to_vec(), holds_history: false }
    }

    #[test]
    fn tags_text_and_comments_are_told_apart() {
        let found: Vec<_> = Tokens::new("1 < 2<!-- <b> --><BR/><a HREF = 'x>y' onclick=z href=2>t</A>").collect();
        assert_eq!(
            found,
            [
                Token::Text("1 "),
                Token::Text("< 2"),
                start("br", &[]),
                start("a", &[("href", "x>y")]),
                Token::Text("t"),
                Token::End("a".into())
            ]
        );
    }

    #[test]
    fn what_programs_say_holds_the_history_is_told() {
        let says = |html: &str| match Tokens::new(html).next() {
            Some(Token::Start { holds_history, .. }) => holds_history,
            other => panic!("{other:?}"),
        };
        assert!(says("<div id='ydp12yahoo_quoted_34' class=\"x ydp9yahoo_quoted\">"));
        assert!(says("<div id=x_mail-editor-reference-message-container>"));
        assert!(says("<div NAME=quote>"));
        assert!(!says("<div class=gmail_quote>") && !says("<div title=yahoo_quoted>"));
    }

    #[test]
    fn silent_elements_go_with_their_content() {
        let found: Vec<_> = Tokens::new("a<script>if (a<b) '</p>'</SCRIPT >b<style>").collect();
        assert_eq!(found, [Token::Text("a"), Token::Text("b")]);
    }

    #[test]
    fn what_is_never_closed_takes_the_rest() {
        for html in ["<!-- x", "<a href='x", "<a", "</a", "<a =", "<!"] {
            assert!(Tokens::new(html).all(|token| !matches!(token, Token::Text(_))), "{html}");
        }
    }
}
