//! Raw mail in, raw mail out. Pure: no clock, no chance, no network, no disk.
//!
//! In: [`parse`] turns any bytes into an [`Incoming`], which says who wrote, what, whether a machine wrote it
//! ([`automatic`]), whether it is a bounce ([`bounce`]), what was written apart from quotes ([`reply_text`]) and what
//! ties it to earlier mail ([`thread`]). It never fails: what cannot be understood is absent and named in
//! [`Incoming::problems`].
//!
//! Out: [`Outgoing::build`] writes a mail that cannot be made to carry a header nobody intended, with the proofs
//! ([`token`], [`message_id`]) by which an answer finds its ticket again.
//!
//! Deliberately absent: which ticket a mail belongs to (that is the desk's decision, from [`Evidence`]), whether a
//! signature of DKIM or SPF holds (the receiving server's), and anything that fetches or sends.

pub mod address;
pub mod automatic;
pub mod bare_links;
mod base32;
pub mod bounce;
mod charset;
mod encoded_words;
mod header_text;
pub mod incoming;
pub mod markdown;
mod markup;
pub mod message_id;
pub mod outgoing;
pub mod plain;
pub mod reply_text;
pub mod sanitise;
pub mod thread;
mod tnef;
pub mod token;

pub use address::Address;
pub use automatic::AutoKind;
pub use bounce::Bounce;
pub use incoming::{Attachment, Incoming, parse};
pub use markup::escape as escape_html;
pub use outgoing::{Body, File, Outgoing, Unsendable};
pub use thread::Evidence;
pub use token::{Key, ReplyToken};
