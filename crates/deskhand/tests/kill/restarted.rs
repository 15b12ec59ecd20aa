//! PostgreSQL itself goes away and comes back while everybody works, and the desk's process lives on.

use std::time::Duration;

use sink::Sink;

use crate::running::postgres::Postgres;
use crate::running::{Place, Running};
use crate::senders::Senders;
use crate::{books, senders};

/// How the server goes, in turn: as it is stopped for an upgrade, and as it crashes.
const WAYS: [&str; 4] = ["INT", "QUIT", "INT", "QUIT"];
/// How long everybody works before, and how long it stays away.
const WORKING: Duration = Duration::from_millis(1_500);
const AWAY: Duration = Duration::from_millis(800);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgresql_that_is_restarted_under_load_loses_nothing_and_the_desk_goes_on_by_itself() {
    let Some(mut server) = Postgres::start().await else { return };
    let place = Place::on(&server.url(), "restarted").await;
    let sink = Sink::open().await.unwrap();
    let token = place.prepare(senders::CLIENTS).await;
    let senders = Senders::start(&token, &sink);
    let mut running = Running::start(place.serve(&sink.url()));
    senders.turn_to(running.address().await);
    for way in WAYS {
        tokio::time::sleep(WORKING).await;
        server.stop(way).await;
        tokio::time::sleep(AWAY).await;
        server.go_on().await;
    }
    tokio::time::sleep(WORKING).await;
    assert!(running.ended_within(Duration::ZERO).await.is_none(), "the desk went with it\n{}", place.said());
    assert!(running.stop().await.success(), "{}", place.said());
    let sent = crate::come_to_rest(&place, &sink, senders).await;
    assert!(sent.forms.len() > 10 && sent.mails.len() > 10, "{sent:?}");
    books::compare(&place, &sent, &sink.taken(), WAYS.len()).await;
    place.remove().await;
}
