//! Notices are put to Slack and Discord: somebody's own by what they chose, a team's whatever the team is told.

use std::sync::Mutex;

use desk::dispatches::hooks::{self, NewHook, Of};
use desk::dispatches::{self, Messenger, Post, Refused};
use desk::handle::Command;
use desk::handle::notices::Notices;
use desk::notifications::{Channel, Topic};
use desk::sealed::{Seals, Secret};
use desk::{Actor, Desk};
use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::SignedDuration;
use serde_json::Value;

use crate::leaving::{at, choose, office};
use crate::open::{Courier, agent, on_each_database};
use crate::{asked, give, note, reached};

/// Keeps what it is given, by the address, and answers as it is told.
#[derive(Default)]
struct Web {
    posted: Mutex<Vec<(String, Value)>>,
    refused: Mutex<Vec<Refused>>,
}

impl Messenger for Web {
    fn post<'a>(&'a self, post: &'a Post) -> BoxFuture<'a, Result<(), Refused>> {
        let body = serde_json::from_slice(&post.body).unwrap();
        self.posted.lock().unwrap().push((post.address.reveal().to_owned(), body));
        let refused = self.refused.lock().unwrap().pop();
        async move { refused.map_or(Ok(()), Err) }.boxed()
    }
}

impl Web {
    fn texts(&self) -> Vec<String> {
        let posted = self.posted.lock().unwrap();
        let text = |body: &Value| body["text"].as_str().or(body["content"].as_str()).unwrap().to_owned();
        posted.iter().map(|(_, body)| text(body)).collect()
    }
}

async fn sealed(desk: Desk) -> Desk {
    reached(desk).await.sealing(Seals::of_a_rehearsal(), false).await.unwrap()
}

async fn keep(desk: &Desk, by: &Actor, channel: Channel, of: Of, address: &str) -> desk::Result<()> {
    let new = NewHook { channel, of, language: "en".to_owned(), address: Secret::new(address) };
    desk.handle(by, Command::Notices(Notices::KeepHook(new))).await.map(drop)
}

/// Everything that is due, by mail and by the web.
async fn turn(desk: &Desk, web: &Web) {
    desk.settle(&Courier::default()).await.unwrap();
    while desk.post_notices(web, 4).await.unwrap() > 0 {}
}

#[tokio::test]
async fn what_somebody_is_told_is_put_to_their_own_addresses_once_and_in_their_hours() {
    on_each_database(async |desk| {
        let desk = sealed(desk).await;
        let (bo, web) = (agent(&desk, "Bo").await, Web::default());
        let own = || Of::Agent(bo.agent_id().unwrap());
        keep(&desk, &bo, Channel::Slack, own(), "https://slack.example/one").await.unwrap();
        keep(&desk, &bo, Channel::Discord, own(), "https://discord.example/two").await.unwrap();
        choose(&desk, "Bo", |choices| {
            choices.hours = office();
            choices.set(Topic::Mentioned, Channel::Discord, false);
        })
        .await;
        let ticket = asked(&desk, "one").await;
        note(&desk, "Ana", ticket, "@Bo?").await;
        turn(&desk, &web).await;
        turn(&desk, &web).await;
        assert_eq!(
            web.posted.lock().unwrap().iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(),
            ["https://slack.example/one"]
        );
        assert!(
            web.texts()[0].contains(&format!("<https://desk.example/tickets/{ticket}|Open ticket")),
            "{:?}",
            web.texts()
        );

        desk.ground.clock.advance_to(at("2026-11-17T20:00:00Z"));
        turn(&desk, &web).await;
        let before = web.texts().len();
        give(&desk, "Ana", ticket, "Bo").await;
        note(&desk, "Ana", ticket, "@Bo, tonight").await;
        turn(&desk, &web).await;
        assert_eq!(web.texts().len(), before, "it is night");
        desk.ground.clock.advance_to(at("2026-11-18T09:00:00Z"));
        turn(&desk, &web).await;
        let morning = web.texts().split_off(before);
        let slack: Vec<_> =
            morning.iter().filter(|text| text.contains("gave you") && text.contains("named you")).collect();
        assert_eq!(slack.len(), 1, "what waited comes in one post: {morning:?}");
    })
    .await;
}

#[tokio::test]
async fn an_address_that_is_busy_is_asked_again_when_it_says_and_one_that_is_gone_is_not() {
    on_each_database(async |desk| {
        let desk = sealed(desk).await;
        let (bo, web) = (agent(&desk, "Bo").await, Web::default());
        let id = bo.agent_id().unwrap();
        keep(&desk, &bo, Channel::Slack, Of::Agent(id), "https://slack.example/one").await.unwrap();
        let why = async || {
            let hooks = hooks::of_agent(&mut desk.read().await.unwrap(), id).await.unwrap();
            hooks[0].last_error.clone()
        };
        let ticket = asked(&desk, "one").await;
        let after = Some(SignedDuration::from_mins(5));
        web.refused.lock().unwrap().push(Refused::Later { reason: "it answered 429".to_owned(), after });
        note(&desk, "Ana", ticket, "@Bo?").await;
        turn(&desk, &web).await;
        assert_eq!(why().await.as_deref(), Some("it answered 429"));
        let due = dispatches::next_post_due(&mut desk.read().await.unwrap()).await.unwrap();
        assert_eq!(due, Some(desk.now() + SignedDuration::from_mins(5)));
        desk.ground.clock.advance(SignedDuration::from_mins(5));
        turn(&desk, &web).await;
        assert_eq!((web.texts().len(), why().await), (2, None));

        web.refused.lock().unwrap().push(Refused::Never("it answered 404".to_owned()));
        note(&desk, "Ana", ticket, "@Bo, still?").await;
        turn(&desk, &web).await;
        assert_eq!((web.texts().len(), why().await.as_deref()), (3, Some("it answered 404")));
        desk.ground.clock.advance(SignedDuration::from_hours(4));
        turn(&desk, &web).await;
        assert!(web.texts()[3..].iter().all(|text| !text.contains("named you")), "{:?}", web.texts());
    })
    .await;
}

#[tokio::test]
async fn owners_keep_the_addresses_of_teams_and_nobody_those_of_somebody_else() {
    on_each_database(async |desk| {
        let desk = sealed(desk).await;
        let (ana, bo, web) = (agent(&desk, "Ana").await, agent(&desk, "Bo").await, Web::default());
        let team = || Of::Team("support".to_owned());
        for (by, of) in [(&ana, team()), (&ana, Of::Roles), (&ana, Of::Agent(bo.agent_id().unwrap()))] {
            keep(&desk, by, Channel::Slack, of, "https://slack.example/x").await.unwrap_err();
        }
        for wrong in ["http://slack.example/x", "slack", ""] {
            let refused =
                keep(&desk, &ana, Channel::Slack, Of::Agent(ana.agent_id().unwrap()), wrong).await.unwrap_err();
            assert_eq!(refused.fields[0].field, "address");
        }
        keep(&desk, &Actor::Desk, Channel::Slack, Of::Team("nobody".to_owned()), "https://slack.example/x")
            .await
            .unwrap_err();
        keep(&desk, &Actor::Desk, Channel::Discord, team(), "https://discord.example/support").await.unwrap();
        let ticket = asked(&desk, "one").await;
        give(&desk, "Ana", ticket, "Bo").await;
        let bo = bo.agent_id().unwrap();
        let away = desk::handle::account::SendAway { agent: bo };
        desk.account(&Actor::Desk, desk::handle::account::Account::SendAway(away)).await.unwrap();
        turn(&desk, &web).await;
        let texts = web.texts();
        assert!(texts.iter().any(|text| text.contains("works here no longer")), "{texts:?}");
        assert_eq!(web.posted.lock().unwrap()[0].1["allowed_mentions"]["parse"], serde_json::json!([]));
        let shared = hooks::of_audiences(&mut desk.read().await.unwrap()).await.unwrap();
        let remove = || Command::Notices(Notices::RemoveHook(shared[0].id));
        desk.handle(&ana, remove()).await.unwrap_err();
        desk.handle(&Actor::Desk, remove()).await.unwrap();
    })
    .await;
}
