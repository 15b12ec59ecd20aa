//! One form posted over HTTP/1.1 (RFC 9112) and its answer read: all that getting a token takes.

use std::net::IpAddr;

use crate::fault::{Fault, Kind, Stage};
use crate::wire::Wire;
use crate::{Limits, Security, Server, Trust};

/// The most bytes of an answer, its head included.
const ANSWER_MAX: u64 = 256 * 1024;
/// The most bytes of a line of its head, and the most lines.
const LINE_MAX: usize = 16 * 1024;
const LINES_MAX: usize = 200;

/// Where a form goes.
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

/// Posts a form; gives the answer's status and body. Redirections are not followed: a secret goes where it was meant to go.
pub(super) async fn post(
    endpoint: &str,
    form: String,
    trust: &Trust,
    limits: &Limits,
) -> Result<(u16, Vec<u8>), Fault> {
    let place = place(endpoint).ok_or_else(|| Fault::new(Stage::Token, Kind::BadEndpoint))?;
    let Place { security, host, port, authority, target } = place;
    let server = Server { host, port, security, trust: trust.clone(), login: None };
    let mut wire = Wire::open(&server, limits).await?;
    wire.stage = Stage::Token;
    // By name it was this machine; now it is known where the name led.
    wire.require_private().map_err(|fault| Fault { stage: Stage::Token, ..fault })?;
    wire.allow(ANSWER_MAX);
    let head = format!(
        "POST {target} HTTP/1.1\r\nHost: {authority}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\nAccept: application/json\r\nUser-Agent: deskhand\r\nConnection: close\r\n\r\n",
        form.len()
    );
    wire.say(&[head.as_bytes(), form.as_bytes()].concat()).await?;
    loop {
        let (status, framing) = head_of(&mut wire).await?;
        // What comes before the answer (RFC 9110, section 15.2).
        if !(100..200).contains(&status) {
            return Ok((status, body(&mut wire, framing).await?));
        }
    }
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

/// Status, and how the body ends.
async fn head_of(wire: &mut Wire) -> Result<(u16, Framing), Fault> {
    let garbled = wire.fault(Kind::Garbled);
    let line = wire.line(LINE_MAX).await?;
    let status = status(&line).ok_or(garbled.clone())?;
    let mut framing = Framing::ToTheEnd;
    for _ in 0..LINES_MAX {
        let line = wire.line(LINE_MAX).await?;
        if line.is_empty() {
            return Ok((status, framing));
        }
        let line = String::from_utf8_lossy(&line).to_ascii_lowercase();
        match line.split_once(':') {
            Some(("content-length", size)) if framing != Framing::Chunked => {
                framing = Framing::Sized(size.trim().parse().map_err(|_| garbled.clone())?);
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
    fn only_what_stays_private_is_an_address_for_tokens() {
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
