//! Browsers that notices are pushed to: each person's own, turned on in the browser itself. What a browser gives out for it is a secret,
//! sealed, and goes with the session in which it was turned on.

mod queries;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::chance::hex;
use store::{Conn, Id};
use zeroize::Zeroizing;

use super::hooks::host_of;
use super::push;
use crate::accounts::sessions;
use crate::sealed::{Sealable, Sealed, Seals, Slot};
use crate::{Context, Error, Result};

/// The table of browsers.
pub const TABLE: &str = "browsers";
/// How many browsers somebody may have.
const BROWSERS_MAX: usize = 20;
/// The longest description of one, in characters.
const DEVICE_MAX: usize = 80;

/// A browser as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Browser {
    /// Its id.
    pub id: Id,
    /// Whose it is.
    pub agent: Id,
    /// The session in which it was turned on, and with which it goes; none where a program added it.
    pub session: Option<Id>,
    /// The browser, in a few words.
    pub device: String,
    /// The host of the service that takes what is pushed to it.
    pub host: String,
    /// The digest of its address: the browser knows itself by it.
    pub endpoint: String,
    /// Why the last notice could not be pushed.
    pub last_error: Option<String>,
    /// When it was added.
    pub created_at: Timestamp,
}

/// What a browser gave out (Push API, `PushSubscription`).
#[derive(Clone, Deserialize, Serialize)]
pub struct Subscription {
    /// The address of its service.
    pub endpoint: String,
    /// Its public key.
    pub p256dh: String,
    /// The secret that it shares with the desk.
    pub auth: String,
}

impl std::fmt::Debug for Subscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Subscription(hidden)")
    }
}

impl Sealable for Subscription {
    fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(serde_json::to_vec(self).unwrap_or_default())
    }

    fn from_bytes(bytes: Zeroizing<Vec<u8>>) -> Option<Self> {
        serde_json::from_slice(&bytes).ok()
    }
}

/// A browser to push to.
#[derive(Clone, Debug)]
pub struct NewBrowser {
    /// The session in which it is turned on.
    pub session: Option<Id>,
    /// The browser, in a few words.
    pub device: String,
    /// What it gave out.
    pub subscription: Subscription,
}

/// Has notices pushed to a browser of `agent` from now on. One that is known is renewed; one in which somebody else was signed in before
/// is theirs no longer.
///
/// # Errors
/// `bad-address` and `bad-key` for what no browser gives out, `too-many`; in a process without a master key.
pub async fn keep(context: &mut Context<'_>, agent: Id, new: &NewBrowser) -> Result<Id> {
    if context.settings.push_key.is_none() {
        return Err(push::no_key());
    }
    let subscription =
        Subscription { endpoint: new.subscription.endpoint.trim().to_owned(), ..new.subscription.clone() };
    let host = host_of(&subscription.endpoint).ok_or_else(|| {
        Error::invalid_field("endpoint", "bad-address", "this is no address that begins with https://")
    })?;
    push::key_of(&subscription.p256dh)?;
    push::secret_of(&subscription.auth)?;
    let endpoint = hex(&Sha256::digest(&subscription.endpoint));
    let device: String = new.device.chars().filter(|c| !c.is_control()).take(DEVICE_MAX).collect();
    let known = queries::at(context.tx, &endpoint).await?;
    let own = known.as_ref().filter(|known| known.agent == agent);
    let id = own.map_or_else(|| context.ids.next(), |known| known.id);
    let sealed = context.settings.seals.seal(context.chance, slot(&id.to_string()), &subscription)?;
    if own.is_some() {
        queries::renew(context.tx, id, (new.session, &device), &sealed).await?;
        return Ok(id);
    }
    if let Some(known) = known {
        queries::remove(context.tx, known.id).await?;
    }
    if queries::of_agent(context.tx, agent).await?.len() >= BROWSERS_MAX {
        return Err(
            Error::conflict("too-many", "There are as many browsers as there may be.").advise("Remove one first.")
        );
    }
    let browser = Browser {
        id,
        agent,
        session: new.session,
        device,
        host: host.to_owned(),
        endpoint,
        last_error: None,
        created_at: context.now,
    };
    queries::insert(context.tx, &browser, &sealed).await?;
    Ok(id)
}

/// Has nothing pushed to a browser of `agent` any longer.
///
/// # Errors
/// When it is not theirs.
pub async fn remove(context: &mut Context<'_>, agent: Id, id: Id) -> Result<()> {
    let own = queries::find(context.tx, id).await?.filter(|browser| browser.agent == agent);
    let own = own.ok_or_else(|| Error::not_found("browser"))?;
    Ok(queries::remove(context.tx, own.id).await?)
}

/// The same for all browsers of somebody who leaves.
pub(crate) async fn remove_of(context: &mut Context<'_>, agent: Id) -> Result<()> {
    Ok(queries::remove_of(context.tx, agent).await?)
}

/// The same for everybody's, which know the desk by a key that is gone.
pub(crate) async fn remove_all(context: &mut Context<'_>) -> Result<()> {
    Ok(queries::remove_all(context.tx).await?)
}

/// Somebody's browsers, as far as their sessions last.
pub async fn of_agent(conn: &mut Conn, agent: Id, now: Timestamp) -> Result<Vec<Browser>> {
    let mut open = Vec::new();
    for browser in queries::of_agent(conn, agent).await? {
        if is_open(conn, &browser, now).await? {
            open.push(browser);
        }
    }
    Ok(open)
}

/// The browser with this id, as far as its session lasts.
pub async fn find(conn: &mut Conn, id: Id, now: Timestamp) -> Result<Option<Browser>> {
    match queries::find(conn, id).await? {
        Some(browser) if is_open(conn, &browser, now).await? => Ok(Some(browser)),
        _ => Ok(None),
    }
}

async fn is_open(conn: &mut Conn, browser: &Browser, now: Timestamp) -> Result<bool> {
    match browser.session {
        Some(session) => sessions::is_open(conn, session, now).await,
        None => Ok(true),
    }
}

/// What a browser gave out.
pub(super) async fn open(conn: &mut Conn, seals: &Seals, id: Id) -> Result<Option<Subscription>> {
    let Some(sealed) = queries::subscription(conn, id).await? else { return Ok(None) };
    seals.open(slot(&id.to_string()), &Sealed::stored(sealed)).map(Some)
}

/// Notes what came of the last notice; a browser that its service no longer knows is taken away.
pub(super) async fn note(context: &mut Context<'_>, id: Id, error: Option<&str>, is_gone: bool) -> Result<()> {
    if is_gone {
        return Ok(queries::remove(context.tx, id).await?);
    }
    Ok(queries::note(context.tx, id, error).await?)
}

fn slot(row: &str) -> Slot<'_> {
    Slot { table: TABLE, row, column: "subscription" }
}
