//! Fetching: who does it, how far it came, and what is wrong. Who fetches holds a lease, so that of several processes one does. How
//! far it came is moved by the transaction that takes a mail in (see [`passed`]), so a crash repeats nothing and loses nothing,
//! whoever holds the lease.

use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use store::{Conn, Id, News};

use super::{Mailbox, queries};
use crate::ground::Ground;
use crate::mailboxes::watch;
use crate::{Actor, Context, Error, Result};

/// How long a lease holds that nobody renews; on the clock that nobody moves.
pub const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How long fetching fails before people are told, where it may pass by itself; and where it does not.
const PATIENCE: (SignedDuration, SignedDuration) = (SignedDuration::from_mins(15), SignedDuration::from_mins(2));

/// How far a folder is fetched (RFC 9051, section 2.3.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Which numbering this is of.
    pub uid_validity: u32,
    /// The lowest number that is not fetched yet.
    pub uid_next: u32,
}

/// Where a fetched mail lay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lay {
    /// The mailbox.
    pub mailbox: Id,
    /// The folder.
    pub folder: String,
    /// Which numbering its number is of.
    pub uid_validity: u32,
    /// Its number.
    pub uid: u32,
    /// When the server took it in, if it says so.
    pub received_at: Option<Timestamp>,
}

/// What a fetched mail is to the desk.
#[derive(Clone, Debug)]
pub enum Passed {
    /// It is new, and came by this mailbox.
    New(Box<Mailbox>),
    /// It is in already, or was left where it is when the mailbox was connected.
    Known,
}

/// What is wrong with fetching.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// A stable name, such as `login-refused`.
    pub code: String,
    /// In words for people, without any secret.
    pub words: String,
    /// Whether it stays so until somebody mends something.
    pub lasts: bool,
}

/// Takes the lease of a mailbox, or keeps it: whether this process may fetch from it.
pub async fn claim(ground: &Ground, id: Id) -> Result<bool> {
    claim_at(ground, id, ground.clock.real_now()).await
}

/// The same at an instant of the clock that nobody moves.
pub async fn claim_at(ground: &Ground, id: Id, now: Timestamp) -> Result<bool> {
    let node = ground.ids.node();
    let claiming = ground.change(&Actor::Desk, move |context| {
        async move { Ok(queries::claim(context.tx, id, node, now, now + LEASE).await?) }.boxed()
    });
    claiming.await
}

/// Gives the lease of a mailbox back.
pub async fn release(ground: &Ground, id: Id) -> Result<()> {
    let node = ground.ids.node();
    let releasing = ground
        .change(&Actor::Desk, move |context| async move { Ok(queries::release(context.tx, id, node).await?) }.boxed());
    releasing.await
}

/// Gives up the leases that end after an instant; see [`claims`](crate::claims).
pub(crate) async fn release_claims(context: &mut Context<'_>, ends_after: Timestamp) -> Result<u64> {
    Ok(queries::release_claims(context.tx, ends_after).await?)
}

/// How far a folder of a mailbox is fetched; `None` where it never was.
pub async fn cursor(conn: &mut Conn, id: Id, folder: &str) -> Result<Option<Cursor>> {
    Ok(queries::cursor(conn, id, folder).await?)
}

/// Remembers where fetching from a folder begins.
pub async fn begin(context: &mut Context<'_>, id: Id, folder: &str, cursor: Cursor) -> Result<()> {
    held(context, id).await?;
    Ok(queries::keep_cursor(context.tx, id, folder, cursor).await?)
}

/// Moves the cursor past a mail, and says whether the mail is new. In one numbering a number is one mail; in another, the same bytes
/// are the same mail, and what had arrived before the mailbox was connected stays where it was left.
///
/// # Errors
/// [`Kind::NotFound`](crate::error::Kind::NotFound) for a mailbox that was taken away meanwhile: the mail stays on its server.
pub async fn passed(context: &mut Context<'_>, lay: &Lay, raw: &[u8]) -> Result<Passed> {
    let mailbox = held(context, lay.mailbox).await?;
    if !move_on(context, lay).await? {
        return Ok(Passed::Known);
    }
    let is_old = mailbox.since.is_some_and(|since| lay.received_at.is_some_and(|received| received < since));
    if is_old && queries::was_renumbered(context.tx, lay.mailbox, &lay.folder).await? {
        return Ok(Passed::Known);
    }
    let digest = store::chance::hex(&Sha256::digest(raw));
    if !queries::remember_mail(context.tx, lay.mailbox, &digest).await? {
        return Ok(Passed::Known);
    }
    Ok(Passed::New(Box::new(mailbox)))
}

/// Moves the cursor past a number that no mail has any more.
pub async fn skip(context: &mut Context<'_>, lay: &Lay) -> Result<()> {
    held(context, lay.mailbox).await?;
    move_on(context, lay).await.map(drop)
}

/// Moves the cursor past a number, unless it has passed it already; says whether it moved.
async fn move_on(context: &mut Context<'_>, lay: &Lay) -> Result<bool> {
    let before = queries::cursor(context.tx, lay.mailbox, &lay.folder).await?;
    if before.is_some_and(|before| before.uid_validity == lay.uid_validity && lay.uid < before.uid_next) {
        return Ok(false);
    }
    let after = Cursor { uid_validity: lay.uid_validity, uid_next: lay.uid.saturating_add(1) };
    queries::keep_cursor(context.tx, lay.mailbox, &lay.folder, after).await?;
    Ok(true)
}

/// Notes that everything is in that arrived in a mailbox before `until`.
pub async fn works(context: &mut Context<'_>, id: Id, until: Timestamp) -> Result<()> {
    let mailbox = held(context, id).await?;
    queries::works(context.tx, id).await?;
    context.tx.announce(News::of("mailbox", id, 0));
    watch::caught_up(context, &mailbox.name, until).await
}

/// Notes that fetching fails. Gives the mailbox and since when, the one time that people are to be told.
pub async fn fails(context: &mut Context<'_>, id: Id, fault: &Fault) -> Result<Option<(Mailbox, Timestamp)>> {
    let mailbox = held(context, id).await?;
    queries::fails(context.tx, id, (&fault.code, &fault.words), context.now).await?;
    if mailbox.trouble.as_ref().is_none_or(|trouble| trouble.code != fault.code) {
        context.tx.announce(News::of("mailbox", id, 0));
    }
    let since = mailbox.trouble.as_ref().map_or(context.now, |trouble| trouble.since);
    let patience = if fault.lasts { PATIENCE.1 } else { PATIENCE.0 };
    let is_time = context.now.duration_since(since) >= patience;
    if !is_time || !queries::note_told(context.tx, id, context.now).await? {
        return Ok(None);
    }
    Ok(Some((mailbox, since)))
}

/// Notes that what was chosen for fetched mails cannot be done on their server, such as to move them. They are in, and fetching goes on.
pub async fn unsettled(context: &mut Context<'_>, id: Id, fault: &Fault) -> Result<()> {
    held(context, id).await?;
    queries::unsettled(context.tx, id, (&fault.code, &fault.words), context.now).await?;
    context.tx.announce(News::of("mailbox", id, 0));
    Ok(())
}

/// Notes that it can be done again.
pub async fn settles(context: &mut Context<'_>, id: Id) -> Result<()> {
    held(context, id).await?;
    queries::settles(context.tx, id).await?;
    context.tx.announce(News::of("mailbox", id, 0));
    Ok(())
}

async fn held(context: &mut Context<'_>, id: Id) -> Result<Mailbox> {
    queries::lock(context.tx, id).await?.ok_or_else(|| Error::not_found("mailbox"))
}
