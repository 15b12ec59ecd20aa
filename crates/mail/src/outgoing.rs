//! A mail on its way out (RFC 5322, RFC 2045): text and HTML, files, and the fields that let an answer find its ticket and
//! keep machines from answering machines.
//!
//! Names, subjects and file names are made one line before they are written, addresses and ids are checked: no content
//! can add a field. The same [`Outgoing`] always gives the same bytes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address as MailAddress;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::MimePart;
use sha2::{Digest, Sha256};

use crate::address::{self, Address};
use crate::header_text::one_line;
use crate::{markdown, markup, message_id, thread, token};

/// What a mail says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Markdown, from which both forms are made.
    Markdown(String),
    /// Plain text; the HTML form is the same text.
    Text(String),
    /// Both forms as they are; the HTML is a fragment or a document that the caller vouches for.
    Both {
        /// The plain form.
        text: String,
        /// The HTML form.
        html: String,
    },
}

/// A file to send along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The name it shows.
    pub name: String,
    /// Its media type; one that is malformed is sent as `application/octet-stream`.
    pub kind: String,
    /// The content.
    pub bytes: Vec<u8>,
    /// With an id the file stands within the HTML, which names it by `cid:`.
    pub content_id: Option<String>,
}

/// A mail to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Who writes.
    pub from: Address,
    /// To whom.
    pub to: Vec<Address>,
    /// Who gets a copy.
    pub cc: Vec<Address>,
    /// Where answers go; `from` if absent. With a token, this address is given it.
    pub reply_to: Option<Address>,
    /// The subject.
    pub subject: String,
    /// What it says.
    pub body: Body,
    /// Its id without angle brackets, best from [`message_id::stable`].
    pub message_id: String,
    /// The id it answers to.
    pub in_reply_to: Option<String>,
    /// The ids of its thread, oldest first.
    pub references: Vec<String>,
    /// When it is written.
    pub date: Timestamp,
    /// Whether no person wrote it: it is then marked by RFC 3834, and by the mark that Exchange heeds.
    pub automatic: bool,
    /// A signed reply token: it goes into the address for answers and to the end of the text.
    pub token: Option<String>,
    /// An `https` address that takes the reader off the list by one request (RFC 8058).
    pub unsubscribe: Option<String>,
    /// Files sent along.
    pub files: Vec<File>,
}

/// Why a mail cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsendable {
    /// Neither `to` nor `cc` names anyone.
    #[error("the mail has no recipient")]
    NoRecipient,
    /// This is no address that mail can be sent to or from.
    #[error("{0:?} is not a mail address")]
    Address(String),
}

/// The most ids written into `References`; the first and the newest are kept (RFC 5322, section 3.6.4, asks for no bound,
/// mail servers do).
const MAX_REFERENCES: usize = 30;

impl Outgoing {
    /// A mail to one person, everything else empty.
    #[must_use]
    pub fn new(from: Address, to: Address, subject: &str, body: Body, message_id: &str, date: Timestamp) -> Self {
        Self {
            from,
            to: vec![to],
            cc: Vec::new(),
            reply_to: None,
            subject: subject.to_owned(),
            body,
            message_id: message_id.to_owned(),
            in_reply_to: None,
            references: Vec::new(),
            date,
            automatic: false,
            token: None,
            unsubscribe: None,
            files: Vec::new(),
        }
    }

    /// The addresses of the envelope: all of `to` and `cc`, lower case, each once.
    #[must_use]
    pub fn recipients(&self) -> Vec<String> {
        let mut recipients = Vec::new();
        for key in self.to.iter().chain(&self.cc).map(Address::key) {
            if !recipients.contains(&key) {
                recipients.push(key);
            }
        }
        recipients
    }

    /// Writes the mail.
    ///
    /// # Errors
    /// [`Unsendable`], when it has no recipient or an address is none.
    pub fn build(&self) -> Result<Vec<u8>, Unsendable> {
        self.check()?;
        let (text, html) = self.forms();
        let mut mail = self.fields().body(self.parts(&text, &html));
        if let Some(url) = self.unsubscribe.as_deref().filter(|url| is_https(url)) {
            mail = mail
                .header("List-Unsubscribe", Raw::new(format!("<{url}>")))
                .header("List-Unsubscribe-Post", Raw::new("List-Unsubscribe=One-Click"));
        }
        let mut bytes = Vec::new();
        mail.serialize(&mut bytes);
        Ok(bytes)
    }

    fn check(&self) -> Result<(), Unsendable> {
        if self.to.is_empty() && self.cc.is_empty() {
            return Err(Unsendable::NoRecipient);
        }
        let all = [&self.from].into_iter().chain(&self.to).chain(&self.cc).chain(&self.reply_to);
        match all.into_iter().find(|person| !address::is_plausible(&person.address)) {
            Some(person) => Err(Unsendable::Address(person.address.clone())),
            None => Ok(()),
        }
    }

    fn fields(&self) -> MessageBuilder<'static> {
        let mut mail = MessageBuilder::new()
            .from(mailbox(&self.from))
            .subject(one_line(&self.subject))
            .message_id(clean_id(&self.message_id).unwrap_or_else(|| message_id::stable("", None, self.from.domain())))
            .date(self.date.as_second());
        for (name, people) in [("To", &self.to), ("Cc", &self.cc)] {
            if !people.is_empty() {
                mail = mail.header(name, MailAddress::new_list(people.iter().map(mailbox).collect()));
            }
        }
        if let Some(reply_to) = self.answer_address() {
            mail = mail.reply_to(mailbox(&reply_to));
        }
        let parent = self.in_reply_to.as_deref().and_then(clean_id);
        let references = self.thread(parent.as_deref());
        if !references.is_empty() {
            mail = mail.references(MessageId::new_list(references.into_iter()));
        }
        let replies = parent.is_some();
        if let Some(parent) = parent {
            mail = mail.in_reply_to(parent);
        }
        if self.automatic {
            let kind = if replies { "auto-replied" } else { "auto-generated" };
            mail = mail.header("Auto-Submitted", Raw::new(kind)).header("X-Auto-Response-Suppress", Raw::new("All"));
        }
        mail
    }

    /// Where answers go, with the token if it fits.
    fn answer_address(&self) -> Option<Address> {
        let plain = self.reply_to.as_ref().unwrap_or(&self.from);
        let token = self.token.as_deref().filter(|token| token::looks_like_one(token));
        let tagged = token.and_then(|token| token::plus_address(&plain.address, token));
        match tagged {
            Some(tagged) => Some(Address { name: plain.name.clone(), address: tagged }),
            None => self.reply_to.clone(),
        }
    }

    /// The references with the parent at their end, the middle left out when there are too many.
    fn thread(&self, parent: Option<&str>) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for id in self.references.iter().filter_map(|id| clean_id(id)) {
            if !ids.contains(&id) && Some(id.as_str()) != parent {
                ids.push(id);
            }
        }
        ids.extend(parent.map(str::to_owned));
        if ids.len() > MAX_REFERENCES {
            ids.drain(1..=ids.len() - MAX_REFERENCES);
        }
        ids
    }

    /// The plain and the HTML form, each with the token at its end.
    fn forms(&self) -> (String, String) {
        let (text, html) = match &self.body {
            Body::Markdown(source) => (markdown::to_text(source), markdown::to_letter(source)),
            Body::Text(text) => {
                let html = markup::escape(text.trim()).replace('\n', "<br>\n");
                (text.clone(), format!("<p>{html}</p>"))
            }
            Body::Both { text, html } => (text.clone(), html.clone()),
        };
        let text = text.replace('\0', "");
        match self.token.as_deref().filter(|token| token::looks_like_one(token)) {
            Some(token) => {
                let mark = format!("{}{token}]", thread::BODY_MARK);
                let hidden = format!("<p style=\"color:#999999;font-size:10px\">{mark}</p>");
                (format!("{}\n\n{mark}\n", text.trim_end()), before_end(&html, &hidden))
            }
            None => (format!("{}\n", text.trim_end()), before_end(&html, "")),
        }
    }

    fn parts(&self, text: &str, html: &str) -> MimePart<'static> {
        let alternative = self.multipart(
            "alternative",
            vec![MimePart::new("text/plain", text.to_owned()), MimePart::new("text/html", html.to_owned())],
        );
        let (inline, beside): (Vec<&File>, Vec<&File>) = self.files.iter().partition(|file| file.content_id.is_some());
        let readable = if inline.is_empty() {
            alternative
        } else {
            self.multipart("related", std::iter::once(alternative).chain(inline.into_iter().map(file_part)).collect())
        };
        if beside.is_empty() {
            return readable;
        }
        self.multipart("mixed", std::iter::once(readable).chain(beside.into_iter().map(file_part)).collect())
    }

    /// A multipart whose boundary follows from the mail, not from the clock.
    fn multipart(&self, form: &str, parts: Vec<MimePart<'static>>) -> MimePart<'static> {
        let digest = Sha256::new()
            .chain_update(form)
            .chain_update(&self.message_id)
            .chain_update(format!("{:?}", self.body))
            .finalize();
        let boundary = format!("=_{form}_{}", crate::base32::encode(&digest[..15]));
        MimePart::new(ContentType::new(format!("multipart/{form}")).attribute("boundary", boundary), parts)
    }
}

fn mailbox(person: &Address) -> MailAddress<'static> {
    let name = person.name.as_deref().map(one_line).filter(|name| !name.is_empty());
    MailAddress::new_address(name, person.address.trim().to_owned())
}

/// An id that can stand in angle brackets.
fn clean_id(id: &str) -> Option<String> {
    message_id::ids_in(&format!("<{}>", id.trim().trim_matches(['<', '>'])))
        .into_iter()
        .next()
        .filter(|id| id.is_ascii())
}

fn is_https(url: &str) -> bool {
    url.starts_with("https://")
        && url.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"'))
}

/// Puts a piece at the end of an HTML document, and makes a document of a fragment.
fn before_end(html: &str, piece: &str) -> String {
    match html.rfind("</body>") {
        Some(at) => format!("{}{piece}{}", &html[..at], &html[at..]),
        None => format!(
            "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n{html}\n{piece}</body></html>\n"
        ),
    }
}

fn file_part(file: &File) -> MimePart<'static> {
    let kind =
        if is_media_type(&file.kind) { file.kind.to_ascii_lowercase() } else { "application/octet-stream".to_owned() };
    let name = one_line(&file.name);
    // In base64 whatever it is: the ends of lines of a text that stands in the body would be written anew.
    let part = MimePart::new(ContentType::new(kind).attribute("name", name.clone()), base64_lines(&file.bytes))
        .transfer_encoding("base64");
    let (disposition, id) = match file.content_id.as_deref().and_then(clean_id) {
        Some(id) => ("inline", Some(id)),
        None => ("attachment", None),
    };
    let part = part.header("Content-Disposition", ContentType::new(disposition).attribute("filename", name));
    match id {
        Some(id) => part.cid(id),
        None => part,
    }
}

/// Base64 in lines of 76 characters (RFC 2045, section 6.8).
fn base64_lines(bytes: &[u8]) -> String {
    let encoded = STANDARD.encode(bytes);
    let mut lines = String::with_capacity(encoded.len() + encoded.len() / 38);
    for at in (0..encoded.len()).step_by(76) {
        lines.push_str(&encoded[at..encoded.len().min(at + 76)]);
        lines.push_str("\r\n");
    }
    lines
}

fn is_media_type(kind: &str) -> bool {
    let is_token =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-+._".contains(&b));
    kind.split_once('/')
        .is_some_and(|(main, sub)| is_token(main) && is_token(sub) && !main.eq_ignore_ascii_case("multipart"))
}
