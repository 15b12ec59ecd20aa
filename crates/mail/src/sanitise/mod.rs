//! HTML from a stranger, made safe to show: no script, no style, no form, nothing loaded from elsewhere without consent.

mod balance;
mod inline;
mod tags;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

pub use inline::{inline_ids, with_inline_images};

use crate::markup::{self, Piece};

/// The attribute that keeps the address of a remote image until the reader wants to see it.
pub const REMOTE_SOURCE: &str = "data-remote-src";

/// HTML that is longer is cut here before it is read, in bytes.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;

/// HTML that may be put into a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SafeHtml {
    /// The HTML: a fragment without `html`, `head` and `body`.
    pub html: String,
    /// How many images it would load from elsewhere; they carry [`REMOTE_SOURCE`] in place of `src`.
    pub remote_images: usize,
}

/// Makes HTML safe. Doing it twice changes nothing more.
///
/// Kept are text, tables, lists and links; links open outside and give nothing away. Images keep their source when it is
/// within the mail (`cid:`, or `data:` of a pixel format); remote ones lose it to [`REMOTE_SOURCE`] and are counted. Those are
/// asked for by `https` alone: an address that says `http` is tried over `https`, as browsers do.
#[must_use]
pub fn html(input: &str) -> SafeHtml {
    let balanced = balance::balance(cut(input));
    part_with_remote_images(&CLEANER.clean(&balanced).to_string())
}

/// After the reader's consent: gives remote images their source back. Takes what [`html`] gave.
#[must_use]
pub fn show_remote_images(safe: &str) -> String {
    rename_attribute(safe, REMOTE_SOURCE, "src").0
}

fn cut(input: &str) -> &str {
    &input[..input.floor_char_boundary(MAX_BYTES)]
}

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::default();
    cleaner
        .tags(HashSet::from(balance::ELEMENTS))
        .tag_attributes(HashMap::new())
        .generic_attributes(HashSet::from(tags::ATTRIBUTES))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "cid", "data"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .set_tag_attribute_value("a", "target", "_blank")
        .attribute_filter(attribute);
    cleaner
});

fn attribute<'v>(element: &str, name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    if element == "img" && matches!(name, "src" | REMOTE_SOURCE) && has_scheme(value, "http") {
        let after = value.split_once(':').map_or("", |(_, after)| after);
        return Some(Cow::Owned(format!("https:{after}")));
    }
    let kept = match (element, name) {
        ("img", "src") => is_remote(value) || is_within(value),
        (element, REMOTE_SOURCE) => element == "img" && is_remote(value),
        (_, "href" | "src" | "cite") => !has_scheme(value, "data") && !has_scheme(value, "cid"),
        _ => true,
    };
    kept.then_some(Cow::Borrowed(value))
}

fn has_scheme(url: &str, scheme: &str) -> bool {
    let url = url.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
    url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        && url[scheme.len()..].starts_with(':')
}

fn is_remote(url: &str) -> bool {
    has_scheme(url, "https")
}

fn is_within(url: &str) -> bool {
    let pixels = ["data:image/png;", "data:image/jpeg;", "data:image/gif;", "data:image/webp;"];
    has_scheme(url, "cid")
        || pixels.iter().any(|start| url.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start)))
}

fn part_with_remote_images(cleaned: &str) -> SafeHtml {
    let (html, _) = rename_attribute(cleaned, "src", REMOTE_SOURCE);
    let waiting = |(piece, _): &(Piece<'_>, &str)| matches!(piece, Piece::Open { name: "img", attributes } if markup::attribute(attributes, REMOTE_SOURCE).is_some());
    let remote_images = markup::pieces(&html).filter(waiting).count();
    SafeHtml { html, remote_images }
}

/// Renames an attribute of images wherever its value is remote; a name that is already there wins.
fn rename_attribute(html: &str, from: &str, to: &str) -> (String, usize) {
    let (old, new) = (format!(" {from}=\""), format!(" {to}=\""));
    let mut out = String::with_capacity(html.len());
    let mut renamed = 0;
    for (piece, source) in markup::pieces(html) {
        match piece {
            Piece::Open { name: "img", attributes }
                if markup::attribute(attributes, from).is_some_and(|url| is_remote(&url))
                    && markup::attribute(attributes, to).is_none() =>
            {
                renamed += 1;
                out.push_str(&replace_name(source, &old, &new));
            }
            Piece::Open { name: "img", attributes }
                if markup::attribute(attributes, from).is_some_and(|url| is_remote(&url)) =>
            {
                out.push_str(&without(source, &old));
            }
            _ => out.push_str(source),
        }
    }
    (out, renamed)
}

/// Replaces the attribute's name where it is a name, not where a value looks like one.
fn replace_name(tag: &str, old: &str, new: &str) -> String {
    match name_position(tag, old) {
        Some(at) => format!("{}{new}{}", &tag[..at], &tag[at + old.len()..]),
        None => tag.to_owned(),
    }
}

fn without(tag: &str, name: &str) -> String {
    let Some(at) = name_position(tag, name) else {
        return tag.to_owned();
    };
    let value = &tag[at + name.len()..];
    let after = value.split_once('"').map_or("", |(_, after)| after);
    format!("{}{after}", &tag[..at])
}

fn name_position(tag: &str, name: &str) -> Option<usize> {
    tag.match_indices(name).map(|(at, _)| at).find(|at| tag[..*at].matches('"').count().is_multiple_of(2))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn safe(input: &str) -> String {
        html(input).html
    }

    #[test]
    fn script_is_gone_with_its_content_and_handlers_and_bad_links_without_their_text() {
        assert_eq!(safe("a<script>alert(1)</script>b"), "ab");
        assert_eq!(safe(r#"<b onclick="x()">bold</b>"#), "<b>bold</b>");
        let link = safe(r#"<a href="jAvascript:alert(1)">go</a>"#);
        assert!(!link.to_lowercase().contains("javascript"), "{link}");
        assert_eq!(safe("<svg onload=alert(1)><circle/></svg>ok"), "ok");
        assert_eq!(
            safe("<title>x</title><style>p{position:fixed}</style><p style=\"position:fixed\" class=a id=b>t</p>"),
            "<p>t</p>"
        );
    }

    #[test]
    fn links_open_outside_and_give_nothing_away() {
        let link = safe(r#"<a href="https://acme.example/a?b=1&c=2" target="_top" rel="opener">x</a>"#);
        assert!(link.contains(r#"href="https://acme.example/a?b=1&amp;c=2""#), "{link}");
        assert!(
            link.contains(r#"target="_blank""#) && link.contains(r#"rel="noopener noreferrer nofollow""#),
            "{link}"
        );
        assert!(!link.contains("_top"), "{link}");
    }

    #[test]
    fn a_link_into_our_own_pages_is_no_link() {
        assert!(!safe(r#"<a href="/logout">x</a>"#).contains("href"));
        assert!(!safe(r#"<a href="data:text/html,x">x</a>"#).contains("href"));
        assert!(!safe(r#"<img src="//tracker.example/p.gif">"#).contains("tracker"));
    }

    #[test]
    fn remote_images_wait_for_consent_and_those_in_the_mail_do_not() {
        let shown = html(
            r#"<img src="https://t.example/p.gif" alt='src="x"'><img src="cid:logo@acme"><img src="data:image/png;base64,AAAA"><img src="data:image/svg+xml,x">"#,
        );
        assert_eq!(shown.remote_images, 1);
        assert!(shown.html.contains(r#" data-remote-src="https://t.example/p.gif""#), "{}", shown.html);
        assert!(!shown.html.contains(r#" src="https"#), "{}", shown.html);
        assert!(
            shown.html.contains("cid:logo@acme")
                && shown.html.contains("data:image/png")
                && !shown.html.contains("svg")
        );
        let consented = show_remote_images(&shown.html);
        assert!(consented.contains(r#" src="https://t.example/p.gif""#) && !consented.contains("data-remote-src"));
    }

    #[test]
    fn a_remote_image_is_asked_for_by_https_alone() {
        let shown = html(r#"<img src="HTTP://t.example/a?b=1&amp;c=2"><img data-remote-src="http://t.example/b">"#);
        assert_eq!(shown.remote_images, 2);
        assert!(shown.html.contains(r#"data-remote-src="https://t.example/a?b=1&amp;c=2""#), "{}", shown.html);
        assert!(!shown.html.to_lowercase().contains("http:"), "{}", shown.html);
    }

    #[test]
    fn a_mail_cannot_prepare_what_consent_will_load() {
        let shown = html(
            r#"<img data-remote-src="javascript:alert(1)"><img src="https://a.example/1" data-remote-src="https://b.example/2">"#,
        );
        assert!(!shown.html.contains("javascript"), "{}", shown.html);
        assert!(!shown.html.contains(r#" src=""#), "{}", shown.html);
        assert_eq!(shown.remote_images, 1);
    }

    #[test]
    fn nesting_and_attributes_without_end_cost_little_and_keep_the_text() {
        for bomb in [
            "<div><b><i>",
            "<p><a href=x>",
            "<b></div>",
            "<div></b>",
            "<table><div>",
            "<font>",
            "<object></div></object><div>",
        ] {
            assert!(safe(&format!("{}hello", bomb.repeat(20_000))).contains("hello"), "{bomb}");
        }
        let wide: String = (0..100_000).map(|n| format!(" a{n}=1")).collect();
        assert_eq!(safe(&format!("<b{wide}>x</b>")), "<b>x</b>");
    }

    #[test]
    fn a_table_of_many_rows_without_end_tags_is_no_attack() {
        let table = format!("<table>{}</table>", "<tr><td>a".repeat(2_000));
        assert!(safe(&table).contains("<td>"));
    }

    proptest! {
        #[test]
        fn twice_is_as_once(input in r#"([a-z<>/"'= :&;]|<img src="?(https?|cid):[a-z]{0,3}"?>|<a href="[a-z:/]{0,8}">|</?(p|div|td|script|b)>|data-remote-src){0,20}"#) {
            let once = html(&input);
            prop_assert_eq!(&html(&once.html), &once);
            prop_assert!(!once.html.contains("<script") && !once.html.contains(" src=\"http"));
        }
    }
}
