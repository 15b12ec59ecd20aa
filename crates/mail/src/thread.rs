//! What ties a mail to earlier ones. Evidence only: whether a stranger who knows an id may join is the desk's decision.

use crate::incoming::Incoming;
use crate::token;

/// Everything in a mail that points at an earlier one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The ids of `In-Reply-To` and then of `References`, the newest first, each once.
    pub message_ids: Vec<String>,
    /// Reply tokens by their looks, in lower case, each once: from the addresses it went to, from the ids, and from the
    /// body, quotes included. They prove something only once [`crate::ReplyToken::verify`] reads them.
    pub tokens: Vec<String>,
}

/// More tokens than this are not collected: nobody answers so many mails at once.
const MAX_TOKENS: usize = 20;
/// What stands before a token in a body.
pub(crate) const BODY_MARK: &str = "[ref:";

/// Collects the evidence of a mail.
pub(crate) fn evidence(mail: &Incoming) -> Evidence {
    let mut message_ids: Vec<String> = Vec::new();
    for id in mail.in_reply_to.iter().chain(mail.references.iter().rev()) {
        if !message_ids.contains(id) {
            message_ids.push(id.clone());
        }
    }
    let mut tokens = Vec::new();
    let people = mail.to.iter().chain(&mail.cc).chain(&mail.reply_to).map(|person| person.address.as_str());
    for address in people.chain(mail.delivered_to.iter().map(String::as_str)) {
        let local = address.split('@').next().unwrap_or_default();
        collect(&mut tokens, local.to_ascii_lowercase().split_once(token::ADDRESS_MARK).map(|(_, tail)| tail));
    }
    // A report names the mail that came back where others name the one they answer.
    let returned = mail.bounce.as_ref().and_then(|bounce| bounce.original_message_id.as_ref());
    for id in message_ids.iter().chain(returned) {
        let local = id.split('@').next().unwrap_or_default();
        collect(&mut tokens, local.to_ascii_lowercase().rsplit_once(".t.").map(|(_, tail)| tail));
    }
    for body in [&mail.text, &mail.html].into_iter().flatten() {
        for (at, _) in body.match_indices(BODY_MARK) {
            collect(&mut tokens, marked(&body[at + BODY_MARK.len()..]).as_deref());
        }
    }
    Evidence { message_ids, tokens }
}

/// The token after its mark, even when a quote broke its line.
fn marked(rest: &str) -> Option<String> {
    let near = &rest[..rest.floor_char_boundary(token::LENGTH * 2)];
    let (inner, _) = near.split_once(']')?;
    Some(inner.chars().filter(|c| !c.is_whitespace() && *c != '>').collect())
}

fn collect(tokens: &mut Vec<String>, candidate: Option<&str>) {
    if let Some(candidate) = candidate.map(str::to_ascii_lowercase)
        && token::looks_like_one(&candidate)
        && tokens.len() < MAX_TOKENS
        && !tokens.contains(&candidate)
    {
        tokens.push(candidate);
    }
}

#[cfg(test)]
mod tests {
    use crate::{Key, ReplyToken, parse};

    #[test]
    fn a_token_is_found_wherever_it_travels() {
        let key = Key::new(&[1; 32]);
        let token = |ticket| ReplyToken { ticket, contact: 9 }.sign(&key);
        let (address, delivered, id, body) = (token(1), token(2).to_uppercase(), token(3), token(4));
        let (start, end) = body.split_at(20);
        let raw = format!(
            "From: a@b.example\r\nTo: support+t.{address}@desk.example\r\nDelivered-To: support+T.{delivered}@desk.example\r\n\
             In-Reply-To: <m1@x>\r\nReferences: <m0@x> <run-1.t.{id}@desk.example> <m1@x>\r\n\r\nYes\r\n> Hello [ref:{start}\r\n> {end}]\r\n"
        );
        let evidence = parse(raw.as_bytes()).evidence();
        assert_eq!(evidence.message_ids, ["m1@x", &format!("run-1.t.{id}@desk.example"), "m0@x"]);
        let tickets: Vec<_> = evidence
            .tokens
            .iter()
            .filter_map(|text| ReplyToken::verify(&key, text))
            .map(|token| token.ticket)
            .collect();
        assert_eq!(tickets, [1, 2, 3, 4]);
    }

    #[test]
    fn what_only_resembles_a_token_is_none() {
        let raw = b"From: a@b.example\r\nTo: x+t.short@desk.example\r\n\r\n[ref:not-a-token] [ref:";
        assert!(parse(raw).evidence().tokens.is_empty());
    }
}
