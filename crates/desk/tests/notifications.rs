//! Notices reach people: by kind and facts, each person once, by the ways and at the hours that they chose; on both databases.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::agents::NewAgent;
use desk::handle::account::{Account, SendAway, SetTeams};
use desk::handle::notices::Notices;
use desk::handle::work::{Follow, Work};
use desk::handle::{AddAgent, Assign, Change, Command, GoLive, Reply, ReplyKind};
use desk::notifications::choices::{Rhythm, WorkingHours};
use desk::notifications::own::{self, Own, Which};
use desk::notifications::{Channel, Choices, Topic, What, Wording};
use desk::outbox::Refusal;
use desk::settings::PublicUrl;
use desk::tickets::Priority;
use desk::tickets::bulk::Deed;
use desk::{Actor, Desk, Role, dispatches};
use jiff::{SignedDuration, Timestamp};
use open::{Courier, agent, mail_in, on_each_database, pass};
use store::Id;

/// A desk that can write links, so that notices leave it. It is Tuesday, nine o'clock in Lisbon.
async fn reached(desk: Desk) -> Desk {
    desk.reached_at(PublicUrl::read("https://desk.example").unwrap(), true).await.unwrap()
}

async fn asked(desk: &Desk, id: &str) -> Id {
    let raw = format!(
        "From: maria@acme.example\nTo: help@desk.example\nSubject: The logo {id}\nMessage-ID: <{id}@acme.example>\n\nHi\n"
    );
    let ticket = mail_in(desk, &raw).await.unwrap().ticket().unwrap();
    desk.settle(&Courier::default()).await.unwrap();
    ticket
}

async fn give(desk: &Desk, by: &str, ticket: Id, to: &str) {
    let to = agent(desk, to).await.agent_id();
    desk.handle(&agent(desk, by).await, Command::Assign(Assign { ticket, agent: to })).await.unwrap();
}

async fn note(desk: &Desk, by: &str, ticket: Id, words: &str) {
    let (body, kind) = (words.to_owned(), ReplyKind::Note);
    let reply = Reply { ticket, body, kind, files: Vec::new(), seen: None, key: None };
    desk.handle(&agent(desk, by).await, Command::Reply(reply)).await.unwrap();
}

async fn listed(desk: &Desk, who: &str) -> Vec<Own> {
    let actor = agent(desk, who).await;
    own::list(&mut desk.read().await.unwrap(), &actor, false, None, 200).await.unwrap().items
}

/// What somebody has not read, in words.
async fn unread(desk: &Desk, who: &str) -> Vec<String> {
    listed(desk, who).await.into_iter().filter(|own| own.unread).map(|own| own.notice.text).collect()
}

async fn choose(desk: &Desk, who: &str, change: impl FnOnce(&mut Choices)) {
    let mut choices = Choices::default();
    change(&mut choices);
    let command = Command::Notices(Notices::Choose(Box::new(choices)));
    desk.handle(&agent(desk, who).await, command).await.unwrap();
}

fn office() -> WorkingHours {
    let day = || "09:00-12:30, 14:00-18:00".to_owned();
    WorkingHours::Own([day(), day(), day(), day(), day(), String::new(), String::new()])
}

/// The mails to colleagues, each with its subject and text.
fn to_colleagues(courier: &Courier) -> Vec<(String, String, String)> {
    let mails =
        courier.mails().into_iter().filter(|mail| mail.to.iter().any(|to| to.address.ends_with("@desk.example")));
    mails
        .map(|mail| (mail.to[0].address.clone(), mail.subject.unwrap_or_default(), mail.text.unwrap_or_default()))
        .collect()
}

fn at(instant: &str) -> Timestamp {
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

#[tokio::test]
async fn whoever_is_told_has_it_in_their_list_until_they_read_it_and_who_did_it_has_not() {
    on_each_database(async |desk| {
        let ticket = asked(&desk, "one").await;
        give(&desk, "Ana", ticket, "Bo").await;
        give(&desk, "Bo", ticket, "Bo").await;
        note(&desk, "Ana", ticket, "@Bo and @Cy, please look").await;
        let bos = listed(&desk, "Bo").await;
        let what: Vec<_> = bos.iter().filter_map(|own| own.notice.what.clone()).collect();
        let (who, number) = ("Ana".to_owned(), bos[0].ticket.clone().unwrap().1);
        assert_eq!(what, [What::Mentioned { who: who.clone(), number }, What::Assigned { who, number }]);
        assert_eq!(bos[0].ticket.clone().unwrap().2, "The logo one");
        assert_eq!(unread(&desk, "Cy").await, [format!("Ana named you in a note on ticket {number}.")]);
        let portuguese = bos[1].notice.say(Wording::of("pt-PT"));
        assert_eq!(portuguese, format!("Ana entregou-lhe o pedido {number}."));

        let bo = agent(&desk, "Bo").await;
        let count = async || own::count_unread(&mut desk.read().await.unwrap(), &bo).await.unwrap();
        assert_eq!(count().await, 2);
        let read = async |which| desk.handle(&bo, Command::Notices(Notices::Read(which))).await.unwrap();
        read(Which::One(bos[0].id)).await;
        assert_eq!(count().await, 1);
        let order: Vec<Id> = listed(&desk, "Bo").await.iter().map(|own| own.id).collect();
        assert_eq!(order, [bos[1].id, bos[0].id], "what is unread stands first");
        read(Which::OnTicket(ticket)).await;
        assert_eq!((count().await, unread(&desk, "Cy").await.len()), (0, 1), "what others have is theirs");
        let cy = agent(&desk, "Cy").await;
        let theirs = listed(&desk, "Cy").await[0].id;
        read(Which::One(theirs)).await;
        assert_eq!(own::count_unread(&mut desk.read().await.unwrap(), &cy).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_list_goes_page_by_page_and_what_comes_meanwhile_shifts_nothing() {
    on_each_database(async |desk| {
        let ticket = asked(&desk, "one").await;
        for _ in 0..5 {
            note(&desk, "Ana", ticket, "@Bo?").await;
        }
        let bo = agent(&desk, "Bo").await;
        let all = listed(&desk, "Bo").await;
        desk.handle(&bo, Command::Notices(Notices::Read(Which::UpTo(all[3].id)))).await.unwrap();
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = own::list(&mut desk.read().await.unwrap(), &bo, false, after, 2).await.unwrap();
            seen.extend(page.items.iter().map(|own| (own.unread, own.id)));
            note(&desk, "Ana", ticket, "@Bo, again").await;
            after = page.next.map(|next| next.to_string().parse().unwrap());
            if after.is_none() {
                break;
            }
        }
        let expected: Vec<_> = all.iter().enumerate().map(|(place, own)| (place < 3, own.id)).collect();
        assert_eq!(seen, expected);
        assert!("2.7".parse::<own::Place>().is_err() && "1.x".parse::<own::Place>().is_err());
    })
    .await;
}

#[tokio::test]
async fn a_team_hears_of_it_as_it_is_then_and_where_nobody_is_in_it_the_leads_or_owners_do() {
    on_each_database(async |desk| {
        let boss =
            NewAgent { name: "Olga".into(), address: "olga@desk.example".into(), role: Role::Owner, teams: vec![] };
        desk.handle(&Actor::Desk, Command::AddAgent(AddAgent(boss))).await.unwrap();
        let ticket = asked(&desk, "one").await;
        give(&desk, "Ana", ticket, "Cy").await;
        let gone = agent(&desk, "Cy").await.agent_id().unwrap();
        desk.account(&Actor::Desk, Account::SendAway(SendAway { agent: gone })).await.unwrap();
        let told = unread(&desk, "Ana").await;
        assert!(told.len() == 1 && told[0].contains("Cy, who works here no longer"), "{told:?}");

        let ana = agent(&desk, "Ana").await.agent_id().unwrap();
        let leaves = SetTeams { agent: ana, teams: Vec::new() };
        desk.account(&agent(&desk, "Olga").await, Account::SetTeams(leaves)).await.unwrap();
        assert_eq!(unread(&desk, "Ana").await.len(), 1, "what she was told she was told");
        give(&desk, "Ana", ticket, "Bo").await;
        let gone = agent(&desk, "Bo").await.agent_id().unwrap();
        desk.account(&Actor::Desk, Account::SendAway(SendAway { agent: gone })).await.unwrap();
        assert_eq!((unread(&desk, "Ana").await.len(), unread(&desk, "Olga").await.len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn whose_ticket_it_is_hears_of_its_client_once_and_its_followers_as_such() {
    on_each_database(async |desk| {
        let ticket = asked(&desk, "one").await;
        give(&desk, "Ana", ticket, "Bo").await;
        for who in ["Bo", "Cy"] {
            let follow = Follow { ticket, follows: true };
            desk.handle(&agent(&desk, who).await, Command::Work(Work::Follow(follow))).await.unwrap();
        }
        let raw = "From: Maria <maria@acme.example>\nTo: help@desk.example\nIn-Reply-To: <one@acme.example>\nMessage-ID: <two@acme.example>\n\nAnd?\n";
        mail_in(&desk, raw).await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        let (bos, cys) = (unread(&desk, "Bo").await, unread(&desk, "Cy").await);
        assert!(bos.len() == 2 && bos[0].contains("which is yours"), "{bos:?}");
        assert!(cys.len() == 1 && cys[0].starts_with("Maria wrote on ticket"), "{cys:?}");
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_runs_out_and_a_snooze_that_ends_are_told_to_whoever_has_the_ticket() {
    on_each_database(async |desk| {
        let ticket = asked(&desk, "one").await;
        give(&desk, "Ana", ticket, "Cy").await;
        let snooze = Deed::Snooze { until: Some(desk.now() + SignedDuration::from_hours(1)) };
        let snooze = Change { ticket, deeds: vec![snooze], bulk: None };
        desk.handle(&agent(&desk, "Cy").await, Command::Change(snooze)).await.unwrap();
        pass(&desk, SignedDuration::from_hours(10)).await;
        let kinds: Vec<Topic> =
            listed(&desk, "Cy").await.iter().map(|own| own.notice.what.as_ref().unwrap().topic()).collect();
        assert_eq!(kinds, [Topic::Breach, Topic::Warning, Topic::Snoozed, Topic::Assigned]);
    })
    .await;
}

#[tokio::test]
async fn a_collaborator_is_shown_and_mailed_what_they_may_see_and_nothing_once_they_may_not() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let ticket = asked(&desk, "one").await;
        give(&desk, "Ana", ticket, "Cy").await;
        let cy = agent(&desk, "Cy").await.agent_id().unwrap();
        let role = desk::handle::account::ChangeRole { agent: cy, role: Role::Collaborator };
        desk.account(&Actor::Desk, Account::ChangeRole(role)).await.unwrap();
        assert_eq!(unread(&desk, "Cy").await.len(), 1);
        give(&desk, "Ana", ticket, "Ana").await;
        assert_eq!(listed(&desk, "Cy").await.len(), 0);
        let cy = agent(&desk, "Cy").await;
        assert_eq!(own::count_unread(&mut desk.read().await.unwrap(), &cy).await.unwrap(), 0);
        let courier = Courier::default();
        desk.settle(&courier).await.unwrap();
        assert_eq!(to_colleagues(&courier), []);
    })
    .await;
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
        assert!(together.len() == 1 && mailed.len() <= 2, "beside it comes what runs out as the week begins: {mailed:?}");
        assert!(until(&desk, "2026-11-23T12:00:00Z").await.iter().all(|(_, subject)| !subject.contains("named")));
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

#[tokio::test]
async fn what_is_old_is_cleared_away_and_hours_that_mean_nothing_are_refused() {
    on_each_database(async |desk| {
        let ticket = asked(&desk, "one").await;
        note(&desk, "Ana", ticket, "@Cy").await;
        let cleared = own::clear_old(&desk.ground).await.unwrap();
        assert_eq!((cleared, listed(&desk, "Cy").await.len()), (0, 1));
        let day = |hours: &str| std::array::from_fn(|_| hours.to_owned());
        for (hours, field) in [
            (WorkingHours::Own(day("nine to five")), "hours-0"),
            (WorkingHours::Own(day("")), "hours-0"),
            (WorkingHours::Calendar("nowhere".to_owned()), "calendar"),
        ] {
            let wrong = Choices { hours, ..Choices::default() };
            let command = Command::Notices(Notices::Choose(Box::new(wrong)));
            let refused = desk.handle(&agent(&desk, "Cy").await, command).await.unwrap_err();
            assert_eq!(refused.fields[0].field, field);
        }
        pass(&desk, own::KEPT_FOR + SignedDuration::from_hours(1)).await;
        own::clear_old(&desk.ground).await.unwrap();
        let old = listed(&desk, "Cy").await;
        assert!(old.iter().all(|own| own.notice.what.as_ref().unwrap().topic() != Topic::Mentioned), "{old:?}");
    })
    .await;
}
