//! Drafts: what somebody began to write on a ticket and has not sent, with the files that are to go along. They belong to whoever
//! writes them and nobody else reads them; they change no ticket.

mod queries;

use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use store::chance::hex;
use store::{Conn, Id};

pub(crate) use queries::file as file_of_row;

use crate::attachments::{Shelf, Staged};
use crate::ground::Ground;
use crate::rights::Scope;
use crate::{Actor, Context, Error, Result, messages, receipts};

/// The most that the files of one message may hold together, in bytes: a mail carries them a third larger, and few servers take more.
pub const FILES_MAX: usize = 25 * 1024 * 1024;
/// The most files that go with one message.
const FILES: usize = 50;
/// How long files are kept that are never sent: since they came, and since words were last saved beside them.
pub const FILES_KEPT: SignedDuration = SignedDuration::from_hours(14 * 24);
/// The longest name of a file that is kept, in characters.
const NAME_MAX: usize = 200;
/// The kind of receipt that a message of the pages is kept under.
pub const RECEIPT: &str = "reply";

/// What a draft is going to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words to somebody outside.
    Reply,
    /// Words for the team.
    Note,
}

impl Kind {
    /// The kind's name: `reply`, `note`.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Reply => "reply",
            Kind::Note => "note",
        }
    }

    /// The kind of that name; a reply for any other.
    pub fn named(name: &str) -> Self {
        if name == Kind::Note.as_str() { Kind::Note } else { Kind::Reply }
    }
}

/// Something begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What it is going to be.
    pub kind: Kind,
    /// The party that it is for; empty for the requester, and for a note.
    pub party: String,
    /// Its words so far; empty where there are only files.
    pub text: String,
    /// The files that are to go with it, in the order in which they came.
    pub files: Vec<File>,
    /// When it was last saved; `None` where there are only files.
    pub updated_at: Option<Timestamp>,
}

impl Draft {
    /// Which words they are: a save that names it is refused once they are others. Empty where there are none.
    pub fn revision(&self) -> String {
        revision(&self.text)
    }
}

/// Which words these are, in a few letters.
fn revision(text: &str) -> String {
    if text.is_empty() { String::new() } else { hex(&Sha256::digest(text)[..8]) }
}

/// A file of a draft. It stands on the shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Its media type, as its sender says.
    pub kind: String,
    /// Its size in bytes.
    pub size: i64,
    /// Where it stands on the shelf.
    pub storage_key: String,
}

impl From<File> for Staged {
    fn from(file: File) -> Self {
        let File { name, kind, size, storage_key, .. } = file;
        Self { name, kind, size, inline: false, storage_key, content_id: None }
    }
}

/// Words to be kept.
#[derive(Clone, Debug)]
pub struct NewDraft {
    /// What it is going to be.
    pub kind: Kind,
    /// The party that it is for; empty for the requester.
    pub party: String,
    /// The words so far; with none the draft goes, its files stay.
    pub text: String,
    /// The key of the sending that these words are for. What was sent under it meanwhile is no draft any more.
    pub submission: String,
    /// The [revision](Draft::revision) of the words that they are to stand in the place of; `None` for whatever is kept.
    pub over: Option<String>,
}

/// What `actor` began on a ticket, the reply first.
pub async fn of_ticket(conn: &mut Conn, _scope: Scope, actor: &Actor, ticket: Id) -> Result<Vec<Draft>> {
    let writer = writer(actor)?;
    let mut drafts = queries::of_ticket(conn, &writer, ticket).await?;
    for (kind, file) in queries::files(conn, &writer, ticket).await? {
        match drafts.iter_mut().find(|draft| draft.kind == kind) {
            Some(draft) => draft.files.push(file),
            None => drafts.push(Draft {
                kind,
                party: String::new(),
                text: String::new(),
                files: vec![file],
                updated_at: None,
            }),
        }
    }
    drafts.sort_by_key(|draft| draft.kind == Kind::Note);
    Ok(drafts)
}

/// Keeps words in the place of those kept before; says whether they were kept. What was sent meanwhile is not, so that a save that
/// was slower than the sending brings nothing back.
///
/// # Errors
/// `too-large` beyond [`messages::TEXT_MAX`], `draft-changed` when other words are kept than those that these were written over.
pub async fn save(context: &mut Context<'_>, ticket: Id, draft: &NewDraft) -> Result<bool> {
    if draft.text.len() > messages::TEXT_MAX {
        return Err(Error::too_large("draft", messages::TEXT_MAX));
    }
    let writer = writer(context.actor)?;
    if receipts::was_taken(context, RECEIPT, &draft.submission).await? {
        return Ok(false);
    }
    let kept = queries::of_ticket(context.tx, &writer, ticket).await?;
    let kept = kept.into_iter().find(|kept| kept.kind == draft.kind).map(|kept| kept.text).unwrap_or_default();
    if draft.over.as_ref().is_some_and(|over| *over != revision(&kept)) {
        return Err(Error::conflict("draft-changed", "Other words are kept of this draft by now.")
            .advise("Read them, and save both."));
    }
    let text = if draft.text.trim().is_empty() { String::new() } else { messages::write::printable(&draft.text) };
    replace(context, ticket, &writer, draft, &kept, &text).await?;
    Ok(true)
}

/// Puts words in the place of those that were read. Two who do that at the same moment: the second is tried again and finds the first's.
async fn replace(
    context: &mut Context<'_>,
    ticket: Id,
    writer: &str,
    draft: &NewDraft,
    kept: &str,
    text: &str,
) -> Result<()> {
    let replaced = match (kept.is_empty(), text.is_empty()) {
        (true, true) => 1,
        (false, true) => queries::forget(context.tx, writer, ticket, draft.kind, kept).await?,
        (_, false) => queries::keep(context.tx, writer, ticket, draft, (kept, text), context.now).await?,
    };
    if replaced == 0 { Err(context.tx.conflict().into()) } else { Ok(()) }
}

/// Gives a file to a draft; its id.
///
/// # Errors
/// `too-large` when the draft's files would be more than [`FILES_MAX`] together, `too-many-files` beyond fifty.
pub async fn attach(context: &mut Context<'_>, ticket: Id, kind: Kind, staged: &Staged) -> Result<Id> {
    let writer = writer(context.actor)?;
    let files = queries::files(context.tx, &writer, ticket).await?;
    let sizes = files.into_iter().filter(|(of, _)| *of == kind).map(|(_, file)| file.size);
    check_files(sizes.chain([staged.size]))?;
    let file = File {
        id: context.ids.next(),
        name: file_name(&staged.name),
        kind: staged.kind.clone(),
        size: staged.size,
        storage_key: staged.storage_key.clone(),
    };
    queries::attach(context.tx, &writer, ticket, kind, &file, context.now).await?;
    Ok(file.id)
}

/// Whether files of these sizes may go with one message.
///
/// # Errors
/// `too-large` when they are more than [`FILES_MAX`] together, `too-many-files` beyond fifty.
pub fn check_files(sizes: impl Iterator<Item = i64> + Clone) -> Result<()> {
    if sizes.clone().count() > FILES {
        return Err(Error::invalid("too-many-files", format!("A message takes {FILES} files at most.")));
    }
    let together = sizes.fold(0, i64::saturating_add);
    if usize::try_from(together).is_ok_and(|together| together > FILES_MAX) {
        let words = format!("The files of a message may have {} MB together.", FILES_MAX / (1024 * 1024));
        return Err(Error { message: words, ..Error::too_large("message", FILES_MAX) }
            .advise("Send them in several messages, or a link to where they are."));
    }
    Ok(())
}

/// Takes a file from a draft again; its bytes go with what else nobody names. One that is gone already is nothing.
pub async fn detach(context: &mut Context<'_>, ticket: Id, file: Id) -> Result<bool> {
    let writer = writer(context.actor)?;
    Ok(queries::detach(context.tx, &writer, ticket, file).await? > 0)
}

/// What is being sent: takes these files from the draft, and the draft with them. Files of which nothing is said stay where they
/// are, since another window may have put them there.
///
/// # Errors
/// `file-gone` when one of them is no longer there.
pub async fn send(context: &mut Context<'_>, ticket: Id, kind: Kind, files: &[Id]) -> Result<Vec<Staged>> {
    let Ok(writer) = writer(context.actor) else { return Ok(Vec::new()) };
    let mut sent = Vec::with_capacity(files.len());
    if !files.is_empty() {
        let kept = queries::files(context.tx, &writer, ticket).await?;
        for id in files {
            let found = kept.iter().find(|(of, file)| *of == kind && file.id == *id);
            let Some((_, file)) = found else {
                return Err(Error::conflict("file-gone", "A file of this message is no longer there.")
                    .advise("Look at the files, add it again if it is needed, and send once more."));
            };
            queries::detach(context.tx, &writer, ticket, *id).await?;
            sent.push(file.clone().into());
        }
    }
    queries::remove(context.tx, &writer, ticket, kind).await?;
    Ok(sent)
}

/// Makes a reply that was taken back the draft of whoever wrote it again, before what they have begun since.
pub async fn bring_back(context: &mut Context<'_>, ticket: Id, reply: &Returned<'_>) -> Result<()> {
    let begun = queries::of_ticket(context.tx, reply.writer, ticket).await?;
    let begun = begun.into_iter().find(|draft| draft.kind == Kind::Reply && !draft.text.trim().is_empty());
    let (party, text, kept) = match begun {
        Some(begun) => (begun.party, format!("{}\n\n{}", reply.text.trim_end(), begun.text), begun.text),
        None => (reply.party.to_owned(), reply.text.to_owned(), String::new()),
    };
    let (submission, over) = (String::new(), None);
    let draft = NewDraft { kind: Kind::Reply, party, text: text.clone(), submission, over };
    replace(context, ticket, reply.writer, &draft, &kept, &text).await?;
    for file in reply.files {
        let file = File { id: context.ids.next(), ..file.clone() };
        queries::attach(context.tx, reply.writer, ticket, Kind::Reply, &file, context.now).await?;
    }
    Ok(())
}

/// A reply that did not leave.
#[derive(Clone, Copy, Debug)]
pub struct Returned<'a> {
    /// Whose draft it was; see [`writer`].
    pub writer: &'a str,
    /// The party that it was for; empty for the requester.
    pub party: &'a str,
    /// Its words.
    pub text: &'a str,
    /// Its files.
    pub files: &'a [File],
}

/// Takes away the files of drafts that nobody has touched for [`FILES_KEPT`], from the shelf too; says how many. What was written
/// stays. A process that dies between the two leaves a file that nobody names, which goes with the others of its kind.
pub async fn forget_old_files(ground: &Ground, shelf: &Shelf) -> Result<usize> {
    let mut forgotten = 0;
    loop {
        let some = ground.change(&Actor::Desk, |context| {
            async move { Ok(queries::forget_files(context.tx, context.now - FILES_KEPT).await?) }.boxed()
        });
        let keys = some.await?;
        for key in &keys {
            shelf.remove(key).await?;
        }
        forgotten += keys.len();
        if keys.is_empty() {
            return Ok(forgotten);
        }
    }
}

/// Whose draft it is: an agent's, or that of a program with a token of its own.
///
/// # Errors
/// `forbidden` for whoever has none.
pub fn writer(actor: &Actor) -> Result<String> {
    match actor {
        Actor::Agent { id, .. } => Ok(format!("agent:{id}")),
        Actor::Program { name, .. } => Ok(format!("program:{name}")),
        Actor::Outside | Actor::Desk => Err(Error::forbidden("keep drafts")),
    }
}

/// A name without folders and without what no page or mail can show.
pub(crate) fn file_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|letter| !letter.is_control()).take(NAME_MAX).collect();
    if name.trim().is_empty() { "file".to_owned() } else { name.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_its_name_without_the_folders_around_it() {
        assert_eq!(file_name("C:\\Documents\\plan.pdf"), "plan.pdf");
        assert_eq!(file_name("../../etc/passwd"), "passwd");
        assert_eq!(file_name("a\r\nb.txt"), "ab.txt");
        assert_eq!(file_name(" / "), "file");
        assert_eq!(file_name(&"é".repeat(900)).chars().count(), NAME_MAX);
    }
}
