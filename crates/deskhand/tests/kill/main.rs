//! The desk is killed again and again, at the worst places and at any moment, while clients send forms and mails and agents
//! work. Whoever is not answered asks again with the same key or bytes. At the end three ledgers are compared: what the senders
//! were told, what the database holds, and what the mail server took.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a failed expectation is a failed test")]

mod books;
mod restarted;
mod senders;
mod two_nodes;

#[path = "../running/mod.rs"]
mod running;

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::time::Duration;

use desk::claims;
use running::{Place, Running};
use senders::Senders;
use sink::Sink;
use store::{Chance, Clock, Db, sql};

/// The places that the desk dies at, and within how many times of reaching it. Each has its turn this often:
const ROUNDS: usize = 2;
const PLACES: [(&str, u64); 8] = [
    ("writer.committing", 30),
    ("writer.committed", 30),
    ("outbox.claimed", 4),
    ("outbox.carried", 6),
    ("attachments.staged", 3),
    ("queue.judged", 6),
    ("lookups.claimed", 3),
    ("lookups.answered", 3),
];
/// How often it is killed at any moment, from its start on, and within how many milliseconds.
const ANY_MOMENTS: usize = 10;
const ANY_MOMENT_MS: u64 = 1500;
/// How long it may take to come to the place; what a killed process had claimed of look-ups is free after 20 seconds.
const LIMIT: Duration = Duration::from_secs(45);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_kills_the_embedded_desk_nothing_is_lost_and_nothing_done_twice() {
    story(Place::embedded(), 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_kills_a_desk_on_postgresql_nothing_is_lost_and_nothing_done_twice() {
    if let Some(place) = Place::on_server("kill").await {
        story(place, 2).await;
    }
}

async fn story(place: Place, seed: u64) {
    let chance = Chance::seeded(seed);
    let sink = Sink::open().await.unwrap();
    let token = place.prepare(senders::CLIENTS).await;
    let senders = Senders::start(&token, &sink);

    let mut kills = BTreeMap::<&str, usize>::new();
    for _ in 0..ROUNDS {
        for (name, within) in PLACES {
            die_at(&place, &sink, &senders, name, 1 + below(&chance, within)).await;
            *kills.entry(name).or_default() += 1;
        }
    }
    for _ in 0..ANY_MOMENTS {
        let moment = Duration::from_millis(below(&chance, ANY_MOMENT_MS));
        die_after(&place, &sink, &senders, moment).await;
        *kills.entry("any moment").or_default() += 1;
    }

    let sent = come_to_rest(&place, &sink, senders).await;
    let killed = kills.values().sum::<usize>();
    assert!(killed >= 20, "{kills:?}");
    println!("killed {killed} times: {kills:?}");
    books::compare(&place, &sent, &sink.taken(), killed).await;
    place.remove().await;
}

/// Starts the desk so that it dies when it reaches the place called `name` for the `time`-th time, and sees it die there.
async fn die_at(place: &Place, sink: &Sink, senders: &Senders, name: &str, time: u64) {
    let mut command = place.serve(&sink.url());
    command.env("DESKHAND_FAILPOINT", format!("{name}:{time}"));
    let mut running = Running::start(command);
    // It may die before it listens.
    senders.turn_to(running.address().await);
    let ended = running.ended_within(LIMIT).await;
    let died = ended.is_some_and(|status| status.signal().is_some());
    assert!(died, "{name} was not reached for the {time}. time: {ended:?}\n{}", place.said());
}

/// Starts the desk and kills it after a while, whatever it does then.
async fn die_after(place: &Place, sink: &Sink, senders: &Senders, moment: Duration) {
    let mut running = Running::start(place.serve(&sink.url()));
    let working = async {
        senders.turn_to(running.address().await);
        std::future::pending::<()>().await;
    };
    let survived = tokio::time::timeout(moment, working).await;
    assert!(survived.is_err());
    running.kill().await;
}

/// Lets everything be answered and carried out, and stops the desk as one does. Gives what was sent.
async fn come_to_rest(place: &Place, sink: &Sink, senders: Senders) -> senders::Sent {
    // What a killed process had claimed stays claimed for two minutes. Nobody else delivers here, so it is given up now.
    let desk = place.open(Clock::system()).await;
    claims::release(&desk.ground, claims::Which::All).await.unwrap();
    desk.close().await.unwrap();

    let mut running = Running::start(place.serve(&sink.url()));
    senders.turn_to(running.address().await);
    let sent = senders.finish().await;
    let db = Db::open(place.location()).await.unwrap();
    let rest = async {
        while books::waiting(&db).await > 0 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let rested = tokio::time::timeout(Duration::from_secs(60), rest).await;
    assert!(rested.is_ok(), "{} effects and events still wait\n{}", books::waiting(&db).await, place.said());
    db.close().await;
    let status = running.stop().await;
    assert!(status.success(), "{status}\n{}", place.said());
    sent
}

/// A number below `limit`.
fn below(chance: &Chance, limit: u64) -> u64 {
    u64::from_le_bytes(chance.bytes().unwrap()) % limit
}

/// How many rows a query counts, as `count`.
async fn count(db: &Db, text: &'static str) -> i64 {
    sql(text).one(&mut db.read().await.unwrap()).await.unwrap().get("count").unwrap()
}
