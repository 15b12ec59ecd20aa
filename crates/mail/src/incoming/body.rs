//! What there is to read of a mail, and what is a file beside it.

use super::files::Files;
use super::parts::{Part, Parts};
use super::{Attachment, Problems, armour, decode, flowed, uuencode};
use crate::sanitise::{self, SafeHtml};
use crate::{markup, plain};

/// The readable content and the files.
#[derive(Default)]
pub(super) struct Body {
    pub(super) text: Option<String>,
    pub(super) html: Option<SafeHtml>,
    pub(super) attachments: Vec<Attachment>,
}

/// One readable part, and which of the two forms of the mail it belongs to.
struct Passage {
    content: Content,
    in_text: bool,
    in_html: bool,
}

enum Content {
    Plain(String),
    Html(SafeHtml),
}

impl Content {
    fn is_html(&self) -> bool {
        matches!(self, Self::Html(_))
    }

    fn of_html(html: &str, problems: &mut Problems) -> Self {
        if html.len() > sanitise::MAX_BYTES {
            problems.note("the HTML is longer than 2 MiB, its end is left out");
        }
        Self::Html(sanitise::html(html))
    }
}

/// Sorts the parts. A part of several forms counts once as text and once as HTML; one that stands alone counts as both.
pub(super) fn assemble(parts: &Parts, problems: &mut Problems) -> Body {
    let mut files = Files::new(parts);
    let mut passages = Vec::new();
    for part in &parts.leaves {
        if is_readable(part) {
            passages.push(passage(part, &mut files, problems));
        } else {
            files.add(part, problems);
        }
        if part.kind == "application/pgp-encrypted" {
            problems.note(armour::IS_ENCRYPTED);
        }
    }
    if let Some(tnef) = files.tnef.take() {
        add_body_of_tnef(&mut passages, tnef.html, tnef.text, problems);
    }
    let mut body = Body { attachments: files.list, ..Body::default() };
    let readable =
        |text: bool| passages.iter().filter(move |passage| if text { passage.in_text } else { passage.in_html });
    if !passages.is_empty() {
        let text = as_text(readable(true));
        // Some programs write the plain form as an empty one.
        body.text = Some(if text.trim().is_empty() { as_text(readable(false)) } else { text });
    }
    if readable(false).any(|passage| passage.content.is_html()) {
        let html = as_html(readable(false));
        let shown = sanitise::inline_ids(&html.html);
        for file in &mut body.attachments {
            file.inline |= file.content_id.as_ref().is_some_and(|id| shown.contains(id));
        }
        body.html = Some(html);
    }
    body
}

/// The body that a `winmail.dat` holds counts where the mail has no better one: its HTML beside a plain text, its text alone.
fn add_body_of_tnef(passages: &mut Vec<Passage>, html: Option<String>, text: Option<String>, problems: &mut Problems) {
    let is_blank = |passage: &Passage| matches!(&passage.content, Content::Plain(text) if text.trim().is_empty());
    let has_words = passages.iter().any(|passage| !is_blank(passage));
    if let Some(html) = html
        && !passages.iter().any(|passage| passage.content.is_html())
    {
        passages.iter_mut().for_each(|passage| passage.in_html = false);
        passages.push(Passage { content: Content::of_html(&html, problems), in_text: !has_words, in_html: true });
    } else if let Some(text) = text
        && !has_words
    {
        passages.push(Passage { content: Content::Plain(text), in_text: true, in_html: true });
    }
}

fn passage(part: &Part, files: &mut Files, problems: &mut Problems) -> Passage {
    let text = decode::text(&part.bytes, part.charset.as_deref(), problems);
    let looks_like_html = part.kind != "text/html" && begins_as_html(&text);
    if looks_like_html {
        problems.note("a part says it is plain text and is HTML");
    }
    let content = if part.kind == "text/html" || looks_like_html {
        Content::of_html(&text, problems)
    } else {
        let text = match part.flowed {
            Some(deletes_space) => flowed::unflow(&text, deletes_space),
            None => text,
        };
        let (text, enclosed) = uuencode::take_out(&armour::take_off(text, problems));
        enclosed.into_iter().for_each(|file| files.enclose(&file.name, file.bytes, problems));
        Content::Plain(text)
    };
    let is_html = content.is_html();
    Passage { content, in_text: !part.place.in_alternative || !is_html, in_html: !part.place.in_alternative || is_html }
}

/// Whether a text is a whole document of HTML.
fn begins_as_html(text: &str) -> bool {
    let start = text.trim_start();
    let begins = |with: &str| start.get(..with.len()).is_some_and(|found| found.eq_ignore_ascii_case(with));
    begins("<!doctype html") || begins("<html>") || begins("<html ")
}

/// Whether a part is to be read rather than kept as a file.
pub(super) fn is_readable(part: &Part) -> bool {
    let readable = matches!(part.kind.as_str(), "text/plain" | "text/html");
    readable && part.disposition.as_deref() != Some("attachment") && part.file_name.is_none() && !part.place.related
}

fn as_text<'a>(passages: impl Iterator<Item = &'a Passage>) -> String {
    let texts = passages.map(|passage| match &passage.content {
        Content::Plain(text) => text.trim_end().to_owned(),
        Content::Html(safe) => plain::from_safe(&safe.html),
    });
    texts.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn as_html<'a>(passages: impl Iterator<Item = &'a Passage>) -> SafeHtml {
    let mut whole = SafeHtml::default();
    for passage in passages {
        match &passage.content {
            Content::Html(safe) => {
                whole.html.push_str(&safe.html);
                whole.remote_images += safe.remote_images;
            }
            Content::Plain(text) if text.trim().is_empty() => continue,
            Content::Plain(text) => {
                let lines = markup::escape(text.trim()).replace('\n', "<br>\n");
                whole.html.push_str(&format!("<p>{lines}</p>"));
            }
        }
        whole.html.push('\n');
    }
    whole.html.truncate(whole.html.trim_end().len());
    whole
}
