//! Notices pushed to browsers (RFC 8030): what is said, to be shown by the desk's worker, and what the service between is told.

mod encrypted;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use p256::PublicKey;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::{Chance, Id};

use super::browsers::Subscription;
use super::{Item, Post};
use crate::notifications::{Topic, Wording};
use crate::sealed::Secret;
use crate::{Error, Result, Settings};
use encrypted::{MESSAGE_MAX, Recipient, encrypt};

/// The longest title and the longest line, in characters.
const TITLE_MAX: usize = 120;
const LINE_MAX: usize = 300;
/// How many notices are written out.
const LINES_MAX: usize = 4;
/// The length of what leaves is a multiple of this.
const STEP: usize = 256;
/// For how long a service keeps what a browser that is off cannot be given (RFC 8030, section 5.2): what is older than a day is in the list.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24);
const TRIAL_KEPT_FOR: SignedDuration = SignedDuration::from_mins(5);
/// For how long a service may believe what the desk signed; at most a day (RFC 8292, section 2).
const SIGNED_FOR: SignedDuration = SignedDuration::from_hours(12);
/// What stands behind the stamp that a topic is made of.
const TOPIC: &str = "push-topic";

/// What a browser is given, and how much it matters.
pub(super) struct Push {
    message: Value,
    /// What a newer one replaces (RFC 8030, section 5.4), told so that it says nothing of what it is about.
    topic: Option<String>,
    is_pressing: bool,
    kept_for: SignedDuration,
}

/// The notices of a dispatch, of which there is at least one. All about one ticket, they stand under its number and subject, and the
/// newer one replaces them.
pub(super) fn of(wording: &Wording, settings: &Settings, desk: &str, items: &[Item]) -> Push {
    let ticket = items.first().and_then(|item| item.ticket.as_ref());
    let ticket = ticket.filter(|(id, ..)| items.iter().all(|item| item.ticket.as_ref().is_some_and(|of| of.0 == *id)));
    let title = match (ticket, items) {
        (Some((_, number, subject)), _) => format!("#{number} {subject}"),
        (None, [_]) => desk.to_owned(),
        (None, many) => wording.count("mail-many", many.len(), &[("desk", desk)]),
    };
    let lines = items.iter().rev().take(LINES_MAX).map(|item| line(&wording.say(&item.what), LINE_MAX));
    let body = lines.collect::<Vec<_>>().join("\n");
    let link = ticket.map_or_else(|| "/notifications".to_owned(), |(id, ..)| format!("/tickets/{id}"));
    let tag = ticket.map(|(id, ..)| format!("ticket-{id}"));
    Push {
        message: fitting(&line(&title, TITLE_MAX), body, &link, tag.as_deref()),
        topic: ticket.map(|(id, ..)| topic(settings, *id)),
        is_pressing: items.iter().any(|item| matches!(item.what.topic(), Topic::Warning | Topic::Breach)),
        kept_for: KEPT_FOR,
    }
}

/// One that tries a browser out.
pub(super) fn trial(wording: &Wording, desk: &str) -> Push {
    let body = line(&wording.with("tried", &[("desk", desk)]), LINE_MAX);
    let message = fitting(&line(desk, TITLE_MAX), body, "/notifications/choices", Some("trial"));
    Push { message, topic: None, is_pressing: true, kept_for: TRIAL_KEPT_FOR }
}

impl Push {
    /// As it is put to the service of a browser (RFC 8030, section 5).
    ///
    /// # Errors
    /// In a process without a master key, which has no key for it.
    pub(super) fn put_to(
        &self,
        subscription: &Subscription,
        settings: &Settings,
        chance: &Chance,
        real_now: Timestamp,
    ) -> Result<Post> {
        let recipient = Recipient { key: key_of(&subscription.p256dh)?, secret: secret_of(&subscription.auth)? };
        let once = crate::settings::push_key::draw(chance)?;
        let body = encrypt(self.message.to_string().as_bytes(), &recipient, &once, chance.bytes()?, STEP)?;
        let mut headers = vec![
            ("Content-Encoding", "aes128gcm".to_owned()),
            ("TTL", self.kept_for.as_secs().to_string()),
            ("Urgency", if self.is_pressing { "high" } else { "normal" }.to_owned()),
            ("Authorization", voucher(settings, &subscription.endpoint, real_now)?),
        ];
        headers.extend(self.topic.clone().map(|topic| ("Topic", topic)));
        Ok(Post { address: Secret::new(&subscription.endpoint), kind: "application/octet-stream", headers, body })
    }
}

/// By what a service knows the desk (RFC 8292): who it is, whom it writes to, until when, signed.
fn voucher(settings: &Settings, endpoint: &str, real_now: Timestamp) -> Result<String> {
    let key = settings.push_key.as_ref().ok_or_else(no_key)?;
    let contact = match &settings.public_url {
        Some(url) if url.is_secure() => url.origin().to_owned(),
        _ => format!("mailto:{}", settings.address.address),
    };
    let claims = json!({"aud": origin(endpoint), "exp": (real_now + SIGNED_FOR).as_second(), "sub": contact});
    let head = URL_SAFE_NO_PAD.encode(r#"{"typ":"JWT","alg":"ES256"}"#);
    let text = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let signed = URL_SAFE_NO_PAD.encode(key.sign(&text));
    Ok(format!("vapid t={text}.{signed}, k={}", key.public()))
}

/// The error of a process without a key.
pub(super) fn no_key() -> Error {
    Error::conflict("no-push-key", "This process was given no master key, so it can push nothing to browsers.")
        .advise("Give it --master-key-file.")
}

/// Scheme, host and port of an address.
fn origin(address: &str) -> &str {
    let start = address.find("://").map_or(0, |at| at + 3);
    let end = address[start..].find(['/', '?', '#']).map_or(address.len(), |at| start + at);
    &address[..end]
}

/// The public key of a browser: an uncompressed point of P-256.
pub(super) fn key_of(text: &str) -> Result<PublicKey> {
    let bytes = decoded(text).filter(|bytes| bytes.len() == 65);
    let wrong = || Error::invalid_field("p256dh", "bad-key", "this is no public key of P-256 in base64");
    PublicKey::from_sec1_bytes(&bytes.ok_or_else(wrong)?).map_err(|_| wrong())
}

/// The secret that a browser shares with the desk.
pub(super) fn secret_of(text: &str) -> Result<[u8; 16]> {
    let bytes = decoded(text).and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| Error::invalid_field("auth", "bad-key", "this is no secret of 16 bytes in base64"))
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()
}

fn topic(settings: &Settings, ticket: Id) -> String {
    let digest = Sha256::digest(settings.reply_key.stamp(TOPIC, ticket.0));
    // 32 characters, which is as long as one may be.
    URL_SAFE_NO_PAD.encode(&digest[..24])
}

/// What is pushed, cut to what is taken.
fn fitting(title: &str, body: String, link: &str, tag: Option<&str>) -> Value {
    let mut body = body;
    loop {
        let message = json!({"title": title, "body": body, "link": link, "tag": tag});
        if message.to_string().len() <= MESSAGE_MAX || body.pop().is_none() {
            return message;
        }
    }
}

/// On one line, and not too long.
fn line(text: &str, most: usize) -> String {
    let line = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = line.collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    line.chars().take(most - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notifications::What;

    fn settings() -> Settings {
        let key = mail::Key::new(b"a key");
        let address = mail::Address::new(Some("Desk"), "help@desk.example");
        Settings {
            address,
            reply_key: key,
            public_url: None,
            seals: crate::sealed::Seals::none(),
            push_key: crate::settings::PushKey::make(&Chance::seeded(3)).ok(),
        }
    }

    fn item(text: &str, ticket: Option<i64>) -> Item {
        let ticket = ticket.map(|id| (Id(id), 1000 + id, format!("Subject {id}")));
        Item {
            what: What::Told { text: text.to_owned(), languages: Default::default() },
            ticket,
            is_merged: false,
            told_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn what_is_about_one_ticket_stands_under_it_and_the_rest_under_the_list() {
        let (settings, english) = (settings(), Wording::of("en"));
        let one = of(english, &settings, "Acme", &[item("first", Some(7)), item("second", Some(7))]);
        let said =
            json!({"title": "#1007 Subject 7", "body": "second\nfirst", "link": "/tickets/7", "tag": "ticket-7"});
        assert_eq!(one.message, said);
        let topic = one.topic.unwrap();
        assert_eq!(topic.len(), 32);
        assert_eq!(of(english, &settings, "Acme", &[item("x", Some(7))]).topic, Some(topic.clone()));
        assert_ne!(of(english, &settings, "Acme", &[item("x", Some(8))]).topic, Some(topic));
        for items in [[item("first", Some(7)), item("second", Some(8))], [item("first", None), item("second", None)]] {
            let many = of(english, &settings, "Acme", &items);
            assert_eq!((many.message["link"].as_str(), many.topic), (Some("/notifications"), None));
            assert_eq!(many.message["title"], "Acme: 2 notices");
        }
    }

    #[test]
    fn whatever_people_write_fits_into_what_every_service_takes() {
        let words = ["\u{0}\u{1}\"\\".repeat(3_000), "\u{1F388}".repeat(5_000), "x\n".repeat(9_000)];
        for words in words {
            let mut ticket = item(&words, Some(7));
            ticket.ticket = Some((Id(7), 1007, words.clone()));
            let items = vec![ticket; 30];
            let message = of(Wording::of("pt"), &settings(), &words, &items).message.to_string();
            assert!(message.len() <= MESSAGE_MAX, "{} bytes", message.len());
        }
    }

    #[test]
    fn a_voucher_is_for_the_service_it_is_put_to_and_no_other() {
        assert_eq!(origin("https://push.example:8443/a/b?c"), "https://push.example:8443");
        assert_eq!(origin("https://push.example"), "https://push.example");
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let voucher = voucher(&settings(), "https://push.example/x", now).unwrap();
        let claims = sink::push::vouched(&voucher).unwrap();
        assert_eq!(claims["aud"], "https://push.example");
        assert_eq!(claims["exp"], 1_800_000_000 + 12 * 3_600);
        assert_eq!(claims["sub"], "mailto:help@desk.example");
        let other = voucher.replace("t=ey", "t=ez");
        assert!(sink::push::vouched(&other).is_err(), "nothing of it can be changed");
    }
}
