//! What cannot be done with fetched mail on its server, and mailboxes that are connected under a key.

use desk::handle::{Command, KeepMailbox, Note, Outcome};
use desk::mailboxes::connected::Entry;
use desk::mailboxes::connected::fetching::Fault;
use desk::receipts::Key;
use jiff::SignedDuration;

use crate::{connected, fields, found, keep, note, on_each_desk, owner};

#[tokio::test]
async fn what_is_wrong_with_settling_is_said_since_when_until_it_works_or_is_changed_and_is_no_trouble() {
    on_each_desk(async |desk| {
        let help = connected(&desk, "help", &[]).await;
        let fault = |code: &str| Fault { code: code.to_owned(), words: format!("it is {code}"), lasts: true };
        note(&desk, help, Note::Unsettled(fault("no-folder"))).await;
        desk.ground.clock.advance(SignedDuration::from_mins(5));
        note(&desk, help, Note::Unsettled(fault("refused"))).await;
        note(&desk, help, Note::Works(desk.now())).await;
        let mailbox = found(&desk, help).await;
        let unsettled = mailbox.unsettled.unwrap();
        assert_eq!((unsettled.code.as_str(), unsettled.words.as_str()), ("refused", "it is refused"));
        assert_eq!((unsettled.since.to_string().as_str(), mailbox.trouble), ("2026-11-17T09:00:00Z", None));
        note(&desk, help, Note::Settles).await;
        assert_eq!(found(&desk, help).await.unsettled, None);
        note(&desk, help, Note::Unsettled(fault("no-folder"))).await;
        keep(&desk, Some(help), &fields("help", &[("incoming.after", "leave")])).await.unwrap();
        assert_eq!(found(&desk, help).await.unsettled, None, "it was of the mailbox as it was");
    })
    .await;
}

#[tokio::test]
async fn a_mailbox_is_connected_once_under_its_key() {
    on_each_desk(async |desk| {
        let connect = async |content: &str| {
            let entry = Entry::read(&fields("help", &[])).unwrap();
            let key = Some(Key::new("http", "setup:1", b"with a secret").unwrap().about(content.as_bytes()));
            let command = KeepMailbox { paused: true, key, ..KeepMailbox::of(None, entry) };
            desk.handle(&owner(), Command::KeepMailbox(Box::new(command))).await
        };
        let (first, again) = (connect("help").await.unwrap(), connect("help").await.unwrap());
        let (Outcome::Mailbox(first), Outcome::Mailbox(again)) = (first, again) else { panic!("no mailbox") };
        assert_eq!(first, again);
        assert!(found(&desk, first).await.paused, "it rests from the beginning");
        assert_eq!(connect("sales").await.unwrap_err().code, "key-used");
    })
    .await;
}
