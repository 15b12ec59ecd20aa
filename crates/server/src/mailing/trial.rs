//! The test button: whether a mailbox could be fetched from and sent through as it was entered.

use desk::Desk;
use desk::mailboxes::connected::keys::Opened;
use store::Id;
use transport::Fault;
use transport::imap::Folder;
use transport::trial::{self, Report};

use super::{Hindrance, Post};

/// How a trial went: each way that the mailbox has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// Fetching.
    pub incoming: Option<Way>,
    /// Sending.
    pub outgoing: Option<Way>,
}

/// How one way went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// What is wrong; nothing where all is well.
    pub wrong: Option<Wrong>,
    /// The folders that there are, as far as the trial came.
    pub folders: Vec<String>,
    /// How many mails are in the folder.
    pub mails: Option<u32>,
    /// Whether new mail is told at once.
    pub tells_at_once: Option<bool>,
}

/// What is wrong with a way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// A stable name, such as `login-refused`.
    pub code: String,
    /// What is wrong, in words.
    pub words: String,
    /// What to do about it.
    pub advice: String,
    /// The server's own words.
    pub said: Option<String>,
}

impl Trial {
    /// Whether every way is well.
    #[must_use]
    pub fn is_well(&self) -> bool {
        [&self.incoming, &self.outgoing].into_iter().flatten().all(|way| way.wrong.is_none())
    }
}

impl Post {
    /// Tries a mailbox. Nothing is fetched, marked or sent.
    pub async fn try_mailbox(&self, desk: &Desk, id: Option<Id>, opened: &Opened) -> Trial {
        let incoming = async {
            match self.incoming(desk, id, opened).await {
                Ok(None) => None,
                Ok(Some((server, watch))) => Some(trial::incoming(&server, &watch, &self.limits).await.into()),
                Err(hindrance) => Some(hindrance.into()),
            }
        };
        let outgoing = async {
            match self.outgoing(desk, id, opened).await {
                Ok(None) => None,
                Ok(Some(server)) => Some(trial::outgoing(&server, &opened.address, &self.limits).await.into()),
                Err(hindrance) => Some(hindrance.into()),
            }
        };
        let (incoming, outgoing) = tokio::join!(incoming, outgoing);
        Trial { incoming, outgoing }
    }
}

impl From<Report> for Way {
    fn from(report: Report) -> Self {
        let name = |folder: Folder| folder.name;
        Self {
            wrong: report.fault.as_ref().map(Wrong::from),
            folders: report.found.folders.into_iter().map(name).collect(),
            mails: report.found.mails,
            tells_at_once: report.found.tells_at_once,
        }
    }
}

impl From<Hindrance> for Way {
    fn from(hindrance: Hindrance) -> Self {
        let wrong = match &hindrance {
            Hindrance::Fault(fault) => Wrong::from(fault.as_ref()),
            Hindrance::Desk(words) => {
                Wrong { code: hindrance.code().to_owned(), words: words.clone(), advice: String::new(), said: None }
            }
        };
        Self { wrong: Some(wrong), ..Self::default() }
    }
}

impl From<&Fault> for Wrong {
    fn from(fault: &Fault) -> Self {
        let words = Fault { said: None, ..fault.clone() }.to_string();
        Self { code: fault.code().to_owned(), words, advice: fault.advice().to_owned(), said: fault.said.clone() }
    }
}
