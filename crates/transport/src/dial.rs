//! The way to a server: its name, a connection, and TLS around it.

use std::io;
use std::net::{IpAddr, SocketAddr};
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

/// Where connections may lead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// To any address.
    Anywhere,
    /// To addresses of the internet alone: not to this machine, nor to a network of its own, whose servers take what comes from here for
    /// something of theirs. What a name leads to is looked at and then called, so that it cannot lead elsewhere in between.
    #[default]
    Internet,
}

impl Reach {
    fn allows(self, address: IpAddr) -> bool {
        self == Self::Anywhere || is_public(address)
    }
}

/// Whether an address is one of the internet (RFC 6890), as far as it can be read off it.
fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [first, second, third, _] = address.octets();
            let is_special = address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_documentation()
                || address.is_multicast();
            let is_shared = first == 100 && (64..128).contains(&second);
            let is_tested = first == 198 && (second == 18 || second == 19);
            let is_protocols = (first, second, third) == (192, 0, 0);
            !(is_special || is_shared || is_tested || is_protocols || first == 0 || first >= 240)
        }
        IpAddr::V6(address) => {
            let segments = address.segments();
            let embedded = |high: u16, low: u16| {
                let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
                is_public(IpAddr::V4([a, b, c, d].into()))
            };
            match segments {
                // What carries an address of the fourth version within leads there.
                [0x0064, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
                [0x2002, high, low, ..] => embedded(high, low),
                [0x2001, 0x0db8 | 0x0000, ..] => false,
                // Only these are given out; all others are of this machine, a network of its own, or of nobody yet.
                [first, ..] => (0x2000..0x4000).contains(&first),
            }
        }
    }
}

/// Finds `host` and connects to it, trying its addresses in turn.
pub(crate) async fn call(host: &str, port: u16, reach: Reach, limits: &Limits) -> Result<TcpStream, Fault> {
    let host = host.trim().trim_matches(['[', ']']);
    let unknown = || Fault::new(Stage::Find, Kind::NameUnknown);
    if host.is_empty() {
        return Err(unknown());
    }
    let found = timeout(limits.connect, tokio::net::lookup_host((host, port))).await;
    let found = found.map_err(|_| Fault::new(Stage::Find, Kind::Silent))?.map_err(|error| not_found(&error))?;
    let mut addresses: Vec<SocketAddr> = found.take(ADDRESSES_MAX).collect();
    let is_known = !addresses.is_empty();
    addresses.retain(|address| reach.allows(address.ip()));
    if is_known && addresses.is_empty() {
        return Err(Fault::new(Stage::Find, Kind::NotPublic));
    }
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
    fn only_addresses_of_the_internet_are_public() {
        for public in ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "64:ff9b::1.1.1.1", "::ffff:1.1.1.1"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for private in [
            "127.0.0.1",
            "10.0.0.1",
            "172.16.5.4",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "203.0.113.7",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "::127.0.0.1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
    }

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
