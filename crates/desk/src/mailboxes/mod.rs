//! Mailboxes: which ticket a mail belongs to, what is kept of mail that moves nothing, how a message leaves as a
//! mail, and the mailboxes that the desk itself is [connected] to.

pub mod connected;
pub mod copied;
pub mod join;
pub mod listening;
pub mod outgoing;
mod queries;
pub mod watch;
pub mod why_kept;

use jiff::Timestamp;
use store::{Conn, Id, News};

pub use why_kept::WhyKept;

use crate::page::{Cursor, Listed, Page};
use crate::rights::{self, Verb};
use crate::{Actor, Context, Result};

/// The largest mail that is taken, in bytes.
pub const MAIL_MAX: usize = 36 * 1024 * 1024;

/// How far mails that were set aside are counted.
pub const SET_ASIDE_MAX: i64 = 100;

/// What became of a mail on its way in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It opened a ticket.
    Opened,
    /// It went to a ticket's conversation.
    Appended,
    /// A program wrote it: kept, and nothing moved.
    Filed,
    /// It could not be understood: kept whole for a person to look at.
    SetAside,
}

/// How much of a mail is looked through for its sender and subject, in bytes.
const HEADER_MAX: usize = 64 * 1024;
/// The longest sender and subject that stand in lists, in characters.
const HEAD_MAX: usize = 300;

/// A mail that moved nothing, without its bytes.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its id.
    pub id: Id,
    /// `filed`, `set_aside`, or `opened` once somebody made a ticket of it.
    pub outcome: String,
    /// Why, in a few words.
    pub reason: String,
    /// From whom, as it says; empty where it does not.
    pub sender: String,
    /// Its subject; empty where it has none.
    pub subject: String,
    /// The ticket it belongs to, where that is known.
    pub ticket: Option<Id>,
    /// When it came.
    pub received_at: Timestamp,
}

/// Keeps a mail whole that moves nothing.
pub async fn keep(
    context: &mut Context<'_>,
    outcome: Outcome,
    reason: &str,
    ticket: Option<Id>,
    raw: &[u8],
) -> Result<()> {
    let (sender, subject) = head(raw);
    let id = context.ids.next();
    if outcome == Outcome::SetAside {
        context.tx.announce(News::of("kept", id, 0));
    }
    let kept = Kept {
        id,
        outcome: if outcome == Outcome::Filed { "filed" } else { "set_aside" }.to_owned(),
        reason: reason.to_owned(),
        sender,
        subject,
        ticket,
        received_at: context.now,
    };
    Ok(queries::keep(context.tx, &kept, raw).await?)
}

/// From whom a mail is and what about, each in one line of bounded length.
fn head(raw: &[u8]) -> (String, String) {
    let bounded = raw.get(..HEADER_MAX).unwrap_or(raw);
    let ends = |line: &[u8]| bounded.windows(line.len()).position(|at| at == line);
    let end = ends(b"\r\n\r\n").into_iter().chain(ends(b"\n\n")).min().unwrap_or(bounded.len());
    let header = mail::parse(&bounded[..end]);
    let line = |text: String| -> String {
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(HEAD_MAX).collect::<String>().trim().to_owned()
    };
    (line(header.from.map(|from| from.to_string()).unwrap_or_default()), line(header.subject.unwrap_or_default()))
}

/// A page of the mails that moved nothing, newest first.
pub async fn kept(conn: &mut Conn, actor: &Actor, page: Page) -> Result<Listed<Kept>> {
    rights::require(actor, Verb::ReadCaughtMail)?;
    let rows = queries::kept(conn, page).await?;
    Ok(Listed::cut(rows, page.limit, |row| Cursor { at: row.received_at, id: row.id }))
}

/// A mail that moved nothing, with its bytes.
pub async fn kept_mail(conn: &mut Conn, actor: &Actor, id: Id) -> Result<(Kept, Vec<u8>)> {
    rights::require(actor, Verb::ReadCaughtMail)?;
    queries::kept_mail(conn, id).await?.ok_or_else(|| crate::Error::not_found("mail"))
}

/// How many mails wait that were set aside; [`SET_ASIDE_MAX`] stands for that many or more.
pub async fn set_aside(conn: &mut Conn, actor: &Actor) -> Result<i64> {
    rights::require(actor, Verb::ReadCaughtMail)?;
    count_set_aside(conn).await
}

/// The same for the desk itself.
pub(crate) async fn count_set_aside(conn: &mut Conn) -> Result<i64> {
    Ok(queries::count_set_aside(conn).await?)
}

/// Whether a mail that moved nothing has this id.
pub(crate) async fn is_kept(conn: &mut Conn, id: Id) -> Result<bool> {
    Ok(queries::is_kept(conn, id).await?)
}

/// Says that somebody has looked at a mail that was set aside; whether it still waited for that.
pub(crate) async fn file_kept(context: &mut Context<'_>, id: Id) -> Result<bool> {
    context.tx.announce(News::of("kept", id, 0));
    Ok(queries::file_kept(context.tx, id).await?)
}

/// Says that a mail that moved nothing is on this ticket now.
pub async fn give_kept(context: &mut Context<'_>, id: Id, ticket: Id) -> Result<()> {
    context.tx.announce(News::of("kept", id, 0));
    Ok(queries::give_kept(context.tx, id, ticket).await?)
}

/// Remembers a Message-ID that came in or goes out on a ticket.
pub async fn remember_mail_id(context: &mut Context<'_>, mail_id: &str, ticket: Id, message: Id) -> Result<()> {
    Ok(queries::remember_mail_id(context.tx, mail_id, ticket, message).await?)
}
