//! What the machine does to a desk: disks that are full, a log that nobody takes, a clock that is set, a stop under load, and
//! input beyond all bounds. Nothing is accepted and then lost, and the desk recovers by itself.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a failed expectation is a failed test")]

mod bounds;
mod clock;
mod disk;
mod log;
mod stopping;

#[path = "../running/mod.rs"]
mod running;

use std::net::SocketAddr;

use running::ask::{Answer, Request};
use running::place::client;
use running::{Place, Running};
use serde_json::json;
use store::{Db, sql};

/// A mail to the desk that no other is like.
fn mail(mark: &str) -> String {
    format!("From: Rui <rui@outside.example>\r\nTo: help@desk.example\r\nSubject: A question\r\n\r\n{mark}\r\n")
}

/// A mail with an attachment of so many bytes.
fn mail_with_attachment(mark: &str, bytes: usize) -> String {
    format!(
        "From: Rui <rui@outside.example>\r\nTo: help@desk.example\r\nSubject: A file\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=part\r\n\r\n--part\r\n\r\n{mark}\r\n--part\r\n\
         Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=a.bin\r\n\r\n{}\r\n--part--\r\n",
        "x".repeat(bytes)
    )
}

/// A submission of the first client, under `key`.
fn form(key: &str) -> Request {
    let body = json!({"from": {"email": client(0)}, "answers": {"documents": 1, "details": "A new logo"}});
    Request::post("/api/v1/forms/document-survey/submissions", &body).with("Idempotency-Key", key)
}

/// A desk that serves, its mail going nowhere.
async fn serving(place: &Place) -> (Running, SocketAddr) {
    let mut running = Running::start(place.serve("smtp://127.0.0.1:9"));
    let address = running.address().await.unwrap_or_else(|| panic!("it does not listen\n{}", place.said()));
    (running, address)
}

/// Asks until the answer is a good one, and says how often it was not.
async fn asked_until_taken(address: SocketAddr, request: &Request) -> (Answer, usize) {
    for refused in 0..200 {
        match request.send(address).await {
            Ok(answer) if answer.status < 300 => return (answer, refused),
            Ok(answer) => assert_eq!(answer.status, 503, "{answer:?}"),
            Err(error) => panic!("{request}: {error}"),
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{request} was never taken");
}

async fn count(place: &Place, text: &'static str) -> i64 {
    let db = Db::open(place.location()).await.unwrap();
    let count = sql(text).one(&mut db.read().await.unwrap()).await.unwrap().get("count").unwrap();
    db.close().await;
    count
}
