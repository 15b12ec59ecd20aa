//! Tokens for XOAUTH2: a durable grant is exchanged for a token that lasts about an hour (RFC 6749, section 6).

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use crate::fault::{Fault, Kind, Stage};
use crate::http::{Answer, Request};
use crate::wire::in_time;
use crate::{Limits, Secret, Trust, http};

/// How long a token is taken to be good when the place does not say.
const LASTS_UNLESS_SAID: u64 = 300;
/// The longest that is believed.
const LASTS_MAX: u64 = 24 * 3600;

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
#[derive(Clone, Debug, PartialEq, Eq)]
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
/// [`Kind::GrantRefused`] when the grant is no longer good and its owner has to sign in again; [`Kind::Refused`] when the place does
/// not know the program or what it asks for; [`Kind::BadEndpoint`] when its address is none; otherwise what was wrong on the way,
/// which may pass.
pub async fn refresh(grant: &Grant, trust: &Trust, limits: &Limits) -> Result<Token, Fault> {
    let silent = Fault::new(Stage::Token, Kind::Silent);
    let (form, kind) = (form(grant), "application/x-www-form-urlencoded");
    let request = Request { address: &grant.endpoint, kind, headers: &[], body: form.as_bytes() };
    let posting = http::post(&request, Stage::Token, trust, limits);
    let Answer { status, body } = in_time(limits.command, silent, posting).await?;
    if status == 200 { token(&body) } else { Err(refusal(status, &body)) }
}

/// What is asked.
fn form(grant: &Grant) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("grant_type", "refresh_token");
    form.append_pair("refresh_token", grant.refresh_token.expose());
    form.append_pair("client_id", &grant.client_id);
    if let Some(secret) = &grant.client_secret {
        form.append_pair("client_secret", secret.expose());
    }
    if let Some(scope) = &grant.scope {
        form.append_pair("scope", scope);
    }
    form.finish()
}

/// What a token comes in (RFC 6749, section 5.1).
#[derive(Deserialize)]
struct Given {
    access_token: String,
    /// A number; some places write it as a text.
    expires_in: Option<Value>,
    refresh_token: Option<String>,
}

fn token(body: &[u8]) -> Result<Token, Fault> {
    let given: Given = serde_json::from_slice(body).map_err(|_| Fault::new(Stage::Token, Kind::Garbled))?;
    let seconds = match &given.expires_in {
        Some(Value::Number(seconds)) => seconds.as_u64(),
        Some(Value::String(seconds)) => seconds.parse().ok(),
        _ => None,
    };
    Ok(Token {
        access_token: Secret::new(given.access_token),
        lasts: Duration::from_secs(seconds.unwrap_or(LASTS_UNLESS_SAID).min(LASTS_MAX)),
        refresh_token: given.refresh_token.map(Secret::new),
    })
}

/// What a refusal comes in (RFC 6749, section 5.2).
#[derive(Deserialize)]
struct Refused {
    error: String,
    error_description: Option<String>,
}

fn refusal(status: u16, body: &[u8]) -> Fault {
    let told = serde_json::from_slice::<Refused>(body).ok();
    let kind = match (status, told.as_ref().map(|told| told.error.as_str())) {
        (429 | 500..=599, _) | (_, Some("temporarily_unavailable" | "server_error")) => Kind::NotNow,
        (_, Some("invalid_grant" | "interaction_required" | "login_required" | "consent_required")) => {
            Kind::GrantRefused
        }
        _ => Kind::Refused,
    };
    let words = match told {
        Some(Refused { error, error_description: Some(description) }) => format!("{error}: {description}"),
        Some(Refused { error, error_description: None }) => error,
        None => format!("status {status}"),
    };
    Fault::saying(Stage::Token, kind, words.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_lasts_as_long_as_it_is_said_to_in_a_number_or_in_words() {
        let lasts = |body: &str| token(body.as_bytes()).unwrap().lasts.as_secs();
        assert_eq!(lasts(r#"{"access_token": "a", "token_type": "Bearer", "expires_in": 3599}"#), 3599);
        assert_eq!(lasts(r#"{"access_token": "a", "expires_in": "3599"}"#), 3599);
        assert_eq!(lasts(r#"{"access_token": "a"}"#), 300);
        assert_eq!(lasts(r#"{"access_token": "a", "expires_in": 9999999999}"#), 86400);
        assert_eq!(token(b"<html>").unwrap_err().kind, Kind::Garbled);
    }

    #[test]
    fn a_grant_that_has_ended_is_told_from_what_passes_and_from_a_mistake_in_the_settings() {
        let kind = |status, body: &str| refusal(status, body.as_bytes()).kind;
        assert_eq!(kind(400, r#"{"error": "invalid_grant"}"#), Kind::GrantRefused);
        assert_eq!(kind(401, r#"{"error": "invalid_client"}"#), Kind::Refused);
        assert_eq!(kind(503, "busy"), Kind::NotNow);
        let told =
            refusal(400, br#"{"error": "invalid_grant", "error_description": "AADSTS700082: expired\r\nTrace"}"#);
        assert_eq!(told.said.as_deref(), Some("invalid_grant: AADSTS700082: expired Trace"));
    }
}
