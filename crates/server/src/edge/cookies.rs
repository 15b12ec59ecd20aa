//! Cookies of this desk (RFC 6265): what a browser is to keep, and what it brought.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

use crate::state::App;

/// Put before the name of a private cookie where browsers come by TLS: then no other host and no plain connection can set it
/// (RFC 6265bis, section 4.1.3.2).
const HOST_PREFIX: &str = "__Host-";

/// The value of a cookie (RFC 6265, section 4.2).
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// The value of a private cookie: under its prefixed name alone where browsers come by TLS, so that nobody who can set an ordinary
/// cookie for a neighbouring host has it taken for ours.
pub fn private<'a>(app: &App, headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    if is_secure(app) { cookie(headers, &format!("{HOST_PREFIX}{name}")) } else { cookie(headers, name) }
}

/// A private cookie: for this desk alone and for no script. With `max_age` (in seconds) it outlives the browser; 0 removes it. The
/// value must need no quoting.
pub fn set_private(app: &App, name: &str, value: &str, max_age: Option<i64>) -> HeaderValue {
    let (prefix, secure) = if is_secure(app) { (HOST_PREFIX, "; Secure") } else { ("", "") };
    let age = max_age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    HeaderValue::from_str(&format!("{prefix}{name}={value}; Path=/; SameSite=Lax; HttpOnly{secure}{age}"))
        .unwrap_or_else(|_| HeaderValue::from_static("refused=1; Max-Age=0"))
}

/// Whether browsers come by TLS. The desk is told so; what a request says of it could be anybody's word.
fn is_secure(app: &App) -> bool {
    app.desk.ground.settings.public_url.as_ref().is_some_and(desk::settings::PublicUrl::is_secure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let headers = HeaderMap::from_iter([(COOKIE, "not_act_as=1; act_as=42; theme=dark".parse().unwrap())]);
        assert_eq!(cookie(&headers, "act_as"), Some("42"));
        assert_eq!(cookie(&headers, "theme"), Some("dark"));
        assert_eq!(cookie(&headers, "as"), None);
    }
}
