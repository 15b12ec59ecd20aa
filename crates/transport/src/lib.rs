//! Speaks to mail servers: fetches by IMAP (RFC 3501, RFC 9051), submits by SMTP (RFC 5321, RFC 6409), both with TLS, posts to the web, and says what
//! is wrong in words that somebody can act on. Knows neither the desk nor its tickets, and keeps nothing: what has to outlast a
//! process, like a [`imap::Cursor`], is the caller's.
//!
//! A server is not believed: whatever it says, each step ends in its time and takes no more memory than [`Limits`] allow. A password
//! travels protected or not at all.

mod dial;
mod fault;
pub mod http;
pub mod imap;
pub mod oauth;
mod sasl;
mod secret;
mod server;
pub mod smtp;
pub mod trial;
mod trust;
mod wire;
mod words;

pub use dial::Reach;
pub use fault::{Fault, Kind, Stage};
pub use secret::Secret;
pub use server::{Limits, Login, Security, Server};
pub use trust::{NoCertificate, Trust};

#[cfg(test)]
mod tests {
    use super::*;

    /// Compiles only if whatever waits for a server may be continued by another thread.
    #[test]
    fn waiting_for_a_server_is_no_matter_of_one_thread() {
        fn may_move<T: Send>(_: &T) {}
        let (trust, limits) = (Trust::platform(), Limits::default());
        let server = Server {
            host: "localhost".to_owned(),
            port: 1,
            security: Security::Tls,
            trust: trust.clone(),
            login: None,
        };
        let (watch, pool) = (imap::Watch::default(), smtp::Pool::new(server.clone(), limits));
        let mail = smtp::Mail { sender: "", recipients: &[], raw: b"" };
        let grant = oauth::Grant {
            endpoint: String::new(),
            client_id: String::new(),
            client_secret: None,
            refresh_token: Secret::new(""),
            scope: None,
        };
        may_move(&pool.submit(&mail));
        may_move(&trial::outgoing(&server, "", &limits));
        may_move(&trial::incoming(&server, &watch, &limits));
        may_move(&oauth::refresh(&grant, &trust, &limits));
        may_move(&async {
            let mut session = imap::Session::open(&server, &limits).await?;
            session.enter(&watch, imap::Since::Now).await?;
            session.next().await?;
            session.settle(1).await?;
            session.wait(limits.step).await
        });
    }
}
