//! Message-IDs of our own mail (RFC 5322, section 3.6.4). Ids are held without their angle brackets everywhere.

/// The Message-ID of an outgoing mail, from the key of the effect that sends it: the same key gives the same id, so that a
/// mail repeated after a crash is recognised as the same. The token, if any, comes back in `In-Reply-To` and `References`
/// of an answer even when its writer's program drops addresses and quotes.
///
/// Characters that an id may not hold become `-`; an empty key or domain becomes `mail` or `localhost`.
#[must_use]
pub fn stable(key: &str, token: Option<&str>, domain: &str) -> String {
    let key = atoms(key, "mail");
    let domain = atoms(domain, "localhost");
    match token {
        Some(token) => format!("{key}.t.{}@{domain}", atoms(token, "none")),
        None => format!("{key}@{domain}"),
    }
}

fn atoms(text: &str, otherwise: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => out.push(c),
            '.' if !out.is_empty() && !out.ends_with('.') => out.push('.'),
            _ => out.push('-'),
        }
    }
    let kept = out.trim_end_matches('.');
    if kept.is_empty() { otherwise.to_owned() } else { kept.to_owned() }
}

/// Every id in the text of a header: what stands in angle brackets, or, where there are none, words with an `@`. Comments
/// and phrases between them, as old programs write, are passed over.
pub(crate) fn ids_in(header: &str) -> Vec<String> {
    let mut ids = Vec::new();
    // A thread's newest ids stand last, so it is the beginning of a header without end that is left out.
    let mut rest = &header[header.ceil_char_boundary(header.len().saturating_sub(MAX_HEADER))..];
    while let Some((_, after)) = rest.split_once('<') {
        let Some((id, tail)) = after.split_once('>') else {
            break;
        };
        push_id(&mut ids, id);
        rest = tail;
    }
    if ids.is_empty() {
        for word in rest.split_whitespace().filter(|word| word.contains('@')) {
            push_id(&mut ids, word.trim_matches(['<', '>', ',', ';']));
        }
    }
    ids
}

/// The longest id that is kept, in bytes: the longest line a mail may have (RFC 5322, section 2.1.1).
const MAX_ID: usize = 998;
/// How much of a header is read for ids, in bytes.
const MAX_HEADER: usize = 64 * 1024;

fn push_id(ids: &mut Vec<String>, id: &str) {
    let id: String = id.chars().filter(|c| !c.is_whitespace() && !c.is_control() && *c != '<').collect();
    if !id.is_empty() && id.len() <= MAX_ID && !ids.contains(&id) {
        ids.push(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_effect_has_the_same_id() {
        let id = stable("run-17.step-3.mail-0", Some("abc"), "desk.example");
        assert_eq!(id, "run-17.step-3.mail-0.t.abc@desk.example");
        assert_eq!(id, stable("run-17.step-3.mail-0", Some("abc"), "desk.example"));
    }

    #[test]
    fn an_id_cannot_break_out_of_its_brackets() {
        assert_eq!(stable("a>\r\nBcc: x", None, "b@c"), "a---Bcc--x@b-c");
        assert_eq!(stable("", None, ""), "mail@localhost");
        assert_eq!(stable("..a..b..", None, "d."), "-.a.-b.-@d");
    }

    #[test]
    fn ids_are_found_among_comments_and_without_brackets() {
        assert_eq!(ids_in("Your mail of Monday <a@b> (was: x)\r\n <c@d><a@b>"), ["a@b", "c@d"]);
        assert_eq!(ids_in("a@b, c@d"), ["a@b", "c@d"]);
        assert_eq!(ids_in("nothing here"), Vec::<String>::new());
        assert_eq!(ids_in("<open@end"), ["open@end"]);
    }
}
