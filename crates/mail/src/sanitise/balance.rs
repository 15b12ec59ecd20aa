//! Puts any HTML into a tree that is shallow and closed, before the cleaner builds it.
//!
//! A parser by the book looks through all open elements at many tags and compares all attributes of a tag with each other:
//! a mail of a megabyte of `<div>` costs it minutes. Here every tag is matched on a stack of bounded height, unknown
//! elements and attributes vanish (their text stays), and what comes out costs the cleaner little.

use std::fmt::Write as _;

use super::tags::{Token, Tokens};

/// Elements that survive. The cleaner is given the same list.
pub(super) const ELEMENTS: [&str; 58] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];

/// How deep elements may lie in each other; deeper ones lose their tags and keep their text.
const MAX_DEPTH: usize = 200;

const VOID: [&str; 4] = ["br", "col", "hr", "img"];
const CELL_WALLS: [&str; 3] = ["td", "th", "table"];

/// Rewrites HTML with every tag closed, in order, and none deeper than the limit.
pub(super) fn balance(html: &str) -> String {
    let mut tree = Tree { out: String::with_capacity(html.len()), open: Vec::new() };
    for token in Tokens::new(html) {
        match token {
            Token::Text(text) => tree.text(text),
            Token::Start { name, attributes, holds_history } => {
                if let Some(name) = known(&name) {
                    // Shown and read as the quote that it is, and closed by its own end tag.
                    let shown = if holds_history && name == "div" { "blockquote" } else { name };
                    tree.start(name, shown, &attributes);
                }
            }
            Token::End(name) => {
                if let Some(name) = known(&name) {
                    tree.end(name);
                }
            }
        }
    }
    tree.close_down_to(0);
    tree.out
}

fn known(name: &str) -> Option<&'static str> {
    // `strike` and `tt` say what `s` and `code` say.
    let name = match name {
        "strike" => "s",
        "tt" => "code",
        "main" | "nav" | "figure" | "figcaption" | "details" | "summary" | "form" | "fieldset" => "div",
        "tfoot" => "tbody",
        _ => name,
    };
    ELEMENTS.iter().find(|element| **element == name).copied()
}

/// Writes text or a value so that nothing in it is markup, its whole entities kept. An `&` that begins none is written as
/// an entity: a parser by the book goes back over the text at each.
fn push_escaped(out: &mut String, text: &str) {
    for (at, c) in text.char_indices() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '&' if !begins_entity(&text[at + 1..]) => out.push_str("&amp;"),
            '\0' => {}
            _ => out.push(c),
        }
    }
}

/// The longest name of an entity, in bytes.
const MAX_ENTITY: usize = 32;

fn begins_entity(after: &str) -> bool {
    let name = after.strip_prefix('#').unwrap_or(after);
    let near = &name.as_bytes()[..name.len().min(MAX_ENTITY)];
    let length = near.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(near.len());
    length > 0 && name.as_bytes().get(length) == Some(&b';')
}

struct Tree {
    out: String,
    open: Vec<Open>,
}

/// An element that is open: as the mail calls it, and as it is written.
struct Open {
    name: &'static str,
    shown: &'static str,
}

impl Tree {
    fn text(&mut self, text: &str) {
        push_escaped(&mut self.out, text);
    }

    fn start(&mut self, name: &'static str, shown: &'static str, attributes: &[(&str, &str)]) {
        self.close_implied(name);
        let void = VOID.contains(&name);
        if self.open.len() >= MAX_DEPTH && !void {
            return;
        }
        self.out.push('<');
        self.out.push_str(shown);
        for (key, value) in attributes {
            // Writing to a String cannot fail.
            let _ = write!(self.out, " {key}=\"");
            push_escaped(&mut self.out, value);
            self.out.push('"');
        }
        self.out.push('>');
        if !void {
            self.open.push(Open { name, shown });
        }
    }

    /// Closes what a start tag ends without saying so: a paragraph before a block, an item before the next.
    fn close_implied(&mut self, name: &str) {
        let (ended, walls): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "td", "th", "table"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "td", "th", "table"]),
            "td" | "th" => (&["td", "th"], &["table"]),
            "tr" => (&["tr"], &["table"]),
            "tbody" | "thead" => (&["tbody", "thead", "colgroup"], &["table"]),
            "a" => (&["a"], &CELL_WALLS),
            "p" | "div" | "table" | "ul" | "ol" | "dl" | "blockquote" | "pre" | "hr" | "h1" | "h2" | "h3" | "h4"
            | "h5" | "h6" | "section" | "article" | "aside" | "header" | "footer" | "center" | "address" => (
                &["p"],
                &["div", "td", "th", "table", "li", "dd", "blockquote", "caption", "section", "article", "center"],
            ),
            _ => return,
        };
        self.close(ended, walls);
    }

    fn end(&mut self, name: &'static str) {
        match name {
            "table" => self.close(&["table"], &[]),
            "tr" | "td" | "th" | "tbody" | "thead" | "caption" | "colgroup" => self.close(&[name], &["table"]),
            _ => self.close(&[name], &CELL_WALLS),
        }
    }

    /// Closes the innermost element named in `ended` and all within it, unless a wall stands before it.
    fn close(&mut self, ended: &[&str], walls: &[&str]) {
        let found = self.open.iter().rposition(|open| ended.contains(&open.name) || walls.contains(&open.name));
        if let Some(at) = found
            && self.open.get(at).is_some_and(|open| ended.contains(&open.name))
        {
            self.close_down_to(at);
        }
    }

    fn close_down_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(Open { shown, .. }) = self.open.pop() {
                // Writing to a String cannot fail.
                let _ = write!(self.out, "</{shown}>");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_is_closed_in_its_place() {
        assert_eq!(balance("<div><b>x</div>y</b>"), "<div><b>x</b></div>y");
        assert_eq!(balance("<p>a<p>b<div>c"), "<p>a</p><p>b</p><div>c</div>");
        assert_eq!(balance("<ul><li>a<li>b<ul><li>c</ul></ul>"), "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>");
        assert_eq!(
            balance("<table><tr><td>a</div><td>b<tr><th>c</table>d"),
            "<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>d"
        );
    }

    #[test]
    fn what_holds_the_history_is_a_quote() {
        assert_eq!(
            balance("<div>Yes<div class=yahoo_quoted><div>On Monday</div></div>Bo</div>"),
            "<div>Yes<blockquote><div>On Monday</div></blockquote>Bo</div>"
        );
    }

    #[test]
    fn unknown_elements_leave_their_text() {
        assert_eq!(balance("<o:p>a</o:p><marquee>b</marquee><svg><circle r=1/></svg>1 < 2"), "ab1 &lt; 2");
    }

    #[test]
    fn depth_is_bounded() {
        let deep = balance(&"<div>".repeat(100_000));
        assert_eq!(deep.matches("<div>").count(), MAX_DEPTH);
        assert_eq!(deep.matches("</div>").count(), MAX_DEPTH);
    }

    #[test]
    fn text_cannot_become_markup_nor_an_attribute_end_its_quotes() {
        assert_eq!(balance("<a href='?a=1&b=2&eacute;'>&&nbsp;"), "<a href=\"?a=1&amp;b=2&eacute;\">&amp;&nbsp;</a>");
        assert_eq!(balance(r#"<img alt='"><b>'>"#), r#"<img alt="&quot;&gt;&lt;b&gt;">"#);
    }
}
