//! Two processes on one PostgreSQL, and one of them dies: what it had begun is taken over by the other, which needs no restart.

use std::time::Duration;

use jiff::Timestamp;
use sink::Sink;
use store::{Clock, Db, sql};

use crate::running::{Place, Running};
use crate::senders::{self, Senders};
use crate::{LIMIT, books};

/// How long what a killed process had claimed stays claimed, as `docs/operating.md` says: mails, and questions to other databases.
const CLAIMS_MAX: [(&str, i64); 2] = [("outbox", 120), ("askings", 20)];
/// How long the other may take once the claims have run out, on a machine that does much else.
const TAKEN_OVER: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_killed_process_had_begun_is_taken_over_by_the_other_within_what_is_promised() {
    for (round, failpoint) in ["outbox.claimed:3", "outbox.carried:4", "lookups.claimed:3"].into_iter().enumerate() {
        let Some(place) = Place::on_server(&format!("two_nodes_{round}")).await else { return };
        let sink = Sink::open().await.unwrap();
        let token = place.prepare(senders::CLIENTS).await;
        let senders = Senders::start(&token, &sink);
        let mut command = place.serve(&sink.url());
        command.env("DESKHAND_FAILPOINT", failpoint);
        let (mut mortal, mut other) = (Running::start(command), Running::start(place.serve(&sink.url())));
        let other_address = other.address().await;
        senders.turn_to(mortal.address().await);
        let ended = mortal.ended_within(LIMIT).await;
        assert!(
            ended.is_some_and(|status| !status.success()),
            "{failpoint} was not reached: {ended:?}\n{}",
            place.said()
        );
        senders.turn_to(other_address);

        let db = Db::open(place.location()).await.unwrap();
        let let_go = run_out(&db).await;
        assert!(let_go > 0 || failpoint.starts_with("lookups"), "{failpoint}: it had claimed nothing");
        let sent = senders.finish().await;
        let rest = async {
            while books::waiting(&db).await > 0 {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        let rested = tokio::time::timeout(TAKEN_OVER, rest).await;
        assert!(rested.is_ok(), "{failpoint}: {} still wait\n{}", books::waiting(&db).await, place.said());
        db.close().await;
        assert!(other.ended_within(Duration::ZERO).await.is_none(), "the other went with it\n{}", place.said());
        assert!(other.stop().await.success(), "{}", place.said());
        // What the other was carrying when its claims were ended may have gone out again as well.
        books::compare(&place, &sent, &sink.taken(), 2).await;
        place.remove().await;
    }
}

/// Lets the time pass that claims last, by putting their end so much earlier: none lasts longer than it may. Gives how many there were.
async fn run_out(db: &Db) -> i64 {
    let mut there = 0;
    for (table, seconds) in CLAIMS_MAX {
        let longest = format!("SELECT MAX(claimed_until) AS until FROM {table} WHERE state = 'waiting'");
        let longer = format!("SELECT COUNT(*) AS count FROM {table} WHERE state = 'waiting' AND claimed_until > $1");
        let mut conn = db.read().await.unwrap();
        let longest: Option<Timestamp> = sql(longest).one(&mut conn).await.unwrap().get("until").unwrap();
        // Read afterwards: the other process goes on claiming.
        let now = Clock::system().now();
        let latest = now + jiff::SignedDuration::from_secs(seconds);
        assert!(longest.is_none_or(|until| until <= latest), "{table}: claimed for longer than {seconds} seconds");
        let still: Option<i64> = sql(longer).bind(now).scalar(&mut conn, "count").await.unwrap();
        there += still.unwrap_or_default();
        drop(conn);
        let passing = format!("UPDATE {table} SET claimed_until = $1 WHERE state = 'waiting' AND claimed_until > $1");
        sql(passing).bind(now).execute(&mut db.read().await.unwrap()).await.unwrap();
    }
    there
}
