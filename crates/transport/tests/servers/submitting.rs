//! Submitting to Postfix, and finding it in Dovecot.

use std::time::Duration;

use transport::imap::{Since, What};
use transport::smtp::{Connection, Mail, Pool, Refusal};
use transport::{Kind, Limits, Login, Secret, Security, Stage};

use crate::place::{Door, given, inbox, server};

const MARIA: &str = "maria@acme.example";

fn to(recipients: &[&str]) -> Vec<String> {
    recipients.iter().map(|recipient| (*recipient).to_owned()).collect()
}

/// The next mail that comes to `user`, once it is there.
async fn arrived(user: &str, nth: usize) -> Vec<u8> {
    let mut session = inbox(user, Since::Everything).await.unwrap();
    let mut mails = Vec::new();
    loop {
        while let Some(fetched) = session.next().await.unwrap() {
            match fetched.what {
                What::Mail(raw) => mails.push(raw),
                other => panic!("{other:?}"),
            }
        }
        if let Some(raw) = mails.get(nth) {
            return raw.clone();
        }
        session.wait(Duration::from_secs(20)).await.unwrap();
    }
}

fn body(raw: &[u8]) -> &[u8] {
    let end = raw.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    &raw[end + 4..]
}

#[tokio::test]
async fn a_mail_goes_by_each_door_and_arrives_as_it_left() {
    for (door, name) in [(Door::SubmissionTls, "tls"), (Door::SubmissionStartTls, "starttls")] {
        let Some(server) = server(door, MARIA) else { return };
        let pool = Pool::new(server, Limits::default());
        let user = format!("{name}@desk.example");
        let recipients = to(&[&user]);
        let text = ".dots\r\n..more\r\n.\r\nOlá\r\n".repeat(2000);
        let raw = format!(
            "From: {MARIA}\r\nTo: {user}\r\nSubject: hello\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}"
        );
        pool.submit(&Mail { sender: MARIA, recipients: &recipients, raw: raw.as_bytes() }).await.unwrap();
        assert_eq!(body(&arrived(&user, 0).await), text.as_bytes(), "{door:?}");
    }
}

#[tokio::test]
async fn refusals_are_told_apart_and_cost_no_connection() {
    let Some(server) = server(Door::SubmissionTls, MARIA) else { return };
    let pool = Pool::new(server, Limits::default());
    let raw = b"Subject: x\r\n\r\ny\r\n";
    let submit =
        async |sender: &str, recipients: &[&str]| pool.submit(&Mail { sender, recipients: &to(recipients), raw }).await;
    let Err(Refusal::Never(fault)) = submit(MARIA, &["somebody@desk.example", "nobody@desk.example"]).await else {
        panic!("a recipient that is none was taken")
    };
    assert_eq!((fault.stage, &fault.kind), (Stage::Recipient, &Kind::RecipientRefused), "{fault}");
    assert!(fault.said.as_deref().unwrap().starts_with("550 5.1.1 <nobody@desk.example>"), "{fault}");
    let Err(Refusal::Never(fault)) = submit("bo@acme.example", &["somebody@desk.example"]).await else {
        panic!("a sender that is somebody else was taken")
    };
    assert!(fault.said.as_deref().unwrap().contains("not owned by user maria@acme.example"), "{fault}");
    submit("maria+tag@acme.example", &["somebody@desk.example"]).await.unwrap();
    assert_eq!(body(&arrived("somebody@desk.example", 0).await), b"y\r\n", "what was refused did not arrive");
}

#[tokio::test]
async fn a_mail_beyond_the_servers_limit_is_not_even_said() {
    let Some(server) = server(Door::SubmissionTls, MARIA) else { return };
    let mut connection = Connection::open(&server, &Limits::default()).await.unwrap();
    let recipients = to(&["large@acme.example"]);
    let raw = vec![b'x'; 60 << 20];
    let fault = connection.submit(&Mail { sender: MARIA, recipients: &recipients, raw: &raw }).await.unwrap_err();
    assert_eq!(fault.kind, Kind::Unfit("it is larger than the server takes"));
    connection.submit(&Mail { sender: MARIA, recipients: &recipients, raw: b"Subject: x\r\n\r\ny\r\n" }).await.unwrap();
}

#[tokio::test]
async fn an_address_of_another_script_goes_by_smtputf8() {
    let Some(server) = server(Door::SubmissionTls, MARIA) else { return };
    let pool = Pool::new(server, Limits::default());
    let recipients = to(&["jürgen@desk.example"]);
    pool.submit(&Mail { sender: MARIA, recipients: &recipients, raw: b"Subject: x\r\n\r\ny\r\n" }).await.unwrap();
}

#[tokio::test]
async fn a_wrong_password_means_later_and_none_at_all_is_told() {
    let Some(mut server) = server(Door::SubmissionStartTls, MARIA) else { return };
    let recipients = to(&["help@desk.example"]);
    let mail = Mail { sender: MARIA, recipients: &recipients, raw: b"Subject: x\r\n\r\ny\r\n" };
    server.login = Some(Login::Password { user: MARIA.to_owned(), password: Secret::new("hunter2") });
    let Err(Refusal::Later(fault)) = Pool::new(server.clone(), Limits::default()).submit(&mail).await else {
        panic!("a wrong password is the desk's fault, not the mail's")
    };
    assert_eq!((fault.stage, &fault.kind), (Stage::SignIn, &Kind::LoginRefused), "{fault}");
    assert!(fault.said.as_deref().unwrap().starts_with("535 "), "{fault}");
    server.login = None;
    assert!(Pool::new(server, Limits::default()).submit(&mail).await.is_err());
}

#[tokio::test]
async fn no_password_is_said_where_starttls_is_not_offered() {
    // The port for TLS from the first byte, spoken to as if it were the other one, and the other way round.
    let Some(mut server) = server(Door::SubmissionTls, MARIA) else { return };
    let limits = Limits { step: Duration::from_secs(2), connect: Duration::from_secs(2), ..Limits::default() };
    server.security = Security::StartTls;
    assert_eq!(Connection::open(&server, &limits).await.unwrap_err().kind, Kind::Silent);
    let other = crate::place::server(Door::SubmissionStartTls, MARIA).unwrap();
    server.security = Security::Tls;
    server.port = other.port;
    assert_eq!(Connection::open(&server, &limits).await.unwrap_err().kind, Kind::NoTls);
}

#[tokio::test]
async fn a_token_signs_in_and_a_stale_one_is_told() {
    let Some(mut server) = server(Door::SubmissionTls, "token@desk.example") else { return };
    let mut with = |variable: &str| {
        let access_token = Secret::new(given(variable).unwrap());
        server.login = Some(Login::OAuth2 { user: "token@desk.example".to_owned(), access_token });
        server.clone()
    };
    let mut connection = Connection::open(&with("DESKHAND_TEST_MAIL_TOKEN"), &Limits::default()).await.unwrap();
    connection.probe("token@desk.example", MARIA).await.unwrap();
    let fault = Connection::open(&with("DESKHAND_TEST_MAIL_STALE_TOKEN"), &Limits::default()).await.unwrap_err();
    assert_eq!((fault.stage, &fault.kind), (Stage::SignIn, &Kind::LoginRefused), "{fault}");
    assert!(fault.said.as_deref().unwrap().starts_with("status 401"), "{fault}");
}
