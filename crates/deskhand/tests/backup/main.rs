//! Backups as those make them who run a desk: while it works, from either database into either.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a failed expectation is a failed test")]

mod damage;
mod tables;

#[path = "../running/mod.rs"]
mod running;
#[allow(dead_code, reason = "the senders tell more than is asked here")]
#[path = "../kill/senders.rs"]
mod senders;

use std::path::{Path, PathBuf};
use std::time::Duration;

use desk::backup::{self, Head, Manifest};
use running::calls::{Ended, run};
use running::{Place, Running};
use senders::Senders;
use sink::Sink;
use store::{Db, sql};
use tempfile::TempDir;

/// A desk on each database, a new one for each, called `name` where that needs a name.
async fn on_each_database(name: &str) -> Vec<Place> {
    [Some(Place::embedded()), Place::on_server(name).await].into_iter().flatten().collect()
}

/// Makes a backup of the desk in `folder`, and gives its file.
async fn backed_up(place: &Place, folder: &Path, name: &str) -> PathBuf {
    let file = folder.join(name);
    let ended = backing_up(place, &file, &[]).await;
    assert_eq!(ended.code, 0, "{ended:?}\n{}", place.said());
    file
}

async fn backing_up(place: &Place, to: &Path, more: &[&str]) -> Ended {
    let mut command = place.on_it(&["backup"]);
    command.arg("--to").arg(to).args(more);
    run(command, b"").await
}

async fn restored(place: &Place, file: &Path, more: &[&str]) -> Ended {
    let mut command = place.on_it(&["restore"]);
    command.arg(file).args(more);
    run(command, b"").await
}

/// What two backups say of their tables; what differs is named, but for `passing`.
fn assert_same(one: &(Head, Manifest), other: &(Head, Manifest), passing: &[&str]) {
    let names: Vec<&String> = one.1.tables.keys().collect();
    assert_eq!(names, other.1.tables.keys().collect::<Vec<_>>());
    for (name, count) in one.1.tables.iter().filter(|(name, _)| !passing.contains(&name.as_str())) {
        assert_eq!(Some(count), other.1.tables.get(name), "{name}");
    }
    assert_eq!(one.1.attachments, other.1.attachments);
    assert_eq!(one.0.sequences, other.0.sequences);
}

async fn count(db: &Db, text: &'static str) -> i64 {
    sql(text).one(&mut db.read().await.unwrap()).await.unwrap().get("count").unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_made_under_load_holds_all_that_was_acknowledged_and_goes_into_either_database_and_back() {
    let folder = TempDir::new().unwrap();
    for place in on_each_database("backup_from").await {
        let sink = Sink::open().await.unwrap();
        let token = place.prepare(senders::CLIENTS).await;
        let senders = Senders::start(&token, &sink);
        let mut running = Running::start(place.serve(&sink.url()));
        senders.turn_to(running.address().await);
        tokio::time::sleep(Duration::from_secs(3)).await;
        let before = senders.so_far();
        let file = backed_up(&place, folder.path(), "first.tar.gz").await;
        senders.finish().await;
        assert!(running.stop().await.success(), "{}", place.said());
        place.remove().await;
        let first = backup::verify(&file).unwrap();
        assert!(!before.forms.is_empty() && !before.mails.is_empty() && first.1.attachments.files > 0, "{before:?}");

        for target in on_each_database("backup_to").await {
            let ended = restored(&target, &file, &["--send", "--go-live"]).await;
            assert_eq!(ended.code, 0, "{ended:?}\n{}", target.said());
            let db = Db::open(target.location()).await.unwrap();
            for ticket in before.forms.iter().chain(before.mails.iter().map(|mail| &mail.ticket)) {
                let found =
                    sql("SELECT COUNT(*) AS count FROM tickets WHERE id = $1").bind(ticket.parse::<i64>().unwrap());
                let found: i64 = found.one(&mut db.read().await.unwrap()).await.unwrap().get("count").unwrap();
                assert_eq!(found, 1, "ticket {ticket}");
            }
            db.close().await;
            let again = backed_up(&target, folder.path(), "again.tar.gz").await;
            // What somebody was at is given up, and the master key taken anew, for nothing was sealed under it; the rest is as it was.
            assert_same(&first, &backup::verify(&again).unwrap(), &["askings", "outbox", "settings", "words_to_fill"]);
            goes_on(&target, &sink, &token).await;
            target.remove().await;
        }
    }
}

/// A restored desk takes up its work: numbers and ids go on, and what waited is done.
async fn goes_on(place: &Place, sink: &Sink, token: &str) {
    let db = Db::open(place.location()).await.unwrap();
    let highest = count(&db, "SELECT MAX(number) AS count FROM tickets").await;
    let mut running = Running::start(place.serve(&sink.url()));
    let address = running.address().await.expect("it listens");
    let mail = running::ask::Request::mail(running::calls::MAIL).by(token);
    let answer = mail.send(address).await.unwrap();
    assert_eq!(answer.status, 202, "{answer:?}\n{}", place.said());
    assert!(answer.body["ticket"]["number"].as_i64() > Some(highest), "{answer:?}");
    let rest = async {
        while count(&db, "SELECT COUNT(*) AS count FROM outbox WHERE state = 'waiting'").await > 0 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), rest).await.expect("what waited is done");
    db.close().await;
    assert!(running.stop().await.success(), "{}", place.said());
}

#[tokio::test]
async fn mails_that_may_have_gone_out_since_are_held_until_somebody_says_what_becomes_of_them() {
    let folder = TempDir::new().unwrap();
    for place in on_each_database("backup_held").await {
        place.prepare(1).await;
        let desk = place.open(store::Clock::system()).await;
        for _ in 0..2 {
            submit(&desk).await;
        }
        desk.close().await.unwrap();
        let file = backed_up(&place, folder.path(), "held.tar.gz").await;
        place.remove().await;

        for (command, state) in [("release", "waiting"), ("drop", "done")] {
            for target in on_each_database("backup_held_to").await {
                held_and_told(&target, &file, command, state).await;
                target.remove().await;
            }
        }
    }
}

async fn held_and_told(target: &Place, file: &Path, command: &str, state: &str) {
    let ended = restored(target, file, &[]).await;
    assert!(ended.code == 0 && ended.printed.contains("2 mails that waited then are held"), "{ended:?}");
    assert!(ended.printed.contains("It rests"), "{ended:?}");
    for said in ["The desk fetches and sends mail.", "The desk fetched and sent mail already."] {
        let ended = run(target.on_it(&["go-live"]), b"").await;
        assert_eq!((ended.code, ended.printed.trim()), (0, said));
    }
    let held = run(target.on_it(&["outbox", "held"]), b"").await;
    assert_eq!(held.printed.trim(), "2 mails are held.");
    let ended = run(target.on_it(&["outbox", command]), b"").await;
    assert!(ended.code == 0 && ended.printed.starts_with("2 mails"), "{ended:?}");
    let db = Db::open(target.location()).await.unwrap();
    let rows = sql("SELECT state FROM outbox").all(&mut db.read().await.unwrap()).await.unwrap();
    let states: Vec<String> = rows.iter().map(|row| row.get("state").unwrap()).collect();
    assert_eq!(states, [state, state], "{command}");
    db.close().await;
}

/// Submits a form that the desk acknowledges by mail.
async fn submit(desk: &desk::Desk) {
    let form = desk::handle::SubmitForm {
        form: "document-survey".to_owned(),
        from: desk::handle::Sender { email: running::place::client(0), name: None },
        answers: serde_json::json!({"documents": 1, "details": "A new logo"}).as_object().cloned().unwrap(),
        ticket: None,
        key: None,
    };
    desk.handle(&desk::Actor::Outside, desk::handle::Command::SubmitForm(form)).await.unwrap();
    while desk.look_up_next("customer-database").await.unwrap() > 0 {}
}

#[tokio::test]
async fn the_master_key_is_in_a_backup_only_when_it_is_asked_for() {
    let (folder, place) = (TempDir::new().unwrap(), Place::embedded());
    place.prepare(1).await;
    std::fs::write(place.data().join("master.key"), "a key that nobody knows").unwrap();
    let without = backed_up(&place, folder.path(), "without.tar.gz").await;
    assert_eq!(backup::verify(&without).unwrap().1.master_key, None);
    let ended = backing_up(&place, folder.path(), &["--with-master-key"]).await;
    assert_eq!(ended.code, 0, "{ended:?}");
    let name = running::calls::names_in(folder.path()).into_iter().find(|name| name.starts_with("deskhand-")).unwrap();
    let target = Place::embedded();
    let ended = restored(&target, &folder.path().join(name), &[]).await;
    assert_eq!(ended.code, 0, "{ended:?}\n{}", target.said());
    let key = std::fs::read_to_string(target.data().join("master.key")).unwrap();
    assert_eq!(key, "a key that nobody knows");
}
