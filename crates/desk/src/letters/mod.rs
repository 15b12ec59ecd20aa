//! Letters: what the desk writes to its own agents so that they get in. They belong to no ticket and stand in no history. A letter
//! waits as a row that names its purpose and its recipient; its link is made when it leaves, so that no secret is ever stored.

pub mod deliver;
mod queries;
mod words;

use jiff::Timestamp;
use store::{Conn, Id, News, Tx};

pub use deliver::deliver_next;

use crate::accounts::links::Purpose;
use crate::ground::Ground;
use crate::mailboxes::connected::ways;
use crate::{Context, Result};

/// The table of letters.
pub const TABLE: &str = "letters";

/// A letter that waits or could not be sent.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Its row.
    pub id: Id,
    /// What its link is for.
    pub purpose: Purpose,
    /// The address it goes to.
    pub recipient: String,
    /// Who has it sent, by name; empty for somebody who asked for it themselves.
    pub sender: String,
    /// The tag of the language of whoever has it sent; the recipient's own counts before.
    pub language: String,
    /// How often it was tried.
    pub attempts: i64,
}

/// Puts a letter among those that leave. Whether there is such an agent is looked at when it leaves: so asking for a letter takes the
/// same time and writes the same row for an address that nobody has.
pub async fn send(
    context: &mut Context<'_>,
    purpose: Purpose,
    recipient: &str,
    sender: &str,
    language: &str,
) -> Result<()> {
    let letter = Letter {
        id: context.ids.next(),
        purpose,
        recipient: recipient.trim().to_lowercase(),
        sender: sender.to_owned(),
        language: language.to_owned(),
        attempts: 0,
    };
    queries::remove_failed(context.tx, &letter.recipient).await?;
    queries::insert(context.tx, &letter, context.now).await?;
    context.tx.announce(News::of("outbox", letter.id, 0));
    Ok(())
}

/// When the next letter is due.
pub async fn next_due(conn: &mut Conn) -> Result<Option<Timestamp>> {
    Ok(queries::next_due(conn).await?)
}

/// By which way letters leave, if one is due that nobody carries at present: a mailbox, or what the process was given.
pub async fn way_due(ground: &Ground) -> Result<Option<Option<Id>>> {
    let (now, real_now) = (ground.clock.now(), ground.clock.real_now());
    let mut conn = ground.read().await?;
    if !queries::is_due(&mut conn, now, real_now).await? {
        return Ok(None);
    }
    Ok(Some(ways::default_way(&mut conn).await?))
}

/// The addresses to which a letter could not be sent, each with the reason.
pub async fn failed(conn: &mut Conn) -> Result<Vec<(String, String)>> {
    Ok(queries::failed(conn).await?)
}

/// Gives up what waits, after a restore: it may have gone out since the backup was made. Who is still to come in is sent another.
pub async fn hold_back(tx: &mut Tx) -> Result<()> {
    queries::give_up_waiting(tx, "the desk was restored from a backup before it left").await?;
    Ok(())
}
