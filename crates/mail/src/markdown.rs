//! Markdown (CommonMark with tables and strike-through) to HTML and to plain text for outgoing mail, and values made safe
//! to stand in it.
//!
//! HTML written in Markdown is text: whoever writes a reply cannot write markup. A line end stays a line end, as people
//! who type into a reply box mean it.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, html};

use crate::plain;

/// Markdown as HTML: a fragment of safe elements, links only to `http`, `https`, `mailto` and `tel`, images only from
/// `https` and `cid`.
#[must_use]
pub fn to_html(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut out, events(markdown));
    out.trim_end().to_owned()
}

/// Markdown as plain text that reads well: list marks, `> ` for quotes, the address behind a link.
#[must_use]
pub fn to_text(markdown: &str) -> String {
    plain::from_html(&to_html(markdown))
}

/// Makes any value text within Markdown: nothing in it is markup, and it begins no block. Line ends stay line ends; other
/// control characters go, and so does white space at the ends of lines.
///
/// It is not for code spans and code blocks, where Markdown knows no escape.
#[must_use]
pub fn escape(value: &str) -> String {
    let value = value.replace("\r\n", "\n").replace('\r', "\n");
    let lines = value.split('\n').map(escape_line).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\\\n")
}

fn escape_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    for c in line.trim().chars() {
        match c {
            '\t' => out.push(' '),
            c if c.is_control() => {}
            c if c.is_ascii_punctuation() => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

fn events(markdown: &str) -> impl Iterator<Item = Event<'_>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    Parser::new_ext(markdown, options).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::SoftBreak => Event::HardBreak,
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let dest_url = permitted(dest_url, &["http:", "https:", "mailto:", "tel:"]);
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            let dest_url = permitted(dest_url, &["https:", "cid:"]);
            Event::Start(Tag::Image { link_type, dest_url, title, id })
        }
        other => other,
    })
}

fn permitted<'a>(url: CowStr<'a>, schemes: &[&str]) -> CowStr<'a> {
    let begins = |scheme: &&str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    // An autolink of an address carries no scheme of its own.
    let is_address = schemes.contains(&"mailto:") && crate::address::is_plausible(&url);
    if schemes.iter().any(begins) || is_address { url } else { CowStr::Borrowed("") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn markup_is_text() {
        assert_eq!(to_html("a <b onclick=x>b</b>"), "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>");
        assert!(!to_html("<script>alert(1)</script>").contains("<script"));
        assert!(!to_html("[x](javascript:alert(1)) ![y](http://t.example/p.gif)").contains("t.example"));
        assert!(!to_html("[x](javascript:alert(1))").contains("javascript"));
    }

    #[test]
    fn a_reply_reads_well_as_text() {
        let markdown = "Hello **Ana**,\nthe [form](https://acme.example/f) is ready:\n\n1. open it\n2. *sign* it\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<bo@acme.example>";
        assert_eq!(
            to_text(markdown),
            "Hello Ana,\nthe form (https://acme.example/f) is ready:\n\n1. open it\n2. sign it\n\n> quoted\n\na b\n1 2\n\nbo@acme.example"
        );
    }

    #[test]
    fn a_value_begins_no_block_and_holds_no_markup() {
        let value = "# not a title\n- no list\n1. no list\n> no quote\n[x](https://evil.example) <b> &amp; **bold** ~~x~~ `code` | a\n    indented";
        let html = to_html(&escape(value));
        let tags: Vec<&str> = html.split('<').skip(1).map(|rest| rest.split(['>', ' ']).next().unwrap_or("")).collect();
        assert!(tags.iter().all(|tag| matches!(*tag, "p" | "/p" | "br")), "{html}");
        assert!(html.contains("&amp;amp;") && html.contains("**bold**") && html.contains("| a"), "{html}");
    }

    proptest! {
        #[test]
        fn an_escaped_value_comes_back_as_it_was(value in "[ -~áßж\n]{0,60}") {
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(words(&to_text(&escape(&value))), words(&value));
        }

        #[test]
        fn any_markdown_gives_html_that_the_sanitiser_leaves_its_text(markdown in "[a-z<>&*_`#\\[\\]()\n -]{0,80}") {
            let html = to_html(&markdown);
            prop_assert!(!html.contains("<script") && !html.contains("javascript:"));
        }
    }
}
