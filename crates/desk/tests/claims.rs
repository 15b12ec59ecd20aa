//! What a process had claimed when it died is carried out by another, whatever clock it claimed it by.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::claims::{self, Which};
use desk::handle::{Command, Reply, ReplyKind};
use desk::{Actor, Desk};
use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use open::{Courier, agent, on_each_database, open_ticket};
use store::sql;

/// An answer to Maria waits, claimed until an instant by a process that is gone.
async fn claimed_until(desk: &Desk, until: Timestamp) {
    let ticket = open_ticket(desk, "Letters", "Hello").await;
    desk.settle(&Courier::default()).await.unwrap();
    let (body, kind) = ("It is done.".to_owned(), ReplyKind::Reply);
    let reply = Reply { ticket, body, kind, files: Vec::new(), seen: None, key: None };
    desk.handle(&agent(desk, "Ana").await, Command::Reply(reply)).await.unwrap();
    let claiming = desk.ground.change(&Actor::Desk, move |context| {
        async move {
            let claim = sql("UPDATE outbox SET claimed_until = $1 WHERE state = 'waiting'").bind(until);
            assert_eq!(claim.execute(context.tx).await?, 1);
            Ok(())
        }
        .boxed()
    });
    claiming.await.unwrap();
}

async fn sent(desk: &Desk) -> usize {
    let courier = Courier::default();
    desk.deliver_next(&courier, 10).await.unwrap();
    courier.mails().len()
}

#[tokio::test]
async fn what_a_dead_process_claimed_waits_for_the_claim_to_end_where_another_may_hold_it() {
    on_each_database(async |desk| {
        claimed_until(&desk, desk.ground.clock.real_now() + SignedDuration::from_mins(2)).await;
        assert_eq!(claims::release(&desk.ground, Which::MadeAhead).await.unwrap(), 0, "it may be on its way");
        assert_eq!(sent(&desk).await, 0);
        assert_eq!(claims::release(&desk.ground, Which::All).await.unwrap(), 1, "there is no other process");
        assert_eq!(sent(&desk).await, 1);
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_claim_of_a_process_whose_clock_was_a_year_ahead_holds_nothing_for_a_year() {
    on_each_database(async |desk| {
        claimed_until(&desk, desk.ground.clock.real_now() + SignedDuration::from_hours(365 * 24)).await;
        assert_eq!(sent(&desk).await, 0);
        assert_eq!(claims::release(&desk.ground, Which::MadeAhead).await.unwrap(), 1);
        assert_eq!(sent(&desk).await, 1);
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}
