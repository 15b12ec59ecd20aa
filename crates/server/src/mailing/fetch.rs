//! Fetching from one mailbox, for as long as this process holds its lease: everything that came since its cursor, then waiting for
//! news. Whatever fails, it is said and tried again.

use std::time::Duration;

use desk::error::Kind;
use desk::handle::{Command, FetchMail, Fetched, Note, NoteFetch};
use desk::mailboxes::WhyKept;
use desk::mailboxes::connected::fetching::{self, Cursor, Fault, Lay};
use desk::mailboxes::connected::{self, Mailbox, keys};
use desk::settings::resting;
use desk::{Actor, Desk, Error};
use jiff::Timestamp;
use tokio::sync::watch;
use transport::imap::{self, Session, Since, What};

use super::stuck::{self, Stuck};
use super::{Hindrance, Post};
use crate::news::heard;

/// How long news is waited for before the server is asked again, so that what waits for silence hears that there is none.
const ASK_EVERY: Duration = Duration::from_secs(60);
/// How soon it is asked again where something waits for silence.
const ASK_SOON: Duration = Duration::from_secs(1);
/// How long the first pause after a failure is, and the longest; and the same where a login was refused, so that no account is
/// locked by trying.
const PAUSES: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(300));
const PAUSES_OF_LOGINS: (Duration, Duration) = (Duration::from_secs(60), Duration::from_secs(1_800));

/// Why a round of fetching ended.
enum End {
    /// Something is wrong with the mailbox: it is said, and tried again.
    Hindered(Hindrance),
    /// The desk's database is away: its mail stays where it is, and it is tried again.
    DeskAway(Error),
    /// The mailbox was taken away.
    Gone,
}

/// A mailbox that is fetched from.
pub(crate) struct Fetching {
    desk: Desk,
    post: Post,
    mailbox: Mailbox,
    /// Failures since it last went well.
    failures: u32,
    /// A mail that could not be had, and how often.
    stuck: Stuck,
    /// Why fetched mails stay as they were, as it is noted: a fault's code.
    unsettled: Option<String>,
}

impl Fetching {
    pub(crate) fn new(desk: Desk, post: Post, mailbox: Mailbox) -> Self {
        let unsettled = mailbox.unsettled.as_ref().map(|trouble| trouble.code.clone());
        Self { desk, post, mailbox, failures: 0, stuck: Stuck::default(), unsettled }
    }

    /// Fetches until the process stops or the mailbox is gone. May be dropped at any time: what was not stored is fetched again.
    pub(crate) async fn run(mut self, mut stopping: watch::Receiver<bool>) {
        loop {
            let end = tokio::select! {
                _ = stopping.wait_for(|stop| *stop) => return,
                end = self.round() => end,
            };
            let pause = match end {
                Ok(never) => match never {},
                Err(End::Gone) => return,
                Err(End::DeskAway(error)) => {
                    tracing::warn!(mailbox = %self.mailbox.id, %error, "fetching rests: the desk is away");
                    PAUSES.0
                }
                Err(End::Hindered(hindrance)) => self.hindered(&hindrance).await,
            };
            tokio::select! {
                _ = stopping.wait_for(|stop| *stop) => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Says what is wrong, and for how long to rest.
    async fn hindered(&mut self, hindrance: &Hindrance) -> Duration {
        let (lasts, of_login) = match hindrance {
            Hindrance::Fault(fault) => {
                let of_login = matches!(fault.kind, transport::Kind::LoginRefused | transport::Kind::GrantRefused);
                (fault.lasts(), of_login)
            }
            Hindrance::Desk(_) => (true, false),
        };
        // No words of the server: they may repeat an address.
        tracing::warn!(mailbox = %self.mailbox.id, code = hindrance.code(), "a mailbox cannot be fetched from");
        if of_login {
            self.post.tokens.forget(self.mailbox.id).await;
        }
        let fault = Fault { code: hindrance.code().to_owned(), words: hindrance.to_string(), lasts };
        if self.note(Note::Fails(fault)).await.is_err() {
            tracing::warn!(mailbox = %self.mailbox.id, "what is wrong with a mailbox could not be noted");
        }
        let (first, longest) = if of_login { PAUSES_OF_LOGINS } else { PAUSES };
        let pause = first.saturating_mul(1 << self.failures.min(16)).min(longest);
        self.failures = self.failures.saturating_add(1);
        pause
    }

    /// Fetches over one connection, until something ends it.
    async fn round(&mut self) -> Result<std::convert::Infallible, End> {
        let id = self.mailbox.id;
        let opened = keys::open(&self.desk.ground.settings.seals, &self.mailbox).map_err(Hindrance::from)?;
        let way = self.post.incoming(&self.desk, Some(id), &opened).await?;
        let Some((server, watch)) = way else { return Err(End::Gone) };
        let mut session = Session::open(&server, &self.post.limits).await.map_err(Hindrance::from)?;

        let stored = fetching::cursor(&mut self.desk.read().await?, id, &watch.folder).await?;
        let since = match stored {
            Some(Cursor { uid_validity, uid_next }) => Since::Cursor(imap::Cursor { uid_validity, uid_next }),
            None if self.mailbox.since.is_some() => Since::Now,
            None => Since::Everything,
        };
        let entered = session.enter(&watch, since).await.map_err(Hindrance::from)?;
        let imap::Cursor { uid_validity, uid_next } = entered.cursor;
        let cursor = Cursor { uid_validity, uid_next };
        if stored != Some(cursor) {
            self.note(Note::Begins { folder: watch.folder.clone(), cursor }).await?;
        }
        if entered.renumbered {
            tracing::info!(mailbox = %id, "the server numbers its mails anew; they are known by their bytes");
        }
        let mut news = self.desk.ground.db.news();
        loop {
            let pace = tokio::time::sleep(ASK_SOON);
            let (read, is_news) = self.fetch(&mut session, &watch.folder).await?;
            self.note(Note::Works(read)).await?;
            self.failures = 0;
            let longest = self.until_asking(read).await?;
            // A clock that was moved (of the demo) makes silence due at once.
            session.wait_unless(longest, heard(&mut news, &["clock"])).await.map_err(Hindrance::from)?;
            if !is_news {
                // A server that tells of news without end, and has none, does not keep the desk busy.
                pace.await;
            }
        }
    }

    /// Brings everything in that is there; gives the instant before which all is in, and whether anything was there.
    async fn fetch(&mut self, session: &mut Session, folder: &str) -> Result<(Timestamp, bool), End> {
        let mut is_news = false;
        loop {
            let asked = self.desk.now();
            let fetched = match session.next().await {
                Ok(Some(fetched)) => fetched,
                Ok(None) => return Ok((asked, is_news)),
                Err(fault) => return Err(self.broken_off(session, folder, fault).await),
            };
            is_news = true;
            let (uid, whole) = (fetched.uid, matches!(fetched.what, What::Mail(_)));
            self.bring(fetched, folder).await?;
            if whole {
                self.settle(session, uid).await?;
            }
        }
    }

    /// Does with a mail that is in what was chosen. Where the server does not, that is noted and fetching goes on.
    async fn settle(&mut self, session: &mut Session, uid: u32) -> Result<(), End> {
        let Err(fault) = session.settle(uid).await else {
            if self.unsettled.take().is_some() {
                self.note(Note::Settles).await?;
            }
            return Ok(());
        };
        let code = fault.code();
        tracing::warn!(mailbox = %self.mailbox.id, code, "a fetched mail stays as it was");
        if self.unsettled.as_deref() != Some(code) {
            let noted = Fault { code: code.to_owned(), words: fault.to_string(), lasts: fault.lasts() };
            self.note(Note::Unsettled(noted)).await?;
            self.unsettled = Some(code.to_owned());
        }
        if fault.ends_session() { Err(End::Hindered(fault.into())) } else { Ok(()) }
    }

    /// Fetching broke off. Where it does so at the same mail again and again, that mail is noted as what it is and passed, so that the
    /// next connection comes to the others.
    async fn broken_off(&mut self, session: &Session, folder: &str, fault: transport::Fault) -> End {
        if let (Some(uid), Some(cursor)) = (session.fetching(), session.cursor()) {
            let uid_validity = cursor.uid_validity;
            let lay = Lay { mailbox: self.mailbox.id, folder: folder.to_owned(), uid_validity, uid, received_at: None };
            if self.stuck.is_to_be_passed(&lay) {
                let what = stuck::noted(&lay, WhyKept::BreaksOff);
                if let Err(error) = self.desk.bring(FetchMail { lay, what }).await {
                    return error.into();
                }
            }
        }
        End::Hindered(fault.into())
    }

    /// Brings one mail in, or sets aside what cannot come in.
    async fn bring(&mut self, fetched: imap::Fetched, folder: &str) -> Result<(), End> {
        let uid_validity = fetched.cursor.uid_validity;
        let (mailbox, uid, received_at) = (self.mailbox.id, fetched.uid, fetched.received_at);
        let lay = Lay { mailbox, folder: folder.to_owned(), uid_validity, uid, received_at };
        let what = match fetched.what {
            What::Mail(raw) => Fetched::Mail(raw.into()),
            What::Gone => Fetched::Gone,
            What::TooLarge { size, header } => {
                let reason =
                    format!("it has {} MiB, more than the desk takes; it lies in its mailbox still", size >> 20);
                Fetched::Trouble { raw: header.into(), reason }
            }
            What::Withheld { said } => self.withheld(&lay, &said)?,
        };
        self.desk.bring(FetchMail { lay, what }).await?;
        Ok(())
    }

    /// A mail that its server does not give out is asked for a few times more, then noted as what it is.
    fn withheld(&mut self, lay: &Lay, said: &str) -> Result<Fetched, End> {
        if !self.stuck.is_to_be_passed(lay) {
            let words = format!("the server does not give out one of the mails (it says: {said})");
            return Err(End::Hindered(Hindrance::Desk(words)));
        }
        Ok(stuck::noted(lay, WhyKept::Withheld))
    }

    /// For how long news may be waited for: not beyond the moment when something wants to know whether there is any.
    async fn until_asking(&self, read: Timestamp) -> Result<Duration, End> {
        let due = self.desk.next_silence(read).await?;
        let until = due.map(|due| Duration::try_from(due.duration_since(self.desk.now())).unwrap_or_default());
        Ok(until.unwrap_or(ASK_EVERY).clamp(ASK_SOON, ASK_EVERY))
    }

    async fn note(&self, note: Note) -> Result<(), End> {
        let command = NoteFetch { mailbox: self.mailbox.id, note };
        self.desk.handle(&Actor::Desk, Command::NoteFetch(command)).await?;
        Ok(())
    }
}

/// The mailboxes that are to be fetched from; none while the desk rests.
pub(crate) async fn wanted(desk: &Desk) -> desk::Result<Vec<Mailbox>> {
    let mut conn = desk.read().await?;
    if resting::since(&mut conn).await?.is_some() {
        return Ok(Vec::new());
    }
    let all = connected::all(&mut conn, &Actor::Desk).await?;
    Ok(all.into_iter().filter(Mailbox::is_fetched).collect())
}

impl From<Hindrance> for End {
    fn from(hindrance: Hindrance) -> Self {
        Self::Hindered(hindrance)
    }
}

/// What the desk fails on.
impl From<Error> for End {
    fn from(error: Error) -> Self {
        match error.kind {
            Kind::NotFound => Self::Gone,
            Kind::Unavailable => Self::DeskAway(error),
            _ => Self::Hindered(Hindrance::from(error)),
        }
    }
}

#[cfg(test)]
mod tests;
