//! Notices are pushed to browsers: encrypted for each, under the desk's own key, and no longer than somebody is signed in there.

use std::collections::BTreeSet;
use std::sync::Mutex;

use desk::accounts::sessions;
use desk::dispatches::browsers::{self, Browser, NewBrowser, Subscription};
use desk::dispatches::{Messenger, Post, Refused};
use desk::handle::Command;
use desk::handle::Outcome;
use desk::handle::account::{Account, SendAway};
use desk::handle::notices::Notices;
use desk::sealed::Seals;
use desk::{Actor, Desk};
use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::SignedDuration;
use serde_json::{Value, json};
use sink::push::{Reader, vouched};
use store::Id;

use crate::open::{Courier, agent, on_each_database};
use crate::{asked, note, reached};

/// What was put to a push service.
struct Put {
    to: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Put {
    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(of, _)| *of == name).map_or("", |(_, value)| value)
    }

    fn said(&self) -> Value {
        reader(1).message(&self.body).unwrap()
    }
}

#[derive(Default)]
struct Service {
    put: Mutex<Vec<Put>>,
    refused: Mutex<Vec<Refused>>,
}

impl Messenger for Service {
    fn post<'a>(&'a self, post: &'a Post) -> BoxFuture<'a, Result<(), Refused>> {
        let (to, headers, body) = (post.address.reveal().to_owned(), post.headers.clone(), post.body.clone());
        self.put.lock().unwrap().push(Put { to, headers, body });
        let refused = self.refused.lock().unwrap().pop();
        async move { refused.map_or(Ok(()), Err) }.boxed()
    }
}

impl Service {
    fn take(&self) -> Vec<Put> {
        std::mem::take(&mut *self.put.lock().unwrap())
    }
}

fn reader(seed: u8) -> Reader {
    Reader::of(&[seed; 32])
}

async fn sealed(desk: Desk) -> Desk {
    reached(desk).await.sealing(Seals::of_a_rehearsal(), false).await.unwrap()
}

fn subscription(endpoint: &str, seed: u8) -> Subscription {
    let (p256dh, auth) = reader(seed).keys();
    Subscription { endpoint: endpoint.to_owned(), p256dh, auth }
}

async fn turn_on(desk: &Desk, by: &Actor, session: Option<Id>, endpoint: &str) -> desk::Result<Id> {
    let new = NewBrowser { session, device: "Firefox, Linux".to_owned(), subscription: subscription(endpoint, 1) };
    match desk.handle(by, Command::Notices(Notices::KeepBrowser(Box::new(new)))).await? {
        Outcome::Browser(id) => Ok(id),
        other => panic!("{other:?}"),
    }
}

async fn browsers_of(desk: &Desk, who: &Actor) -> Vec<Browser> {
    browsers::of_agent(&mut desk.read().await.unwrap(), who.agent_id().unwrap(), desk.now()).await.unwrap()
}

async fn turn(desk: &Desk, service: &Service) {
    desk.settle(&Courier::default()).await.unwrap();
    while desk.post_notices(service, 4).await.unwrap() > 0 {}
}

#[tokio::test]
async fn a_notice_is_pushed_to_each_browser_for_it_alone_to_read_and_says_where_it_leads() {
    on_each_database(async |desk| {
        let desk = sealed(desk).await;
        let (bo, service) = (agent(&desk, "Bo").await, Service::default());
        let ticket = asked(&desk, "one").await;
        turn_on(&desk, &bo, None, "https://push.example/one").await.unwrap();
        note(&desk, "Ana", ticket, "@Bo, <secret words>?").await;
        turn(&desk, &service).await;
        let put = service.take();
        assert_eq!(put.iter().map(|put| put.to.as_str()).collect::<Vec<_>>(), ["https://push.example/one"]);
        let said = put[0].said();
        let number = said["title"].as_str().unwrap().strip_prefix('#').unwrap().split(' ').next().unwrap().to_owned();
        assert_eq!(
            said,
            json!({"title": format!("#{number} The logo one"), "body": format!("Ana named you in a note on ticket {number}."),
                "link": format!("/tickets/{ticket}"), "tag": format!("ticket-{ticket}")})
        );
        let header = |name: &str| put[0].header(name).to_owned();
        assert_eq!(
            (header("Content-Encoding"), header("TTL"), header("Urgency")),
            ("aes128gcm".to_owned(), "86400".to_owned(), "normal".to_owned())
        );
        let claims = vouched(&header("Authorization")).unwrap();
        assert_eq!((&claims["aud"], &claims["sub"]), (&json!("https://push.example"), &json!("https://desk.example")));
        assert!(put[0].body.len() <= 4_096 && reader(2).read(&put[0].body).is_err(), "nobody else reads it");

        // A newer one of the same ticket replaces it, one of another ticket does not.
        let other = asked(&desk, "two").await;
        note(&desk, "Ana", ticket, "@Bo?").await;
        note(&desk, "Ana", other, "@Bo?").await;
        turn(&desk, &service).await;
        let next = service.take();
        let topics: Vec<&str> = next.iter().map(|put| put.header("Topic")).collect();
        assert_eq!((topics.len(), topics.contains(&header("Topic").as_str())), (2, true));
        assert_ne!(topics[0], topics[1]);
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_is_gone_is_taken_away_and_a_service_that_is_busy_is_asked_again_when_it_says() {
    on_each_database(async |desk| {
        let desk = sealed(desk).await;
        let (bo, service) = (agent(&desk, "Bo").await, Service::default());
        let ticket = asked(&desk, "one").await;
        turn_on(&desk, &bo, None, "https://push.example/one").await.unwrap();
        let later =
            |reason: &str| Refused::Later { reason: reason.to_owned(), after: Some(SignedDuration::from_mins(7)) };
        service.refused.lock().unwrap().push(later("it answered 429"));
        note(&desk, "Ana", ticket, "@Bo?").await;
        turn(&desk, &service).await;
        assert_eq!(browsers_of(&desk, &bo).await[0].last_error.as_deref(), Some("it answered 429"));
        desk.ground.clock.advance(SignedDuration::from_mins(6));
        turn(&desk, &service).await;
        assert_eq!(service.take().len(), 1, "it said when");
        desk.ground.clock.advance(SignedDuration::from_mins(1));
        turn(&desk, &service).await;
        assert_eq!((service.take().len(), browsers_of(&desk, &bo).await[0].last_error.clone()), (1, None));

        service.refused.lock().unwrap().push(Refused::Gone("it answered 410".to_owned()));
        note(&desk, "Ana", ticket, "@Bo, again?").await;
        turn(&desk, &service).await;
        assert_eq!((service.take().len(), browsers_of(&desk, &bo).await), (1, Vec::new()));
        note(&desk, "Ana", ticket, "@Bo, once more?").await;
        desk.ground.clock.advance(SignedDuration::from_hours(4));
        turn(&desk, &service).await;
        assert_eq!(service.take().len(), 0);
    })
    .await;
}

/// Somebody signs in at another browser; the session.
async fn signed_in(desk: &Desk, agent: Id) -> Id {
    let opening = desk.ground.change(&Actor::Desk, move |context| {
        async move { sessions::open(context, agent, "Firefox, Linux").await.map(drop) }.boxed()
    });
    opening.await.unwrap();
    let open = sessions::of_agent(&mut desk.read().await.unwrap(), agent, desk.now()).await.unwrap();
    open.iter().map(|session| session.id).max().unwrap()
}

#[tokio::test]
async fn a_browser_is_pushed_to_for_as_long_as_somebody_is_signed_in_there_and_works_here() {
    on_each_database(async |desk| {
        let desk = sealed(desk).await;
        let (ana, bo, service) = (agent(&desk, "Ana").await, agent(&desk, "Bo").await, Service::default());
        let id = bo.agent_id().unwrap();
        let (first, second) = (signed_in(&desk, id).await, signed_in(&desk, id).await);
        turn_on(&desk, &bo, Some(first), "https://push.example/first").await.unwrap();
        turn_on(&desk, &bo, Some(second), "https://push.example/second").await.unwrap();
        turn_on(&desk, &bo, None, "https://push.example/app").await.unwrap();
        let ending = desk.ground.change(&Actor::Desk, move |context| sessions::end(context, id, first).boxed());
        ending.await.unwrap();
        let ticket = asked(&desk, "one").await;
        note(&desk, "Ana", ticket, "@Bo?").await;
        turn(&desk, &service).await;
        // They leave at the same time, in any order.
        let to = |put: Vec<Put>| put.into_iter().map(|put| put.to).collect::<BTreeSet<_>>();
        let both = ["https://push.example/app", "https://push.example/second"].map(str::to_owned);
        assert_eq!(to(service.take()), BTreeSet::from(both));

        // A session that nobody used for a week is over, though its row is there still.
        desk.ground.clock.advance(sessions::IDLE_MAX);
        assert_eq!(browsers_of(&desk, &bo).await.len(), 1);
        note(&desk, "Ana", ticket, "@Bo, later?").await;
        turn(&desk, &service).await;
        assert!(to(service.take()).iter().all(|to| to == "https://push.example/app"));

        // Whoever signs in with it next has it, and nobody takes away what is another's.
        let app = browsers_of(&desk, &bo).await[0].id;
        let removing = |id| Command::Notices(Notices::RemoveBrowser(id));
        assert_eq!(desk.handle(&ana, removing(app)).await.unwrap_err().code, "not-found");
        turn_on(&desk, &ana, None, "https://push.example/app").await.unwrap();
        assert_eq!((browsers_of(&desk, &bo).await.len(), browsers_of(&desk, &ana).await.len()), (0, 1));
        desk.handle(&ana, removing(browsers_of(&desk, &ana).await[0].id)).await.unwrap();

        turn_on(&desk, &bo, None, "https://push.example/app").await.unwrap();
        let away = SendAway { agent: id };
        desk.account(&Actor::Desk, Account::SendAway(away)).await.unwrap();
        assert_eq!(browsers_of(&desk, &bo).await, []);
    })
    .await;
}

#[tokio::test]
async fn what_no_browser_gives_out_is_refused_with_its_field_and_turning_on_again_renews() {
    on_each_database(async |desk| {
        let bare = reached(desk.clone()).await;
        let bo = agent(&bare, "Bo").await;
        let refused = turn_on(&bare, &bo, None, "https://push.example/one").await.unwrap_err();
        assert_eq!(refused.code, "no-push-key", "a process without a master key");
        let desk = sealed(desk).await;
        let right = subscription("https://push.example/one", 1);
        let wrong = [
            ("endpoint", Subscription { endpoint: "http://push.example/one".to_owned(), ..right.clone() }),
            (
                "endpoint",
                Subscription { endpoint: format!("https://push.example/{}", "x".repeat(2_000)), ..right.clone() },
            ),
            ("p256dh", Subscription { p256dh: right.auth.clone(), ..right.clone() }),
            ("p256dh", Subscription { p256dh: "BA".repeat(43) + "A", ..right.clone() }),
            ("auth", Subscription { auth: "!".to_owned(), ..right.clone() }),
        ];
        for (field, subscription) in wrong {
            let new = NewBrowser { session: None, device: String::new(), subscription };
            let refused = desk.handle(&bo, Command::Notices(Notices::KeepBrowser(Box::new(new)))).await.unwrap_err();
            assert_eq!(refused.fields[0].field, field);
        }
        let first = turn_on(&desk, &bo, None, "https://push.example/one").await.unwrap();
        assert_eq!(turn_on(&desk, &bo, None, "https://push.example/one").await.unwrap(), first);
        for place in 1..20 {
            turn_on(&desk, &bo, None, &format!("https://push.example/{place}")).await.unwrap();
        }
        assert_eq!(turn_on(&desk, &bo, None, "https://push.example/last").await.unwrap_err().code, "too-many");
    })
    .await;
}

#[tokio::test]
async fn the_key_is_made_once_outlives_a_new_master_key_and_goes_with_a_lost_one() {
    on_each_database(async |desk| {
        let key = |desk: &Desk| desk.ground.settings.push_key.as_ref().map(|key| key.public()).unwrap();
        let (old, new) = ("1".repeat(64), "2".repeat(64));
        let seals = |text: &str| Seals::read(text).unwrap();
        let desk = reached(desk).await.sealing(seals(&old), false).await.unwrap();
        let made = key(&desk);
        let bo = agent(&desk, "Bo").await;
        turn_on(&desk, &bo, None, "https://push.example/one").await.unwrap();
        let desk = desk.sealing(seals(&old), false).await.unwrap();
        assert_eq!(key(&desk), made);
        // With both once, and with the new one alone from then on.
        let desk = desk.sealing(seals(&format!("{new}\n{old}")), false).await.unwrap();
        let desk = desk.sealing(seals(&new), false).await.unwrap();
        assert_eq!((key(&desk), browsers_of(&desk, &bo).await.len()), (made.clone(), 1));
        // Browsers are bound to the key, so they go with it.
        let desk = desk.sealing(seals(&"3".repeat(64)), true).await.unwrap();
        assert_ne!(key(&desk), made);
        assert_eq!(browsers_of(&desk, &bo).await, []);
    })
    .await;
}
