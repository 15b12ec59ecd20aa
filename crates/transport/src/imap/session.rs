//! A session: signed in, in a folder, at a place in it.

use std::collections::VecDeque;

use super::conversation::{Command, Conversation};
use super::fetching::Round;
use super::response::{Response, number};
use super::{After, Cursor, Entered, Folder, Since, Watch, folder_name, sign_in};
use crate::fault::{Fault, Kind, Stage};
use crate::wire::in_time;
use crate::{Limits, Server};

/// The most folders that are listed.
const FOLDERS_MAX: usize = 1000;

/// A connection that has signed in.
#[derive(Debug)]
pub struct Session {
    pub(super) conversation: Conversation,
    pub(super) limits: Limits,
    /// The folder that is open.
    pub(super) place: Option<Place>,
    /// The mail that is being fetched.
    pub(super) fetching: Option<u32>,
}

/// A folder that is open, and how far it is fetched.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) watch: Watch,
    pub(super) cursor: Cursor,
    /// Which mails are being fetched now.
    pub(super) round: Option<Round>,
}

impl Session {
    /// Connects, protects the connection and signs in.
    ///
    /// # Errors
    /// What is wrong with the server, the way to it or the login.
    pub async fn open(server: &Server, limits: &Limits) -> Result<Self, Fault> {
        let opening = async {
            let mut conversation = Conversation::open(server, limits).await?;
            if let Some(login) = &server.login {
                sign_in::sign_in(&mut conversation, login).await?;
            }
            Ok(conversation)
        };
        let conversation = in_time(limits.command, Fault::new(Stage::Greet, Kind::Silent), opening).await?;
        Ok(Self { conversation, limits: *limits, place: None, fetching: None })
    }

    /// The folders that can be opened, at most 1,000, in the server's order.
    ///
    /// # Errors
    /// When the server does not list them.
    pub async fn folders(&mut self) -> Result<Vec<Folder>, Fault> {
        self.conversation.at(Stage::Folder);
        let mut folders = Vec::new();
        let listing = Command::new("LIST \"\" \"*\"");
        let hear = |response| {
            if let Response::List(attributes, name) = response
                && folders.len() < FOLDERS_MAX
            {
                folders.extend(folder(&attributes, &name));
            }
        };
        self.conversation.must(listing, hear).await?;
        Ok(folders)
    }

    /// Opens a folder. What was open before is left.
    ///
    /// # Errors
    /// [`Kind::NoFolder`] when there is none, [`Kind::ReadOnly`] when `watch` wants to change what cannot be changed.
    pub async fn enter(&mut self, watch: &Watch, since: Since) -> Result<Entered, Fault> {
        self.conversation.at(Stage::Folder);
        self.place = None;
        self.conversation.mails = 0;
        let verb = if watch.after == After::Leave { "EXAMINE" } else { "SELECT" };
        let command = Command::new(format!("{verb} {}", folder_name::quoted(&watch.folder)));
        let (mut uid_validity, mut uid_next) = (None, None);
        let status = self.conversation.must(command, |response| {
            if let Response::Status(status) = response
                && let Some((name, value)) = &status.code
            {
                match name.as_str() {
                    "UIDVALIDITY" => uid_validity = number(value.as_bytes()),
                    "UIDNEXT" => uid_next = number(value.as_bytes()),
                    _ => {}
                }
            }
        });
        let status = status.await?;
        if watch.after != After::Leave && status.code.is_some_and(|(name, _)| name == "READ-ONLY") {
            return Err(Fault::new(Stage::Folder, Kind::ReadOnly));
        }
        // Without a numbering nothing can be fetched once: such servers are from before 1996.
        let uid_validity = uid_validity.ok_or_else(|| Fault::new(Stage::Folder, Kind::Garbled))?;
        let first = Cursor { uid_validity, uid_next: 1 };
        let (cursor, renumbered) = match since {
            Since::Cursor(cursor) if cursor.uid_validity == uid_validity => (cursor, false),
            Since::Cursor(_) => (first, true),
            Since::Everything => (first, false),
            Since::Now => {
                let uid_next = match uid_next {
                    Some(uid_next) => uid_next,
                    None => self.highest().await?.map_or(1, |uid| uid.saturating_add(1)),
                };
                (Cursor { uid_next, ..first }, false)
            }
        };
        self.place = Some(Place { watch: watch.clone(), cursor, round: None });
        Ok(Entered { cursor, renumbered, mails: self.conversation.mails })
    }

    /// How far the open folder is fetched; nothing before [`Session::enter`]. After [`Session::next`] gave nothing, this cursor may
    /// have passed more than the last mail's: numbers that are not in use.
    #[must_use]
    pub fn cursor(&self) -> Option<Cursor> {
        self.place.as_ref().map(|place| place.cursor)
    }

    /// The mail that was being fetched when [`Session::next`] failed. Where it fails at the same mail again and again, that mail is at
    /// fault; a cursor behind it lets the others come.
    #[must_use]
    pub fn fetching(&self) -> Option<u32> {
        self.fetching
    }

    /// Whether news is told at once (IDLE, RFC 2177) or has to be asked for.
    #[must_use]
    pub fn tells_at_once(&self) -> bool {
        self.conversation.can("IDLE")
    }

    /// Says goodbye. Dropping the session is as good, and less polite.
    pub async fn close(mut self) {
        // Whatever the server answers, this is the end.
        let _ = self.conversation.run(Command::new("LOGOUT"), |_| {}).await;
    }

    /// The folder that is open.
    pub(super) fn place(&mut self) -> Result<&mut Place, Fault> {
        self.place.as_mut().ok_or_else(|| Fault::new(Stage::Folder, Kind::NoFolder))
    }
}

/// A folder that can be opened, as LIST tells it.
fn folder(attributes: &[String], name: &[u8]) -> Option<Folder> {
    let is = |what: &str| attributes.iter().any(|attribute| attribute.eq_ignore_ascii_case(what));
    if is("\\Noselect") || is("\\NonExistent") {
        return None;
    }
    let purposes = ["\\All", "\\Archive", "\\Drafts", "\\Flagged", "\\Junk", "\\Sent", "\\Trash"];
    let purpose = purposes.into_iter().find(|purpose| is(purpose)).map(|purpose| purpose[1..].to_owned());
    Some(Folder { name: folder_name::decode(name), purpose })
}

/// Numbers and sizes of mails that wait to be fetched.
pub(super) type Announced = VecDeque<(u32, Option<u64>)>;
