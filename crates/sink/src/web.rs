//! A server of the web that keeps what is posted to it (RFC 9112), and misbehaves as it is told.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::lock;

/// What it does with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Answers with this status, these lines of a head, and this body.
    Status(u16, Vec<String>, String),
    /// Says nothing, for ever.
    Hang,
    /// Says that all is well, with a body that never ends.
    Endless,
    /// Closes the connection without an answer.
    Drop,
}

/// Something that was posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// Path and query.
    pub target: String,
    /// The lines of its head.
    pub head: Vec<String>,
    /// Its body.
    pub body: Vec<u8>,
}

/// The server. Cheap to clone; it listens as long as the runtime that it was opened on.
#[derive(Clone)]
pub struct WebSink {
    port: u16,
    posted: Arc<Mutex<Vec<Posted>>>,
    answers: Arc<Mutex<VecDeque<Answer>>>,
}

impl Answer {
    /// This status, and nothing more.
    pub fn status(status: u16) -> Self {
        Self::Status(status, Vec::new(), String::new())
    }
}

impl WebSink {
    /// Listens on a port of this machine that is free. Fails when there is none.
    pub async fn open() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let sink = Self { port: listener.local_addr()?.port(), posted: Arc::default(), answers: Arc::default() };
        let listening = sink.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let sink = listening.clone();
                tokio::spawn(async move { sink.converse(stream).await });
            }
        });
        Ok(sink)
    }

    /// The address of a path of it.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What it does with the next requests, one each; after them all is well.
    pub fn answer(&self, answers: impl IntoIterator<Item = Answer>) {
        lock(&self.answers).extend(answers);
    }

    /// What was posted so far, in order.
    pub fn posted(&self) -> Vec<Posted> {
        lock(&self.posted).clone()
    }

    async fn converse(&self, stream: TcpStream) -> io::Result<()> {
        let (reader, mut writer) = stream.into_split();
        let mut reader = BufReader::new(reader);
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).await?;
            match line.trim_end() {
                "" => break,
                line => lines.push(line.to_owned()),
            }
        }
        let size = lines
            .iter()
            .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
        let mut body = vec![0; size.unwrap_or(0)];
        reader.read_exact(&mut body).await?;
        let target = lines.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
        lock(&self.posted).push(Posted { target, head: lines.split_off(1.min(lines.len())), body });
        let answer =
            lock(&self.answers).pop_front().unwrap_or_else(|| Answer::Status(200, Vec::new(), "ok".to_owned()));
        match answer {
            Answer::Status(status, head, body) => {
                let head: String = head.into_iter().map(|line| format!("{line}\r\n")).collect();
                let answer = format!("HTTP/1.1 {status} So\r\n{head}Content-Length: {}\r\n\r\n{body}", body.len());
                writer.write_all(answer.as_bytes()).await
            }
            Answer::Hang => std::future::pending().await,
            Answer::Endless => {
                writer.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
                loop {
                    writer.write_all(&[b'x'; 65_536]).await?;
                }
            }
            Answer::Drop => Ok(()),
        }
    }
}
