//! A server that lies, hangs or vanishes costs time and memory within bounds, and no mail.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use std::time::Duration;

use sink::imap::{IdleLie, ImapSink, Lie};
use transport::imap::{After, Cursor, Fetched, News, Session, Since, Watch, What};
use transport::{Fault, Kind, Limits, Login, Secret, Security, Server, Stage, Trust};

const MAIL: &[u8] = b"Subject: one\r\n\r\nThe body\r\n";

fn server(sink: &ImapSink) -> Server {
    Server {
        host: "127.0.0.1".to_owned(),
        port: sink.port(),
        security: Security::Plain,
        trust: Trust::platform(),
        login: Some(Login::Password { user: "help@desk.example".to_owned(), password: Secret::new("s{3}") }),
    }
}

fn limits() -> Limits {
    let step = Duration::from_millis(300);
    Limits { connect: step, step, command: Duration::from_millis(900), mail: 1000 }
}

async fn enter(sink: &ImapSink, since: Since) -> Session {
    enter_to(sink, since, After::Leave).await
}

async fn enter_to(sink: &ImapSink, since: Since, after: After) -> Session {
    let mut session = Session::open(&server(sink), &limits()).await.unwrap();
    session.enter(&Watch { after, ..Watch::default() }, since).await.unwrap();
    session
}

/// Everything that a session gives.
async fn all(session: &mut Session) -> Result<Vec<Fetched>, Fault> {
    let mut fetched = Vec::new();
    while let Some(next) = session.next().await? {
        fetched.push(next);
    }
    Ok(fetched)
}

fn uids(fetched: &[Fetched]) -> Vec<u32> {
    fetched.iter().map(|fetched| fetched.uid).collect()
}

#[tokio::test]
async fn everything_is_fetched_once_and_later_only_what_came_since() {
    let sink = ImapSink::open().await.unwrap();
    for _ in 0..3 {
        sink.deliver(MAIL);
    }
    let mut session = enter(&sink, Since::Everything).await;
    let fetched = all(&mut session).await.unwrap();
    assert_eq!(uids(&fetched), [1, 2, 3]);
    assert_eq!(fetched[0].what, What::Mail(MAIL.to_vec()));
    assert_eq!(fetched[0].received_at, Some("2026-11-17T09:00:00Z".parse().unwrap()));
    assert_eq!(fetched[2].cursor, Cursor { uid_validity: 1, uid_next: 4 });
    assert_eq!(all(&mut session).await.unwrap(), []);
    sink.deliver(MAIL);
    let mut later = enter(&sink, Since::Cursor(fetched[2].cursor)).await;
    assert_eq!(uids(&all(&mut later).await.unwrap()), [4]);
    assert_eq!(uids(&all(&mut session).await.unwrap()), [4], "the session that was open sees it as well");
}

#[tokio::test]
async fn who_begins_now_gets_only_what_comes() {
    let sink = ImapSink::open().await.unwrap();
    sink.deliver(MAIL);
    let mut session = enter(&sink, Since::Now).await;
    assert_eq!(all(&mut session).await.unwrap(), []);
    sink.deliver(MAIL);
    assert_eq!(uids(&all(&mut session).await.unwrap()), [2]);
}

#[tokio::test]
async fn numbers_far_apart_are_found_in_a_few_steps() {
    let sink = ImapSink::open().await.unwrap();
    for uid in [1, 5000, 3_000_000] {
        sink.count_from(uid);
        sink.deliver(MAIL);
    }
    let mut session = enter(&sink, Since::Everything).await;
    assert_eq!(uids(&all(&mut session).await.unwrap()), [1, 5000, 3_000_000]);
    let looks = sink.commands().iter().filter(|command| command.contains("RFC822.SIZE")).count();
    assert!(looks < 60, "{looks} looks");
}

#[tokio::test]
async fn another_numbering_begins_anew_and_says_so() {
    let sink = ImapSink::open().await.unwrap();
    sink.deliver(MAIL);
    sink.deliver(MAIL);
    sink.remove(1);
    let cursor = Cursor { uid_validity: 1, uid_next: 3 };
    sink.renumber();
    let mut session = Session::open(&server(&sink), &limits()).await.unwrap();
    let entered = session.enter(&Watch::default(), Since::Cursor(cursor)).await.unwrap();
    assert!(entered.renumbered);
    assert_eq!((entered.cursor, entered.mails), (Cursor { uid_validity: 2, uid_next: 1 }, 1));
    assert_eq!(uids(&all(&mut session).await.unwrap()), [1]);
}

#[tokio::test]
async fn a_mail_that_is_too_large_is_known_before_its_body_is_read() {
    let sink = ImapSink::open().await.unwrap();
    let large = [b"Subject: large\r\n\r\n".as_slice(), &[b'x'; 5000]].concat();
    sink.deliver(large);
    sink.deliver(MAIL);
    let mut session = enter(&sink, Since::Everything).await;
    let fetched = all(&mut session).await.unwrap();
    assert_eq!(fetched[0].what, What::TooLarge { size: 5018, header: b"Subject: large".to_vec() });
    assert_eq!(uids(&fetched), [1, 2]);
    assert!(!sink.commands().iter().any(|command| command.contains("UID FETCH 1") && command.contains("BODY.PEEK[]")));
}

#[tokio::test]
async fn a_mail_that_is_larger_than_it_was_said_to_be_costs_the_connection_and_no_memory() {
    let sink = ImapSink::open().await.unwrap();
    let large = [b"Subject: large\r\n\r\n".as_slice(), &[b'x'; 500_000]].concat();
    sink.deliver_as(large, Some(10));
    sink.deliver(MAIL);
    let mut session = enter(&sink, Since::Everything).await;
    let fetched = session.next().await.unwrap().unwrap();
    assert_eq!(fetched.what, What::TooLarge { size: 500_018, header: b"Subject: large\r\n".to_vec() });
    assert!(session.next().await.unwrap_err().ends_session());
    let mut again = enter(&sink, Since::Cursor(fetched.cursor)).await;
    assert_eq!(uids(&all(&mut again).await.unwrap()), [2], "the next start goes on behind it");
}

#[tokio::test]
async fn whatever_a_server_does_in_the_middle_of_a_mail_the_mail_is_fetched_by_the_next_session() {
    for (lie, kind) in [
        (Lie::Drop, Kind::Dropped),
        (Lie::Bye, Kind::Dropped),
        (Lie::Hang, Kind::Silent),
        (Lie::Drip, Kind::Silent),
        (Lie::Numberless, Kind::Garbled),
        (Lie::EndlessLines, Kind::Endless),
        (Lie::EndlessLine, Kind::Endless),
        (Lie::Negative, Kind::Garbled),
        (Lie::WrongTag, Kind::Garbled),
    ] {
        let sink = ImapSink::open().await.unwrap();
        sink.deliver(MAIL);
        sink.deliver(MAIL);
        let mut session = enter(&sink, Since::Everything).await;
        let first = session.next().await.unwrap().unwrap();
        sink.lie([lie]);
        let ended = tokio::time::timeout(Duration::from_secs(5), session.next()).await.expect("it ends in its time");
        let fault = ended.unwrap_err();
        assert_eq!((&fault.kind, fault.stage), (&kind, Stage::Fetch), "{lie:?}");
        assert_eq!(session.fetching(), Some(2), "{lie:?}");
        assert!(fault.ends_session() && session.next().await.unwrap_err().ends_session(), "{lie:?}");
        let mut again = enter(&sink, Since::Cursor(first.cursor)).await;
        let fetched = all(&mut again).await.unwrap();
        assert_eq!((uids(&fetched), &fetched[0].what), (vec![2], &What::Mail(MAIL.to_vec())), "{lie:?}");
    }
}

#[tokio::test]
async fn four_gibibytes_that_were_not_announced_are_not_read() {
    let sink = ImapSink::open().await.unwrap();
    sink.deliver(MAIL);
    sink.lie([Lie::Huge]);
    let mut session = enter(&sink, Since::Everything).await;
    let fetched = session.next().await.unwrap().unwrap();
    let What::TooLarge { size, header } = fetched.what else { panic!("{:?}", fetched.what) };
    assert_eq!((size, header.as_slice()), (1 << 32, b"Subject: one\r\n".as_slice()));
}

#[tokio::test]
async fn a_mail_that_went_away_or_is_held_back_holds_up_no_other() {
    let sink = ImapSink::open().await.unwrap();
    for _ in 0..4 {
        sink.deliver(MAIL);
    }
    sink.lie([Lie::Gone, Lie::Withhold, Lie::Nothing]);
    let mut session = enter(&sink, Since::Everything).await;
    let fetched = all(&mut session).await.unwrap();
    assert_eq!(uids(&fetched), [1, 2, 3, 4]);
    assert_eq!(fetched[0].what, What::Gone);
    assert_eq!(fetched[1].what, What::Withheld { said: "[SERVERBUG] it is damaged".to_owned() });
    assert!(matches!(fetched[2].what, What::Withheld { .. }), "{:?}", fetched[2].what);
    assert_eq!(fetched[3].what, What::Mail(MAIL.to_vec()));
}

#[tokio::test]
async fn a_mail_that_is_told_twice_is_the_one_that_was_asked_for_and_its_first_bytes() {
    let sink = ImapSink::open().await.unwrap();
    sink.deliver(MAIL);
    sink.lie([Lie::Twice]);
    let mut session = enter(&sink, Since::Everything).await;
    let fetched = all(&mut session).await.unwrap();
    assert_eq!((uids(&fetched), &fetched[0].what), (vec![1], &What::Mail(MAIL.to_vec())));
}

#[tokio::test]
async fn news_ends_the_waiting_and_so_does_the_time() {
    let sink = ImapSink::open().await.unwrap();
    let mut session = enter(&sink, Since::Everything).await;
    assert_eq!(all(&mut session).await.unwrap(), []);
    assert_eq!(session.wait(Duration::from_millis(50)).await.unwrap(), News::Nothing);
    let (news, uid) = tokio::join!(session.wait(Duration::from_secs(60)), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        sink.deliver(MAIL)
    });
    assert_eq!(news.unwrap(), News::Arrived);
    assert_eq!(uids(&all(&mut session).await.unwrap()), [uid]);
    assert!(sink.commands().contains(&"IDLE".to_owned()));
}

#[tokio::test]
async fn a_server_without_idle_is_asked() {
    let sink = ImapSink::open().await.unwrap();
    sink.can("IMAP4rev1 AUTH=PLAIN");
    let mut session = enter(&sink, Since::Everything).await;
    assert_eq!(all(&mut session).await.unwrap(), []);
    sink.deliver(MAIL);
    assert!(!session.tells_at_once());
    assert_eq!(session.wait(Duration::from_millis(50)).await.unwrap(), News::Arrived);
    assert_eq!(uids(&all(&mut session).await.unwrap()), [1]);
    assert!(!sink.commands().contains(&"IDLE".to_owned()));
}

#[tokio::test]
async fn a_wait_ends_sooner_when_it_is_told_to_and_the_session_goes_on() {
    // Who tells at once is waited for, and who does not is asked.
    let (long, short) = (Duration::from_secs(60), Duration::from_millis(50));
    for (capabilities, longest) in [(None, long), (Some("IMAP4rev1 AUTH=PLAIN"), short)] {
        let sink = ImapSink::open().await.unwrap();
        if let Some(capabilities) = capabilities {
            sink.can(capabilities);
        }
        let mut session = enter(&sink, Since::Everything).await;
        assert_eq!(all(&mut session).await.unwrap(), []);
        let (told, sooner) = tokio::sync::oneshot::channel::<()>();
        let waiting = session.wait_unless(long, async { sooner.await.unwrap_or(()) });
        let (news, _) = tokio::join!(waiting, async { told.send(()) });
        assert_eq!(news.unwrap(), News::Nothing);
        let uid = sink.deliver(MAIL);
        assert_eq!(session.wait(longest).await.unwrap(), News::Arrived);
        assert_eq!(uids(&all(&mut session).await.unwrap()), [uid]);
    }
}

#[tokio::test]
async fn a_wait_that_was_dropped_leaves_a_session_that_says_so() {
    let sink = ImapSink::open().await.unwrap();
    let mut session = enter(&sink, Since::Everything).await;
    assert_eq!(all(&mut session).await.unwrap(), []);
    assert!(tokio::time::timeout(Duration::from_millis(100), session.wait(Duration::from_secs(60))).await.is_err());
    assert_eq!(session.next().await.unwrap_err().kind, Kind::Dropped);
}

#[tokio::test]
async fn whatever_a_server_tells_of_news_waiting_ends_in_its_time_and_the_next_session_fetches() {
    for (lie, kind) in [
        (IdleLie::Garbage, Kind::Garbled),
        (IdleLie::EndlessLine, Kind::Endless),
        (IdleLie::Drip, Kind::Silent),
        (IdleLie::Bye, Kind::Dropped),
        (IdleLie::WrongTag, Kind::Garbled),
        (IdleLie::Refuses, Kind::NotNow),
        (IdleLie::NeverBegins, Kind::Silent),
        (IdleLie::Flood, Kind::Endless),
        (IdleLie::SilentAfterDone, Kind::Silent),
        (IdleLie::DripAfterDone, Kind::Silent),
    ] {
        let sink = ImapSink::open().await.unwrap();
        sink.deliver(MAIL);
        let mut session = enter(&sink, Since::Everything).await;
        let first = all(&mut session).await.unwrap().pop().unwrap();
        sink.lie_of_news([lie]);
        let waiting = session.wait(Duration::from_secs(600));
        let ended = tokio::time::timeout(Duration::from_secs(5), waiting).await.expect("it ends in its time");
        let fault = ended.unwrap_err();
        assert_eq!((&fault.kind, fault.stage), (&kind, Stage::Fetch), "{lie:?}");
        assert!(!fault.lasts() && session.next().await.is_err(), "{lie:?}");
        sink.deliver(MAIL);
        let mut again = enter(&sink, Since::Cursor(first.cursor)).await;
        assert_eq!(uids(&all(&mut again).await.unwrap()), [2], "{lie:?}");
        assert_eq!(again.wait(Duration::from_millis(20)).await.unwrap(), News::Nothing, "{lie:?}");
    }
}

#[tokio::test]
async fn a_server_that_ends_the_waiting_or_takes_mails_back_is_asked_again_on_the_same_connection() {
    for (lie, news) in [(IdleLie::EndsByItself, News::Nothing), (IdleLie::Shrinks, News::Arrived)] {
        let sink = ImapSink::open().await.unwrap();
        sink.deliver(MAIL);
        let mut session = enter(&sink, Since::Everything).await;
        assert_eq!(uids(&all(&mut session).await.unwrap()), [1]);
        sink.lie_of_news([lie]);
        assert_eq!(session.wait(Duration::from_secs(600)).await.unwrap(), news, "{lie:?}");
        sink.deliver(MAIL);
        assert_eq!(uids(&all(&mut session).await.unwrap()), [2], "{lie:?}");
        assert_eq!(sink.connections(), 1, "{lie:?}");
    }
}

#[tokio::test]
async fn what_is_left_is_never_touched_and_what_is_to_be_done_is_done_as_the_server_can() {
    let settled = async |capabilities: &str, after: After| {
        let sink = ImapSink::open().await.unwrap();
        sink.can(capabilities);
        sink.deliver(MAIL);
        let mut session = enter_to(&sink, Since::Everything, after).await;
        let fetched = session.next().await.unwrap().unwrap();
        session.settle(fetched.uid).await.unwrap();
        let commands = sink.commands();
        let changing = ["SELECT", "UID STORE", "UID COPY", "UID MOVE", "UID EXPUNGE", "EXPUNGE", "CLOSE"];
        let is_changing = |command: &&String| changing.iter().any(|verb| command.starts_with(verb));
        commands
            .iter()
            .filter(is_changing)
            .skip_while(|command| command.starts_with("SELECT"))
            .cloned()
            .collect::<Vec<_>>()
    };
    let (all, few) = ("IMAP4rev1 AUTH=PLAIN UIDPLUS MOVE", "IMAP4rev1 AUTH=PLAIN");
    let to_done = || After::Move { folder: "Done".to_owned() };
    assert_eq!(settled(all, After::Leave).await, Vec::<String>::new());
    assert_eq!(settled(all, After::Seen).await, ["UID STORE 1 +FLAGS.SILENT (\\Seen)"]);
    assert_eq!(settled(all, to_done()).await, ["UID MOVE 1 \"Done\""]);
    assert_eq!(settled(few, to_done()).await, ["UID COPY 1 \"Done\"", "UID STORE 1 +FLAGS.SILENT (\\Deleted)"]);
    assert_eq!(settled(all, After::Delete).await, ["UID STORE 1 +FLAGS.SILENT (\\Deleted)", "UID EXPUNGE 1"]);
    assert_eq!(
        settled(few, After::Delete).await,
        ["UID STORE 1 +FLAGS.SILENT (\\Deleted)"],
        "EXPUNGE would take others"
    );
}

#[tokio::test]
async fn a_login_goes_as_the_server_takes_it() {
    for (capabilities, expected) in [
        ("IMAP4rev1 AUTH=PLAIN SASL-IR", Some("AUTHENTICATE PLAIN AGhlbHBAZGVzay5leGFtcGxlAHN7M30=")),
        ("IMAP4rev1", Some("LOGIN {17}help@desk.example {4}s{3}")),
        ("IMAP4rev1 LOGINDISABLED", None),
    ] {
        let sink = ImapSink::open().await.unwrap();
        sink.can(capabilities);
        let opened = Session::open(&server(&sink), &limits()).await;
        match expected {
            Some(expected) => {
                opened.unwrap();
                assert!(sink.commands().iter().any(|command| command == expected), "{:?}", sink.commands());
            }
            None => assert_eq!(opened.unwrap_err().kind, Kind::NoMechanism),
        }
    }
}

#[tokio::test]
async fn a_folder_is_asked_for_before_it_is_fetched() {
    let sink = ImapSink::open().await.unwrap();
    let mut session = Session::open(&server(&sink), &limits()).await.unwrap();
    assert_eq!(session.next().await.unwrap_err().kind, Kind::NoFolder);
    assert_eq!(session.cursor(), None);
}
