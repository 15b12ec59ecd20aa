//! The outbox: effects on the outside world, stored with what caused them and carried out afterwards, each under its key.

pub mod carrier;
pub mod catcher;
mod claims;
pub mod deliver;
pub mod held;
mod outcomes;
mod queries;

use jiff::Timestamp;
use mail::Address;
use store::{Conn, Id, News};

pub use carrier::{Carrier, Parcel, Refusal};
pub use deliver::deliver_next;

use crate::ground::Ground;
use crate::messages::{self, Kind, Message};
use crate::settings::resting;
use crate::tickets::participants;
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
    /// The mailbox that it leaves through; `None` for what the process was given.
    pub way: Option<Id>,
    /// Whom it goes to in copy; `None` when it goes to the message's recipient.
    pub copy_to: Option<String>,
}

/// Which of what is due is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ways {
    /// All of it.
    All,
    /// What leaves through this mailbox, or by what the process was given.
    Just(Option<Id>),
}

/// Keeps a message and has it leave as a mail to whoever asked, `contact` at `address`, and to those in copy, each by itself. The same
/// `key` again sends nothing more.
pub async fn send_mail(
    context: &mut Context<'_>,
    message: &mut Message,
    (contact, address): (Id, String),
    key: &str,
) -> Result<()> {
    let copies = copies(context, message, &address).await?;
    leave(context, message, (contact, address), (copies, key)).await
}

/// The same to `contact` alone, whose token its Message-ID carries.
pub async fn send_alone(context: &mut Context<'_>, message: &mut Message, to: (Id, String), key: &str) -> Result<()> {
    leave(context, message, to, (Vec::new(), key)).await
}

async fn leave(
    context: &mut Context<'_>,
    message: &mut Message,
    (contact, address): (Id, String),
    (copies, key): (Vec<Address>, &str),
) -> Result<()> {
    message.recipient = Some(address);
    message.delivery = Some("waiting".to_owned());
    message.copies = copies;
    messages::add(context, message).await?;
    let way = mailboxes::connected::ways::way_of(context.tx, message.ticket).await?;
    mailboxes::outgoing::give_mail_id(context, message, contact, way).await?;
    let row = (message.ticket, message.id);
    let id = context.ids.next();
    queries::insert(context.tx, id, key, row, (way, None), context.now).await?;
    for (place, copy) in message.copies.iter().enumerate() {
        let (id, key) = (context.ids.next(), format!("{key}:copy:{place}"));
        queries::insert(context.tx, id, &key, row, (way, Some(copy.key())), context.now).await?;
    }
    context.tx.announce(News::of("outbox", id, 0));
    Ok(())
}

/// Who gets in copy what is said to whoever asked: those in copy of what a person says, whoever asked the same of what a playbook says.
async fn copies(context: &mut Context<'_>, message: &Message, recipient: &str) -> Result<Vec<Address>> {
    let mut copies = match message.kind {
        Kind::Reply => participants::in_copy(context.tx, message.ticket).await?,
        _ => participants::also_asked(context.tx, message.ticket).await?,
    };
    let recipient = Address::bare(recipient).key();
    copies.retain(|copy| copy.key() != recipient);
    Ok(copies)
}

/// The ways by which something is due that nobody carries out at present; none while the desk rests.
pub async fn ways_due(ground: &Ground) -> Result<Vec<Option<Id>>> {
    let (now, real_now) = (ground.clock.now(), ground.clock.real_now());
    let mut conn = ground.read().await?;
    if resting::since(&mut conn).await?.is_some() {
        return Ok(Vec::new());
    }
    Ok(queries::ways_due(&mut conn, now, real_now).await?)
}

/// Has what waits to leave through a mailbox leave by the default way.
pub async fn reroute(context: &mut Context<'_>, mailbox: Id) -> Result<()> {
    let way = mailboxes::connected::ways::default_way(context.tx).await?;
    if queries::reroute(context.tx, mailbox, way).await? > 0 {
        context.tx.announce(News::of("outbox", mailbox, 0));
    }
    Ok(())
}

/// How many mails wait that were tried by this way and not taken, and why the newest was not.
pub async fn refused(conn: &mut Conn, way: Option<Id>) -> Result<Option<(i64, String)>> {
    Ok(queries::refused(conn, way).await?)
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
