//! The test button: goes the way of a mail step by step, moves nothing, and says where it ends and what to do about it.

use crate::imap::{After, Folder, Session, Since, Watch};
use crate::smtp::Connection;
use crate::{Fault, Limits, Security, Server, Stage};

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
    /// The folders there are: to choose from, above all when the one that was named is none.
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

    fn of(server: &Server, last: &[Stage], outcome: Result<(), Fault>, found: Found) -> Self {
        let steps = steps(server, last);
        let fault = outcome.err();
        let passed = match &fault {
            Some(fault) => steps.into_iter().take_while(|step| *step != fault.stage).collect(),
            None => steps,
        };
        Self { passed, fault, found }
    }
}

/// The steps to a server in their order, then `last`.
fn steps(server: &Server, last: &[Stage]) -> Vec<Stage> {
    let mut steps = vec![Stage::Find, Stage::Connect];
    match server.security {
        Security::Tls => steps.extend([Stage::Protect, Stage::Greet]),
        Security::StartTls => steps.extend([Stage::Greet, Stage::Protect]),
        Security::Plain => steps.push(Stage::Greet),
    }
    if server.login.is_some() {
        steps.push(Stage::SignIn);
    }
    steps.extend(last);
    steps
}

/// Tries to fetch: connects, signs in, opens the folder, and looks whether the folder for what was fetched is there. No mail is
/// fetched, marked or moved.
pub async fn incoming(server: &Server, watch: &Watch, limits: &Limits) -> Report {
    let mut found = Found::default();
    let outcome = look_in(server, watch, limits, &mut found).await;
    let last: &[Stage] =
        if matches!(watch.after, After::Move { .. }) { &[Stage::Folder, Stage::Settle] } else { &[Stage::Folder] };
    Report::of(server, last, outcome, found)
}

async fn look_in(server: &Server, watch: &Watch, limits: &Limits, found: &mut Found) -> Result<(), Fault> {
    let mut session = Session::open(server, limits).await?;
    found.tells_at_once = Some(session.tells_at_once());
    // Some servers list nothing and open everything.
    found.folders = session.folders().await.unwrap_or_default();
    found.mails = Some(session.enter(watch, Since::Now).await?.mails);
    if let After::Move { folder } = &watch.after {
        let target = Watch { folder: folder.clone(), after: After::Leave };
        session.enter(&target, Since::Now).await.map_err(|fault| Fault { stage: Stage::Settle, ..fault })?;
    }
    session.close().await;
    Ok(())
}

/// Tries to submit: connects, signs in, and asks whether a mail from `sender` to `sender` would be taken. None is sent.
pub async fn outgoing(server: &Server, sender: &str, limits: &Limits) -> Report {
    let outcome = async { Connection::open(server, limits).await?.probe(sender, sender).await };
    Report::of(server, &[Stage::Sender, Stage::Recipient], outcome.await, Found::default())
}
