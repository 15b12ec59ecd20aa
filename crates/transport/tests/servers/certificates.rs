//! Servers whose certificates are not to be believed: nothing is said to them.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use transport::imap::Session;
use transport::{Kind, Limits, Login, Secret, Security, Server, Stage, Trust};

use crate::place::{given, trust};

/// A server that has a certificate and greets; it keeps what it is told.
async fn imposter(name: &str) -> (SocketAddr, Arc<Mutex<Vec<u8>>>) {
    let folder = given("DESKHAND_TEST_MAIL_CERTIFICATES").unwrap();
    let file = |ending: &str| Path::new(&folder).join(format!("{name}.{ending}"));
    let chain = CertificateDer::pem_file_iter(file("pem")).unwrap().map(Result::unwrap).collect();
    let key = PrivateKeyDer::from_pem_file(file("key")).unwrap();
    let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let acceptor = TlsAcceptor::from(Arc::new(builder.with_single_cert(chain, key).unwrap()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let kept = heard.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let _ = stream.write_all(b"* OK here\r\n").await;
            let mut bytes = [0; 1000];
            while let Ok(read @ 1..) = stream.read(&mut bytes).await {
                kept.lock().unwrap().extend_from_slice(&bytes[..read]);
            }
        }
    });
    (place, heard)
}

async fn refused(name: &str, host: &str, trust: Trust) -> Kind {
    let (place, heard) = imposter(name).await;
    let login = Login::Password { user: "help@desk.example".to_owned(), password: Secret::new("hunter2") };
    let server =
        Server { host: host.to_owned(), port: place.port(), security: Security::Tls, trust, login: Some(login) };
    let limits = Limits { step: Duration::from_secs(2), ..Limits::default() };
    let fault = Session::open(&server, &limits).await.unwrap_err();
    assert_eq!(fault.stage, Stage::Protect, "{fault}");
    assert!(fault.lasts(), "{fault}");
    assert_eq!(*heard.lock().unwrap(), b"", "nothing was said to {name}");
    fault.kind
}

#[tokio::test]
async fn certificates_of_others_are_refused_each_for_its_reason() {
    let Some(trust) = trust() else { return };
    assert_eq!(refused("expired", "localhost", trust.clone()).await, Kind::Expired);
    let names = vec!["mail.acme.example".to_owned()];
    assert_eq!(refused("elsewhere", "localhost", trust.clone()).await, Kind::WrongName(names));
    assert_eq!(refused("alone", "localhost", trust.clone()).await, Kind::NotVouchedFor);
    assert_eq!(refused("server", "localhost", Trust::platform()).await, Kind::NotVouchedFor, "without its authority");
}
