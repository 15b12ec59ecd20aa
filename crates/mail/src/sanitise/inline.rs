//! Images that came with the mail (`cid:`, RFC 2392): which of them the HTML shows, and showing them.

use std::collections::HashSet;

use super::{has_scheme, name_position};
use crate::markup::{self, Piece};

/// The Content-IDs that the images of safe HTML name, without angle brackets.
#[must_use]
pub fn inline_ids(safe: &str) -> HashSet<String> {
    markup::pieces(safe).filter_map(|(piece, _)| content_id(&piece)).collect()
}

/// Gives images of the mail the source that `source` knows for their Content-ID: a `data:` address, so that a page that may load
/// nothing shows them. One that it does not know stays as it is. Takes what [`super::html`] gave.
#[must_use]
pub fn with_inline_images(safe: &str, mut source: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(safe.len());
    for (piece, written) in markup::pieces(safe) {
        match content_id(&piece).and_then(|id| source(&id)).and_then(|address| with_source(written, &address)) {
            Some(tag) => out.push_str(&tag),
            None => out.push_str(written),
        }
    }
    out
}

fn content_id(piece: &Piece<'_>) -> Option<String> {
    let Piece::Open { name: "img", attributes } = piece else {
        return None;
    };
    let address = markup::attribute(attributes, "src").filter(|address| has_scheme(address, "cid"))?;
    let (_, id) = address.split_once(':')?;
    Some(unescaped(id.trim().trim_matches(['<', '>'])))
}

fn with_source(tag: &str, address: &str) -> Option<String> {
    const NAME: &str = " src=\"";
    let start = name_position(tag, NAME)? + NAME.len();
    let end = start + tag.get(start..)?.find('"')?;
    Some(format!("{}{}{}", &tag[..start], markup::escape(address), &tag[end..]))
}

/// An id as it stands in a header: `%40` is an `@` (RFC 2392, section 2).
fn unescaped(id: &str) -> String {
    let bytes = id.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(byte) = bytes.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_of_the_mail_are_shown_and_others_are_not_touched() {
        let safe = super::super::html(
            r#"<img alt=' src="cid:no"' src="cid:logo%40acme"><img src="cid:gone"><img src="https://t.example/p">"#,
        );
        let ids = inline_ids(&safe.html);
        assert!(ids.contains("logo@acme") && ids.contains("gone") && ids.len() == 2, "{ids:?}");
        let shown =
            with_inline_images(&safe.html, |id| (id == "logo@acme").then(|| "data:image/png;base64,AAAA".to_owned()));
        assert!(shown.contains(r#" src="data:image/png;base64,AAAA""#), "{shown}");
        assert!(shown.contains("cid:gone") && shown.contains("data-remote-src"), "{shown}");
        assert_eq!(super::super::html(&shown).html, shown, "and it is still safe");
    }
}
