//! The test button: goes the way of a mail step by step, moves nothing, and says where it ends and what to do about it.

use crate::imap::{Folder, Watch};
use crate::{Fault, Limits, Server, Stage};

/// How a trial went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The steps that went well, in order.
    pub passed: Vec<Stage>,
    /// What was wrong with the one after them; nothing, if all went well.
    pub fault: Option<Fault>,
    /// What was found out about the mailbox, as far as the trial came.
    pub found: Found,
}

/// What a trial finds out about a mailbox; empty for outgoing mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The folders there are: to choose from when the one that was named is none.
    pub folders: Vec<Folder>,
    /// How many mails are in the folder.
    pub mails: Option<u32>,
    /// Whether new mail is told at once (IDLE, RFC 2177) or has to be asked for.
    pub tells_at_once: Option<bool>,
}

impl Report {
    /// Whether all went well.
    #[must_use]
    pub fn is_well(&self) -> bool {
        self.fault.is_none()
    }
}

/// Tries to fetch: connects, signs in, opens the folder, and looks whether the folder for what was fetched is there. Opens both for
/// reading only.
pub async fn incoming(_server: &Server, _watch: &Watch, _limits: &Limits) -> Report {
    todo!()
}

/// Tries to submit: connects, signs in, and asks whether a mail from `sender` to `sender` would be taken. None is sent.
pub async fn outgoing(_server: &Server, _sender: &str, _limits: &Limits) -> Report {
    todo!()
}
