//! Mail servers for tests: one that keeps what it is sent (RFC 5321) and one to fetch from ([`imap`]), and one of
//! the web that keeps what it is posted ([`web`]), with what it takes to read a push ([`push`]). All misbehave as they are told. Only tests use them.

pub mod imap;
pub mod push;
pub mod web;

use std::collections::VecDeque;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// What the sink does with a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manners {
    /// Takes it.
    Take,
    /// Answers `RCPT` with this code.
    RefuseRecipient(u16),
    /// Answers the end of the mail with this code.
    RefuseMail(u16),
    /// Says nothing to `RCPT`, for ever.
    Hang,
    /// Closes the connection in the middle of the mail.
    DropWithinMail,
    /// Takes the mail and closes the connection without saying so.
    DropInsteadOfAnswering,
    /// Takes the mail, says so, and closes the connection.
    DropAfterTaking,
}

/// A mail that the sink took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Who it is from, as the envelope says it.
    pub sender: String,
    /// Whom it goes to, as the envelope says it.
    pub recipients: Vec<String>,
    /// Its bytes, without the dots that SMTP adds.
    pub raw: Vec<u8>,
}

/// The sink. Cheap to clone; it listens as long as the runtime that it was opened on.
#[derive(Clone)]
pub struct Sink {
    port: u16,
    taken: Arc<Mutex<Vec<Taken>>>,
    manners: Arc<Mutex<VecDeque<Manners>>>,
    connections: Arc<AtomicUsize>,
}

impl Sink {
    /// Listens on a port of this machine that is free. Fails when there is none.
    pub async fn open() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let sink = Self { port, taken: Arc::default(), manners: Arc::default(), connections: Arc::default() };
        let listening = sink.clone();
        tokio::spawn(listen(listener, Arc::clone(&sink.connections), move |stream| {
            let sink = listening.clone();
            async move { sink.converse(stream).await }
        }));
        Ok(sink)
    }

    /// Where it is: `smtp://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// What it does with the next mails, one each; after them it takes whatever comes.
    pub fn behave(&self, manners: impl IntoIterator<Item = Manners>) {
        lock(&self.manners).extend(manners);
    }

    /// What it took so far, in order.
    pub fn taken(&self) -> Vec<Taken> {
        lock(&self.taken).clone()
    }

    /// How many connections were opened so far.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    async fn converse(&self, stream: TcpStream) -> io::Result<()> {
        let (reader, mut writer) = stream.into_split();
        let mut reader = BufReader::new(reader);
        say(&mut writer, "220 sink.example").await?;
        let (mut envelope, mut manners) =
            (Taken { sender: String::new(), recipients: Vec::new(), raw: Vec::new() }, Manners::Take);
        let mut line = String::new();
        while reader.read_line(&mut line).await? > 0 {
            let command = std::mem::take(&mut line).trim().to_owned();
            match command.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase().as_str() {
                "EHLO" => say(&mut writer, "250-sink.example\r\n250 8BITMIME").await?,
                "MAIL" => {
                    (envelope.sender, envelope.recipients) = (path(&command), Vec::new());
                    manners = lock(&self.manners).pop_front().unwrap_or(Manners::Take);
                    say(&mut writer, "250 ok").await?;
                }
                "RCPT" => match manners {
                    Manners::RefuseRecipient(code) => say(&mut writer, &format!("{code} no such luck")).await?,
                    Manners::Hang => std::future::pending().await,
                    _ => {
                        envelope.recipients.push(path(&command));
                        say(&mut writer, "250 ok").await?;
                    }
                },
                "DATA" => {
                    if !self.data(&mut reader, &mut writer, manners, &envelope).await? {
                        return Ok(());
                    }
                }
                "RSET" | "NOOP" => say(&mut writer, "250 ok").await?,
                "QUIT" => return say(&mut writer, "221 bye").await,
                _ => say(&mut writer, "502 what?").await?,
            }
        }
        Ok(())
    }

    /// Reads a mail and does with it what its manners say; whether the conversation goes on.
    async fn data(
        &self,
        reader: &mut BufReader<OwnedReadHalf>,
        writer: &mut OwnedWriteHalf,
        manners: Manners,
        envelope: &Taken,
    ) -> io::Result<bool> {
        say(writer, "354 go on").await?;
        if manners == Manners::DropWithinMail {
            reader.read_exact(&mut [0; 10]).await?;
            return Ok(false);
        }
        let raw = whole_mail(reader).await?;
        if let Manners::RefuseMail(code) = manners {
            say(writer, &format!("{code} not this one")).await?;
            return Ok(true);
        }
        lock(&self.taken).push(Taken { raw, ..envelope.clone() });
        if manners != Manners::DropInsteadOfAnswering {
            say(writer, "250 taken").await?;
        }
        Ok(!matches!(manners, Manners::DropInsteadOfAnswering | Manners::DropAfterTaking))
    }
}

/// Converses with whoever connects, and counts them.
async fn listen<C>(listener: TcpListener, connections: Arc<AtomicUsize>, converse: impl Fn(TcpStream) -> C)
where
    C: Future<Output = io::Result<()>> + Send + 'static,
{
    while let Ok((stream, _)) = listener.accept().await {
        connections.fetch_add(1, Ordering::SeqCst);
        let conversation = converse(stream);
        // A client that goes away ends its conversation with an error; the server goes on.
        tokio::spawn(async move { drop(conversation.await) });
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn say(writer: &mut OwnedWriteHalf, line: &str) -> io::Result<()> {
    writer.write_all(format!("{line}\r\n").as_bytes()).await
}

/// The address between the angle brackets.
fn path(command: &str) -> String {
    let inner = command.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inner.map(|(address, _)| address.to_owned()).unwrap_or_default()
}

async fn whole_mail(reader: &mut BufReader<OwnedReadHalf>) -> io::Result<Vec<u8>> {
    let mut raw = Vec::new();
    loop {
        let mut line = Vec::new();
        if reader.read_until(b'\n', &mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        match line.as_slice() {
            b".\r\n" => return Ok(raw),
            [b'.', rest @ ..] => raw.extend_from_slice(rest),
            whole => raw.extend_from_slice(whole),
        }
    }
}
