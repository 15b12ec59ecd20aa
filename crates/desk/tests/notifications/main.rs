//! Notices reach people: by kind and facts, each person once, by the ways and at the hours that they chose; on both databases.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

#[path = "../open/mod.rs"]
mod open;

mod leaving;
mod merged;
mod posting;
mod pushing;

use desk::agents::NewAgent;
use desk::handle::account::{Account, SendAway, SetTeams};
use desk::handle::notices::Notices;
use desk::handle::work::{Follow, Work};
use desk::handle::{AddAgent, Assign, Change, Command, Reply, ReplyKind, UpsertContact};
use desk::notifications::choices::WorkingHours;
use desk::notifications::own::{self, Own, Which};
use desk::notifications::{Choices, Topic, What, Wording};
use desk::rights::Scope;
use desk::settings::PublicUrl;
use desk::tickets::bulk::Deed;
use desk::{Actor, Desk, Role, contacts, notifications};
use jiff::SignedDuration;
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
        let bos_id = bo.agent_id().unwrap();
        let waits = async || own::has_unread_on(&mut desk.read().await.unwrap(), bos_id, ticket).await.unwrap();
        assert!(waits().await);
        read(Which::OnTicket(ticket)).await;
        assert!(!waits().await);
        assert_eq!((count().await, unread(&desk, "Cy").await.len()), (0, 1), "what others have is theirs");
        let cy = agent(&desk, "Cy").await;
        let theirs = listed(&desk, "Cy").await[0].id;
        read(Which::One(theirs)).await;
        assert_eq!(own::count_unread(&mut desk.read().await.unwrap(), &cy).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_a_playbook_tells_is_read_in_the_readers_language_whatever_the_clients_is() {
    on_each_database(async |desk| {
        let rui = UpsertContact {
            email: "rui@acme.example".to_owned(),
            language: Some("pt".to_owned()),
            ..Default::default()
        };
        desk.handle(&Actor::Desk, Command::UpsertContact(rui)).await.unwrap();
        let raw = "From: rui@acme.example\nTo: help@desk.example\nSubject: Checkout not working\n\
            Message-ID: <urgent@acme.example>\n\nSince this morning.\n";
        let ticket = mail_in(&desk, raw).await.unwrap().ticket().unwrap();
        let scope = Scope::of(&Actor::Desk).unwrap();
        let notices = notifications::of_ticket(&mut desk.read().await.unwrap(), scope, ticket, 10).await.unwrap();
        let told = notices.iter().find(|notice| matches!(notice.what, Some(What::Told { .. }))).unwrap();
        let said = |language: &str| told.say(Wording::of(language));
        assert!(said("en").starts_with("Urgent: ticket ") && told.text == said("en"), "{told:?}");
        assert!(said("pt-PT").starts_with("Urgente: ticket "), "{told:?}");
        assert!(told.holds("Urgent: ticket") && told.holds("Urgente: ticket") && !told.holds("Dringend"));
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
        assert_eq!(leaving::to_colleagues(&courier), []);
    })
    .await;
}

#[tokio::test]
async fn of_somebody_who_was_erased_no_notice_keeps_the_name() {
    on_each_database(async |desk| {
        let ticket = asked(&desk, "one").await;
        give(&desk, "Ana", ticket, "Bo").await;
        let raw = "From: Wilhelmina Quartz <maria@acme.example>\nTo: help@desk.example\nIn-Reply-To: <one@acme.example>\nMessage-ID: <two@acme.example>\n\nAnd?\n";
        mail_in(&desk, raw).await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        assert!(unread(&desk, "Bo").await[0].starts_with("Maria wrote"));
        let maria = contacts::find_by_address(&mut desk.read().await.unwrap(), "maria@acme.example").await.unwrap();
        desk.erase_contact(&Actor::Desk, maria.unwrap().id).await.unwrap();
        let left = unread(&desk, "Bo").await;
        assert!(left[0].starts_with("[erased] wrote on ticket"), "{left:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_old_is_cleared_away_and_hours_that_mean_nothing_are_refused() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let ticket = asked(&desk, "one").await;
        note(&desk, "Ana", ticket, "@Cy").await;
        // It says of nobody that they wrote it: it is set aside, and owners and leads are told beside all tickets.
        mail_in(&desk, "To: help@desk.example\nSubject: ?\n\nHi\n").await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
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
        let mut hours: [String; 7] = day("09:00-17:00");
        for wrong in [1, 3, 6] {
            "later".clone_into(&mut hours[wrong]);
        }
        let wrong = Choices { hours: WorkingHours::Own(hours), ..Choices::default() };
        let command = Command::Notices(Notices::Choose(Box::new(wrong)));
        let refused = desk.handle(&agent(&desk, "Cy").await, command).await.unwrap_err();
        let fields: Vec<&str> = refused.fields.iter().map(|wrong| wrong.field.as_str()).collect();
        assert_eq!(fields, ["hours-1", "hours-3", "hours-6"], "each day says what is wrong with it");
        pass(&desk, own::KEPT_FOR + SignedDuration::from_hours(1)).await;
        own::clear_old(&desk.ground).await.unwrap();
        let old = listed(&desk, "Cy").await;
        assert!(old.iter().all(|own| own.notice.what.as_ref().unwrap().topic() != Topic::Mentioned), "{old:?}");
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let conn = &mut desk.read().await.unwrap();
        assert_eq!(notifications::beside_tickets(conn, scope, 9).await.unwrap().len(), 0);
        assert!(
            !notifications::of_ticket(conn, scope, ticket, 9).await.unwrap().is_empty(),
            "the ticket keeps its own"
        );
    })
    .await;
}
