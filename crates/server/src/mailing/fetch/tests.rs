//! Fetching from a server that lies, round by round: no pause between them is waited for.

use std::collections::BTreeMap;

use desk::agents::NewAgent;
use desk::handle::{AddAgent, KeepMailbox, Outcome};
use desk::mailboxes::connected::Entry;
use desk::page::Page;
use desk::sealed::Seals;
use desk::{Opening, Role, agents, mailboxes};
use sink::imap::{IdleLie, ImapSink, Lie};
use store::{Chance, Clock, Id, Location};

use super::*;
use crate::mailing::Limits;

fn mail(subject: &str) -> String {
    format!(
        "From: maria@acme.example\r\nTo: help@desk.example\r\nSubject: {subject}\r\nMessage-ID: <{subject}@acme.example>\r\n\
         Date: Tue, 17 Nov 2026 09:00:00 +0000\r\n\r\nHello.\r\n"
    )
}

/// A desk and a server, and what fetches from one for the other.
struct Stage {
    desk: Desk,
    sink: ImapSink,
    id: Id,
}

impl Stage {
    async fn open(after: &[(&str, &str)]) -> Self {
        let opening = Opening {
            location: Location::Memory,
            attachments: None,
            handbook: None,
            address: Some("help@desk.example".to_owned()),
            clock: Clock::system(),
            chance: Chance::system(),
            holder: "test".to_owned(),
        };
        let desk = Desk::open(opening).await.unwrap().sealing(Seals::of_a_rehearsal(), false).await.unwrap();
        let ana = NewAgent {
            name: "Ana".to_owned(),
            address: "ana@desk.example".to_owned(),
            role: Role::Owner,
            teams: Vec::new(),
        };
        desk.handle(&Actor::Desk, Command::AddAgent(AddAgent(ana))).await.unwrap();
        let sink = ImapSink::open().await.unwrap();
        let port = sink.port().to_string();
        let usual = [
            ("name", "help"),
            ("address", "help@desk.example"),
            ("incoming.host", "127.0.0.1"),
            ("incoming.port", port.as_str()),
            ("incoming.security", "none"),
            ("incoming.user", "help"),
            ("incoming.password", "secret"),
            ("everything", "true"),
        ];
        let fields: BTreeMap<String, String> =
            usual.iter().chain(after).map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect();
        let entry = Entry::read(&fields).unwrap();
        let ana = agents::find_by_name(&mut desk.read().await.unwrap(), "Ana").await.unwrap().unwrap().as_actor();
        let keep = Command::KeepMailbox(Box::new(KeepMailbox::of(None, entry)));
        let Outcome::Mailbox(id) = desk.handle(&ana, keep).await.unwrap() else { panic!("no mailbox") };
        Self { desk, sink, id }
    }

    async fn mailbox(&self) -> Mailbox {
        connected::find(&mut self.desk.read().await.unwrap(), self.id).await.unwrap().unwrap()
    }

    async fn fetching(&self) -> Fetching {
        let step = Duration::from_millis(400);
        let limits = Limits { connect: step, step, command: Duration::from_secs(2), ..Limits::default() };
        Fetching::new(self.desk.clone(), Post::new(crate::mailing::Trust::platform(), limits), self.mailbox().await)
    }

    /// What was set aside: why.
    async fn set_aside(&self) -> Vec<String> {
        let ana = agents::find_by_name(&mut self.desk.read().await.unwrap(), "Ana").await.unwrap().unwrap().as_actor();
        let page = Page { after: None, limit: 9 };
        let kept = mailboxes::kept(&mut self.desk.read().await.unwrap(), &ana, page).await.unwrap();
        kept.items.into_iter().map(|kept| kept.reason).collect()
    }

    async fn uid_next(&self) -> u32 {
        let cursor = fetching::cursor(&mut self.desk.read().await.unwrap(), self.id, "INBOX").await.unwrap();
        cursor.unwrap().uid_next
    }
}

/// One connection, until it ends, or everything is in and nothing comes for a second.
async fn round(fetching: &mut Fetching) -> Option<String> {
    match tokio::time::timeout(Duration::from_secs(1), fetching.round()).await {
        Err(_) => None,
        Ok(Ok(never)) => match never {},
        Ok(Err(End::Hindered(hindrance))) => Some(hindrance.code().to_owned()),
        Ok(Err(End::DeskAway(error))) => panic!("the desk is away: {error}"),
        Ok(Err(End::Gone)) => panic!("the mailbox is gone"),
    }
}

#[tokio::test]
async fn a_mail_at_which_the_server_always_breaks_off_is_noted_and_those_behind_it_come() {
    for (lie, code) in [(Lie::Drop, "dropped"), (Lie::Hang, "silent"), (Lie::Negative, "garbled")] {
        let stage = Stage::open(&[]).await;
        for subject in ["one", "two", "three"] {
            stage.sink.deliver(mail(subject));
        }
        stage.sink.lie([lie, lie, lie]);
        let mut fetching = stage.fetching().await;
        for turn in 1..=3 {
            assert_eq!(stage.set_aside().await, Vec::<String>::new(), "{lie:?}: not before turn {turn} is over");
            assert_eq!(round(&mut fetching).await.as_deref(), Some(code), "{lie:?}");
        }
        assert_eq!(
            stage.set_aside().await,
            ["its server breaks off whenever it is asked for; it lies in its mailbox still (mailbox help)"],
        );
        assert_eq!(stage.uid_next().await, 2, "{lie:?}");
        assert_eq!(round(&mut fetching).await, None, "{lie:?}: the others come");
        assert_eq!((stage.uid_next().await, stage.set_aside().await.len()), (4, 1), "{lie:?}");
    }
}

#[tokio::test]
async fn a_mail_that_is_had_at_the_third_attempt_is_not_passed() {
    let stage = Stage::open(&[]).await;
    stage.sink.deliver(mail("one"));
    stage.sink.lie([Lie::Drop, Lie::Withhold]);
    let mut fetching = stage.fetching().await;
    assert_eq!(round(&mut fetching).await.as_deref(), Some("dropped"));
    assert_eq!(round(&mut fetching).await.as_deref(), Some("desk"));
    assert_eq!(round(&mut fetching).await, None);
    assert_eq!((stage.uid_next().await, stage.set_aside().await), (2, Vec::new()));
}

#[tokio::test]
async fn what_cannot_be_done_with_fetched_mail_is_noted_until_it_can_and_stops_no_fetching() {
    let stage = Stage::open(&[("incoming.after", "move"), ("incoming.after_folder", "Done")]).await;
    stage.sink.refuse_to_settle(true);
    for subject in ["one", "two"] {
        stage.sink.deliver(mail(subject));
    }
    let mut fetching = stage.fetching().await;
    assert_eq!(round(&mut fetching).await, None);
    let mailbox = stage.mailbox().await;
    assert_eq!(stage.uid_next().await, 3, "both are in");
    assert_eq!((mailbox.trouble, mailbox.unsettled.unwrap().code.as_str()), (None, "no-folder"));
    stage.sink.refuse_to_settle(false);
    stage.sink.deliver(mail("three"));
    assert_eq!(round(&mut fetching).await, None);
    assert_eq!((stage.uid_next().await, stage.mailbox().await.unsettled), (4, None));
    // Whoever fetches next knows what is noted.
    stage.sink.refuse_to_settle(true);
    stage.sink.deliver(mail("four"));
    assert_eq!(round(&mut fetching).await, None);
    assert_eq!(stage.fetching().await.unsettled.as_deref(), Some("no-folder"));
}

#[tokio::test]
async fn a_server_that_tells_of_news_without_end_does_not_keep_the_desk_busy() {
    let stage = Stage::open(&[]).await;
    stage.sink.lie_of_news([IdleLie::EndsByItself; 100]);
    let mut fetching = stage.fetching().await;
    assert_eq!(round(&mut fetching).await, None);
    let asked = stage.sink.commands().iter().filter(|command| *command == "IDLE").count();
    assert!((1..=2).contains(&asked), "{asked} times within a second");
}
