//! What the test button says, on the way in and on the way out.

use transport::imap::{After, Watch};
use transport::trial::{self, Report};
use transport::{Kind, Limits, Login, Secret, Security, Stage};

use crate::place::{Door, inbox, server};

fn fault(report: &Report) -> (Stage, &Kind) {
    let fault = report.fault.as_ref().unwrap();
    (fault.stage, &fault.kind)
}

#[tokio::test]
async fn a_mailbox_that_is_in_order_is_told_step_by_step() {
    let user = "trial@desk.example";
    let Some(server) = server(Door::ImapStartTls, user) else { return };
    let report = trial::incoming(&server, &Watch::default(), &Limits::default()).await;
    assert!(report.is_well(), "{report:?}");
    let steps = [Stage::Find, Stage::Connect, Stage::Greet, Stage::Protect, Stage::SignIn, Stage::Folder];
    assert_eq!(report.passed, steps);
    assert_eq!((report.found.mails, report.found.tells_at_once), (Some(0), Some(true)));
    assert!(report.found.folders.iter().any(|folder| folder.name == "INBOX"));
    let Some(server) = crate::place::server(Door::SubmissionTls, user) else { return };
    let report = trial::outgoing(&server, user, &Limits::default()).await;
    assert!(report.is_well(), "{report:?}");
    assert_eq!(report.passed.last(), Some(&Stage::Recipient));
    let mut session = inbox(user, transport::imap::Since::Everything).await.unwrap();
    assert_eq!(session.next().await.unwrap(), None, "no mail was sent by it");
}

#[tokio::test]
async fn each_thing_that_can_be_wrong_on_the_way_in_is_told_apart() {
    let Some(good) = server(Door::ImapTls, "wrongs@desk.example") else { return };
    let limits = Limits {
        connect: std::time::Duration::from_secs(3),
        step: std::time::Duration::from_secs(3),
        ..Limits::default()
    };
    let tried = async |change: &dyn Fn(&mut transport::Server), watch: Watch| {
        let mut server = good.clone();
        change(&mut server);
        trial::incoming(&server, &watch, &limits).await
    };
    let report = tried(&|server| server.host = "mail.nowhere.invalid".to_owned(), Watch::default()).await;
    assert!(
        matches!(fault(&report), (Stage::Find, Kind::NameUnknown | Kind::Unreachable | Kind::Silent)),
        "{report:?}"
    );
    assert_eq!(report.passed, []);

    let report = tried(&|server| server.port = 1, Watch::default()).await;
    assert_eq!(fault(&report), (Stage::Connect, &Kind::NobodyListens));

    let plain_port = server(Door::ImapPlain, "x").unwrap().port;
    let report = tried(&|server| server.port = plain_port, Watch::default()).await;
    assert_eq!(fault(&report), (Stage::Protect, &Kind::NoTls));

    let report = tried(&|server| server.security = Security::StartTls, Watch::default()).await;
    assert_eq!(fault(&report), (Stage::Greet, &Kind::Silent), "the port for TLS waits for it");

    let wrong = Login::Password { user: "wrongs@desk.example".to_owned(), password: Secret::new("x") };
    let report = tried(&|server| server.login = Some(wrong.clone()), Watch::default()).await;
    assert_eq!(fault(&report), (Stage::SignIn, &Kind::LoginRefused));
    assert_eq!(report.passed, [Stage::Find, Stage::Connect, Stage::Protect, Stage::Greet]);

    let report = tried(&|_| {}, Watch { folder: "Kunden".to_owned(), after: After::Leave }).await;
    assert_eq!(fault(&report), (Stage::Folder, &Kind::NoFolder));
    assert!(report.found.folders.iter().any(|folder| folder.name == "Done"), "{report:?}");

    let away = Watch { after: After::Move { folder: "Kunden".to_owned() }, ..Watch::default() };
    let report = tried(&|_| {}, away).await;
    assert_eq!(fault(&report), (Stage::Settle, &Kind::NoFolder));
    assert!(report.passed.contains(&Stage::Folder));

    // Each has words for somebody who has never heard of it.
    let fault = report.fault.unwrap();
    assert!(!fault.advice().is_empty() && fault.code() == "no-folder");
}

#[tokio::test]
async fn who_may_not_send_as_an_address_is_told_before_the_first_mail() {
    let Some(server) = server(Door::SubmissionStartTls, "trial@desk.example") else { return };
    let report = trial::outgoing(&server, "ceo@desk.example", &Limits::default()).await;
    let fault = report.fault.unwrap();
    assert!(fault.said.as_deref().unwrap().contains("not owned by user"), "{fault}");
    assert_eq!(fault.kind, Kind::SenderRefused);
    assert!(report.passed.contains(&Stage::SignIn));
}
