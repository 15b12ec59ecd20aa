//! The desk's own settings. They have one home, the database; the process's configuration is another matter.

pub mod public_url;
pub mod push_key;
mod queries;
pub mod resting;

use mail::{Address, Key};
use store::{Chance, Conn, Tx};

pub use public_url::PublicUrl;
pub use push_key::PushKey;

use crate::sealed::Seals;
use crate::{Error, Result};

/// The address that a desk has until an owner gives it one. It can receive nothing.
pub const ADDRESS_DEFAULT: &str = "support@desk.example";

/// What the desk is called, where it is written to, and the key that signs its reply tokens.
#[derive(Clone)]
pub struct Settings {
    /// The desk's name and mail address, as in `From`.
    pub address: Address,
    /// Signs and checks reply tokens.
    pub reply_key: Key,
    /// Where browsers reach the desk; `None` until somebody said so, and then no letter with a link can leave.
    pub public_url: Option<PublicUrl>,
    /// Seals and opens secrets; none until [`Desk::sealing`](crate::Desk::sealing).
    pub seals: Seals,
    /// By what push services know the desk; none where there are no seals.
    pub push_key: Option<PushKey>,
}

impl Settings {
    /// Reads the settings; on the first start makes the reply key and takes `address` (or the default) as the desk's.
    pub async fn load(tx: &mut Tx, chance: &Chance, name: &str, address: Option<&str>) -> Result<Self> {
        let address = match (address, queries::get(tx, "address").await?) {
            (Some(given), _) => keep_address(tx, given).await?,
            (None, Some(kept)) => kept,
            (None, None) => ADDRESS_DEFAULT.to_owned(),
        };
        let key = match queries::get(tx, "reply_key").await? {
            Some(key) => key,
            None => {
                let key = chance.token()?;
                queries::set(tx, "reply_key", &key).await?;
                key
            }
        };
        let public_url = queries::get(tx, "public_url").await?.and_then(|url| PublicUrl::read(&url).ok());
        let (address, reply_key) = (Address::new(Some(name), &address), Key::new(key.as_bytes()));
        Ok(Self { address, reply_key, public_url, seals: Seals::none(), push_key: None })
    }
}

/// The digest of the master key that this desk's secrets are sealed under; `None` where none was sealed yet.
pub async fn master_key_digest(conn: &mut Conn) -> Result<Option<String>> {
    Ok(queries::get(conn, "master_key").await?)
}

/// Remembers which master key this desk's secrets are sealed under, by its digest. Of two processes that do so at once with
/// different keys the second is refused.
pub(crate) async fn keep_master_key(tx: &mut Tx, seals: &Seals, whatever_was: bool) -> Result<()> {
    let Some(digest) = seals.digest() else { return Ok(()) };
    match queries::get_locked(tx, "master_key").await? {
        Some(kept) if kept == digest => Ok(()),
        Some(kept) if !whatever_was && !seals.knows(&kept) => {
            Err(Error::conflict("wrong-master-key", "The secrets of this desk are sealed under another master key.")
                .advise(
                    "Every process of a desk needs the same one: copy the file master.key from the first, or name it with \
                     --master-key-file. If it is lost, start once with --forget-master-key, and enter the secrets again.",
                ))
        }
        Some(_) => Ok(queries::set(tx, "master_key", &digest).await?),
        None if queries::set_first(tx, "master_key", &digest).await? => Ok(()),
        None => Err(tx.conflict().into()),
    }
}

/// Lets the desk take whichever master key it is opened with next, for it has no secret that was sealed under the last.
pub(crate) async fn forget_master_key(tx: &mut Tx) -> Result<()> {
    Ok(queries::forget(tx, "master_key").await?)
}

async fn keep_address(tx: &mut Tx, address: &str) -> Result<String> {
    if !mail::address::is_plausible(address) {
        return Err(Error::invalid_field("address", "not-an-address", "this is no mail address"));
    }
    queries::set(tx, "address", address).await?;
    Ok(address.to_owned())
}

/// Remembers where browsers reach the desk, for commands that are not told.
pub async fn keep_public_url(tx: &mut Tx, url: &PublicUrl) -> Result<()> {
    Ok(queries::set(tx, "public_url", url.origin()).await?)
}

/// How far the demo's clock was moved, in microseconds; 0 when it never was.
pub async fn clock_offset(conn: &mut Conn) -> Result<i64> {
    Ok(queries::get(conn, "clock_offset").await?.and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// Remembers how far the demo's clock was moved, so that a restart does not turn time back.
pub async fn keep_clock_offset(tx: &mut Tx, micros: i64) -> Result<()> {
    Ok(queries::set(tx, "clock_offset", &micros.to_string()).await?)
}
