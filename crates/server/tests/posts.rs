//! Notices are put to a real server of the web, which is busy, broken, silent or gone: none is lost, none comes twice, and what is wrong
//! is said where its owner looks.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod stage;

use desk::dispatches::browsers::{self, NewBrowser, Subscription};
use desk::dispatches::hooks::{self, NewHook, Of};
use desk::handle::notices::Notices;
use desk::handle::{Command, Reply, ReplyKind};
use desk::notifications::Channel;
use desk::outbox::catcher::Catcher;
use desk::sealed::Secret;
use desk::settings::PublicUrl;
use desk::{Desk, agents};
use jiff::SignedDuration;
use serde_json::Value;
use server::messenger::Web;
use sink::push::{Reader, field, vouched};
use sink::web::{Answer, WebSink};
use stage::on_each_database;
use store::Id;
use transport::{Reach, Trust};

async fn named(desk: &Desk, ticket: Id, words: &str) {
    let (body, kind) = (words.to_owned(), ReplyKind::Note);
    let reply = Reply { ticket, body, kind, files: Vec::new(), seen: None, key: None };
    let bo = agents::find_by_name(&mut desk.read().await.unwrap(), "Bo").await.unwrap().unwrap().as_actor();
    desk.handle(&bo, Command::Reply(reply)).await.unwrap();
    while desk.route_notices(9).await.unwrap() > 0 {}
}

/// What was put there that names Ana in a note.
fn names(sink: &WebSink) -> usize {
    let posted = sink.posted();
    let texts = posted.iter().map(|posted| serde_json::from_slice::<Value>(&posted.body).unwrap());
    texts.filter(|body| body["text"].as_str().is_some_and(|text| text.contains("named you"))).count()
}

#[tokio::test]
async fn a_notice_waits_for_an_address_that_is_busy_or_broken_and_is_given_up_where_it_is_gone() {
    on_each_database(async |stage| {
        let url = PublicUrl::read("https://desk.example").unwrap();
        let ticket: Id = stage.ticket("The logo").await["id"].as_str().unwrap().parse().unwrap();
        stage.settle().await;
        let desk = stage.desk.clone().reached_at(url, false).await.unwrap();
        let ana = agents::find_by_name(&mut desk.read().await.unwrap(), "Ana").await.unwrap().unwrap();
        let sink = WebSink::open().await.unwrap();
        let address = Secret::new(sink.url("/services/secret"));
        let new = NewHook { channel: Channel::Slack, of: Of::Agent(ana.id), language: "en".to_owned(), address };
        desk.handle(&ana.as_actor(), Command::Notices(Notices::KeepHook(new))).await.unwrap();
        let why = async || {
            let own = hooks::of_agent(&mut desk.read().await.unwrap(), ana.id).await.unwrap();
            own[0].last_error.clone().unwrap_or_default()
        };

        // By default nothing is posted to this machine.
        named(&desk, ticket, "@Ana?").await;
        desk.post_notices(&Web::default(), 9).await.unwrap();
        assert_eq!((sink.posted().len(), why().await.contains("this machine")), (0, true));

        let web = Web::new(Trust::platform(), Reach::Anywhere);
        let busy = Answer::Status(429, vec!["Retry-After: 90".to_owned()], "rate_limited".to_owned());
        sink.answer([busy, Answer::status(500), Answer::Drop, Answer::Endless]);
        named(&desk, ticket, "@Ana, again?").await;
        desk.post_notices(&web, 9).await.unwrap();
        assert_eq!((names(&sink), why().await.as_str()), (1, "it answered 429: rate_limited"));
        desk.ground.clock.advance(SignedDuration::from_secs(89));
        assert_eq!(desk.post_notices(&web, 9).await.unwrap(), 0, "it said when");
        for (tries, seconds) in [(2, 1), (3, 20), (4, 40)] {
            desk.ground.clock.advance(SignedDuration::from_secs(seconds));
            desk.post_notices(&web, 9).await.unwrap();
            assert_eq!(names(&sink), tries);
        }
        assert_eq!(why().await, "", "what it took it took, however long it goes on");
        desk.ground.clock.advance(SignedDuration::from_hours(1));
        assert_eq!(desk.post_notices(&web, 9).await.unwrap(), 0);

        sink.answer([Answer::Status(404, Vec::new(), "no_service".to_owned())]);
        named(&desk, ticket, "@Ana, and now?").await;
        desk.post_notices(&web, 9).await.unwrap();
        assert_eq!((names(&sink), why().await.as_str()), (5, "it answered 404: no_service"));
        desk.ground.clock.advance(SignedDuration::from_hours(1));
        assert_eq!(desk.post_notices(&web, 9).await.unwrap(), 0);
        assert!(sink.posted().iter().all(|posted| posted.target == "/services/secret"));
        desk.settle(&Catcher::new(desk.ground.clone())).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_notice_is_pushed_over_the_web_and_a_browser_that_its_service_forgot_is_taken_away() {
    on_each_database(async |stage| {
        let url = PublicUrl::read("https://desk.example").unwrap();
        let ticket: Id = stage.ticket("The logo").await["id"].as_str().unwrap().parse().unwrap();
        stage.settle().await;
        let desk = stage.desk.clone().reached_at(url, false).await.unwrap();
        let ana = agents::find_by_name(&mut desk.read().await.unwrap(), "Ana").await.unwrap().unwrap();
        let (sink, reader) = (WebSink::open().await.unwrap(), Reader::of(&[5; 32]));
        let (p256dh, auth) = reader.keys();
        let subscription = Subscription { endpoint: sink.url("/push/secret"), p256dh, auth };
        let new = NewBrowser { session: None, device: "Firefox, Linux".to_owned(), subscription };
        desk.handle(&ana.as_actor(), Command::Notices(Notices::KeepBrowser(Box::new(new)))).await.unwrap();
        let kept = async || browsers::of_agent(&mut desk.read().await.unwrap(), ana.id, desk.now()).await.unwrap();

        // By default nothing is pushed to this machine.
        named(&desk, ticket, "@Ana?").await;
        desk.post_notices(&Web::default(), 9).await.unwrap();
        assert!(sink.posted().is_empty() && kept().await[0].last_error.as_ref().unwrap().contains("this machine"));

        let web = Web::new(Trust::platform(), Reach::Anywhere);
        let busy = Answer::Status(429, vec!["Retry-After: 60".to_owned()], String::new());
        sink.answer([busy, Answer::status(201), Answer::status(410)]);
        named(&desk, ticket, "@Ana, again?").await;
        desk.post_notices(&web, 9).await.unwrap();
        desk.ground.clock.advance(SignedDuration::from_secs(60));
        desk.post_notices(&web, 9).await.unwrap();
        let posted = sink.posted();
        assert_eq!(
            (posted.len(), posted[1].target.as_str(), kept().await[0].last_error.clone()),
            (2, "/push/secret", None)
        );
        let said = reader.message(&posted[1].body).unwrap();
        assert_eq!(said["link"], format!("/tickets/{ticket}"));
        assert!(said["title"].as_str().unwrap().ends_with("The logo"), "{said}");
        let claims = vouched(field(&posted[1], "Authorization").unwrap()).unwrap();
        assert_eq!(claims["aud"], sink.url(""));
        for (name, value) in [("Content-Encoding", "aes128gcm"), ("TTL", "86400"), ("Urgency", "normal")] {
            assert_eq!(field(&posted[1], name), Some(value));
        }

        named(&desk, ticket, "@Ana, and now?").await;
        desk.post_notices(&web, 9).await.unwrap();
        assert_eq!((sink.posted().len(), kept().await.len()), (3, 0));
        desk.settle(&Catcher::new(desk.ground.clone())).await.unwrap();
    })
    .await;
}
