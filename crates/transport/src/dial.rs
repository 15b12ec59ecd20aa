//! The way to a server: its name, a connection, and TLS around it.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{CertificateError, Error as TlsError};
use socket2::{SockRef, TcpKeepalive};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::fault::{Fault, Kind, Stage};
use crate::{Limits, Trust};

/// What bytes go through, protected or not.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin + Send + Sync {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + Sync> Stream for T {}

/// How many of a name's addresses are tried.
const ADDRESSES_MAX: usize = 4;
/// After how much silence the system looks whether the other side is still there, and how often then.
const KEEPALIVE: (Duration, Duration) = (Duration::from_secs(60), Duration::from_secs(20));

/// Finds `host` and connects to it, trying its addresses in turn.
pub(crate) async fn call(host: &str, port: u16, limits: &Limits) -> Result<TcpStream, Fault> {
    let host = host.trim().trim_matches(['[', ']']);
    let unknown = || Fault::new(Stage::Find, Kind::NameUnknown);
    if host.is_empty() {
        return Err(unknown());
    }
    let found = timeout(limits.connect, tokio::net::lookup_host((host, port))).await;
    let found = found.map_err(|_| Fault::new(Stage::Find, Kind::Silent))?.map_err(|error| not_found(&error))?;
    let addresses: Vec<SocketAddr> = found.take(ADDRESSES_MAX).collect();
    let share = limits.connect / u32::try_from(addresses.len().max(1)).unwrap_or(1);
    let mut fault = unknown();
    for address in addresses {
        match timeout(share, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                // Without either the connection works all the same.
                let _ = stream.set_nodelay(true);
                let keepalive = TcpKeepalive::new().with_time(KEEPALIVE.0).with_interval(KEEPALIVE.1);
                let _ = SockRef::from(&stream).set_tcp_keepalive(&keepalive);
                return Ok(stream);
            }
            Ok(Err(error)) => fault = not_connected(&error),
            Err(_) => fault = Fault::new(Stage::Connect, Kind::Silent),
        }
    }
    Err(fault)
}

/// Whether the other side of a connection is this machine.
pub(crate) fn is_near(stream: &TcpStream) -> bool {
    stream.peer_addr().is_ok_and(|peer| peer.ip().to_canonical().is_loopback())
}

/// Puts TLS around a stream and makes sure that the other side is `host`.
pub(crate) async fn protect(
    stream: Box<dyn Stream>,
    host: &str,
    trust: &Trust,
    limits: &Limits,
) -> Result<Box<dyn Stream>, Fault> {
    let fault = |kind| Fault::new(Stage::Protect, kind);
    let name = host.trim().trim_matches(['[', ']']).trim_end_matches('.').to_owned();
    let name = ServerName::try_from(name).map_err(|_| Fault::new(Stage::Find, Kind::NameUnknown))?;
    let connector = TlsConnector::from(trust.config()?);
    match timeout(limits.connect, connector.connect(name, stream)).await {
        Ok(Ok(stream)) => Ok(Box::new(stream)),
        Ok(Err(error)) => Err(fault(unprotected(&error))),
        Err(_) => Err(fault(Kind::Silent)),
    }
}

/// The system says of a name that is not known "failed to lookup address information", and gives it no kind of its own.
fn not_found(error: &io::Error) -> Fault {
    let is_passing = matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::Interrupted)
        || error.to_string().contains("Temporary failure");
    let kind = if is_passing { Kind::Unreachable } else { Kind::NameUnknown };
    Fault::new(Stage::Find, kind)
}

fn not_connected(error: &io::Error) -> Fault {
    let kind = match error.kind() {
        io::ErrorKind::ConnectionRefused => Kind::NobodyListens,
        io::ErrorKind::TimedOut => Kind::Silent,
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted => Kind::Dropped,
        _ => Kind::Unreachable,
    };
    Fault::new(Stage::Connect, kind)
}

/// Why TLS did not come about.
fn unprotected(error: &io::Error) -> Kind {
    let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<TlsError>()) else { return Kind::Dropped };
    match error {
        TlsError::InvalidCertificate(error) => certificate(error),
        TlsError::InvalidMessage(_) => Kind::NoTls,
        other => Kind::Tls(other.to_string()),
    }
}

fn certificate(error: &CertificateError) -> Kind {
    match error {
        CertificateError::NotValidForNameContext { presented, .. } => {
            Kind::WrongName(presented.iter().take(10).map(|name| plain_name(name)).collect())
        }
        CertificateError::NotValidForName => Kind::WrongName(Vec::new()),
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => Kind::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => Kind::NotYetValid,
        CertificateError::UnknownIssuer => Kind::NotVouchedFor,
        // A certificate that signed itself often calls itself an authority, and is refused for that first.
        CertificateError::Other(other) if format!("{other:?}").contains("CaUsedAsEndEntity") => Kind::NotVouchedFor,
        other => Kind::BadCertificate(other.to_string()),
    }
}

/// The library shows a name with its kind: `DnsName("mail.acme.example")`.
fn plain_name(shown: &str) -> String {
    let inner = shown.split_once('"').and_then(|(_, rest)| rest.rsplit_once('"'));
    inner.map_or(shown, |(name, _)| name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_a_certificate_are_shown_without_their_kind() {
        assert_eq!(plain_name("DnsName(\"mail.acme.example\")"), "mail.acme.example");
        assert_eq!(plain_name("mail.acme.example"), "mail.acme.example");
    }

    #[test]
    fn tls_errors_are_told_apart() {
        let wrapped = |error: TlsError| unprotected(&io::Error::new(io::ErrorKind::InvalidData, error));
        assert_eq!(wrapped(TlsError::InvalidCertificate(CertificateError::UnknownIssuer)), Kind::NotVouchedFor);
        assert_eq!(wrapped(TlsError::InvalidCertificate(CertificateError::NotValidYet)), Kind::NotYetValid);
        assert_eq!(wrapped(TlsError::InvalidMessage(rustls::InvalidMessage::InvalidContentType)), Kind::NoTls);
        assert!(matches!(wrapped(TlsError::HandshakeNotComplete), Kind::Tls(_)));
        assert_eq!(unprotected(&io::ErrorKind::UnexpectedEof.into()), Kind::Dropped);
    }
}
