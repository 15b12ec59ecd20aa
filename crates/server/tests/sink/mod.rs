//! A mail server for tests: keeps what it is sent, and misbehaves as it is told.

#![allow(dead_code, reason = "each story file uses its part")]
#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

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
    /// Takes the mail, says so, and closes the connection.
    DropAfterTaking,
}

/// A mail that the sink took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub sender: String,
    pub recipients: Vec<String>,
    /// Its bytes, without the dots that SMTP adds.
    pub raw: Vec<u8>,
}

/// The sink; it listens until the test ends.
#[derive(Clone)]
pub struct Sink {
    pub port: u16,
    taken: Arc<Mutex<Vec<Taken>>>,
    manners: Arc<Mutex<VecDeque<Manners>>>,
    connections: Arc<AtomicUsize>,
}

impl Sink {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let sink = Self { port, taken: Arc::default(), manners: Arc::default(), connections: Arc::default() };
        let listening = sink.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                listening.connections.fetch_add(1, Ordering::SeqCst);
                let sink = listening.clone();
                // A client that goes away ends its conversation with an error; the sink goes on.
                tokio::spawn(async move { drop(sink.converse(stream).await) });
            }
        });
        sink
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// What it does with the next mails, one each; after them it takes whatever comes.
    pub fn behave(&self, manners: impl IntoIterator<Item = Manners>) {
        self.manners.lock().unwrap().extend(manners);
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }

    /// How many connections were opened so far.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    async fn converse(&self, stream: TcpStream) -> std::io::Result<()> {
        let (reader, mut writer) = stream.into_split();
        let mut reader = BufReader::new(reader);
        say(&mut writer, "220 sink.example").await?;
        let (mut sender, mut recipients, mut manners) = (String::new(), Vec::new(), Manners::Take);
        let mut line = String::new();
        while reader.read_line(&mut line).await? > 0 {
            let command = std::mem::take(&mut line).trim().to_owned();
            let answer = match command.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase().as_str() {
                "EHLO" => "250-sink.example\r\n250 8BITMIME",
                "MAIL" => {
                    sender = path(&command);
                    recipients.clear();
                    manners = self.manners.lock().unwrap().pop_front().unwrap_or(Manners::Take);
                    "250 ok"
                }
                "RCPT" => match manners {
                    Manners::RefuseRecipient(code) => {
                        say(&mut writer, &format!("{code} no such luck")).await?;
                        continue;
                    }
                    Manners::Hang => std::future::pending().await,
                    _ => {
                        recipients.push(path(&command));
                        "250 ok"
                    }
                },
                "DATA" => {
                    say(&mut writer, "354 go on").await?;
                    if manners == Manners::DropWithinMail {
                        reader.read_exact(&mut [0; 10]).await?;
                        return Ok(());
                    }
                    let raw = whole_mail(&mut reader).await?;
                    if let Manners::RefuseMail(code) = manners {
                        say(&mut writer, &format!("{code} not this one")).await?;
                        continue;
                    }
                    let mail = Taken { sender: sender.clone(), recipients: recipients.clone(), raw };
                    self.taken.lock().unwrap().push(mail);
                    if manners == Manners::DropAfterTaking {
                        return say(&mut writer, "250 taken").await;
                    }
                    "250 taken"
                }
                "RSET" | "NOOP" => "250 ok",
                "QUIT" => return say(&mut writer, "221 bye").await,
                _ => "502 what?",
            };
            say(&mut writer, answer).await?;
        }
        Ok(())
    }
}

async fn say(writer: &mut OwnedWriteHalf, line: &str) -> std::io::Result<()> {
    writer.write_all(format!("{line}\r\n").as_bytes()).await
}

/// The address between the angle brackets.
fn path(command: &str) -> String {
    let inner = command.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inner.map(|(address, _)| address.to_owned()).unwrap_or_default()
}

async fn whole_mail(reader: &mut BufReader<OwnedReadHalf>) -> std::io::Result<Vec<u8>> {
    let mut raw = Vec::new();
    loop {
        let mut line = Vec::new();
        if reader.read_until(b'\n', &mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        match line.as_slice() {
            b".\r\n" => return Ok(raw),
            [b'.', rest @ ..] => raw.extend_from_slice(rest),
            whole => raw.extend_from_slice(whole),
        }
    }
}
