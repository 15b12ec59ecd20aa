//! HTML as readable plain text: blocks on lines of their own, lists with their marks, quotes with `> `, links with their
//! address behind them.

use crate::markup::{self, Piece};
use crate::sanitise;

/// Reads any HTML as text.
#[must_use]
pub fn from_html(html: &str) -> String {
    from_safe(&sanitise::html(html).html)
}

/// Reads HTML that the sanitiser wrote as text.
pub(crate) fn from_safe(safe: &str) -> String {
    let mut page = Page::default();
    for (piece, _) in markup::pieces(safe) {
        match piece {
            Piece::Text(text) => page.text(&markup::decode(text)),
            Piece::Open { name, attributes } => page.open(name, attributes),
            Piece::Close(name) => page.close(name),
        }
    }
    page.finish()
}

/// Quotes deeper than this are written as this deep: no line grows without bound.
const MAX_QUOTE_MARKS: usize = 20;

#[derive(Default)]
struct Page {
    out: String,
    line: String,
    /// A blank line is due before the next, with as many quote marks as this at most.
    blank_due: Option<usize>,
    quotes: usize,
    preformatted: usize,
    lists: Vec<Option<usize>>,
    links: Vec<(String, usize)>,
}

impl Page {
    fn text(&mut self, text: &str) {
        if self.preformatted > 0 {
            for (number, line) in text.split('\n').enumerate() {
                if number > 0 {
                    self.end_line(true);
                }
                self.line.push_str(line);
            }
            return;
        }
        for c in text.chars() {
            if c.is_whitespace() {
                if !self.line.is_empty() && !self.line.ends_with(' ') {
                    self.line.push(' ');
                }
            } else {
                self.line.push(c);
            }
        }
    }

    fn open(&mut self, name: &str, attributes: &str) {
        match name {
            "br" => self.end_line(true),
            "hr" => {
                self.blank();
                self.line.push_str("* * *");
                self.blank();
            }
            "li" => {
                self.end_line(false);
                self.start_item();
            }
            "td" | "th" => self.text(" "),
            // What is crossed out does not hold: without its line it would say the opposite.
            "del" | "s" | "strike" => self.line.push_str("~~"),
            "a" => {
                let href = markup::attribute(attributes, "href").unwrap_or_default();
                self.links.push((href, self.line.len()));
            }
            "img" => {
                let alt = markup::attribute(attributes, "alt").unwrap_or_default();
                if !alt.trim().is_empty() {
                    self.text(&format!("[{}]", alt.trim()));
                }
            }
            _ => self.block_edge(name, true),
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "a" => self.end_link(),
            "td" | "th" => {}
            "del" | "s" | "strike" => self.line.push_str("~~"),
            _ => self.block_edge(name, false),
        }
    }

    fn block_edge(&mut self, name: &str, opens: bool) {
        match name {
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "table" | "dl" | "figure" => self.blank(),
            "pre" => {
                self.blank();
                self.preformatted = step(self.preformatted, opens);
            }
            "blockquote" => {
                // A quote follows its attribution line at once; after it comes a blank line.
                self.end_line(false);
                self.quotes = step(self.quotes, opens);
                if !opens {
                    self.blank_due = Some(self.quotes);
                }
            }
            "ul" | "ol" => {
                self.end_line(false);
                if self.lists.len() <= usize::from(!opens) {
                    self.blank();
                }
                if opens {
                    self.lists.push((name == "ol").then_some(0));
                } else {
                    self.lists.pop();
                }
            }
            "div" | "tr" | "li" | "dt" | "dd" | "section" | "article" | "header" | "footer" | "center" | "caption"
            | "nav" | "aside" => {
                self.end_line(false);
            }
            _ => {}
        }
    }

    fn start_item(&mut self) {
        let indent = "  ".repeat(self.lists.len().saturating_sub(1).min(MAX_QUOTE_MARKS));
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{indent}{number}. ")
            }
            _ => format!("{indent}- "),
        };
        self.line.push_str(&mark);
    }

    fn end_link(&mut self) {
        let Some((href, start)) = self.links.pop() else {
            return;
        };
        let shown = self.line.get(start..).unwrap_or_default().trim();
        let plain = href.strip_prefix("mailto:").or_else(|| href.strip_prefix("tel:")).unwrap_or(&href);
        let known = shown.is_empty() || plain.is_empty() || bare(shown) == bare(plain);
        if !known {
            let behind = format!(" ({plain})");
            self.line.truncate(self.line.trim_end().len());
            self.line.push_str(&behind);
        }
    }

    fn blank(&mut self) {
        self.end_line(false);
        self.blank_due.get_or_insert(self.quotes);
    }

    /// Writes the line; one with nothing on it only when it was meant (`br`).
    fn end_line(&mut self, meant: bool) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim_end();
        if line.is_empty() && !meant {
            return;
        }
        let marks = "> ".repeat(self.quotes.min(MAX_QUOTE_MARKS));
        if let Some(quotes) = self.blank_due.take()
            && !self.out.is_empty()
        {
            self.out.push_str("> ".repeat(quotes.min(self.quotes).min(MAX_QUOTE_MARKS)).trim_end());
            self.out.push('\n');
        }
        self.out.push_str(format!("{marks}{line}").trim_end());
        self.out.push('\n');
    }

    fn finish(mut self) -> String {
        self.end_line(false);
        let mut text = String::with_capacity(self.out.len());
        let mut blanks = 0;
        for line in self.out.lines() {
            blanks = if line.is_empty() { blanks + 1 } else { 0 };
            if blanks < 3 {
                text.push_str(line);
                text.push('\n');
            }
        }
        text.trim_matches('\n').to_owned()
    }
}

/// An address without what people leave out when they say it.
fn bare(url: &str) -> &str {
    let url = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    url.strip_prefix("www.").unwrap_or(url).trim_end_matches('/')
}

fn step(depth: usize, deeper: bool) -> usize {
    if deeper { depth + 1 } else { depth.saturating_sub(1) }
}

#[cfg(test)]
mod tests {
    use super::from_html;

    #[test]
    fn paragraphs_lists_and_links_read_well() {
        let html = "<p>Hello&nbsp;Ana,</p><p>two  things:</p><ol><li>see <a href='https://acme.example/a'>this page</a></li><li>https</li></ol>\
            <ul><li>one<ul><li>inner</li></ul></li></ul><div>Bo</div><div>Acme</div>";
        assert_eq!(
            from_html(html),
            "Hello Ana,\n\ntwo things:\n\n1. see this page (https://acme.example/a)\n2. https\n\n- one\n  - inner\n\nBo\nAcme"
        );
    }

    #[test]
    fn a_quote_is_marked_and_follows_its_attribution() {
        assert_eq!(
            from_html(
                "<div>Yes.</div><div>On Monday Bo wrote:<br></div><blockquote><div>Well?</div><blockquote>Hm</blockquote></blockquote><p>Ana"
            ),
            "Yes.\nOn Monday Bo wrote:\n> Well?\n> > Hm\n\nAna"
        );
    }

    #[test]
    fn a_link_that_shows_its_own_address_says_it_once() {
        assert_eq!(
            from_html(
                "<a href='mailto:bo@acme.example'>bo@acme.example</a> <a href='https://acme.example/'>acme.example</a>"
            ),
            "bo@acme.example acme.example"
        );
    }

    #[test]
    fn script_and_style_are_not_text() {
        assert_eq!(from_html("<style>p{}</style><script>x</script>Only this &lt;b&gt;"), "Only this <b>");
    }

    #[test]
    fn preformatted_lines_stay_and_blank_runs_do_not() {
        assert_eq!(from_html("<pre>a\n  b</pre><br><br><br><br><br><br>c"), "a\n  b\n\n\nc");
    }
}
