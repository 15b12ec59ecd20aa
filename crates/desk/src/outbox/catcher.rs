//! The mail catcher: keeps mails instead of sending them, for the demo and for rehearsals.

use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::Timestamp;
use store::{Conn, Id, News};

use super::{Carrier, Parcel, Refusal, queries};
use crate::ground::Ground;
use crate::page::{Cursor, Listed, Page};
use crate::rights::{self, Verb};
use crate::{Actor, Error, Result};

/// Keeps every mail in the desk's own database.
pub struct Catcher {
    ground: Ground,
}

/// A caught mail without its bytes.
#[derive(Clone, Debug)]
pub struct Caught {
    /// Its id.
    pub id: Id,
    /// The effect's key.
    pub key: String,
    /// The ticket it comes from.
    pub ticket: Id,
    /// The message it is.
    pub message: Id,
    /// Whom it goes to.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// When it was caught.
    pub caught_at: Timestamp,
}

/// A caught letter without its bytes.
#[derive(Clone, Debug)]
pub struct CaughtLetter {
    /// Its id.
    pub id: Id,
    /// Whom it goes to.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// When it was caught.
    pub caught_at: Timestamp,
}

impl Catcher {
    /// A catcher for this desk.
    pub fn new(ground: Ground) -> Self {
        Self { ground }
    }
}

impl Carrier for Catcher {
    fn carry<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<(), Refusal>> {
        let parcel = parcel.clone();
        async move {
            let catching = self.ground.change(&Actor::Desk, move |context| {
                let parcel = parcel.clone();
                async move {
                    let id = context.ids.next();
                    match parcel.ticket {
                        Some(_) => queries::catch(context.tx, id, &parcel, context.now).await?,
                        None => queries::catch_letter(context.tx, id, &parcel, context.now).await?,
                    }
                    context.tx.announce(News::of("caught", id, 0));
                    Ok(())
                }
                .boxed()
            });
            catching.await.map_err(|error| Refusal::Later(error.to_string()))
        }
        .boxed()
    }
}

/// A page of caught mails, newest first.
pub async fn list(conn: &mut Conn, actor: &Actor, page: Page) -> Result<Listed<Caught>> {
    rights::require(actor, Verb::ReadCaughtMail)?;
    let rows = queries::caught(conn, page).await?;
    Ok(Listed::cut(rows, page.limit, |row| Cursor { at: row.caught_at, id: row.id }))
}

/// A caught mail and its bytes.
pub async fn show(conn: &mut Conn, actor: &Actor, id: Id) -> Result<(Caught, Vec<u8>)> {
    rights::require(actor, Verb::ReadCaughtMail)?;
    queries::caught_one(conn, id).await?.ok_or_else(|| Error::not_found("mail"))
}

/// The newest `limit` letters that were caught. They open accounts, so whoever reads them must be one who keeps agents.
pub async fn letters(conn: &mut Conn, actor: &Actor, limit: u32) -> Result<Vec<CaughtLetter>> {
    rights::require(actor, Verb::KeepAgents)?;
    Ok(queries::caught_letters(conn, limit).await?)
}

/// A caught letter and its bytes; see [`letters`].
pub async fn show_letter(conn: &mut Conn, actor: &Actor, id: Id) -> Result<(CaughtLetter, Vec<u8>)> {
    rights::require(actor, Verb::KeepAgents)?;
    queries::caught_letter(conn, id).await?.ok_or_else(|| Error::not_found("letter"))
}
