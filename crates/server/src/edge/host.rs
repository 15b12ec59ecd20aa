//! The demo lets anybody in who can reach it, so it answers only to names of this machine: a page elsewhere that points its own
//! name at 127.0.0.1 (DNS rebinding) is turned away.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::HOST;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Problem;

/// Answers only requests whose `Host` is this machine's own name.
pub async fn only_this_machine(request: Request, next: Next) -> Response {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    if host.is_none_or(is_this_machine) {
        return next.run(request).await;
    }
    let detail = "The demo answers only on this machine, as localhost or 127.0.0.1.";
    Problem::new(StatusCode::MISDIRECTED_REQUEST, "other-host", detail).into_response()
}

fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine_are_let_in_and_others_are_not() {
        for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:8080", "127.0.0.1", "[::1]:8080"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["desk.example", "127.0.0.1.desk.example:8080", "localhost.desk.example", "10.0.0.1", ""] {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
