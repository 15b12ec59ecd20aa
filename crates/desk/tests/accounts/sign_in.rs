//! Signing in, and what slows down whoever guesses.

use desk::accounts::{Hasher, sessions};
use desk::entry::Entered;
use desk::handle::account::{Account, ChangePassword, Visitor};
use desk::{Desk, Role};
use jiff::SignedDuration;
use store::Chance;

use crate::open::on_each_database;
use crate::{OTHER, PASSWORD, from, is_in, new, reached, signed_in, with_password};

const ANA: &str = "ana@desk.example";

async fn guess(desk: &Desk, address: &str, visitor: Visitor) -> Entered {
    desk.sign_in(address, "a guess of somebody", visitor).await.unwrap()
}

#[tokio::test]
async fn a_known_and_an_unknown_address_are_refused_alike_and_cost_alike() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        with_password(&desk, "Ana", Role::Agent).await;
        let mut costs = Vec::new();
        // Bo was never given a password, nobody has the last address.
        for address in [ANA, "bo@desk.example", "nobody@desk.example"] {
            let before = desk.hasher.done();
            assert!(matches!(guess(&desk, address, from("192.0.2.7")).await, Entered::Refused), "{address}");
            costs.push(desk.hasher.done() - before);
        }
        assert_eq!(costs, [1, 1, 1]);
    })
    .await;
}

#[tokio::test]
async fn each_signing_in_gives_a_new_session_and_only_its_digest_is_stored() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        with_password(&desk, "Ana", Role::Agent).await;
        let first = signed_in(&desk, "Ana@Desk.example ", PASSWORD, from("192.0.2.7")).await;
        let known = Visitor { known_by: Some(first.device.clone()), ..from("192.0.2.7") };
        let second = signed_in(&desk, ANA, PASSWORD, known).await;
        assert_ne!(first.session, second.session);
        assert_ne!(first.device, second.device);
        assert!(is_in(&desk, &first.session).await && is_in(&desk, &second.session).await);
        let digest = {
            use sha2::{Digest, Sha256};
            store::chance::hex(&Sha256::digest(first.session.0.as_bytes()))
        };
        assert!(!is_in(&desk, &desk::accounts::Secret(digest)).await, "what is stored opens nothing");
        let mut conn = desk.read().await.unwrap();
        let open = sessions::of_agent(&mut conn, first.agent, desk.now()).await.unwrap();
        assert_eq!(open.iter().map(|session| session.device.as_str()).collect::<Vec<_>>(), ["Firefox, Linux"; 2]);
    })
    .await;
}

#[tokio::test]
async fn guessing_waits_longer_each_time_and_never_for_ever() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        with_password(&desk, "Ana", Role::Agent).await;
        for _ in 0..5 {
            assert!(matches!(guess(&desk, ANA, from("192.0.2.7")).await, Entered::Refused));
        }
        let mut waits = Vec::new();
        for _ in 0..12 {
            let Entered::Wait(until) = guess(&desk, ANA, from("192.0.2.7")).await else { panic!("no wait") };
            // What comes too early is not even looked at.
            let before = desk.hasher.done();
            assert!(matches!(desk.sign_in(ANA, PASSWORD, from("192.0.2.7")).await.unwrap(), Entered::Wait(_)));
            assert_eq!(desk.hasher.done(), before);
            waits.push(until.duration_since(desk.now()).as_secs());
            desk.ground.clock.advance_to(until);
            assert!(matches!(guess(&desk, ANA, from("192.0.2.7")).await, Entered::Refused));
        }
        assert_eq!(&waits[..4], &[2, 4, 8, 16]);
        assert_eq!(waits.last(), Some(&900));
        desk.ground.clock.advance(SignedDuration::from_secs(900));
        let owner = signed_in(&desk, ANA, PASSWORD, from("192.0.2.7")).await;
        assert!(is_in(&desk, &owner.session).await);
        assert!(matches!(guess(&desk, ANA, from("192.0.2.7")).await, Entered::Refused), "the count begins anew");
    })
    .await;
}

#[tokio::test]
async fn one_place_that_tries_many_accounts_is_slowed_down_too() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        for number in 0..30 {
            let address = format!("person{number}@desk.example");
            assert!(matches!(guess(&desk, &address, from("192.0.2.7")).await, Entered::Refused), "{number}");
        }
        assert!(matches!(guess(&desk, "somebody@desk.example", from("192.0.2.7")).await, Entered::Wait(_)));
        assert!(matches!(guess(&desk, "somebody@desk.example", from("192.0.2.8")).await, Entered::Refused));
    })
    .await;
}

#[tokio::test]
async fn strangers_from_everywhere_do_not_keep_somebody_out_of_their_own_account() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        with_password(&desk, "Ana", Role::Owner).await;
        let ana = signed_in(&desk, ANA, PASSWORD, from("192.0.2.1")).await;
        for host in 0..60 {
            guess(&desk, ANA, from(&format!("198.51.100.{host}"))).await;
        }
        let stranger = desk.sign_in(ANA, PASSWORD, from("203.0.113.5")).await.unwrap();
        let Entered::Wait(until) = stranger else { panic!("{stranger:?}") };
        assert!(until.duration_since(desk.now()) <= SignedDuration::from_mins(1), "a short wait at a new browser");
        let known = Visitor { known_by: Some(ana.device), ..from("203.0.113.6") };
        signed_in(&desk, ANA, PASSWORD, known).await;
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_it_is_idle_and_at_its_age_however_much_it_is_used() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        with_password(&desk, "Ana", Role::Agent).await;
        let idle = signed_in(&desk, ANA, PASSWORD, from("192.0.2.7")).await;
        let used = signed_in(&desk, ANA, PASSWORD, from("192.0.2.7")).await;
        for _ in 0..5 {
            desk.ground.clock.advance(SignedDuration::from_hours(6 * 24));
            if desk.session(&used.session.0).await.unwrap().is_none() {
                break;
            }
        }
        assert!(!is_in(&desk, &idle.session).await);
        assert!(!is_in(&desk, &used.session).await, "thirty days");
        let fresh = signed_in(&desk, ANA, PASSWORD, from("192.0.2.7")).await;
        let mut conn = desk.read().await.unwrap();
        assert_eq!(sessions::of_agent(&mut conn, fresh.agent, desk.now()).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_changed_password_ends_every_session_and_is_changed_by_the_old_one_alone() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let ana = with_password(&desk, "Ana", Role::Agent).await;
        let agent = ana.agent_id().unwrap();
        let elsewhere = signed_in(&desk, ANA, PASSWORD, from("192.0.2.8")).await;
        let here = signed_in(&desk, ANA, PASSWORD, from("192.0.2.7")).await;
        let error = desk.change_password(agent, "not the old one", new(OTHER)).await.unwrap_err();
        assert_eq!(error.fields[0].field, "old");
        let weak = desk.change_password(agent, PASSWORD, new("ana@desk.example")).await.unwrap_err();
        assert_eq!((weak.fields[0].field.as_str(), weak.fields[0].code.as_str()), ("password", "common"));
        assert!(is_in(&desk, &elsewhere.session).await, "nothing was changed");
        let rotated = desk.change_password(agent, PASSWORD, new(OTHER)).await.unwrap();
        assert!(!is_in(&desk, &elsewhere.session).await && !is_in(&desk, &here.session).await);
        assert!(is_in(&desk, &rotated.session).await);
        assert!(matches!(desk.sign_in(ANA, PASSWORD, from("192.0.2.9")).await.unwrap(), Entered::Refused));
        signed_in(&desk, ANA, OTHER, from("192.0.2.9")).await;
    })
    .await;
}

#[tokio::test]
async fn what_was_checked_against_a_password_of_before_changes_nothing() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let ana = with_password(&desk, "Ana", Role::Agent).await;
        let stale = desk.hasher.hash("something older").await.unwrap();
        let password = desk.hasher.hash(OTHER).await.unwrap();
        let change = ChangePassword { checked: stale, password, visitor: from("192.0.2.7") };
        let done = desk.account(&ana, Account::ChangePassword(change)).await.unwrap();
        assert!(matches!(done, desk::handle::account::Done::Refused), "{done:?}");
        signed_in(&desk, ANA, PASSWORD, from("192.0.2.7")).await;
    })
    .await;
}

#[tokio::test]
async fn a_hash_that_was_cheap_is_made_anew_when_its_owner_signs_in() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        with_password(&desk, "Ana", Role::Agent).await;
        let dearer = desk.clone().hashing(Hasher::costing(Chance::seeded(2), 128, 1));
        let session = signed_in(&dearer, ANA, PASSWORD, from("192.0.2.7")).await;
        assert!(is_in(&desk, &session.session).await, "which ends no session");
        let before = dearer.hasher.done();
        signed_in(&dearer, ANA, PASSWORD, from("192.0.2.7")).await;
        assert_eq!(dearer.hasher.done() - before, 1, "the second time it is dear enough");
    })
    .await;
}
