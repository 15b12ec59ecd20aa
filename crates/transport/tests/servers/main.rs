//! Against a real Dovecot and a real Postfix, with TLS: `scripts/with-mail-servers` starts them and says where they are.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod certificates;
mod fetching;
mod place;
mod submitting;
mod trials;
