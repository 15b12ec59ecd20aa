//! Fetching from Dovecot.

use std::os::unix::fs::MetadataExt;
use std::time::Duration;

use transport::imap::{After, Cursor, Fetched, News, Session, Since, Watch, What};
use transport::{Fault, Kind, Limits, Login, Secret, Stage};

use crate::place::{Door, given, inbox, maildir, put, server};

fn mail(subject: &str) -> Vec<u8> {
    format!("From: maria@acme.example\r\nSubject: {subject}\r\n\r\nOlá\r\n").into_bytes()
}

async fn all(session: &mut Session) -> Vec<Fetched> {
    let mut fetched = Vec::new();
    while let Some(next) = session.next().await.unwrap() {
        fetched.push(next);
    }
    fetched
}

async fn open(door: Door, user: &str) -> Option<Result<Session, Fault>> {
    Some(Session::open(&server(door, user)?, &Limits::default()).await)
}

#[tokio::test]
async fn it_is_signed_in_to_by_each_door() {
    for door in [Door::ImapTls, Door::ImapStartTls, Door::ImapPlain] {
        let Some(session) = open(door, "doors@desk.example").await else { return };
        let mut session = session.unwrap_or_else(|fault| panic!("{door:?}: {fault}"));
        let folders = session.folders().await.unwrap();
        let trash = folders.iter().find(|folder| folder.name == "Trash").unwrap();
        assert_eq!(trash.purpose.as_deref(), Some("Trash"));
        assert!(session.tells_at_once());
        session.close().await;
    }
}

#[tokio::test]
async fn a_mail_comes_as_it_is_and_stays_unread() {
    let user = "unread@desk.example";
    let Some(mut session) = inbox(user, Since::Everything).await else { return };
    put(user, "one", &mail("one"));
    assert_eq!(session.wait(Duration::from_secs(20)).await.unwrap(), News::Arrived);
    let fetched = all(&mut session).await;
    // Dovecot keeps lines with their CRLF where they come with it.
    assert_eq!(fetched.iter().map(|fetched| &fetched.what).collect::<Vec<_>>(), [&What::Mail(mail("one"))]);
    assert!(fetched[0].received_at.is_some());
    session.settle(fetched[0].uid).await.unwrap();
    session.close().await;
    let names = |folder: &str| std::fs::read_dir(maildir(user).unwrap().join(folder)).unwrap().count();
    assert_eq!((names("new"), names("cur")), (1, 0), "nobody has even looked at it");
}

#[tokio::test]
async fn mails_that_come_while_it_idles_are_told_within_seconds() {
    let user = "idle@desk.example";
    let Some(mut session) = inbox(user, Since::Everything).await else { return };
    for round in 0..3 {
        assert_eq!(all(&mut session).await, []);
        let delivery = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            put(user, &format!("round{round}"), &mail("round"));
        };
        let (news, ()) = tokio::join!(session.wait(Duration::from_secs(20)), delivery);
        assert_eq!(news.unwrap(), News::Arrived);
        assert_eq!(all(&mut session).await.len(), 1);
    }
    assert_eq!(session.wait(Duration::from_millis(300)).await.unwrap(), News::Nothing);
}

#[tokio::test]
async fn many_mails_are_fetched_once_over_many_sessions() {
    let user = "many@desk.example";
    let Some(session) = inbox(user, Since::Everything).await else { return };
    (0..300).for_each(|number| put(user, &format!("mail{number:03}"), &mail(&number.to_string())));
    let (mut stored, mut seen) = (session.cursor().unwrap(), Vec::new());
    for _ in 0..3 {
        // Each session ends in the middle of it, as if the connection had been cut.
        let mut session = inbox(user, Since::Cursor(stored)).await.unwrap();
        for _ in 0..90 {
            let fetched = session.next().await.unwrap().unwrap();
            stored = fetched.cursor;
            seen.push(fetched.uid);
        }
    }
    seen.extend(all(&mut inbox(user, Since::Cursor(stored)).await.unwrap()).await.iter().map(|fetched| fetched.uid));
    assert_eq!(seen, (1..=300).collect::<Vec<u32>>());
}

#[tokio::test]
async fn who_deletes_while_it_is_fetched_holds_up_nothing() {
    let user = "deleted@desk.example";
    let Some(mut session) = inbox(user, Since::Everything).await else { return };
    (0..5).for_each(|number| put(user, &format!("mail{number}"), &mail(&number.to_string())));
    assert_eq!(session.next().await.unwrap().unwrap().uid, 1);
    let delete = Watch { after: After::Delete, ..Watch::default() };
    let mut other = Session::open(&server(Door::ImapTls, user).unwrap(), &Limits::default()).await.unwrap();
    other.enter(&delete, Since::Everything).await.unwrap();
    while let Some(fetched) = other.next().await.unwrap() {
        if fetched.uid == 3 {
            other.settle(3).await.unwrap();
        }
    }
    let rest = all(&mut session).await;
    let told: Vec<(u32, bool)> = rest.iter().map(|fetched| (fetched.uid, fetched.what == What::Gone)).collect();
    assert_eq!(told, [(2, false), (3, true), (4, false), (5, false)]);
    // What was deleted does not come back.
    let anew = all(&mut inbox(user, Since::Everything).await.unwrap()).await;
    assert_eq!(anew.iter().map(|fetched| fetched.uid).collect::<Vec<_>>(), [1, 2, 4, 5]);
}

#[tokio::test]
async fn another_numbering_is_noticed_and_everything_comes_anew() {
    let user = "renumbered@desk.example";
    let Some(mut session) = inbox(user, Since::Everything).await else { return };
    put(user, "one", &mail("one"));
    let stored = all(&mut session).await[0].cursor;
    session.close().await;
    // A folder that is restored from a backup, or made anew, has another numbering.
    let maildir = maildir(user).unwrap();
    for entry in std::fs::read_dir(&maildir).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with("dovecot") {
            std::fs::remove_file(path).unwrap();
        }
    }
    let mut again = Session::open(&server(Door::ImapTls, user).unwrap(), &Limits::default()).await.unwrap();
    let older = Cursor { uid_validity: stored.uid_validity.wrapping_sub(7), ..stored };
    let entered = again.enter(&Watch::default(), Since::Cursor(older)).await.unwrap();
    assert!(entered.renumbered && entered.cursor.uid_next == 1, "{entered:?}");
    assert_eq!(all(&mut again).await[0].what, What::Mail(mail("one")));
}

#[tokio::test]
async fn what_is_too_large_is_told_with_its_header() {
    let user = "large@desk.example";
    let Some(server) = server(Door::ImapTls, user) else { return };
    let mut session = Session::open(&server, &Limits { mail: 10_000, ..Limits::default() }).await.unwrap();
    session.enter(&Watch::default(), Since::Everything).await.unwrap();
    put(user, "large", &[mail("large"), vec![b'x'; 20_000]].concat());
    put(user, "small", &mail("small"));
    assert_eq!(session.wait(Duration::from_secs(20)).await.unwrap(), News::Arrived);
    let fetched = all(&mut session).await;
    let What::TooLarge { size, header } = &fetched[0].what else { panic!("{:?}", fetched[0].what) };
    assert!(*size > 20_000 && header.starts_with(b"From: maria@acme.example\r\nSubject: large"), "{size}");
    assert!(header.len() < 100, "no byte of the body");
    assert_eq!(fetched.len(), 2);
}

#[tokio::test]
async fn mails_are_marked_moved_or_deleted_as_it_was_chosen() {
    for (name, after, left, done, seen) in [
        ("marked", After::Seen, 2, 0, 1),
        ("moved", After::Move { folder: "Done".to_owned() }, 1, 1, 0),
        ("away", After::Delete, 1, 0, 0),
    ] {
        let user = format!("{name}@desk.example");
        let Some(_) = inbox(&user, Since::Everything).await else { return };
        put(&user, "one", &mail("one"));
        put(&user, "two", &mail("two"));
        let mut session = Session::open(&server(Door::ImapTls, &user).unwrap(), &Limits::default()).await.unwrap();
        session.enter(&Watch { after, ..Watch::default() }, Since::Everything).await.unwrap();
        let first = session.next().await.unwrap().unwrap();
        session.settle(first.uid).await.unwrap();
        assert_eq!(session.next().await.unwrap().unwrap().uid, 2, "the next one is fetched all the same");
        session.close().await;
        let mails = async |folder: &str| {
            let mut session = inbox(&user, Since::Now).await.unwrap();
            let watch = Watch { folder: folder.to_owned(), after: After::Leave };
            session.enter(&watch, Since::Now).await.unwrap().mails
        };
        assert_eq!((mails("INBOX").await, mails("Done").await), (left, done), "{name}");
        let cur = std::fs::read_dir(maildir(&user).unwrap().join("cur")).unwrap();
        let marked = cur.filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().ends_with("2,S")).count();
        assert_eq!(marked, seen, "{name}");
    }
}

#[tokio::test]
async fn a_folder_with_letters_of_other_languages_is_found_by_its_name() {
    let user = "folders@desk.example";
    let Some(session) = inbox(user, Since::Now).await else { return };
    session.close().await;
    let root = maildir(user).unwrap();
    let owner = std::fs::metadata(&root).unwrap();
    // The name on disk is in modified UTF-7.
    let folder = root.join(".B&APw-ro");
    for part in ["", "cur", "new", "tmp"] {
        std::fs::create_dir_all(folder.join(part)).unwrap();
        std::os::unix::fs::chown(folder.join(part), Some(owner.uid()), Some(owner.gid())).unwrap();
    }
    let mut session = inbox(user, Since::Now).await.unwrap();
    let folders = session.folders().await.unwrap();
    assert!(folders.iter().any(|folder| folder.name == "Büro"), "{folders:?}");
    session.enter(&Watch { folder: "Büro".to_owned(), ..Watch::default() }, Since::Now).await.unwrap();
    let fault = session.enter(&Watch { folder: "Kuche".to_owned(), ..Watch::default() }, Since::Now).await.unwrap_err();
    assert_eq!((fault.stage, &fault.kind, fault.ends_session()), (Stage::Folder, &Kind::NoFolder, false), "{fault}");
}

#[tokio::test]
async fn a_wrong_password_is_told_in_the_servers_words() {
    for door in [Door::ImapTls, Door::ImapStartTls] {
        let Some(mut server) = server(door, "wrong@desk.example") else { return };
        server.login =
            Some(Login::Password { user: "wrong@desk.example".to_owned(), password: Secret::new("hunter2") });
        let fault = Session::open(&server, &Limits::default()).await.unwrap_err();
        assert_eq!((fault.stage, &fault.kind), (Stage::SignIn, &Kind::LoginRefused), "{fault}");
        assert!(fault.said.as_deref().unwrap().contains("AUTHENTICATIONFAILED") && fault.lasts(), "{fault}");
        assert!(!fault.to_string().contains("hunter2"));
    }
}

#[tokio::test]
async fn a_token_signs_in_and_a_stale_one_is_told() {
    let Some(mut server) = server(Door::ImapTls, "token@desk.example") else { return };
    let mut with = |variable: &str| {
        let access_token = Secret::new(given(variable).unwrap());
        server.login = Some(Login::OAuth2 { user: "token@desk.example".to_owned(), access_token });
        server.clone()
    };
    Session::open(&with("DESKHAND_TEST_MAIL_TOKEN"), &Limits::default()).await.unwrap();
    let fault = Session::open(&with("DESKHAND_TEST_MAIL_STALE_TOKEN"), &Limits::default()).await.unwrap_err();
    assert_eq!((fault.stage, &fault.kind), (Stage::SignIn, &Kind::LoginRefused), "{fault}");
    assert!(fault.said.as_deref().unwrap().starts_with("status 401, the token is not good"), "{fault}");
}
