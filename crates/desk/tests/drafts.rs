//! Drafts and the files that go with them, on both databases: each person's own, kept until it is sent, and never sent twice.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use std::sync::Arc;
use std::time::Duration;

use desk::drafts::{self, Draft, FILES_MAX, Kind, NewDraft};
use desk::error::Kind as Wrong;
use desk::handle::{AttachFile, Command, DetachFile, Outcome, Reply, ReplyKind, SaveDraft};
use desk::receipts::Key;
use desk::rights::Scope;
use desk::runs::canned::Canned;
use desk::{Actor, Desk, Result, attachments, messages};
use jiff::SignedDuration;
use open::{Courier, agent, child, on_each_database, submitted};
use store::{Chance, Id};

async fn kept(desk: &Desk, who: &Actor, ticket: Id) -> Vec<Draft> {
    let scope = Scope::of(who).unwrap();
    drafts::of_ticket(&mut desk.read().await.unwrap(), scope, who, ticket).await.unwrap()
}

async fn save(desk: &Desk, who: &Actor, ticket: Id, kind: Kind, text: &str, submission: &str) -> Result<Outcome> {
    let (party, text, submission) = (String::new(), text.to_owned(), submission.to_owned());
    let command = SaveDraft { ticket, draft: NewDraft { kind, party, text, submission, over: None } };
    desk.handle(who, Command::SaveDraft(command)).await
}

async fn attach(desk: &Desk, who: &Actor, ticket: Id, kind: Kind, name: &str, bytes: Vec<u8>) -> Result<Id> {
    let file = mail::Attachment {
        name: name.to_owned(),
        kind: "text/plain".to_owned(),
        size: bytes.len(),
        inline: false,
        bytes,
        content_id: None,
        within: None,
    };
    let command = AttachFile { ticket, kind, file: Arc::new(file) };
    match desk.handle(who, Command::AttachFile(command)).await? {
        Outcome::File(id) => Ok(id),
        other => panic!("{other:?} is no file"),
    }
}

async fn say(desk: &Desk, who: &Actor, ticket: Id, kind: ReplyKind, files: Vec<Id>, key: &str) -> Result<Id> {
    let (body, key) = ("Here it is.".to_owned(), Some(Key::new(drafts::RECEIPT, key, b"Here it is.").unwrap()));
    match desk.handle(who, Command::Reply(Reply { ticket, body, kind, files, seen: None, key })).await? {
        Outcome::Message { message, .. } => Ok(message),
        other => panic!("{other:?} is no message"),
    }
}

#[tokio::test]
async fn a_draft_is_its_writers_own_one_of_each_kind_until_it_is_sent() {
    on_each_database(async |desk| {
        let opened = submitted(&desk, &Courier::default()).await.id;
        let (ana, bo) = (agent(&desk, "Ana").await, agent(&desk, "Bo").await);
        save(&desk, &ana, opened, Kind::Reply, "Hello", "one").await.unwrap();
        save(&desk, &ana, opened, Kind::Reply, "Hello Maria", "one").await.unwrap();
        save(&desk, &ana, opened, Kind::Note, "Ask Cy", "one").await.unwrap();
        save(&desk, &bo, opened, Kind::Reply, "Bo was here", "two").await.unwrap();
        let texts = |drafts: Vec<Draft>| -> Vec<String> { drafts.into_iter().map(|draft| draft.text).collect() };
        assert_eq!(texts(kept(&desk, &ana, opened).await), ["Hello Maria", "Ask Cy"]);
        assert_eq!(texts(kept(&desk, &bo, opened).await), ["Bo was here"]);

        say(&desk, &ana, opened, ReplyKind::Reply, Vec::new(), "one").await.unwrap();
        assert_eq!(texts(kept(&desk, &ana, opened).await), ["Ask Cy"], "what was sent is no draft any more");
        let late = save(&desk, &ana, opened, Kind::Reply, "Hello Mari", "one").await.unwrap();
        assert!(matches!(late, Outcome::Moved(false)), "{late:?}");
        assert_eq!(texts(kept(&desk, &ana, opened).await), ["Ask Cy"], "a save that was slower brings nothing back");
        save(&desk, &ana, opened, Kind::Note, " \n", "three").await.unwrap();
        assert_eq!(kept(&desk, &ana, opened).await, [], "an empty draft is none");
        assert_eq!(texts(kept(&desk, &bo, opened).await), ["Bo was here"]);

        let nobody = save(&desk, &Actor::Outside, opened, Kind::Note, "x", "four").await.unwrap_err();
        let nowhere = save(&desk, &ana, Id(1), Kind::Note, "x", "four").await.unwrap_err();
        assert_eq!((nobody.kind, nowhere.kind), (Wrong::Forbidden, Wrong::NotFound));
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn words_are_not_kept_over_others_that_their_writer_never_saw() {
    on_each_database(async |desk| {
        let opened = submitted(&desk, &Courier::default()).await.id;
        let ana = agent(&desk, "Ana").await;
        let over = async |text: &str, revision: &str| {
            let (kind, party, submission) = (Kind::Reply, String::new(), "one".to_owned());
            let draft = NewDraft { kind, party, text: text.to_owned(), submission, over: Some(revision.to_owned()) };
            desk.handle(&ana, Command::SaveDraft(SaveDraft { ticket: opened, draft })).await
        };
        let revision = async || kept(&desk, &ana, opened).await.first().map(Draft::revision).unwrap_or_default();
        over("Hello", "").await.unwrap();
        let first = revision().await;
        over("Hello Maria", &first).await.unwrap();
        for (text, stale) in [("Hello Mario", first.as_str()), ("", first.as_str()), ("New", "")] {
            assert_eq!(over(text, stale).await.unwrap_err().code, "draft-changed");
        }
        assert_eq!(kept(&desk, &ana, opened).await[0].text, "Hello Maria");
        let other = save(&desk, &ana, opened, Kind::Note, "Ask Cy", "one").await;
        assert!(matches!(other, Ok(Outcome::Moved(true))), "a note is another draft: {other:?}");
        over("", &revision().await).await.unwrap();
        assert_eq!(kept(&desk, &ana, opened).await.len(), 1, "what was read can go");
    })
    .await;
}

#[tokio::test]
async fn files_that_are_never_sent_go_two_weeks_after_the_draft_was_last_touched() {
    on_each_database(async |desk| {
        let opened = submitted(&desk, &Courier::default()).await.id;
        let (ana, bo) = (agent(&desk, "Ana").await, agent(&desk, "Bo").await);
        let left = attach(&desk, &ana, opened, Kind::Reply, "left.txt", b"left".to_vec()).await.unwrap();
        attach(&desk, &ana, opened, Kind::Note, "begun.txt", b"begun".to_vec()).await.unwrap();
        let sent = attach(&desk, &bo, opened, Kind::Reply, "sent.txt", b"sent".to_vec()).await.unwrap();
        let message = say(&desk, &bo, opened, ReplyKind::Reply, vec![sent], "key").await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        let key = kept(&desk, &ana, opened).await[0].files[0].storage_key.clone();
        let forget = async || drafts::forget_old_files(&desk.ground, &desk.shelf).await.unwrap();
        let names = async || -> Vec<String> {
            let drafts = kept(&desk, &ana, opened).await;
            drafts.into_iter().flat_map(|draft| draft.files).map(|file| file.name).collect()
        };

        desk.ground.clock.advance(drafts::FILES_KEPT - SignedDuration::from_hours(1));
        save(&desk, &ana, opened, Kind::Note, "Still at it", "one").await.unwrap();
        assert_eq!((forget().await, names().await), (0, vec!["left.txt".to_owned(), "begun.txt".to_owned()]));
        desk.ground.clock.advance(SignedDuration::from_hours(2));
        assert_eq!(
            (forget().await, names().await),
            (1, vec!["begun.txt".to_owned()]),
            "beside words it stays with them"
        );
        assert!(desk.shelf.read(&key).await.is_err(), "its bytes went too");
        let refused = say(&desk, &ana, opened, ReplyKind::Reply, vec![left], "late").await.unwrap_err();
        assert_eq!(refused.code, "file-gone");

        desk.ground.clock.advance(drafts::FILES_KEPT);
        assert_eq!((forget().await, forget().await), (1, 0));
        assert_eq!(kept(&desk, &ana, opened).await[0].text, "Still at it", "words stay");
        let shown = attachments::of_message(&mut desk.read().await.unwrap(), message).await.unwrap();
        assert_eq!(desk.shelf.read(&shown[0].storage_key).await.unwrap(), b"sent", "what was sent stays");
        open::pass(&desk, SignedDuration::ZERO).await;
    })
    .await;
}

#[tokio::test]
async fn the_files_of_a_draft_go_along_as_they_are_and_stand_on_the_message() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let opened = submitted(&desk, &courier).await.id;
        let ana = agent(&desk, "Ana").await;
        let plan = attach(&desk, &ana, opened, Kind::Reply, "plán.txt", b"Two lines\nof plan".to_vec()).await.unwrap();
        let wrong = attach(&desk, &ana, opened, Kind::Reply, "wrong.txt", b"no".to_vec()).await.unwrap();
        let inside = attach(&desk, &ana, opened, Kind::Note, "inside.txt", b"for us".to_vec()).await.unwrap();
        assert_eq!(kept(&desk, &ana, opened).await.iter().map(|draft| draft.files.len()).sum::<usize>(), 3);
        desk.handle(&ana, Command::DetachFile(DetachFile { ticket: opened, file: wrong })).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let waiting = kept(&desk, &ana, opened).await[0].files[0].storage_key.clone();
        std::fs::write(folder.path().join(&waiting), b"it waits with its draft").unwrap();
        let beside = attachments::Shelf::in_folder(folder.path(), Chance::seeded(9)).unwrap();
        let mut conn = desk.read().await.unwrap();
        assert_eq!(attachments::collect_orphans(&mut conn, &beside, Duration::ZERO).await.unwrap(), 0);
        drop(conn);

        let bo = agent(&desk, "Bo").await;
        for (who, files) in [(&ana, vec![plan, wrong]), (&ana, vec![plan, inside]), (&bo, vec![plan])] {
            let refused = say(&desk, who, opened, ReplyKind::Reply, files, "key").await.unwrap_err();
            assert_eq!((refused.kind, refused.code), (Wrong::Conflict, "file-gone"));
        }
        let message = say(&desk, &ana, opened, ReplyKind::Reply, vec![plan], "key").await.unwrap();
        assert_eq!(say(&desk, &ana, opened, ReplyKind::Reply, vec![plan], "key").await.unwrap(), message, "sent twice");
        desk.settle(&courier).await.unwrap();
        let sent = courier.last();
        assert_eq!(sent.attachments.len(), 1);
        assert_eq!(sent.attachments[0].name, "plán.txt");
        assert_eq!(sent.attachments[0].bytes, b"Two lines\nof plan");
        let shown = attachments::of_message(&mut desk.read().await.unwrap(), message).await.unwrap();
        assert_eq!(shown.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["plán.txt"]);
        assert_eq!(desk.shelf.read(&shown[0].storage_key).await.unwrap(), b"Two lines\nof plan");

        let note = say(&desk, &ana, opened, ReplyKind::Note, vec![inside], "other").await.unwrap();
        desk.settle(&courier).await.unwrap();
        assert_eq!(courier.mails().len(), 2, "a note goes to nobody");
        let noted = messages::find(&mut desk.read().await.unwrap(), note).await.unwrap().unwrap();
        assert_eq!(attachments::of_message(&mut desk.read().await.unwrap(), noted.id).await.unwrap().len(), 1);
        assert_eq!(kept(&desk, &ana, opened).await, []);
    })
    .await;
}

#[tokio::test]
async fn a_message_takes_no_more_than_a_mail_can_carry() {
    on_each_database(async |desk| {
        let opened = submitted(&desk, &Courier::default()).await.id;
        let ana = agent(&desk, "Ana").await;
        let half = FILES_MAX / 2;
        attach(&desk, &ana, opened, Kind::Reply, "one", vec![b'a'; half]).await.unwrap();
        attach(&desk, &ana, opened, Kind::Reply, "two", vec![b'b'; half]).await.unwrap();
        let refused = attach(&desk, &ana, opened, Kind::Reply, "three", vec![b'c'; 2]).await.unwrap_err();
        assert_eq!((refused.kind, refused.code), (Wrong::TooLarge, "too-large"));
        attach(&desk, &ana, opened, Kind::Note, "note", vec![b'c'; 2]).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn canned_replies_that_fit_are_filled_in_in_the_requesters_language() {
    on_each_database(async |desk| {
        let opened = submitted(&desk, &Courier::default()).await.id;
        let config = child(&desk, opened, "config").await.id;
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let view = desk.view(&mut desk.read().await.unwrap(), scope, opened).await.unwrap();
        let canned = Canned::of(&view, desk.now()).unwrap();
        assert!(canned.names().contains(&"requirements-not-met".to_owned()), "{:?}", canned.names());
        assert!(canned.fill("ready-to-test-first", "").unwrap().markdown.starts_with("Dear Maria,"));
        assert_eq!(canned.fill("no-such-reply", "").unwrap_err().kind, Wrong::NotFound);

        let view = desk.view(&mut desk.read().await.unwrap(), scope, config).await.unwrap();
        let canned = Canned::of(&view, desk.now()).unwrap();
        assert!(!canned.names().contains(&"requirements-not-met".to_owned()), "it speaks of what this ticket has not");
        assert_eq!(canned.fill("requirements-not-met", "").unwrap_err().code, "canned-does-not-fit");
    })
    .await;
}
