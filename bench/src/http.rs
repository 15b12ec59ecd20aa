//! Just enough of a client to ask a server many things on one connection (HTTP/1.1, RFC 9112): no library's work is measured.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::Result;

/// How long an answer may take.
const ANSWER_MAX: Duration = Duration::from_secs(10);

/// A connection that is kept.
pub struct Connection {
    stream: BufReader<TcpStream>,
    address: String,
}

/// An answer.
pub struct Answer {
    /// Its status code.
    pub status: u16,
    /// The cookies that it sets, each `name=value`.
    pub cookies: Vec<String>,
    /// Its body.
    pub body: String,
}

impl Connection {
    /// Connects to `address`, a host and a port.
    pub fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(ANSWER_MAX))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), address: address.to_owned() })
    }

    /// Asks, and reads the answer. `headers` are whole lines without their ends.
    pub fn ask(&mut self, method: &str, path: &str, headers: &[String], body: &str) -> Result<Answer> {
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n", self.address, body.len());
        for header in headers {
            request.push_str(header);
            request.push_str("\r\n");
        }
        request.push_str("\r\n");
        request.push_str(body);
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.answer()
    }

    fn answer(&mut self) -> Result<Answer> {
        let first = self.line()?;
        let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.ok_or_else(|| format!("this begins no answer: {first:?}"))?;
        let (mut length, mut cookies) = (None, Vec::new());
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse().ok(),
                "set-cookie" => cookies.extend(value.trim().split(';').next().map(str::to_owned)),
                _ => {}
            }
        }
        let mut body = vec![0; length.ok_or("an answer that does not say its length")?];
        self.stream.read_exact(&mut body)?;
        Ok(Answer { status, cookies, body: String::from_utf8_lossy(&body).into_owned() })
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }
}
