//! A server to fetch from (RFC 9051), as far as a client that fetches needs one, which lies as it is told.

mod idle;

use std::collections::VecDeque;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

pub use idle::IdleLie;

use crate::{listen, lock};

/// What the server does when a mail's body is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// Closes the connection in the middle of the body.
    Drop,
    /// Takes its leave instead of answering.
    Bye,
    /// Says nothing, for ever.
    Hang,
    /// Says a byte every 20 ms, for ever.
    Drip,
    /// Announces four gibibytes and begins with them.
    Huge,
    /// Announces bytes without end: more than any number holds.
    Numberless,
    /// Tells of other things, for ever.
    EndlessLines,
    /// Begins a line and never ends it.
    EndlessLine,
    /// Says that there are minus one mails.
    Negative,
    /// Answers another command than was given.
    WrongTag,
    /// Says that the mail is there, but nothing.
    Nothing,
    /// Has deleted the mail meanwhile.
    Gone,
    /// Refuses to give it out.
    Withhold,
    /// Tells of another mail first, gives this one, and then other bytes for it.
    Twice,
}

/// A mail on the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub uid: u32,
    /// Its bytes.
    pub raw: Vec<u8>,
    /// How many bytes it is said to have, if that is not how many it has.
    pub said_size: Option<u64>,
}

/// The server. Cheap to clone; it listens as long as the runtime that it was opened on.
#[derive(Clone)]
pub struct ImapSink {
    port: u16,
    state: Arc<Mutex<State>>,
    connections: Arc<AtomicUsize>,
    news: watch::Sender<()>,
}

struct State {
    uid_validity: u32,
    uid_next: u32,
    mails: Vec<Kept>,
    capabilities: String,
    lies: VecDeque<Lie>,
    idle_lies: VecDeque<IdleLie>,
    refuses_to_settle: bool,
    commands: Vec<String>,
}

impl ImapSink {
    /// Listens on a port of this machine that is free. Fails when there is none.
    pub async fn open() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let state = State {
            uid_validity: 1,
            uid_next: 1,
            mails: Vec::new(),
            capabilities: "IMAP4rev1 IDLE AUTH=PLAIN SASL-IR UIDPLUS MOVE".to_owned(),
            lies: VecDeque::new(),
            idle_lies: VecDeque::new(),
            refuses_to_settle: false,
            commands: Vec::new(),
        };
        let sink = Self {
            port: listener.local_addr()?.port(),
            state: Arc::new(Mutex::new(state)),
            connections: Arc::default(),
            news: watch::Sender::new(()),
        };
        let listening = sink.clone();
        tokio::spawn(listen(listener, Arc::clone(&sink.connections), move |stream| {
            let sink = listening.clone();
            async move { sink.converse(stream).await }
        }));
        Ok(sink)
    }

    /// The port of 127.0.0.1 at which it listens, without TLS.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Takes a mail in and tells whoever waits. Gives its number.
    pub fn deliver(&self, raw: impl Into<Vec<u8>>) -> u32 {
        self.deliver_as(raw, None)
    }

    /// The same for a mail that is said to have another size than it has.
    pub fn deliver_as(&self, raw: impl Into<Vec<u8>>, said_size: Option<u64>) -> u32 {
        let mut state = lock(&self.state);
        let uid = state.uid_next;
        state.uid_next += 1;
        state.mails.push(Kept { uid, raw: raw.into(), said_size });
        drop(state);
        self.news.send_replace(());
        uid
    }

    /// Goes on counting from `uid`.
    pub fn count_from(&self, uid: u32) {
        lock(&self.state).uid_next = uid;
    }

    /// Numbers all mails anew, from 1.
    pub fn renumber(&self) {
        let mut state = lock(&self.state);
        state.uid_validity += 1;
        for (mail, uid) in state.mails.iter_mut().zip(1..) {
            mail.uid = uid;
        }
        state.uid_next = u32::try_from(state.mails.len()).unwrap_or(u32::MAX).saturating_add(1);
    }

    /// Takes a mail away.
    pub fn remove(&self, uid: u32) {
        lock(&self.state).mails.retain(|mail| mail.uid != uid);
    }

    /// What it does when bodies are asked for, once each; after them it is honest.
    pub fn lie(&self, lies: impl IntoIterator<Item = Lie>) {
        lock(&self.state).lies.extend(lies);
    }

    /// Whether it refuses to mark, copy, move and delete mails.
    pub fn refuse_to_settle(&self, refuses: bool) {
        lock(&self.state).refuses_to_settle = refuses;
    }

    /// What it says that it can do: `IMAP4rev1 IDLE AUTH=PLAIN SASL-IR UIDPLUS MOVE` otherwise.
    pub fn can(&self, capabilities: &str) {
        lock(&self.state).capabilities = capabilities.to_owned();
    }

    /// The commands it was given, without their tags.
    pub fn commands(&self) -> Vec<String> {
        lock(&self.state).commands.clone()
    }

    /// How many connections were opened so far.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    async fn converse(&self, stream: TcpStream) -> io::Result<()> {
        let (reader, mut writer) = stream.into_split();
        let mut reader = BufReader::new(reader);
        say(&mut writer, "* OK here").await?;
        while let Some((tag, command)) = read_command(&mut reader, &mut writer).await? {
            lock(&self.state).commands.push(command.clone());
            let words: Vec<&str> = command.split(' ').collect();
            let verb = words[0].to_ascii_uppercase();
            match (verb.as_str(), words.get(1).copied().unwrap_or_default()) {
                ("CAPABILITY", _) => {
                    let line = format!("* CAPABILITY {}", lock(&self.state).capabilities);
                    say(&mut writer, &line).await?;
                }
                ("SELECT" | "EXAMINE", _) => self.tell_folder(&mut writer).await?,
                ("NOOP", _) => self.tell_count(&mut writer).await?,
                ("LIST", _) => say(&mut writer, "* LIST () \"/\" INBOX").await?,
                ("IDLE", _) => {
                    let goes_on = self.idle(&tag, &mut reader, &mut writer).await?;
                    if !goes_on {
                        return Ok(());
                    }
                }
                ("FETCH", _) => {
                    let last = lock(&self.state).mails.last().map(|mail| mail.uid);
                    if let Some(uid) = last {
                        say(&mut writer, &format!("* 1 FETCH (UID {uid})")).await?;
                    }
                }
                ("UID", "FETCH") if command.contains("BODY") => {
                    if !self.fetch_body(&mut writer, &tag, &words).await? {
                        return Ok(());
                    }
                    continue;
                }
                ("UID", "FETCH") => self.announce(&mut writer, words[2]).await?,
                ("UID", "STORE" | "COPY" | "MOVE" | "EXPUNGE") if lock(&self.state).refuses_to_settle => {
                    say(&mut writer, &format!("{tag} NO [TRYCREATE] no such folder")).await?;
                    continue;
                }
                ("UID", "MOVE" | "EXPUNGE") => self.remove(words[2].parse().unwrap_or(0)),
                ("LOGOUT", _) => return say(&mut writer, "* BYE").await,
                _ => {}
            }
            say(&mut writer, &format!("{tag} OK done")).await?;
        }
        Ok(())
    }

    async fn tell_folder(&self, writer: &mut OwnedWriteHalf) -> io::Result<()> {
        let (uid_validity, uid_next) = {
            let state = lock(&self.state);
            (state.uid_validity, state.uid_next)
        };
        self.tell_count(writer).await?;
        say(writer, &format!("* OK [UIDVALIDITY {uid_validity}] numbered")).await?;
        say(writer, &format!("* OK [UIDNEXT {uid_next}] next")).await
    }

    async fn tell_count(&self, writer: &mut OwnedWriteHalf) -> io::Result<()> {
        let count = lock(&self.state).mails.len();
        say(writer, &format!("* {count} EXISTS")).await
    }

    async fn announce(&self, writer: &mut OwnedWriteHalf, range: &str) -> io::Result<()> {
        let (first, last) = range.split_once(':').unwrap_or((range, range));
        let (first, last): (u32, u32) = (first.parse().unwrap_or(0), last.parse().unwrap_or(u32::MAX));
        let mails = lock(&self.state).mails.clone();
        for (place, mail) in (1..).zip(&mails).filter(|(_, mail)| (first..=last).contains(&mail.uid)) {
            let size = mail.said_size.unwrap_or_else(|| u64::try_from(mail.raw.len()).unwrap_or(0));
            say(writer, &format!("* {place} FETCH (UID {} RFC822.SIZE {size})", mail.uid)).await?;
        }
        Ok(())
    }

    /// Gives a mail out, or lies; whether the conversation goes on.
    async fn fetch_body(&self, writer: &mut OwnedWriteHalf, tag: &str, words: &[&str]) -> io::Result<bool> {
        let uid: u32 = words[2].parse().unwrap_or(0);
        let (mail, lie) = {
            let mut state = lock(&self.state);
            (state.mails.iter().find(|mail| mail.uid == uid).cloned(), state.lies.pop_front())
        };
        let Some(mut mail) = mail else {
            say(writer, &format!("{tag} OK nothing")).await?;
            return Ok(true);
        };
        if words.iter().any(|word| word.starts_with("BODY.PEEK[HEADER]")) {
            let end = mail.raw.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(mail.raw.len());
            mail.raw.truncate(end);
        }
        match lie {
            None => give(writer, uid, &mail.raw, mail.raw.len()).await?,
            Some(Lie::Twice) => {
                give(writer, uid + 1, b"Subject: another\r\n\r\n", 20).await?;
                give(writer, uid, &mail.raw, mail.raw.len()).await?;
                give(writer, uid, b"Subject: other bytes\r\n\r\n", 24).await?;
            }
            Some(Lie::Gone) => self.remove(uid),
            Some(Lie::Nothing) => say(writer, &format!("* 1 FETCH (UID {uid} BODY[] NIL)")).await?,
            Some(Lie::Negative) => say(writer, "* -1 EXISTS").await?,
            Some(Lie::Withhold) => {
                say(writer, &format!("{tag} NO [SERVERBUG] it is damaged")).await?;
                return Ok(true);
            }
            Some(Lie::WrongTag) => {
                say(writer, "Z99 OK done").await?;
                return Ok(true);
            }
            Some(lie) => return end_badly(writer, lie, uid, &mail.raw).await,
        }
        say(writer, &format!("{tag} OK done")).await?;
        Ok(true)
    }
}

/// The lies after which no conversation goes on.
async fn end_badly(writer: &mut OwnedWriteHalf, lie: Lie, uid: u32, raw: &[u8]) -> io::Result<bool> {
    match lie {
        Lie::Drop => give(writer, uid, &raw[..raw.len() / 2], raw.len()).await?,
        Lie::Bye => say(writer, "* BYE going down").await?,
        Lie::Huge => {
            give(writer, uid, raw, 1 << 32).await?;
            loop {
                writer.write_all(&[b'x'; 4096]).await?;
            }
        }
        Lie::Numberless => {
            say(writer, &format!("* 1 FETCH (UID {uid} BODY[] {{99999999999999999999999999}}")).await?;
        }
        Lie::EndlessLines => loop {
            say(writer, "* 1 FETCH (FLAGS (\\Seen))").await?;
        },
        Lie::EndlessLine => {
            writer.write_all(b"* OK ").await?;
            loop {
                writer.write_all(&[b'x'; 4096]).await?;
            }
        }
        Lie::Drip => loop {
            writer.write_all(b"x").await?;
            tokio::time::sleep(Duration::from_millis(20)).await;
        },
        _ => std::future::pending::<()>().await,
    }
    Ok(false)
}

/// A mail's body, announced with a size.
async fn give(writer: &mut OwnedWriteHalf, uid: u32, raw: &[u8], size: usize) -> io::Result<()> {
    let head = format!("* 1 FETCH (UID {uid} INTERNALDATE \"17-Nov-2026 09:00:00 +0000\" BODY[] {{{size}}}\r\n");
    writer.write_all(head.as_bytes()).await?;
    writer.write_all(raw).await?;
    if raw.len() == size {
        writer.write_all(b")\r\n").await?;
    }
    Ok(())
}

async fn say(writer: &mut OwnedWriteHalf, line: &str) -> io::Result<()> {
    writer.write_all(format!("{line}\r\n").as_bytes()).await
}

/// A command with its literals in it, and its tag.
async fn read_command(
    reader: &mut BufReader<OwnedReadHalf>,
    writer: &mut OwnedWriteHalf,
) -> io::Result<Option<(String, String)>> {
    let mut command = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        command.push_str(line.trim_end());
        let size = line.trim_end().strip_suffix('}').and_then(|text| text.rsplit_once('{')?.1.parse::<usize>().ok());
        let Some(size) = size else { break };
        say(writer, "+ go on").await?;
        let mut literal = vec![0; size];
        reader.read_exact(&mut literal).await?;
        command.push_str(&String::from_utf8_lossy(&literal));
    }
    let (tag, command) = command.split_once(' ').unwrap_or((&command, ""));
    Ok(Some((tag.to_owned(), command.to_owned())))
}
