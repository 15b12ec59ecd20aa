//! Tokens for XOAUTH2: a durable grant is exchanged for a token that lasts about an hour (RFC 6749, section 6).

use std::time::Duration;

use crate::{Fault, Limits, Secret, Trust};

/// What a mailbox's owner granted, and to which program.
#[derive(Clone, Debug)]
pub struct Grant {
    /// Where tokens are had: an `https:` address, or `http:` on this machine.
    pub endpoint: String,
    /// The program's name at that place.
    pub client_id: String,
    /// The program's own password there, if it has one.
    pub client_secret: Option<Secret>,
    /// The grant itself.
    pub refresh_token: Secret,
    /// What the token should be good for, if the place wants to hear it.
    pub scope: Option<String>,
}

/// A token, and for how long it is good.
#[derive(Clone, Debug)]
pub struct Token {
    /// For [`crate::Login::OAuth2`].
    pub access_token: Secret,
    /// From now on; get another one a little before.
    pub lasts: Duration,
    /// Replaces the grant's own, when the place gives grants that are good for once.
    pub refresh_token: Option<Secret>,
}

/// Gets a token for a grant.
///
/// # Errors
/// [`crate::Kind::GrantRefused`] when the grant is no longer good and its owner has to sign in again; otherwise what was wrong on the
/// way, which may pass.
pub async fn refresh(_grant: &Grant, _trust: &Trust, _limits: &Limits) -> Result<Token, Fault> {
    todo!()
}
