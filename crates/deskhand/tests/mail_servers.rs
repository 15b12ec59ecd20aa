//! What the desk makes of mail servers that behave badly: the whole way from a submitted form to the server, over the time it
//! takes. How the carrier itself speaks is in `crates/server/tests/smtp.rs`.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod running;

use std::time::Duration;

use desk::handle::{self, Sender, SubmitForm};
use desk::messages::{self, Kind, Message};
use desk::outbox::{ATTEMPTS_MAX, count_waiting};
use desk::rights::Scope;
use desk::{Actor, Desk, Role, notifications, tickets};
use jiff::SignedDuration;
use running::{Place, place};
use serde_json::json;
use server::smtp::SmtpCarrier;
use sink::{Manners, Sink};
use store::{Clock, Id};

/// A desk whose clock stands still, and the mail server that it sends to.
struct Stage {
    desk: Desk,
    sink: Sink,
    carrier: SmtpCarrier,
}

/// Tells `story` on SQLite and, when `DESKHAND_TEST_POSTGRES` names a server, on PostgreSQL; at its end nothing may wait.
async fn on_each_database(name: &str, step_max: Duration, story: impl AsyncFn(&Stage)) {
    for place in [Some(Place::embedded()), Place::on_server(name).await].into_iter().flatten() {
        place.prepare(1).await;
        let desk = place.open(Clock::standing_at("2026-11-17T09:00:00Z".parse().unwrap())).await;
        let sink = Sink::open().await.unwrap();
        let carrier = SmtpCarrier::new(&sink.url()).unwrap().with_step_max(step_max);
        let stage = Stage { desk, sink, carrier };
        story(&stage).await;
        assert_eq!(stage.waiting().await, 0, "a mail was left to wait");
        stage.desk.close().await.unwrap();
        place.remove().await;
    }
}

impl Stage {
    /// Submits a form, which the desk acknowledges by mail. Gives its ticket.
    async fn submit(&self) -> Id {
        let form = SubmitForm {
            form: "document-survey".to_owned(),
            from: Sender { email: place::client(0), name: None },
            answers: json!({"documents": 1, "details": "A new logo"}).as_object().cloned().unwrap(),
            ticket: None,
            key: None,
        };
        let ticket = self.desk.handle(&Actor::Outside, handle::Command::SubmitForm(form)).await.unwrap().ticket();
        // The customer database is not connected: the directory decides.
        while self.desk.look_up_next("customer-database").await.unwrap() > 0 {}
        ticket.unwrap()
    }

    /// Does whatever is due now.
    async fn settle(&self) {
        self.desk.settle(&self.carrier).await.unwrap();
    }

    /// Moves time to when the next mail is due, and does it. Gives how long that was.
    async fn later(&self) -> SignedDuration {
        let (now, due) = (self.desk.now(), self.desk.next_due().await.unwrap().unwrap());
        self.desk.ground.clock.advance_to(due);
        self.settle().await;
        due.duration_since(now)
    }

    async fn waiting(&self) -> i64 {
        count_waiting(&mut self.desk.read().await.unwrap()).await.unwrap()
    }

    /// The acknowledgement of a ticket.
    async fn acknowledgement(&self, ticket: Id) -> Message {
        let thread = messages::of_ticket(&mut self.desk.read().await.unwrap(), scope(), ticket, 9).await.unwrap();
        thread.into_iter().find(|message| message.kind == Kind::Automatic).unwrap()
    }

    /// What the team was told about a ticket.
    async fn told(&self, ticket: Id) -> Vec<String> {
        let mut conn = self.desk.read().await.unwrap();
        let notices = notifications::of_ticket(&mut conn, scope(), ticket, 9).await.unwrap();
        notices.into_iter().map(|notice| format!("{}: {}", notice.audience, notice.text)).collect()
    }

    /// The Message-IDs of the mails that the server took, in order.
    fn taken(&self) -> Vec<String> {
        self.sink.taken().iter().map(|mail| mail::parse(&mail.raw).message_id.unwrap()).collect()
    }
}

fn scope() -> Scope {
    Scope::of(&Actor::Program { name: "test".to_owned(), role: Role::Agent }).unwrap()
}

#[tokio::test]
async fn a_mail_that_is_refused_for_good_is_marked_and_told_and_the_next_one_goes() {
    on_each_database("refused", Duration::from_secs(5), async |stage| {
        stage.sink.behave([Manners::RefuseRecipient(550)]);
        let refused = stage.submit().await;
        stage.settle().await;
        let taken = stage.submit().await;
        stage.settle().await;
        assert_eq!(stage.acknowledgement(refused).await.delivery.as_deref(), Some("failed"));
        let told = stage.told(refused).await;
        assert!(told.len() == 1 && told[0].starts_with("support: ") && told[0].contains("550"), "{told:?}");
        assert_eq!(stage.acknowledgement(taken).await.delivery.as_deref(), Some("sent"));
        assert_eq!((stage.told(taken).await, stage.taken().len()), (vec![], 1));
    })
    .await;
}

#[tokio::test]
async fn a_server_that_says_not_now_is_asked_for_two_days_and_then_the_team_is_told_once() {
    on_each_database("not_now", Duration::from_secs(5), async |stage| {
        let asked = usize::try_from(ATTEMPTS_MAX).unwrap();
        stage.sink.behave(std::iter::repeat_n(Manners::RefuseMail(451), asked));
        let ticket = stage.submit().await;
        stage.settle().await;
        let (mut attempts, mut passed) = (1, SignedDuration::ZERO);
        while stage.waiting().await > 0 {
            assert_eq!(stage.acknowledgement(ticket).await.delivery.as_deref(), Some("waiting"));
            assert!(stage.told(ticket).await.is_empty());
            passed += stage.later().await;
            attempts += 1;
        }
        assert_eq!(attempts, asked);
        assert!((44..=50).contains(&passed.as_hours()), "{passed:?}");
        assert_eq!(stage.acknowledgement(ticket).await.delivery.as_deref(), Some("failed"));
        let told = stage.told(ticket).await;
        assert!(told.len() == 1 && told[0].contains("451"), "{told:?}");
        let state = tickets::find(&mut stage.desk.read().await.unwrap(), ticket).await.unwrap().unwrap().state;
        assert_eq!(
            (state.as_str(), stage.taken().len()),
            ("configuring.working", 0),
            "the procedure goes on all the same"
        );
        stage.submit().await;
        stage.settle().await;
        assert_eq!(stage.taken().len(), 1, "the server is in order again");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_hangs_holds_up_one_mail_and_neither_the_others_nor_the_desk() {
    on_each_database("hangs", Duration::from_secs(6), async |stage| {
        stage.sink.behave([Manners::Hang]);
        for _ in 0..3 {
            stage.submit().await;
        }
        let desk = stage.desk.clone();
        let meanwhile = async {
            while stage.taken().len() < 2 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            stage.submit().await;
        };
        let delivering = desk.deliver_next(&stage.carrier, 32);
        tokio::pin!(delivering);
        tokio::select! {
            _ = &mut delivering => panic!("the server answered, or the others waited for it"),
            () = meanwhile => {}
        }
        assert_eq!(delivering.await.unwrap(), 3);
        assert_eq!(stage.waiting().await, 2, "the one that hung, and the new one");
        stage.settle().await;
        assert_eq!(stage.later().await, SignedDuration::from_secs(10));
        let mut taken = stage.taken();
        taken.sort_unstable();
        taken.dedup();
        assert_eq!((taken.len(), stage.sink.taken().len()), (4, 4));
    })
    .await;
}

#[tokio::test]
async fn a_server_that_drops_the_line_within_a_mail_gets_it_again_whole() {
    on_each_database("within", Duration::from_secs(5), async |stage| {
        stage.sink.behave([Manners::DropWithinMail, Manners::DropWithinMail]);
        let ticket = stage.submit().await;
        stage.settle().await;
        assert_eq!(stage.later().await, SignedDuration::from_secs(10));
        assert!(stage.taken().is_empty());
        assert_eq!(stage.later().await, SignedDuration::from_secs(20));
        assert_eq!(stage.taken().len(), 1);
        let raw = stage.sink.taken().remove(0).raw;
        let text = mail::parse(&raw).text.unwrap();
        let words = stage.acknowledgement(ticket).await.text;
        assert!(text.contains(words.lines().next_back().unwrap()), "{text:?} lacks the end of {words:?}");
    })
    .await;
}

#[tokio::test]
async fn a_server_that_takes_a_mail_and_does_not_say_so_gets_the_very_same_one_again() {
    on_each_database("unsaid", Duration::from_secs(5), async |stage| {
        stage.sink.behave([Manners::DropInsteadOfAnswering]);
        let ticket = stage.submit().await;
        stage.settle().await;
        assert_eq!(stage.acknowledgement(ticket).await.delivery.as_deref(), Some("waiting"));
        stage.later().await;
        let taken = stage.sink.taken();
        assert_eq!(taken.len(), 2);
        assert_eq!(taken[0], taken[1], "one Message-ID and the same bytes, so that its reader's program can tell");
        assert_eq!(stage.acknowledgement(ticket).await.delivery.as_deref(), Some("sent"));
    })
    .await;
}

#[tokio::test]
async fn a_server_that_drops_the_line_after_each_mail_gets_each_once() {
    on_each_database("after", Duration::from_secs(5), async |stage| {
        stage.sink.behave([Manners::DropAfterTaking; 6]);
        for _ in 0..6 {
            stage.submit().await;
        }
        stage.settle().await;
        let mut taken = stage.taken();
        assert_eq!(taken.len(), 6);
        taken.sort_unstable();
        taken.dedup();
        assert_eq!(taken.len(), 6, "none twice");
    })
    .await;
}
