//! How many mails that wait leave: over several lanes, in the order of each ticket, and never far ahead of what is remembered.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use desk::handle::{Command, Reply, ReplyKind};
use desk::outbox::deliver::UNDER_WAY_EACH_LANE;
use desk::outbox::{self, Carrier, Parcel, Refusal};
use desk::{Actor, Desk};
use futures::FutureExt;
use futures::future::{BoxFuture, join};
use jiff::SignedDuration;
use open::{Courier, agent, on_each_database, open_ticket};
use store::{Id, sql};
use tokio::sync::{Notify, Semaphore};

const LANES: usize = 2;

/// Tickets of Maria's with so many answers each, which wait; the first answers of all come first.
async fn answered(desk: &Desk, tickets: usize, answers: usize) -> Vec<Id> {
    let mut opened = Vec::new();
    for number in 0..tickets {
        opened.push(open_ticket(desk, &format!("Request {number}"), "Hello").await);
    }
    desk.settle(&Courier::default()).await.unwrap();
    for number in 0..answers {
        for ticket in &opened {
            answer(desk, *ticket, &format!("Answer {number}")).await;
        }
    }
    opened
}

async fn answer(desk: &Desk, ticket: Id, body: &str) {
    let reply =
        Reply { ticket, body: body.to_owned(), kind: ReplyKind::Reply, files: Vec::new(), seen: None, key: None };
    desk.handle(&agent(desk, "Ana").await, Command::Reply(reply)).await.unwrap();
}

async fn count(desk: &Desk, query: &'static str) -> usize {
    let found: Option<i64> = sql(query).scalar(&mut desk.read().await.unwrap(), "count").await.unwrap();
    usize::try_from(found.unwrap()).unwrap()
}

/// Takes its time with every other mail, and notes what it was given while another of the same ticket was on its way.
#[derive(Default)]
struct Uneven {
    on_its_way: Mutex<Vec<Id>>,
    carried: Mutex<BTreeMap<Id, Vec<String>>>,
    asked: AtomicUsize,
    most: AtomicUsize,
    overtook: AtomicBool,
}

impl Carrier for Uneven {
    fn carry<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<(), Refusal>> {
        async move {
            let ticket = parcel.ticket.unwrap();
            let most = {
                let mut on_its_way = self.on_its_way.lock().unwrap();
                self.overtook.fetch_or(on_its_way.contains(&ticket), Ordering::SeqCst);
                on_its_way.push(ticket);
                on_its_way.len()
            };
            self.most.fetch_max(most, Ordering::SeqCst);
            for _ in 0..(self.asked.fetch_add(1, Ordering::SeqCst) % 2) * 2_000 {
                tokio::task::yield_now().await;
            }
            let text = mail::parse(&parcel.mail.raw).text.unwrap();
            let words = text.lines().find(|line| line.starts_with("Answer")).unwrap().to_owned();
            self.carried.lock().unwrap().entry(ticket).or_default().push(words);
            self.on_its_way.lock().unwrap().retain(|other| *other != ticket);
            Ok(())
        }
        .boxed()
    }

    fn lanes(&self) -> usize {
        LANES
    }
}

#[tokio::test]
async fn two_processes_keep_the_order_of_each_ticket_and_use_every_lane() {
    on_each_database(async |desk| {
        let tickets = answered(&desk, 5, 6).await;
        let carrier = Uneven::default();
        let never = || false;
        let (one, other) =
            join(desk.work_off(&carrier, (None, 100), &never), desk.work_off(&carrier, (None, 100), &never)).await;
        assert_eq!(one.unwrap() + other.unwrap(), 30);
        assert!(!carrier.overtook.load(Ordering::SeqCst), "two mails of one ticket were on their way at once");
        assert!(carrier.most.load(Ordering::SeqCst) >= LANES, "the other tickets waited");
        let carried = carrier.carried.lock().unwrap();
        let wanted: Vec<String> = (0..6).map(|number| format!("Answer {number}")).collect();
        assert_eq!(carried.len(), tickets.len());
        assert!(carried.values().all(|words| *words == wanted), "{carried:?}");
    })
    .await;
}

/// Takes what it is given once its gate is open, and says how much that was.
struct Gated {
    asked: Notify,
    waiting: AtomicUsize,
    gate: Semaphore,
    taken: AtomicUsize,
    more: Notify,
}

impl Gated {
    fn shut() -> Self {
        let (waiting, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Self { asked: Notify::new(), waiting, gate: Semaphore::new(0), taken, more: Notify::new() }
    }
}

impl Carrier for Gated {
    fn carry<'a>(&'a self, _parcel: &'a Parcel) -> BoxFuture<'a, Result<(), Refusal>> {
        async {
            self.waiting.fetch_add(1, Ordering::SeqCst);
            self.asked.notify_one();
            self.gate.acquire().await.unwrap().forget();
            self.taken.fetch_add(1, Ordering::SeqCst);
            self.more.notify_one();
            Ok(())
        }
        .boxed()
    }

    fn lanes(&self) -> usize {
        LANES
    }
}

/// Keeps every other change waiting that touches a ticket, from when it says so until it is let go.
async fn hold_up(desk: &Desk, held: Arc<Notify>, let_go: Arc<Notify>) {
    let holding = desk.ground.change(&Actor::Desk, move |context| {
        let (held, let_go) = (held.clone(), let_go.clone());
        async move {
            sql("UPDATE tickets SET subject = subject").execute(context.tx).await?;
            held.notify_one();
            let_go.notified().await;
            Ok(())
        }
        .boxed()
    });
    holding.await.unwrap();
}

#[tokio::test]
async fn lanes_go_on_while_the_database_is_slow_to_remember_but_no_further_than_two_mails_each() {
    on_each_database(async |desk| {
        answered(&desk, 12, 1).await;
        let carrier = Gated::shut();
        let (held, let_go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let watching = async {
            // Some are claimed.
            carrier.asked.notified().await;
            let looking = async {
                held.notified().await;
                carrier.gate.add_permits(100);
                while carrier.taken.load(Ordering::SeqCst) < LANES * UNDER_WAY_EACH_LANE {
                    carrier.more.notified().await;
                }
                for _ in 0..200 {
                    tokio::task::yield_now().await;
                }
                let seen = (carrier.taken.load(Ordering::SeqCst), count(&desk, DONE).await);
                let_go.notify_one();
                seen
            };
            join(hold_up(&desk, held.clone(), let_go.clone()), looking).await.1
        };
        let (worked, seen) = join(desk.work_off(&carrier, (None, 100), &|| false), watching).await;
        assert_eq!(seen, (LANES * UNDER_WAY_EACH_LANE, 0), "taken, and remembered");
        assert_eq!((worked.unwrap(), count(&desk, DONE).await), (12, 12));
    })
    .await;
}

/// Has one of `mails` on as many tickets taken, and no other; looks whether it is remembered before the rest is taken.
async fn one_is_taken(mails: usize, remembered: bool) {
    on_each_database(async |desk| {
        answered(&desk, mails, 1).await;
        let carrier = Gated::shut();
        let watching = async {
            while carrier.waiting.load(Ordering::SeqCst) < LANES {
                carrier.asked.notified().await;
            }
            // Until those behind them are composed, for which connections may have to be opened.
            for _ in 0..5000 {
                assert_eq!(count(&desk, DONE).await, 0);
            }
            carrier.gate.add_permits(1);
            carrier.more.notified().await;
            let mut looks = 0;
            while count(&desk, DONE).await == 0 && (remembered || looks < 500) {
                looks += 1;
            }
            assert_eq!(count(&desk, DONE).await, usize::from(remembered));
            carrier.gate.add_permits(100);
        };
        let worked = join(desk.work_off(&carrier, (None, 100), &|| false), watching).await.0;
        assert_eq!((worked.unwrap(), count(&desk, DONE).await), (mails, mails));
    })
    .await;
}

#[tokio::test]
async fn while_every_lane_carries_what_became_of_a_mail_waits_to_be_remembered_with_the_others() {
    one_is_taken(LANES * UNDER_WAY_EACH_LANE, false).await;
}

#[tokio::test]
async fn with_a_lane_free_what_became_of_a_mail_is_remembered_while_another_hangs() {
    one_is_taken(LANES, true).await;
}

#[tokio::test]
async fn a_process_that_stops_ends_what_it_began_and_leaves_the_rest_to_whoever_comes() {
    on_each_database(async |desk| {
        answered(&desk, 8, 1).await;
        let carrier = Courier::default();
        let is_over = || !carrier.carried.lock().unwrap().is_empty();
        let begun = desk.work_off(&carrier, (None, 100), &is_over).await.unwrap();
        assert!((1..=UNDER_WAY_EACH_LANE).contains(&begun), "{begun}");
        assert_eq!(count(&desk, DONE).await, begun);
        assert_eq!(desk.work_off(&carrier, (None, 100), &|| false).await.unwrap(), 8 - begun, "nothing was kept back");
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_is_tried_later_keeps_the_next_to_the_same_person_waiting_and_nobody_elses() {
    on_each_database(async |desk| {
        let tickets = answered(&desk, 2, 2).await;
        let refusing = Courier::default();
        *refusing.refusal.lock().unwrap() = Some(Refusal::Later("451 not now".to_owned()));
        assert_eq!(desk.work_off(&refusing, (None, 1), &|| false).await.unwrap(), 1);
        let courier = Courier::default();
        desk.settle(&courier).await.unwrap();
        let of =
            |courier: &Courier| courier.carried.lock().unwrap().iter().map(|it| it.ticket.unwrap()).collect::<Vec<_>>();
        assert_eq!(of(&courier), [tickets[1], tickets[1]], "the other ticket's are not held up");
        assert_eq!(outbox::ways_due(&desk.ground).await.unwrap(), [], "the next of the first is not due before it");
        let due = desk.next_due().await.unwrap().unwrap();
        assert_eq!(due.duration_since(desk.now()), SignedDuration::from_secs(10));
        desk.ground.clock.advance_to(due);
        desk.settle(&courier).await.unwrap();
        assert_eq!(of(&courier)[2..], [tickets[0], tickets[0]]);
        assert!(courier.mails()[2].text.as_deref().unwrap().contains("Answer 0"));
    })
    .await;
}

const DONE: &str =
    "SELECT COUNT(*) AS count FROM outbox WHERE state = 'done' AND attempts > 0 AND key LIKE 'message:%'";
