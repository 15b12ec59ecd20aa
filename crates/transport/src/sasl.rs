//! What is said to sign in (RFC 4422), encoded as IMAP and SMTP want it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use crate::Secret;

/// SASL PLAIN (RFC 4616).
pub(crate) fn plain(user: &str, password: &Secret) -> String {
    STANDARD.encode(format!("\0{user}\0{}", password.expose()))
}

/// SASL XOAUTH2, as the large providers describe it.
pub(crate) fn xoauth2(user: &str, token: &Secret) -> String {
    STANDARD.encode(format!("user={user}\x01auth=Bearer {}\x01\x01", token.expose()))
}

/// One value by itself, as the mechanism LOGIN wants it.
pub(crate) fn alone(value: &str) -> String {
    STANDARD.encode(value)
}

/// What a server says of a token that it does not take: JSON in base64.
#[derive(Deserialize)]
struct NoToken {
    status: Option<serde_json::Value>,
    #[serde(default)]
    error: Option<String>,
    #[serde(default)]
    error_description: Option<String>,
}

/// The words of a challenge: decoded if they are what is said of a token, as they stand otherwise.
pub(crate) fn challenge(text: &[u8]) -> Vec<u8> {
    let Ok(decoded) = STANDARD.decode(text.trim_ascii()) else { return text.to_vec() };
    let Ok(said) = serde_json::from_slice::<NoToken>(&decoded) else { return decoded };
    let status = match said.status {
        Some(serde_json::Value::String(status)) => Some(status),
        Some(serde_json::Value::Number(status)) => Some(status.to_string()),
        _ => None,
    };
    let status = status.map(|status| match status.as_str() {
        "400" => "status 400, the token cannot be read or is for another purpose".to_owned(),
        "401" | "invalid_token" => format!("status {status}, the token is not good or not good any more"),
        "403" | "insufficient_scope" => format!("status {status}, the token does not allow this"),
        _ => format!("status {status}"),
    });
    let parts: Vec<String> = [status, said.error, said.error_description].into_iter().flatten().collect();
    if parts.is_empty() { decoded } else { parts.join(", ").into_bytes() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_and_tokens_are_encoded_as_their_mechanisms_want_them() {
        assert_eq!(plain("tim", &Secret::new("tanstaaftanstaaf")), "AHRpbQB0YW5zdGFhZnRhbnN0YWFm");
        let told = STANDARD.decode(xoauth2("bo@acme.example", &Secret::new("t"))).unwrap();
        assert_eq!(told, b"user=bo@acme.example\x01auth=Bearer t\x01\x01");
    }

    #[test]
    fn what_is_said_of_a_token_becomes_words() {
        let told = |json: &str| String::from_utf8(challenge(STANDARD.encode(json).as_bytes())).unwrap();
        assert_eq!(
            told(r#"{"status":"401","schemes":"bearer","scope":"https://mail.example/"}"#),
            "status 401, the token is not good or not good any more"
        );
        assert_eq!(told(r#"{"status":503,"error":"busy"}"#), "status 503, busy");
        assert_eq!(told("no JSON"), "no JSON");
        assert_eq!(challenge(b"!!"), b"!!");
    }
}
