//! The outbox: effects on the outside world, stored with what caused them and carried out afterwards, each under its key.

pub mod carrier;
pub mod catcher;
pub mod deliver;
pub mod held;
mod queries;

use jiff::Timestamp;
use store::{Conn, Id, News};

pub use carrier::{Carrier, Parcel, Refusal};
pub use deliver::deliver_next;

use crate::messages::{self, Message};
use crate::{Context, Result, mailboxes};

/// How often a mail is tried before it is given up: with the pauses of [`pause_after`] about two days.
pub const ATTEMPTS_MAX: i64 = 26;

/// An effect that waits to be carried out.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Its row.
    pub id: Id,
    /// The key under which it happens at most once.
    pub key: String,
    /// The ticket it comes from.
    pub ticket: Id,
    /// The message it sends.
    pub message: Id,
    /// How often it was tried.
    pub attempts: i64,
}

/// Keeps a message and has it leave as a mail to `contact` at `address`, whose token its Message-ID carries. The same `key`
/// again sends nothing more.
pub async fn send_mail(
    context: &mut Context<'_>,
    message: &mut Message,
    (contact, address): (Id, String),
    key: &str,
) -> Result<()> {
    message.recipient = Some(address);
    message.delivery = Some("waiting".to_owned());
    messages::add(context, message).await?;
    mailboxes::outgoing::give_mail_id(context, message, contact).await?;
    let id = context.ids.next();
    queries::insert(context.tx, id, key, message.ticket, message.id, context.now).await?;
    context.tx.announce(News::of("outbox", id, 0));
    Ok(())
}

/// How many effects wait, due or not.
pub async fn count_waiting(conn: &mut Conn) -> Result<i64> {
    Ok(queries::count_waiting(conn).await?)
}

/// When the next effect is due.
pub async fn next_due(conn: &mut Conn) -> Result<Option<Timestamp>> {
    Ok(queries::next_due(conn).await?)
}

/// Seconds to wait after the given number of failed attempts: 10 s, doubling up to three hours.
pub fn pause_after(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 12) - 1).unwrap_or(0);
    (10_i64 << doublings).min(3 * 3600)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_grow_and_a_mail_is_tried_for_about_two_days() {
        let pauses: Vec<i64> = (1..ATTEMPTS_MAX).map(pause_after).collect();
        assert!(pauses.is_sorted());
        assert_eq!(pauses[0], 10);
        let hours = pauses.iter().sum::<i64>() / 3600;
        assert!((44..=50).contains(&hours), "{hours} hours");
    }
}
