//! Asking a server over HTTP, a connection for each request.

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How long an answer may take before it counts as none.
const PATIENCE: Duration = Duration::from_secs(20);

/// A request. The same one can be sent again.
#[derive(Clone)]
pub struct Request {
    head: String,
    body: Vec<u8>,
}

/// A whole answer; its body is `Null` where it is no JSON.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
    /// The body as it came.
    pub text: String,
}

/// Its address and what it brings, without whoever asks.
impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.head.lines().next().unwrap_or_default();
        write!(f, "{line}: {}", String::from_utf8_lossy(&self.body))
    }
}

impl Request {
    pub fn get(path: &str) -> Self {
        Self::new("GET", path, "text/plain", Vec::new())
    }

    pub fn post(path: &str, body: &Value) -> Self {
        Self::new("POST", path, "application/json", body.to_string().into_bytes())
    }

    /// Brings a raw mail in.
    pub fn mail(raw: &str) -> Self {
        Self::new("POST", "/api/v1/inbound/mail", "message/rfc822", raw.as_bytes().to_vec())
    }

    fn new(method: &str, path: &str, kind: &str, body: Vec<u8>) -> Self {
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: {kind}\r\n\
             Content-Length: {length}\r\n"
        );
        Self { head, body }
    }

    /// The same with one more header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.head.push_str(&format!("{name}: {value}\r\n"));
        self
    }

    /// The same, asked by the holder of `token`.
    #[must_use]
    pub fn by(self, token: &str) -> Self {
        self.with("Authorization", &format!("Bearer {token}"))
    }

    /// Sends it to the server at `address`. Only a whole answer is one.
    pub async fn send(&self, address: SocketAddr) -> std::io::Result<Answer> {
        let asking = async {
            let mut stream = TcpStream::connect(address).await?;
            stream.write_all(format!("{}\r\n", self.head).as_bytes()).await?;
            stream.write_all(&self.body).await?;
            let mut raw = Vec::new();
            stream.read_to_end(&mut raw).await?;
            read(&raw).ok_or_else(|| std::io::ErrorKind::UnexpectedEof.into())
        };
        tokio::time::timeout(PATIENCE, asking).await?
    }
}

fn read(raw: &[u8]) -> Option<Answer> {
    let end = raw.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&raw[..end]).ok()?.to_ascii_lowercase();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length: usize = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok())?;
    let body = &raw[end + 4..];
    let text = || String::from_utf8_lossy(body).into_owned();
    (body.len() == length).then(|| Answer {
        status,
        body: serde_json::from_slice(body).unwrap_or_default(),
        text: text(),
    })
}
