//! A desk that was restored rests: it neither fetches nor sends mail before somebody says that it is the one that goes on. The desk that
//! the backup was made of may work still, and two that read one mailbox and answer the same clients surprise everybody.

use jiff::Timestamp;
use store::{Conn, Tx};

use super::queries;
use crate::Result;

/// The name of the setting.
const RESTING: &str = "resting_since";

/// Since when the desk neither fetches nor sends; `None` for one that does.
pub async fn since(conn: &mut Conn) -> Result<Option<Timestamp>> {
    Ok(queries::get(conn, RESTING).await?.and_then(|since| since.parse().ok()))
}

/// Has the desk rest.
pub(crate) async fn begin(tx: &mut Tx, now: Timestamp) -> Result<()> {
    Ok(queries::set(tx, RESTING, &now.to_string()).await?)
}

/// Has the desk fetch and send again; says whether it rested.
pub(crate) async fn end(tx: &mut Tx) -> Result<bool> {
    let rested = queries::get_locked(tx, RESTING).await?.is_some();
    if rested {
        queries::forget(tx, RESTING).await?;
    }
    Ok(rested)
}
