//! What every change of the desk is given: the transaction, who does it, and the time, ids and chance of the desk.

use jiff::Timestamp;
use store::{Chance, Ids, Tx};

use crate::{Actor, Settings};

/// One command at work.
pub struct Context<'t> {
    /// The transaction that all of it happens in.
    pub tx: &'t mut Tx,
    /// Who does it.
    pub actor: &'t Actor,
    /// When; the same instant for all of the command.
    pub now: Timestamp,
    /// Where ids come from.
    pub ids: &'t Ids,
    /// Where chance comes from.
    pub chance: &'t Chance,
    /// The desk's settings.
    pub settings: &'t Settings,
}
