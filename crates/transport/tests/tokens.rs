//! Getting tokens from a place that answers in each of the ways that HTTP has, and in some that it has not.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use transport::oauth::{Grant, Token, refresh};
use transport::{Fault, Kind, Limits, Secret, Stage, Trust};

const TOKEN: &str = r#"{"access_token": "fresh", "expires_in": 3599, "refresh_token": "next"}"#;

/// Asks a place that answers so; gives what came of it and what the place was asked.
async fn asked(answer: String) -> (Result<Token, Fault>, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/common/token", listener.local_addr().unwrap());
    let place = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = String::new();
        while !request.contains("refresh_token=") || !request.ends_with("mail") {
            let mut bytes = [0; 4096];
            let read = stream.read(&mut bytes).await.unwrap();
            request.push_str(std::str::from_utf8(&bytes[..read]).unwrap());
        }
        // Who has heard enough goes away before all is said.
        let _ = stream.write_all(answer.as_bytes()).await;
        request
    });
    let grant = Grant {
        endpoint,
        client_id: "desk".to_owned(),
        client_secret: Some(Secret::new("a&b")),
        refresh_token: Secret::new("grant+1"),
        scope: Some("mail".to_owned()),
    };
    let limits = Limits { step: Duration::from_millis(500), ..Limits::default() };
    let outcome = refresh(&grant, &Trust::platform(), &limits).await;
    (outcome, place.await.unwrap())
}

#[tokio::test]
async fn a_token_is_had_however_its_answer_is_framed() {
    let chunks = format!("{:x}\r\n{}\r\n{:x};x=y\r\n{}\r\n0\r\n\r\n", 10, &TOKEN[..10], TOKEN.len() - 10, &TOKEN[10..]);
    for answer in [
        format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{TOKEN}", TOKEN.len()),
        format!("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}"),
        format!("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{TOKEN}"),
    ] {
        let (outcome, request) = asked(answer).await;
        let token = outcome.unwrap();
        assert_eq!((token.access_token, token.lasts), (Secret::new("fresh"), Duration::from_secs(3599)));
        assert_eq!(token.refresh_token, Some(Secret::new("next")));
        assert!(request.starts_with("POST /common/token HTTP/1.1\r\nHost: 127.0.0.1:"), "{request}");
        let form = "grant_type=refresh_token&refresh_token=grant%2B1&client_id=desk&client_secret=a%26b&scope=mail";
        assert!(request.ends_with(&format!("\r\n\r\n{form}")), "{request}");
    }
}

#[tokio::test]
async fn whatever_else_is_answered_is_a_fault_within_bounds() {
    let endless = "x".repeat(1 << 20);
    for (answer, kind) in [
        ("HTTP/1.1 400 Bad Request\r\n\r\n{\"error\": \"invalid_grant\"}".to_owned(), Kind::GrantRefused),
        ("HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\n\r\n".to_owned(), Kind::Refused),
        ("HTTP/1.1 502 Bad Gateway\r\n\r\n".to_owned(), Kind::NotNow),
        ("HTTP/1.1 200 OK\r\n\r\n<html>".to_owned(), Kind::Garbled),
        ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".to_owned(), Kind::Endless),
        ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n".to_owned(), Kind::Garbled),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n".to_owned(), Kind::Garbled),
        (format!("HTTP/1.1 200 OK\r\n\r\n{endless}"), Kind::Endless),
        (format!("HTTP/1.1 200 OK\r\nX: {endless}"), Kind::Endless),
        ("* OK IMAP4rev1 here\r\n".to_owned(), Kind::Garbled),
        (String::new(), Kind::Dropped),
    ] {
        let told: String = answer.chars().take(60).collect();
        let fault = asked(answer).await.0.unwrap_err();
        assert_eq!((fault.stage, &fault.kind), (Stage::Token, &kind), "{told}");
        assert!(!fault.to_string().contains("grant+1"), "{fault}");
    }
}
