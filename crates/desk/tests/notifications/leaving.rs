//! How notices leave the desk: by mail, at once or together, at the hours that somebody chose, and what stays.

use desk::handle::account::{Account, SendAway};
use desk::handle::notices::Notices;
use desk::handle::{Change, Command, GoLive};
use desk::notifications::choices::{Rhythm, WorkingHours};
use desk::notifications::own::Which;
use desk::notifications::{Channel, Choices, Topic};
use desk::outbox::Refusal;
use desk::tickets::Priority;
use desk::tickets::bulk::Deed;
use desk::{Actor, Desk, dispatches};
use jiff::{SignedDuration, Timestamp};

use crate::open::{Courier, agent, mail_in, on_each_database};
use crate::{asked, give, listed, note, reached};

pub async fn choose(desk: &Desk, who: &str, change: impl FnOnce(&mut Choices)) {
    let mut choices = Choices::default();
    change(&mut choices);
    let command = Command::Notices(Notices::Choose(Box::new(choices)));
    desk.handle(&agent(desk, who).await, command).await.unwrap();
}

/// The mails to colleagues, each with its subject and text.
pub fn to_colleagues(courier: &Courier) -> Vec<(String, String, String)> {
    let mails =
        courier.mails().into_iter().filter(|mail| mail.to.iter().any(|to| to.address.ends_with("@desk.example")));
    mails
        .map(|mail| (mail.to[0].address.clone(), mail.subject.unwrap_or_default(), mail.text.unwrap_or_default()))
        .collect()
}

pub fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

/// Moves the clock and lets everything happen that is due by then; what was mailed to colleagues at that.
async fn until(desk: &Desk, instant: &str) -> Vec<(Timestamp, String)> {
    let mut mailed = Vec::new();
    while let Some(due) = desk.next_due().await.unwrap().filter(|due| *due <= at(instant)) {
        desk.ground.clock.advance_to(due);
        let courier = Courier::default();
        desk.settle(&courier).await.unwrap();
        mailed.extend(to_colleagues(&courier).into_iter().map(|(_, subject, _)| (desk.now(), subject)));
    }
    desk.ground.clock.advance_to(at(instant));
    mailed
}

pub fn office() -> WorkingHours {
    let day = || "09:00-12:30, 14:00-18:00".to_owned();
    WorkingHours::Own([day(), day(), day(), day(), day(), String::new(), String::new()])
}

#[tokio::test]
async fn a_mail_comes_at_once_with_a_link_in_the_readers_language_and_once() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let ticket = asked(&desk, "one").await;
        give(&desk, "Ana", ticket, "Bo").await;
        let courier = Courier::default();
        desk.settle(&courier).await.unwrap();
        desk.settle(&courier).await.unwrap();
        let mails = to_colleagues(&courier);
        assert_eq!(mails.len(), 1, "{mails:?}");
        let (to, subject, text) = &mails[0];
        assert!(to == "bo@desk.example" && subject.contains("Ana gave you ticket"), "{subject}");
        assert!(
            text.contains("The logo one") && text.contains(&format!("https://desk.example/tickets/{ticket}")),
            "{text}"
        );
        let raw = String::from_utf8(courier.carried.lock().unwrap()[0].mail.raw.clone()).unwrap();
        for header in
            ["Auto-Submitted: auto-generated", "List-Unsubscribe: <https://desk.example/notifications/mail-off/"]
        {
            assert!(raw.contains(header), "{raw}");
        }

        // Whoever answers it opens no ticket, and an answer of somebody else's is a mail like any other.
        let id = courier.last().message_id.unwrap();
        let answer = |from: &str| {
            format!(
                "From: {from}\nTo: help@desk.example\nSubject: Re\nIn-Reply-To: <{id}>\nMessage-ID: <{from}>\n\nOK\n"
            )
        };
        assert_eq!(mail_in(&desk, &answer("bo@desk.example")).await.unwrap().ticket(), None);
        assert!(mail_in(&desk, &answer("rui@borealis.example")).await.unwrap().ticket().is_some());
        desk.settle(&Courier::default()).await.unwrap();

        // The link of RFC 8058 has them stop, for its reader alone.
        let stamp = raw.split("/mail-off/").nth(1).unwrap().split('>').next().unwrap().to_owned();
        desk.handle(&Actor::Outside, Command::Notices(Notices::StopMail("x".to_owned()))).await.unwrap_err();
        desk.handle(&Actor::Outside, Command::Notices(Notices::StopMail(stamp))).await.unwrap();
        note(&desk, "Ana", ticket, "@Bo and @Cy").await;
        let courier = Courier::default();
        desk.settle(&courier).await.unwrap();
        let to: Vec<String> = to_colleagues(&courier).into_iter().map(|(to, ..)| to).collect();
        assert_eq!(to, ["cy@desk.example"]);
    })
    .await;
}

#[tokio::test]
async fn what_comes_at_night_or_at_the_weekend_waits_for_the_morning_in_one_mail_and_what_is_urgent_does_not() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let (ticket, urgent) = (asked(&desk, "one").await, asked(&desk, "two").await);
        choose(&desk, "Bo", |choices| choices.hours = office()).await;
        until(&desk, "2026-11-20T19:00:00Z").await;
        give(&desk, "Ana", ticket, "Bo").await;
        until(&desk, "2026-11-21T10:00:00Z").await;
        note(&desk, "Ana", ticket, "@Bo, on Saturday").await;
        let change = Change { ticket: urgent, deeds: vec![Deed::Priority { priority: Priority::Urgent }], bulk: None };
        desk.handle(&agent(&desk, "Ana").await, Command::Change(change)).await.unwrap();
        note(&desk, "Ana", urgent, "@Bo, now!").await;
        let mailed = until(&desk, "2026-11-23T08:59:59Z").await;
        assert!(mailed.len() == 1 && mailed[0].0 == at("2026-11-21T10:00:00Z"), "{mailed:?}");
        let mailed: Vec<_> = until(&desk, "2026-11-23T09:00:00Z").await;
        let together: Vec<_> = mailed.iter().filter(|(_, subject)| subject.ends_with("2 notices")).collect();
        assert!(
            together.len() == 1 && mailed.len() <= 2,
            "beside it comes what runs out as the week begins: {mailed:?}"
        );
        assert!(until(&desk, "2026-11-23T12:00:00Z").await.iter().all(|(_, subject)| !subject.contains("named")));
    })
    .await;
}

#[tokio::test]
async fn of_what_comes_all_at_once_three_go_by_themselves_and_the_rest_together_when_the_minute_is_over() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let ticket = asked(&desk, "one").await;
        until(&desk, "2026-11-17T10:00:20Z").await;
        for round in 0..10 {
            note(&desk, "Ana", ticket, &format!("@Bo {round}")).await;
        }
        let mailed = until(&desk, "2026-11-17T10:00:59Z").await;
        assert!(mailed.len() == 3 && mailed.iter().all(|(_, subject)| subject.contains("Ana named you")), "{mailed:?}");
        let mailed = until(&desk, "2026-11-17T10:01:00Z").await;
        assert!(mailed.len() == 1 && mailed[0].1.ends_with("7 notices"), "{mailed:?}");
        note(&desk, "Ana", ticket, "@Bo again").await;
        let mailed = until(&desk, "2026-11-17T10:01:01Z").await;
        assert!(mailed.len() == 1 && mailed[0].1.contains("Ana named you"), "a new minute: {mailed:?}");
    })
    .await;
}

#[tokio::test]
async fn a_digest_holds_what_was_not_read_by_then_and_there_is_none_of_nothing() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let (one, two) = (asked(&desk, "one").await, asked(&desk, "two").await);
        choose(&desk, "Bo", |choices| choices.mail = Rhythm::Hourly).await;
        choose(&desk, "Cy", |choices| (choices.mail, choices.hours) = (Rhythm::Daily, office())).await;
        note(&desk, "Ana", one, "@Bo and @Cy").await;
        note(&desk, "Ana", two, "@Bo and @Cy").await;
        let bo = agent(&desk, "Bo").await;
        desk.handle(&bo, Command::Notices(Notices::Read(Which::OnTicket(one)))).await.unwrap();
        let mailed = until(&desk, "2026-11-17T10:00:00Z").await;
        assert!(mailed.len() == 1 && mailed[0].1.contains("Ana named you"), "one is said in the subject: {mailed:?}");
        note(&desk, "Ana", one, "@Bo once more").await;
        desk.settle(&Courier::default()).await.unwrap();
        desk.handle(&bo, Command::Notices(Notices::Read(Which::All))).await.unwrap();
        let mailed = until(&desk, "2026-11-18T09:00:00Z").await;
        let digests: Vec<_> = mailed.iter().filter(|(_, subject)| subject.contains("notice")).collect();
        assert!(digests.len() == 1 && digests[0].0 == at("2026-11-18T09:00:00Z"), "{mailed:?}");
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_away_gets_it_later_under_the_same_id_and_who_was_sent_away_gets_nothing() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let ticket = asked(&desk, "one").await;
        note(&desk, "Ana", ticket, "@Bo and @Cy").await;
        let courier = Courier::default();
        *courier.refusal.lock().unwrap() = Some(Refusal::Later("the server is away".to_owned()));
        desk.settle(&courier).await.unwrap();
        let bo = agent(&desk, "Bo").await.agent_id().unwrap();
        let why = dispatches::last_failure(&mut desk.read().await.unwrap(), bo).await.unwrap();
        assert_eq!(why.as_deref(), Some("the server is away"));
        let cy = agent(&desk, "Cy").await.agent_id().unwrap();
        desk.account(&Actor::Desk, Account::SendAway(SendAway { agent: cy })).await.unwrap();
        *courier.refusal.lock().unwrap() = None;
        desk.ground.clock.advance(SignedDuration::from_secs(10));
        desk.settle(&courier).await.unwrap();
        assert_eq!(to_colleagues(&courier).iter().map(|(to, ..)| to.as_str()).collect::<Vec<_>>(), ["bo@desk.example"]);
        assert_eq!(dispatches::last_failure(&mut desk.read().await.unwrap(), bo).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_desk_that_rests_sends_nothing_and_who_wants_no_list_has_none() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let ticket = asked(&desk, "one").await;
        choose(&desk, "Cy", |choices| choices.set(Topic::Mentioned, Channel::InApp, false)).await;
        note(&desk, "Ana", ticket, "@Cy").await;
        assert_eq!(listed(&desk, "Cy").await.len(), 0);
        let now = desk.now().to_string();
        let resting = desk.ground.change(&Actor::Desk, move |context| {
            let now = now.clone();
            futures::FutureExt::boxed(async move {
                let row = store::sql("INSERT INTO settings (name, value) VALUES ('resting_since', $1)").bind(now);
                Ok(row.execute(context.tx).await.map(drop)?)
            })
        });
        resting.await.unwrap();
        let courier = Courier::default();
        desk.settle(&courier).await.unwrap();
        assert_eq!(courier.mails().len(), 0);
        desk.handle(&Actor::Desk, Command::GoLive(GoLive)).await.unwrap();
        desk.settle(&courier).await.unwrap();
        assert_eq!(to_colleagues(&courier).len(), 1, "who has no list gets mail all the same");
    })
    .await;
}
