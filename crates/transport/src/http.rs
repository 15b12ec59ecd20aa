//! One request posted over HTTP/1.1 (RFC 9112) and its answer read: all that getting a token and putting a notice to somebody takes.
//! Redirections are not followed: a secret goes where it was meant to go.

use std::net::IpAddr;
use std::time::Duration;

use crate::fault::{Fault, Kind, Stage};
use crate::wire::{Wire, in_time};
use crate::{Limits, Reach, Security, Server, Trust};

/// The most bytes of an answer, its head included.
const ANSWER_MAX: u64 = 256 * 1024;
/// The most bytes of a line of its head, and the most lines.
const LINE_MAX: usize = 16 * 1024;
const LINES_MAX: usize = 200;
/// The longest that somebody may ask to be left alone, in seconds.
const RETRY_AFTER_MAX: f64 = 86_400.0;
/// How much of a refusal is read for its words.
const WORDS_MAX: u64 = 4 * 1024;

/// What is posted, and where.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// An `https:` address, or `http:` on this machine.
    pub address: &'a str,
    /// The media type of the body.
    pub kind: &'a str,
    /// Further fields of the head.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body.
    pub body: &'a [u8],
}

/// What was answered, as far as it matters to somebody who only told something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The status.
    pub status: u16,
    /// For how long to wait before the next request, where it says so (RFC 9110, section 10.2.3).
    pub retry_after: Option<Duration>,
    /// The words of a refusal, in one line.
    pub said: Option<String>,
}

/// An answer of which the whole body is wanted.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// Tells somebody something. Of the answer only what is said at once counts: one whose body has no end, or never comes, was given all the
/// same.
///
/// # Errors
/// [`Kind::BadEndpoint`] when the address is none, [`Kind::NotPublic`] when it leads to where `reach` does not, else what was wrong on the
/// way.
pub async fn tell(request: &Request<'_>, reach: Reach, trust: &Trust, limits: &Limits) -> Result<Told, Fault> {
    let silent = Fault::new(Stage::Tell, Kind::Silent);
    in_time(limits.command, silent, async {
        let (mut wire, head) = ask(request, reach, Stage::Tell, trust, limits).await?;
        let mut said = None;
        if !(200..300).contains(&head.status) {
            wire.allow(WORDS_MAX);
            let words = body(&mut wire, head.framing).await.unwrap_or_default();
            said = Fault::saying(Stage::Tell, Kind::Refused, &words).said;
        }
        Ok(Told { status: head.status, retry_after: head.retry_after, said })
    })
    .await
}

/// Posts something and reads the whole answer.
pub(crate) async fn post(request: &Request<'_>, stage: Stage, trust: &Trust, limits: &Limits) -> Result<Answer, Fault> {
    let (mut wire, head) = ask(request, Reach::Anywhere, stage, trust, limits).await?;
    Ok(Answer { status: head.status, body: body(&mut wire, head.framing).await? })
}

/// Where a request goes.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    security: Security,
    host: String,
    port: u16,
    /// As the Host header has it.
    authority: String,
    /// Path and query.
    target: String,
}

/// How the end of an answer's body is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Framing {
    Sized(u64),
    Chunked,
    ToTheEnd,
}

/// The head of an answer.
struct Head {
    status: u16,
    framing: Framing,
    retry_after: Option<Duration>,
}

async fn ask(
    request: &Request<'_>,
    reach: Reach,
    stage: Stage,
    trust: &Trust,
    limits: &Limits,
) -> Result<(Wire, Head), Fault> {
    let bad = || Fault::new(stage, Kind::BadEndpoint);
    let Place { security, host, port, authority, target } = place(request.address).ok_or_else(bad)?;
    let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    if !request.headers.iter().all(|(name, value)| is_plain(name) && is_plain(value)) {
        return Err(bad());
    }
    let server = Server { host, port, security, trust: trust.clone(), login: None };
    let mut wire = Wire::open_within(&server, reach, limits).await?;
    wire.stage = stage;
    // By name it was this machine; now it is known where the name led.
    wire.require_private().map_err(|fault| Fault { stage, ..fault })?;
    wire.allow(ANSWER_MAX);
    let mut head = format!(
        "POST {target} HTTP/1.1\r\nHost: {authority}\r\nContent-Type: {}\r\nContent-Length: {}\r\nAccept: application/json\r\n\
         User-Agent: deskhand\r\nConnection: close\r\n",
        request.kind,
        request.body.len()
    );
    for (name, value) in request.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    wire.say(&[head.as_bytes(), request.body].concat()).await?;
    loop {
        let head = head_of(&mut wire).await?;
        // What comes before the answer (RFC 9110, section 15.2).
        if !(100..200).contains(&head.status) {
            return Ok((wire, head));
        }
    }
}

/// Whether `address` is one that [`tell`] can post to, as far as it can be read off it.
#[must_use]
pub fn is_address(address: &str) -> bool {
    place(address).is_some()
}

/// Reads `https://host[:port][/path][?query]`, or `http:` for this machine.
fn place(endpoint: &str) -> Option<Place> {
    let endpoint = endpoint.trim();
    let (scheme, rest) = endpoint.split_once("://")?;
    let is_plain = endpoint.bytes().all(|byte| byte.is_ascii_graphic());
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, target) = rest.split_at(end);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port.parse::<u16>().ok().filter(|port| *port > 0)?)),
        _ => (authority, None),
    };
    let host = host.trim_matches(['[', ']']).to_owned();
    let is_near = host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
    let (security, usual_port) = match scheme.to_ascii_lowercase().as_str() {
        "https" => (Security::Tls, 443),
        "http" if is_near => (Security::Plain, 80),
        _ => return None,
    };
    if host.is_empty() || authority.contains('@') || !is_plain {
        return None;
    }
    let target = target.split('#').next().unwrap_or_default();
    let target = if target.starts_with('/') { target.to_owned() } else { format!("/{target}") };
    Some(Place { security, host, port: port.unwrap_or(usual_port), authority: authority.to_owned(), target })
}

/// Status, how the body ends, and when to come again.
async fn head_of(wire: &mut Wire) -> Result<Head, Fault> {
    let garbled = wire.fault(Kind::Garbled);
    let line = wire.line(LINE_MAX).await?;
    let status = status(&line).ok_or(garbled.clone())?;
    let (mut framing, mut retry_after) = (Framing::ToTheEnd, None);
    for _ in 0..LINES_MAX {
        let line = wire.line(LINE_MAX).await?;
        if line.is_empty() {
            return Ok(Head { status, framing, retry_after });
        }
        let line = String::from_utf8_lossy(&line).to_ascii_lowercase();
        match line.split_once(':') {
            Some(("content-length", size)) if framing != Framing::Chunked => {
                framing = Framing::Sized(size.trim().parse().map_err(|_| garbled.clone())?);
            }
            Some(("retry-after", seconds)) => {
                // Tenths of a second are told too, and dates, which are left aside.
                let seconds =
                    seconds.trim().parse::<f64>().ok().filter(|seconds| seconds.is_finite() && *seconds >= 0.0);
                retry_after = seconds.map(|seconds| Duration::from_secs_f64(seconds.ceil().min(RETRY_AFTER_MAX)));
            }
            Some(("transfer-encoding", coding)) if coding.trim().ends_with("chunked") => framing = Framing::Chunked,
            _ => {}
        }
    }
    Err(wire.fault(Kind::Endless))
}

/// `HTTP/1.1 200 OK`.
fn status(line: &[u8]) -> Option<u16> {
    let rest = line.strip_prefix(b"HTTP/1.")?;
    let code = rest.get(2..5).filter(|code| code.iter().all(u8::is_ascii_digit))?;
    std::str::from_utf8(code).ok()?.parse().ok()
}

async fn body(wire: &mut Wire, framing: Framing) -> Result<Vec<u8>, Fault> {
    match framing {
        Framing::Sized(size) => wire.bytes(bounded(wire, size)?).await,
        Framing::ToTheEnd => wire.rest().await,
        Framing::Chunked => {
            let mut body = Vec::new();
            loop {
                let line = wire.line(LINE_MAX).await?;
                let size = chunk_size(&line).ok_or_else(|| wire.fault(Kind::Garbled))?;
                if size == 0 {
                    return Ok(body);
                }
                let chunk = bounded(wire, size)?;
                body.extend(wire.bytes(chunk).await?);
                if !wire.line(LINE_MAX).await?.is_empty() {
                    return Err(wire.fault(Kind::Garbled));
                }
            }
        }
    }
}

/// The size of a chunk, in hexadecimal digits, without what else may stand beside it.
fn chunk_size(line: &[u8]) -> Option<u64> {
    let digits = line.split(|byte| *byte == b';').next()?.trim_ascii();
    let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit);
    std::str::from_utf8(digits).ok().filter(|_| is_number).and_then(|digits| u64::from_str_radix(digits, 16).ok())
}

fn bounded(wire: &Wire, size: u64) -> Result<usize, Fault> {
    usize::try_from(size.min(ANSWER_MAX + 1))
        .ok()
        .filter(|_| size <= ANSWER_MAX)
        .ok_or_else(|| wire.fault(Kind::Endless))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stays_private_is_an_address() {
        let found = place("https://login.acme.example/common/token?x=1#y").unwrap();
        assert_eq!(
            (found.host.as_str(), found.port, found.target.as_str()),
            ("login.acme.example", 443, "/common/token?x=1")
        );
        assert_eq!(place("https://login.acme.example:8443").unwrap().target, "/");
        assert_eq!(place("http://[::1]:80/t").unwrap().host, "::1");
        assert_eq!(place("http://127.0.0.1:8080/t").unwrap().security, Security::Plain);
        for endpoint in [
            "http://login.acme.example/token",
            "login.acme.example",
            "https://",
            "https://u:p@login.acme.example/",
            "https://login.acme.example:0/",
            "https://login.acme.example/a b",
            "https://login.acme.example/\r\nHost: x",
            "ftp://login.acme.example/",
        ] {
            assert_eq!(place(endpoint), None, "{endpoint}");
        }
    }

    #[test]
    fn sizes_and_statuses_are_numbers_or_nothing() {
        assert_eq!(status(b"HTTP/1.1 200 OK"), Some(200));
        assert_eq!(status(b"HTTP/1.0 400"), Some(400));
        assert_eq!(status(b"HTTP/2 200"), None);
        assert_eq!(status(b"220 mx.acme.example"), None);
        assert_eq!(chunk_size(b"1a;x=y"), Some(26));
        assert_eq!(chunk_size(b"+1"), None);
        assert_eq!(chunk_size(b""), None);
    }
}
