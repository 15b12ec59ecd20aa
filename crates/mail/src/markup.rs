//! A reader of HTML that the sanitiser wrote: always well formed, with quoted attributes and five entities. Not for HTML
//! from outside.

/// One piece of sanitised HTML.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Text between tags, entities not yet decoded.
    Text(&'a str),
    /// `<name …>`, with everything after the name as it stands.
    Open { name: &'a str, attributes: &'a str },
    /// `</name>`.
    Close(&'a str),
}

/// Cuts sanitised HTML into pieces, in order, each with its exact source.
pub(crate) fn pieces(html: &str) -> impl Iterator<Item = (Piece<'_>, &str)> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = if rest.starts_with('<') { tag_end(rest) } else { rest.find('<').unwrap_or(rest.len()) };
        let (source, after) = rest.split_at(end);
        rest = after;
        Some((piece(source), source))
    })
}

/// Where the tag at the start of `html` ends: after the first `>` that is outside quotes.
fn tag_end(html: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in html.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    html.len()
}

fn piece(source: &str) -> Piece<'_> {
    let Some(tag) = source.strip_prefix('<') else {
        return Piece::Text(source);
    };
    let tag = tag.strip_suffix('>').unwrap_or(tag);
    if let Some(name) = tag.strip_prefix('/') {
        return Piece::Close(name);
    }
    let (name, attributes) = tag.find(' ').map_or((tag, ""), |at| tag.split_at(at));
    Piece::Open { name, attributes }
}

/// The decoded value of an attribute, from what [`Piece::Open`] holds.
pub(crate) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        let (key, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        if key.trim_start() == name {
            return Some(decode(value));
        }
        rest = after;
    }
}

/// Decodes the five entities that the sanitiser writes; a hard space becomes a space.
pub(crate) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at(at);
        out.push_str(before);
        let known = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&nbsp;", ' ')];
        match known.iter().find_map(|(name, c)| entity.strip_prefix(name).map(|after| (*c, after))) {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = &entity[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Writes text so that it is only text in HTML, also within a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_within_an_attribute_does_not_end_the_tag() {
        let html = r#"a<img alt="1 > 0" src="cid:x">b</p>"#;
        let found: Vec<_> = pieces(html).map(|(piece, _)| piece).collect();
        let attributes = r#" alt="1 > 0" src="cid:x""#;
        assert_eq!(
            found,
            [Piece::Text("a"), Piece::Open { name: "img", attributes }, Piece::Text("b"), Piece::Close("p")]
        );
        assert_eq!(attribute(attributes, "src").as_deref(), Some("cid:x"));
        assert_eq!(attribute(attributes, "title"), None);
    }

    #[test]
    fn the_pieces_are_the_whole() {
        let html = "<p>x &amp; y</p><br>";
        assert_eq!(pieces(html).map(|(_, source)| source).collect::<String>(), html);
    }

    #[test]
    fn entities_are_decoded_once() {
        assert_eq!(decode("&amp;lt; &lt;&nbsp;&unknown;&"), "&lt; < &unknown;&");
        assert_eq!(decode(&escape("<a href=\"x\">&amp;")), "<a href=\"x\">&amp;");
    }
}
