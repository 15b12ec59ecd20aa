//! The carrier against a mail server that behaves well and badly.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use std::time::Duration;

use desk::mailboxes::outgoing::Ready;
use desk::outbox::{Carrier, Parcel, Refusal};
use server::smtp::SmtpCarrier;
use sink::{Manners, Sink};
use store::Id;

fn parcel(text: &str) -> Parcel {
    Parcel {
        key: text.to_owned(),
        ticket: Some(Id(1)),
        message: Some(Id(2)),
        way: None,
        mail: Ready {
            sender: "help@desk.example".to_owned(),
            recipients: vec!["maria@acme.example".to_owned()],
            subject: "Hello".to_owned(),
            mail_id: "2@desk.example".to_owned(),
            raw: format!("Subject: Hello\r\n\r\n{text}\r\n").into_bytes(),
        },
    }
}

fn carrier(sink: &Sink) -> SmtpCarrier {
    SmtpCarrier::new(&sink.url()).unwrap().with_step_max(Duration::from_millis(300))
}

#[tokio::test]
async fn a_mail_arrives_as_it_is_under_its_envelope() {
    let sink = Sink::open().await.unwrap();
    let parcel = parcel(".dots\r\n..more\r\n.\r\nÓlá\r\n");
    carrier(&sink).carry(&parcel).await.unwrap();
    let taken = sink.taken();
    assert_eq!(taken[0].raw, parcel.mail.raw);
    assert_eq!(
        (taken[0].sender.as_str(), taken[0].recipients.as_slice()),
        ("help@desk.example", &parcel.mail.recipients[..])
    );
}

#[tokio::test]
async fn one_connection_carries_many_mails_one_after_another() {
    let sink = Sink::open().await.unwrap();
    let carrier = carrier(&sink);
    for number in 0..20 {
        carrier.carry(&parcel(&number.to_string())).await.unwrap();
    }
    assert_eq!((sink.taken().len(), sink.connections()), (20, 1));
}

#[tokio::test]
async fn many_at_once_use_no_more_connections_than_there_are_lanes() {
    let sink = Sink::open().await.unwrap();
    let carrier = carrier(&sink);
    let parcels: Vec<Parcel> = (0..50).map(|number| parcel(&number.to_string())).collect();
    let outcomes = futures::future::join_all(parcels.iter().map(|parcel| carrier.carry(parcel))).await;
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(sink.taken().len(), 50);
    assert!(sink.connections() <= carrier.lanes(), "{} connections", sink.connections());
}

#[tokio::test]
async fn a_refusal_for_now_is_tried_later_and_one_for_good_never() {
    let sink = Sink::open().await.unwrap();
    let carrier = carrier(&sink);
    for (manners, later) in [
        (Manners::RefuseRecipient(450), true),
        (Manners::RefuseRecipient(550), false),
        (Manners::RefuseMail(451), true),
        (Manners::RefuseMail(554), false),
        (Manners::RefuseRecipient(421), true),
        (Manners::RefuseRecipient(530), true),
    ] {
        sink.behave([manners]);
        let refusal = carrier.carry(&parcel("x")).await.unwrap_err();
        assert_eq!(matches!(refusal, Refusal::Later(_)), later, "{manners:?}: {refusal:?}");
        carrier.carry(&parcel("after")).await.unwrap();
    }
    assert!(sink.taken().iter().all(|mail| mail.raw.ends_with(b"after\r\n")), "what was refused was not taken");
    assert_eq!((sink.taken().len(), sink.connections()), (6, 2), "only 421 costs a connection");
}

#[tokio::test]
async fn a_server_that_hangs_is_left_and_its_late_answer_confuses_no_other_mail() {
    let sink = Sink::open().await.unwrap();
    let carrier = carrier(&sink);
    carrier.carry(&parcel("before")).await.unwrap();
    sink.behave([Manners::Hang]);
    let refusal = carrier.carry(&parcel("lost")).await.unwrap_err();
    assert!(matches!(refusal, Refusal::Later(_)), "{refusal:?}");
    sink.behave([Manners::RefuseRecipient(550)]);
    assert!(matches!(carrier.carry(&parcel("refused")).await, Err(Refusal::Never(_))));
    carrier.carry(&parcel("after")).await.unwrap();
    assert_eq!(sink.taken().len(), 2);
}

#[tokio::test]
async fn a_connection_that_ends_within_a_mail_leaves_it_for_later() {
    let sink = Sink::open().await.unwrap();
    let carrier = carrier(&sink);
    sink.behave([Manners::DropWithinMail]);
    assert!(matches!(carrier.carry(&parcel("half")).await, Err(Refusal::Later(_))));
    assert_eq!(sink.taken(), []);
    carrier.carry(&parcel("half")).await.unwrap();
    assert_eq!(sink.taken().len(), 1);
}

#[tokio::test]
async fn a_connection_that_ended_after_a_mail_is_replaced_without_losing_or_repeating_one() {
    let sink = Sink::open().await.unwrap();
    let carrier = carrier(&sink);
    sink.behave([Manners::DropAfterTaking, Manners::DropAfterTaking]);
    for number in 0..4 {
        carrier.carry(&parcel(&number.to_string())).await.unwrap();
    }
    let bodies: Vec<Vec<u8>> = sink.taken().into_iter().map(|mail| mail.raw).collect();
    assert_eq!(bodies, (0..4).map(|number| parcel(&number.to_string()).mail.raw).collect::<Vec<_>>());
}

#[tokio::test]
async fn nobody_listening_means_later() {
    let sink = SmtpCarrier::new("smtp://127.0.0.1:1").unwrap();
    assert!(matches!(sink.carry(&parcel("x")).await, Err(Refusal::Later(_))));
}
