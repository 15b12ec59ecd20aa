//! Links by mail: a forgotten password, an invitation. Each counts once, and its words stand nowhere.

use desk::accounts::links::{self, Purpose};
use desk::agents::NewAgent;
use desk::error::Kind;
use desk::handle::account::Done;
use desk::handle::account::{Account, AskReset, Invite, InviteAgain, MakeLink};
use desk::outbox::Refusal;
use desk::outbox::catcher::{self, Catcher};
use desk::{Actor, Desk, Result, Role, letters};
use jiff::SignedDuration;

use crate::open::{Courier, on_each_database};
use crate::{OTHER, PASSWORD, from, id, is_in, joining, new, reached, signed_in, who, with_password};

const ANA: &str = "ana@desk.example";

async fn ask(desk: &Desk, address: &str) {
    let ask = AskReset { address: address.to_owned(), language: "en".to_owned(), visitor: from("192.0.2.7") };
    desk.account(&Actor::Outside, Account::AskReset(ask)).await.unwrap();
}

async fn invite(desk: &Desk, by: &Actor, address: &str, role: Role) -> Result<Done> {
    let (name, teams) = ("Nina Sol".to_owned(), vec!["support".to_owned()]);
    let agent = NewAgent { name, address: address.to_owned(), role, teams };
    desk.account(by, Account::Invite(Invite { agent, language: "pt".to_owned() })).await
}

/// The secrets of the links in what was carried.
fn secrets(courier: &Courier, purpose: Purpose) -> Vec<String> {
    let start = format!("https://desk.acme.example{}/", purpose.path());
    let texts = courier.mails().into_iter().map(|mail| mail.text.unwrap_or_default());
    let after = texts.filter_map(|text| text.split_once(&start).map(|(_, rest)| rest.to_owned()));
    after.map(|rest| rest.chars().take_while(char::is_ascii_alphanumeric).collect()).collect()
}

#[tokio::test]
async fn a_reset_link_counts_once_and_ends_every_session() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        with_password(&desk, "Ana", Role::Agent).await;
        let before = signed_in(&desk, ANA, PASSWORD, from("192.0.2.8")).await;
        let courier = Courier::default();
        ask(&desk, "ANA@desk.example").await;
        desk.settle(&courier).await.unwrap();
        let mail = courier.last();
        assert_eq!(mail.to[0].address, ANA);
        assert!(mail.auto_submitted, "no machine answers it");
        let link = secrets(&courier, Purpose::Reset).pop().unwrap();
        assert_eq!(letters::next_due(&mut desk.read().await.unwrap()).await.unwrap(), None, "nothing of it is kept");

        desk.link(Purpose::Reset, &link).await.expect("looking at it takes nothing up");
        assert!(desk.link(Purpose::Invitation, &link).await.is_err(), "it is for nothing else");
        let weak = desk.reset_password(&link, new("password1234")).await.unwrap_err();
        assert_eq!(weak.fields[0].code, "common");
        let after = desk.reset_password(&link, new(OTHER)).await.unwrap();
        assert!(is_in(&desk, &after.session).await && !is_in(&desk, &before.session).await);
        let replayed = desk.reset_password(&link, new("yet another one of mine")).await.unwrap_err();
        assert_eq!(replayed.code, links::over().code);
        signed_in(&desk, ANA, OTHER, from("192.0.2.9")).await;
    })
    .await;
}

#[tokio::test]
async fn of_two_who_use_one_link_at_once_one_is_refused() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        with_password(&desk, "Ana", Role::Agent).await;
        let agent = id(&desk, "Ana").await;
        let make = Account::MakeLink(MakeLink { agent, purpose: Purpose::Reset });
        let Done::Link(link) = desk.account(&Actor::Desk, make).await.unwrap() else { panic!("no link") };
        let (a, b) =
            tokio::join!(desk.reset_password(&link.0, new(OTHER)), desk.reset_password(&link.0, new(PASSWORD)));
        assert_eq!([a.is_ok(), b.is_ok()].iter().filter(|ok| **ok).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_reset_link_is_over_after_half_an_hour_and_after_any_other_change_of_the_password() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let ana = with_password(&desk, "Ana", Role::Agent).await;
        let courier = Courier::default();
        ask(&desk, ANA).await;
        desk.settle(&courier).await.unwrap();
        desk.ground.clock.advance(SignedDuration::from_mins(30));
        ask(&desk, ANA).await;
        desk.settle(&courier).await.unwrap();
        let links = secrets(&courier, Purpose::Reset);
        assert_eq!(desk.link(Purpose::Reset, &links[0]).await.unwrap_err().kind, Kind::Conflict);
        desk.link(Purpose::Reset, &links[1]).await.unwrap();
        desk.change_password(ana.agent_id().unwrap(), PASSWORD, new(OTHER)).await.unwrap();
        assert!(desk.link(Purpose::Reset, &links[1]).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn for_an_address_that_nobody_has_the_same_is_written_and_no_mail_leaves() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let courier = Courier::default();
        ask(&desk, "nobody@desk.example").await;
        assert!(letters::next_due(&mut desk.read().await.unwrap()).await.unwrap().is_some(), "a row as for anybody");
        desk.settle(&courier).await.unwrap();
        assert!(courier.mails().is_empty());
        assert_eq!(letters::next_due(&mut desk.read().await.unwrap()).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_mailbox_is_not_filled_with_links() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let courier = Courier::default();
        for _ in 0..20 {
            ask(&desk, ANA).await;
        }
        desk.settle(&courier).await.unwrap();
        assert_eq!(courier.mails().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_letter_waits_for_a_mail_server_and_each_attempt_has_a_link_of_its_own() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let courier = Courier::default();
        *courier.refusal.lock().unwrap() = Some(Refusal::Later("451 busy".to_owned()));
        ask(&desk, ANA).await;
        desk.settle(&courier).await.unwrap();
        *courier.refusal.lock().unwrap() = None;
        desk.ground.clock.advance(SignedDuration::from_secs(10));
        desk.settle(&courier).await.unwrap();
        assert_eq!(secrets(&courier, Purpose::Reset).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_invitation_is_taken_up_once_by_whichever_letter_comes_first() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let owner = with_password(&desk, "Ana", Role::Owner).await;
        let courier = Courier::default();
        let Done::Agent(nina) = invite(&desk, &owner, "Nina@acme.example", Role::Agent).await.unwrap() else {
            panic!("nobody was invited")
        };
        let again = || Account::InviteAgain(InviteAgain { agent: nina, language: "pt".to_owned() });
        desk.account(&owner, again()).await.unwrap();
        desk.settle(&courier).await.unwrap();
        let links = secrets(&courier, Purpose::Invitation);
        assert_eq!(links.len(), 2);
        assert!(courier.last().subject.unwrap().contains("Ana"), "it says who invites");

        let joined = desk.join(&links[1], joining("Nina S."), new(PASSWORD)).await.unwrap();
        assert_eq!(joined.agent, nina);
        assert_eq!(desk.join(&links[0], joining("Eve"), new(OTHER)).await.unwrap_err().code, links::over().code);
        let conflict = desk.account(&owner, again()).await.unwrap_err();
        assert_eq!(conflict.code, "came-already");
        let nina = who(&desk, "nina@acme.example").await;
        assert_eq!((nina.name(), nina.role()), ("Nina S.", Some(Role::Agent)));
        signed_in(&desk, "nina@acme.example", PASSWORD, from("192.0.2.7")).await;
    })
    .await;
}

#[tokio::test]
async fn an_invitation_is_over_after_a_week_and_cannot_be_sent_without_an_end() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let owner = with_password(&desk, "Ana", Role::Owner).await;
        let courier = Courier::default();
        let Done::Agent(nina) = invite(&desk, &owner, "nina@acme.example", Role::Agent).await.unwrap() else {
            panic!("nobody was invited")
        };
        desk.settle(&courier).await.unwrap();
        let link = secrets(&courier, Purpose::Invitation).pop().unwrap();
        desk.ground.clock.advance(SignedDuration::from_hours(7 * 24));
        assert!(desk.join(&link, joining("Nina"), new(PASSWORD)).await.is_err());
        let again = || Account::InviteAgain(InviteAgain { agent: nina, language: "en".to_owned() });
        for _ in 0..3 {
            desk.account(&owner, again()).await.unwrap();
        }
        assert_eq!(desk.account(&owner, again()).await.unwrap_err().code, "letters-enough");
        desk.settle(&courier).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_invitation_that_no_server_takes_is_told_where_people_are_looked_after() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let owner = with_password(&desk, "Ana", Role::Owner).await;
        let courier = Courier::default();
        *courier.refusal.lock().unwrap() = Some(Refusal::Never("550 no such user".to_owned()));
        invite(&desk, &owner, "nina@acme.example", Role::Agent).await.unwrap();
        desk.settle(&courier).await.unwrap();
        let failed = letters::failed(&mut desk.read().await.unwrap()).await.unwrap();
        assert_eq!(failed, [("nina@acme.example".to_owned(), "550 no such user".to_owned())]);
        desk.tidy_up().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_caught_letter_is_for_owners_alone() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let owner = with_password(&desk, "Ana", Role::Owner).await;
        let lead = with_password(&desk, "Bo", Role::Lead).await;
        ask(&desk, ANA).await;
        desk.settle(&Catcher::new(desk.ground.clone())).await.unwrap();
        let mut conn = desk.read().await.unwrap();
        let letters = catcher::letters(&mut conn, &owner, 10).await.unwrap();
        let (_, raw) = catcher::show_letter(&mut conn, &owner, letters[0].id).await.unwrap();
        assert!(String::from_utf8(raw).unwrap().contains("/reset/"));
        assert!(catcher::letters(&mut conn, &lead, 10).await.is_err());
        assert!(catcher::show_letter(&mut conn, &lead, letters[0].id).await.is_err());
        let caught = catcher::list(&mut conn, &lead, desk::page::Page::default()).await.unwrap();
        assert!(caught.items.is_empty(), "the mail catcher that everybody reads does not hold it");
    })
    .await;
}
