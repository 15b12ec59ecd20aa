//! Markdown (CommonMark with tables and strike-through) to HTML and to plain text for outgoing mail, and values made safe
//! to stand in it.
//!
//! HTML written in Markdown is text: whoever writes a reply cannot write markup. A line end stays a line end, as people
//! who type into a reply box mean it.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, html};

use crate::{bare_links, plain};

/// What a mail looks like: mail programs take no style sheets, so each element carries its own.
const LETTER: &str =
    "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5";
const CELL: &str = "border:1px solid #c4c9cf;padding:5px 10px;vertical-align:top";
const QUOTE: &str = "margin:0 0 1em;padding:0 0 0 12px;border-left:3px solid #c4c9cf";
const BLOCK_OF_CODE: &str =
    "margin:0 0 1em;padding:10px 12px;border:1px solid #c4c9cf;border-radius:4px;white-space:pre-wrap";
const CODE: &str = "font-family:Menlo,Consolas,monospace;font-size:13px";

/// Markdown as HTML: a fragment of safe elements, links only to `http`, `https`, `mailto` and `tel`, images only from
/// `https` and `cid`.
#[must_use]
pub fn to_html(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut out, events(markdown));
    out.trim_end().to_owned()
}

/// The same as a mail shows it, with modest styles of its own.
#[must_use]
pub fn to_letter(markdown: &str) -> String {
    // Whatever somebody wrote has no `<` of its own here: these are the writer's tags.
    let html = to_html(markdown)
        .replace("<table>", "<table style=\"border-collapse:collapse;margin:0 0 1em\">")
        .replace("<th>", &format!("<th style=\"{CELL};text-align:left\">"))
        .replace("<th style=\"text-align", &format!("<th style=\"{CELL};text-align"))
        .replace("<td>", &format!("<td style=\"{CELL}\">"))
        .replace("<td style=\"text-align", &format!("<td style=\"{CELL};text-align"))
        .replace("<blockquote>", &format!("<blockquote style=\"{QUOTE}\">"))
        .replace("<pre>", &format!("<pre style=\"{BLOCK_OF_CODE}\">"))
        .replace("<code", &format!("<code style=\"{CODE}\""));
    format!("<div style=\"{LETTER}\">\n{html}\n</div>")
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
    linked(markdown, Parser::new_ext(markdown, options).into_offset_iter()).into_iter().map(|event| match event {
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

/// The same, each web address that stands in the words a link to where it says, whatever marks of emphasis it holds. One that is escaped,
/// or within code or a link, is none.
fn linked<'a>(markdown: &'a str, events: impl Iterator<Item = (Event<'a>, Range<usize>)>) -> Vec<Event<'a>> {
    let (mut linked, mut words, mut within): (Vec<Event<'a>>, Range<usize>, usize) = (Vec::new(), 0..0, 0);
    let addresses = addresses_in(markdown);
    // Whether an address that begins in the words goes on to the end of what stands behind them.
    let goes_on = |words: &Range<usize>, place: &Range<usize>| {
        let last = addresses[..addresses.partition_point(|address| address.start < words.end)].last();
        words.end == place.start && last.is_some_and(|last| words.start <= last.start && place.end <= last.end)
    };
    let mut marks_of_addresses = Vec::new();
    for (event, place) in events {
        let marked = match &event {
            Event::Start(tag) => mark(&tag.to_end(), &markdown[place.clone()])
                .filter(|_| goes_on(&words, &place))
                .inspect(|_| marks_of_addresses.push(place.clone()))
                .map(|length| place.start..place.start + length),
            Event::End(tag) => mark(tag, &markdown[place.clone()])
                .filter(|_| marks_of_addresses.pop_if(|began| *began == place).is_some())
                .map(|length| place.end - length..place.end),
            _ => None,
        };
        // Words that stand in the text as they are, one after the other, are read together: marks that mean nothing part them.
        let is_plain = within == 0 && matches!(&event, Event::Text(text) if **text == markdown[place.clone()]);
        let plain = marked.or_else(|| is_plain.then(|| place.clone()));
        if let Some(plain) = plain.clone().filter(|plain| words.end == plain.start && !words.is_empty()) {
            words.end = plain.end;
            continue;
        }
        put_words(&markdown[std::mem::take(&mut words)], &mut linked);
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => within += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => within = within.saturating_sub(1),
            _ => {}
        }
        match plain {
            Some(plain) => words = plain,
            None => linked.push(event),
        }
    }
    put_words(&markdown[words], &mut linked);
    linked
}

/// How many bytes long the mark of emphasis is that stands at both ends of `text`.
fn mark(tag: &TagEnd, text: &str) -> Option<usize> {
    match tag {
        TagEnd::Emphasis => Some(1),
        TagEnd::Strong => Some(2),
        TagEnd::Strikethrough => Some(if text.starts_with("~~") { 2 } else { 1 }),
        _ => None,
    }
}

/// The addresses of a text, one behind the other.
fn addresses_in(text: &str) -> Vec<Range<usize>> {
    let mut from = 0;
    let next = || {
        let address = bare_links::first(&text[from..])?;
        let found = from + address.start..from + address.end;
        from = found.end;
        Some(found)
    };
    std::iter::from_fn(next).collect()
}

fn put_words<'a>(mut words: &'a str, events: &mut Vec<Event<'a>>) {
    while let Some(address) = bare_links::first(words) {
        let url = &words[address.clone()];
        let link = Tag::Link { link_type: LinkType::Autolink, dest_url: url.into(), title: "".into(), id: "".into() };
        events.extend((address.start > 0).then(|| Event::Text(words[..address.start].into())));
        events.extend([Event::Start(link), Event::Text(url.into()), Event::End(TagEnd::Link)]);
        words = &words[address.end..];
    }
    events.extend((!words.is_empty()).then(|| Event::Text(words.into())));
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
    fn an_address_within_words_is_a_link_and_what_is_crossed_out_stays_crossed_out() {
        let html = to_html("See https://acme.example/x_y_z?a=1&b=2_3, or `https://acme.example/code`.");
        assert_eq!(
            html,
            "<p>See <a href=\"https://acme.example/x_y_z?a=1&amp;b=2_3\">https://acme.example/x_y_z?a=1&amp;b=2_3</a>, or \
             <code>https://acme.example/code</code>.</p>"
        );
        assert_eq!(to_html("[here](https://acme.example)").matches("<a ").count(), 1);
        assert_eq!(
            to_html("*So* https://acme.example/_x_, _https://acme.example/y_"),
            "<p><em>So</em> <a href=\"https://acme.example/_x_\">https://acme.example/_x_</a>, \
             <em><a href=\"https://acme.example/y\">https://acme.example/y</a></em></p>"
        );
        assert_eq!(
            to_text("It is ~~gone~~ here: https://acme.example/a"),
            "It is ~~gone~~ here: https://acme.example/a"
        );
        assert!(!to_html(&escape("https://evil.example")).contains("<a "), "a value is no markup");
    }

    #[test]
    fn a_letter_has_borders_and_quotes_and_no_markup_of_its_writer() {
        let letter = to_letter("| a | b |\n|:--|--:|\n| 1 | 2 |\n\n> said\n\n`x` <table>");
        for style in [CELL, QUOTE, CODE, LETTER] {
            assert!(letter.contains(style), "{letter}");
        }
        assert!(letter.contains(&format!("<td style=\"{CELL};text-align: right\">2</td>")), "{letter}");
        assert!(letter.contains("&lt;table&gt;"), "{letter}");
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
        fn an_address_is_a_link_to_all_of_it_whatever_marks_it_holds(path in "[a-z_*~/&]{0,30}") {
            let html = to_html(&format!("**See** https://acme.example/{path}end"));
            let address = format!("https://acme.example/{}end", path.replace('&', "&amp;"));
            prop_assert_eq!(html, format!("<p><strong>See</strong> <a href=\"{address}\">{address}</a></p>"));
        }

        #[test]
        fn any_markdown_gives_html_that_the_sanitiser_leaves_its_text(markdown in "[a-z<>&*_`#\\[\\]()\n -]{0,80}") {
            let html = to_html(&markdown);
            prop_assert!(!html.contains("<script") && !html.contains("javascript:"));
        }
    }
}
