//! What those see who look after a desk: how much waits and since when, and mails that wait for their word.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::Command;
use desk::measures::{self, Measures};
use desk::outbox::{Refusal, held};
use desk::{Actor, Desk, messages, rights::Scope};
use futures::FutureExt;
use jiff::SignedDuration;
use open::{Courier, agent, on_each_database, pass, submitted, survey};
use playbook::Status;

async fn measured(desk: &Desk) -> Measures {
    measures::take(&mut desk.read().await.unwrap(), desk.now()).await.unwrap()
}

async fn hold(desk: &Desk) -> u64 {
    let holding = desk.ground.change(&Actor::Desk, |context| async move { held::hold(context.tx).await }.boxed());
    holding.await.unwrap()
}

#[tokio::test]
async fn what_waits_is_counted_with_since_when_and_what_was_given_up_for_a_day() {
    on_each_database(async |desk| {
        let nothing = measured(&desk).await;
        assert_eq!(
            (nothing.mails_waiting.count, nothing.lookups_waiting.first_due, nothing.mail_in_until),
            (0, None, None)
        );
        let began = desk.now();
        desk.handle(&Actor::Outside, Command::SubmitForm(survey())).await.unwrap();
        let asked = measured(&desk).await;
        assert_eq!((asked.lookups_waiting.count, asked.lookups_waiting.first_due), (1, Some(began)));
        assert_eq!(asked.tickets, [(Status::Open, 1), (Status::Pending, 0), (Status::Solved, 0)]);
        while desk.look_up_next("customer-database").await.unwrap() > 0 {}
        let opened = measured(&desk).await;
        assert_eq!((opened.mails_waiting.count, opened.mails_waiting.first_due), (1, Some(began)));
        assert_eq!(opened.events_waiting, 1, "the linked ticket has not begun yet");

        let courier = Courier::default();
        *courier.refusal.lock().unwrap() = Some(Refusal::Never("550 no such user".to_owned()));
        desk.settle(&courier).await.unwrap();
        let failed = measured(&desk).await;
        assert_eq!((failed.mails_waiting.count, failed.mails_failed, failed.events_waiting), (0, 1, 0));
        pass(&desk, SignedDuration::from_hours(25)).await;
        assert_eq!(measured(&desk).await.mails_failed, 0, "that was yesterday");
    })
    .await;
}

#[tokio::test]
async fn what_is_held_goes_nowhere_until_it_is_released_or_taken_for_sent() {
    on_each_database(async |desk| {
        for released in [true, false] {
            let courier = Courier::default();
            let ticket = desk.handle(&Actor::Outside, Command::SubmitForm(survey())).await.unwrap().ticket().unwrap();
            while desk.look_up_next("customer-database").await.unwrap() > 0 {}
            assert_eq!((hold(&desk).await, held::count(&desk.ground).await.unwrap()), (1, 1));
            desk.settle(&courier).await.unwrap();
            assert_eq!((courier.mails().len(), measured(&desk).await.mails_held), (0, 1));

            let done =
                if released { held::release(&desk.ground).await } else { held::take_for_sent(&desk.ground).await };
            assert_eq!((done.unwrap(), held::count(&desk.ground).await.unwrap()), (1, 0));
            desk.settle(&courier).await.unwrap();
            assert_eq!(courier.mails().len(), usize::from(released));
            let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
            let thread = messages::of_ticket(&mut desk.read().await.unwrap(), scope, ticket, 9).await.unwrap();
            assert!(thread.iter().any(|message| message.delivery.as_deref() == Some("sent")), "{thread:?}");
        }
        submitted(&desk, &Courier::default()).await;
        assert_eq!(hold(&desk).await, 0, "what has gone is not held");
    })
    .await;
}
