//! Raw mail in. [`parse`] takes any bytes and always answers: what cannot be understood is absent, and named in
//! [`Incoming::problems`].
//!
//! The tree of parts is walked here rather than by a library, because both its bounds (parts, depth) must hold before
//! memory is spent on it; fields and codings of each part are read by `mail-parser`.

mod armour;
mod body;
mod decode;
mod fields;
mod files;
mod flowed;
mod lenient;
mod parts;
mod signed;
mod uuencode;

use jiff::Timestamp;
use serde::Serialize;

use crate::address::Address;
use crate::automatic::{self, AutoKind};
use crate::bounce::{self, Bounce};
use crate::reply_text;
use crate::thread::{self, Evidence};

pub(crate) use fields::Fields;
pub(crate) use parts::{Part, split_head};

/// A mail with more parts than this has the rest left unread.
pub const MAX_PARTS: usize = 1_000;
/// A multipart nested deeper than this is not opened.
pub const MAX_DEPTH: usize = 50;
/// Headers beyond this many bytes are not read.
pub const MAX_HEADER_BYTES: usize = 1024 * 1024;
/// More problems than this are not listed; a broken mail can have thousands.
const MAX_PROBLEMS: usize = 50;

/// A mail as it came in. Its serialisation is what `deskhand mail parse` prints.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Incoming {
    /// Who wrote it, by the first `From`. Nothing here is proof of who they are.
    pub from: Option<Address>,
    /// The recipients, of all `To` fields.
    pub to: Vec<Address>,
    /// The recipients of copies, of all `Cc` fields.
    pub cc: Vec<Address>,
    /// Where answers are wanted, when not at `from`.
    pub reply_to: Vec<Address>,
    /// The subject on one line.
    pub subject: Option<String>,
    /// When its writer says it was written.
    pub date: Option<Timestamp>,
    /// Its Message-ID, like all ids without the angle brackets.
    pub message_id: Option<String>,
    /// The ids it answers to.
    pub in_reply_to: Vec<String>,
    /// The ids of the thread, oldest first.
    pub references: Vec<String>,
    /// The whole text, of the plain parts or else read from the HTML.
    pub text: Option<String>,
    /// The HTML, already safe to show ([`crate::sanitise::html`] went over it).
    pub html: Option<String>,
    /// What was written apart from quotes and signature.
    pub reply: Option<String>,
    /// Everything that is neither text nor HTML to read.
    pub attachments: Vec<Attachment>,
    /// Whether a machine sent it; true exactly when there is an `auto_kind`.
    pub auto_submitted: bool,
    /// What kind of machine.
    pub auto_kind: Option<AutoKind>,
    /// What failed to be delivered, when this mail says so.
    pub bounce: Option<Bounce>,
    /// What could not be understood, in words for a person.
    pub problems: Vec<String>,
    /// How many images the HTML would load from elsewhere.
    pub remote_images: usize,
    /// The addresses it was delivered to on its way (`Delivered-To`, `X-Original-To`).
    #[serde(skip)]
    pub delivered_to: Vec<String>,
    /// The id of the mailing list it came by (RFC 2919); a desk's own list is no stranger's.
    #[serde(skip)]
    pub list_id: Option<String>,
}

/// A file that came with a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// A file name without folders; made up from the type when the mail gives none.
    pub name: String,
    /// The media type in lower case, without parameters. Its writer's claim, not a fact.
    #[serde(rename = "type")]
    pub kind: String,
    /// Length in bytes, decoded.
    pub size: usize,
    /// Whether it belongs into the text (an image that the HTML names) rather than beside it.
    pub inline: bool,
    /// The name of the attachment it came out of: a mail that was attached, or a `winmail.dat`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// The content, decoded.
    #[serde(skip)]
    pub bytes: Vec<u8>,
    /// The id by which the HTML names it (`cid:…`), without angle brackets.
    #[serde(skip)]
    pub content_id: Option<String>,
}

impl Incoming {
    /// What ties this mail to earlier ones; which ticket that makes is not decided here.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        thread::evidence(self)
    }

    /// Where an answer goes: the first `Reply-To`, or else `From`.
    #[must_use]
    pub fn answer_to(&self) -> Option<&Address> {
        self.reply_to.first().or(self.from.as_ref())
    }
}

/// What could not be understood so far.
#[derive(Default)]
pub(crate) struct Problems(Vec<String>);

impl Problems {
    pub(crate) fn note(&mut self, problem: impl Into<String>) {
        let problem = problem.into();
        if self.0.len() < MAX_PROBLEMS && !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }

    /// What was noted, in its order.
    #[cfg(test)]
    pub(crate) fn list(&self) -> &[String] {
        &self.0
    }

    fn take(&mut self, others: Self) {
        others.0.into_iter().for_each(|problem| self.note(problem));
    }
}

/// Reads a raw mail. Never fails, whatever the bytes; time and memory are in proportion to their number.
#[must_use]
pub fn parse(raw: &[u8]) -> Incoming {
    let mut problems = Problems::default();
    let parts = parts::walk(raw, &mut problems);
    let mut mail = Incoming::default();
    read_head(&mut mail, &parts.head, &mut problems);

    let body = body::assemble(&parts, &mut problems);
    mail.text = body.text;
    if let Some(safe) = body.html {
        mail.remote_images = safe.remote_images;
        mail.html = Some(safe.html);
    }
    mail.reply = mail.text.as_deref().map(|text| reply_text::of(text, mail.subject.as_deref()));
    mail.attachments = body.attachments;

    mail.bounce = bounce::detect(&parts.head, &parts.leaves, &mail);
    mail.auto_kind = automatic::kind(&parts.head, &mail);
    mail.auto_submitted = mail.auto_kind.is_some();
    mail.problems = problems.0;
    mail
}

fn read_head(mail: &mut Incoming, head: &Fields, problems: &mut Problems) {
    for name in ["From", "Subject", "Date", "Message-ID", "Reply-To", "In-Reply-To", "References"] {
        match head.count(name) {
            0 if matches!(name, "From" | "Subject" | "Date" | "Message-ID") => problems.note(format!("no {name}")),
            0 | 1 => {}
            count => problems.note(format!("{count} fields {name}, the first is used")),
        }
    }
    mail.from = head.addresses("From", true, problems).into_iter().next();
    if mail.from.is_none() && head.count("From") > 0 {
        problems.note("From holds no address");
    }
    mail.to = head.addresses("To", false, problems);
    mail.cc = head.addresses("Cc", false, problems);
    mail.reply_to = head.addresses("Reply-To", true, problems);
    mail.subject = head.text("Subject", problems);
    mail.date = head.date("Date");
    if mail.date.is_none() && head.count("Date") > 0 {
        problems.note("Date is no date");
    }
    mail.message_id = head.ids("Message-ID").into_iter().next();
    if mail.message_id.is_none() && head.count("Message-ID") > 0 {
        problems.note("Message-ID holds no id");
    }
    mail.in_reply_to = head.ids("In-Reply-To");
    mail.references = head.ids("References");
    mail.list_id = head.ids("List-Id").into_iter().next().or_else(|| head.text("List-Id", problems));
    mail.delivered_to = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Delivered-To"]
        .iter()
        .flat_map(|name| head.all(name))
        .map(|value| value.trim().trim_matches(['<', '>']).to_owned())
        .filter(|address| crate::address::is_plausible(address))
        .collect();
}
