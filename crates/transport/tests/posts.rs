//! Telling something to servers of the web that behave and to those that do not: each ends in its time, and no secret is taken elsewhere.

use std::time::Duration;

use sink::web::{Answer, WebSink};
use transport::http::{Request, Told, tell};
use transport::{Fault, Kind, Limits, Reach, Trust};

async fn told(sink: &WebSink, reach: Reach) -> Result<Told, Fault> {
    let limits = Limits { step: Duration::from_millis(300), command: Duration::from_secs(2), ..Limits::default() };
    let headers = [("TTL", "60")];
    let address = sink.url("/services/T0/secret?x=1");
    let request =
        Request { address: &address, kind: "application/json", headers: &headers, body: b"{\"text\": \"hi\"}" };
    tell(&request, reach, &Trust::platform(), &limits).await
}

#[tokio::test]
async fn what_is_told_arrives_whole_and_the_answer_says_when_to_come_again() {
    let sink = WebSink::open().await.unwrap();
    let busy = Answer::Status(429, vec!["Retry-After: 2.5".to_owned()], "{\"message\": \"slow\r\ndown\"}".to_owned());
    sink.answer([Answer::status(204), busy]);
    assert_eq!(told(&sink, Reach::Anywhere).await.unwrap(), Told { status: 204, retry_after: None, said: None });
    let answer = told(&sink, Reach::Anywhere).await.unwrap();
    assert_eq!((answer.status, answer.retry_after), (429, Some(Duration::from_secs(3))));
    assert_eq!(answer.said.as_deref(), Some("{\"message\": \"slow down\"}"));
    let posted = sink.posted();
    assert_eq!((posted.len(), posted[0].target.as_str()), (2, "/services/T0/secret?x=1"));
    assert_eq!(posted[0].body, b"{\"text\": \"hi\"}");
    assert!(posted[0].head.iter().any(|line| line == "TTL: 60"), "{posted:?}");
}

#[tokio::test]
async fn a_server_that_hangs_or_never_stops_costs_its_time_and_no_more() {
    let sink = WebSink::open().await.unwrap();
    sink.answer([Answer::Hang, Answer::Drop, Answer::Endless]);
    assert_eq!(told(&sink, Reach::Anywhere).await.unwrap_err().kind, Kind::Silent);
    assert_eq!(told(&sink, Reach::Anywhere).await.unwrap_err().kind, Kind::Dropped);
    assert_eq!(told(&sink, Reach::Anywhere).await.unwrap().status, 200, "what it took it took");
}

#[tokio::test]
async fn nothing_is_told_to_this_machine_unless_it_may_be_and_no_redirection_is_followed() {
    let sink = WebSink::open().await.unwrap();
    assert_eq!(told(&sink, Reach::Internet).await.unwrap_err().kind, Kind::NotPublic);
    assert_eq!(sink.posted().len(), 0);
    sink.answer([Answer::Status(307, vec![format!("Location: {}", sink.url("/elsewhere"))], String::new())]);
    assert_eq!(told(&sink, Reach::Anywhere).await.unwrap().status, 307);
    assert_eq!(sink.posted().len(), 1);
}

#[tokio::test]
async fn an_address_is_https_and_a_name_that_leads_inwards_is_refused() {
    let limits = Limits { connect: Duration::from_millis(500), ..Limits::default() };
    for (address, kind) in [
        ("http://hooks.slack.example/x", Kind::BadEndpoint),
        ("ftp://hooks.slack.example/x", Kind::BadEndpoint),
        ("https://localhost:1/x", Kind::NotPublic),
        ("https://127.0.0.1:1/x", Kind::NotPublic),
        ("https://[::1]:1/x", Kind::NotPublic),
        ("https://169.254.169.254/latest", Kind::NotPublic),
        ("https://[::ffff:10.0.0.1]/x", Kind::NotPublic),
        ("https://2130706433/x", Kind::NotPublic),
        ("https://0x7f.1/x", Kind::NotPublic),
    ] {
        let request = Request { address, kind: "application/json", headers: &[], body: b"{}" };
        let fault = tell(&request, Reach::Internet, &Trust::platform(), &limits).await.unwrap_err();
        let is_unknown = matches!(fault.kind, Kind::NameUnknown | Kind::Unreachable) && address.contains("0x7f");
        assert!(fault.kind == kind || is_unknown, "{address}: {fault:?}");
    }
    let header = [("TTL", "1\r\nX: y")];
    let request = Request { address: "https://hooks.slack.example/x", kind: "a/b", headers: &header, body: b"" };
    let fault = tell(&request, Reach::Internet, &Trust::platform(), &limits).await.unwrap_err();
    assert_eq!(fault.kind, Kind::BadEndpoint);
}
