//! A restored desk is the one that was backed up: what was said is there, can be searched, and the work goes on.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use std::path::{Path, PathBuf};

use desk::accounts::links::Purpose;
use desk::backup::{self, Source, Target};
use desk::dispatches::browsers::{self, NewBrowser, Subscription};
use desk::handle::notices::Notices;
use desk::handle::{Command, GoLive, Outcome};
use desk::outbox::{self, held};
use desk::sealed::Seals;
use desk::search::{self, Wanted};
use desk::settings::{PushKey, resting};
use desk::words::fill;
use desk::{Actor, Desk, Opening, claims, letters, measures};
use futures::FutureExt;
use open::{Courier, agent, all_tickets, mail_in, on_each_database, submitted};
use store::{Chance, Clock, Db, Engine, Location};
use tempfile::TempDir;

async fn found(desk: &Desk, text: &str) -> usize {
    let ana = agent(desk, "Ana").await;
    search::find(&desk.ground, &ana, &Wanted::read(text).unwrap(), &jiff::tz::TimeZone::UTC, None, 50)
        .await
        .unwrap()
        .items
        .len()
}

async fn invited(desk: &Desk, address: &'static str) {
    let inviting = desk
        .ground
        .change(&Actor::Desk, move |context| letters::send(context, Purpose::Invitation, address, "Ana", "en").boxed());
    inviting.await.unwrap();
}

/// It was restored and sends nothing before somebody has it go on; what is to be sent waits.
async fn rests_until_it_goes_live(desk: &Desk) {
    let courier = Courier::default();
    let waiting = async || outbox::count_waiting(&mut desk.read().await.unwrap()).await.unwrap();
    assert_eq!(resting::since(&mut desk.read().await.unwrap()).await.unwrap(), Some(desk.now()));
    submitted(desk, &courier).await;
    let before = waiting().await;
    assert!(before > 0);
    assert_eq!(outbox::ways_due(&desk.ground).await.unwrap(), []);
    assert_eq!(outbox::deliver_next(&desk.ground, &desk.shelf, &courier, 9).await.unwrap(), 0);
    assert!(measures::take(&mut desk.read().await.unwrap(), desk.now()).await.unwrap().is_resting);
    desk.handle(&agent(desk, "Bo").await, Command::GoLive(GoLive)).await.unwrap_err();
    for moved in [true, false] {
        let outcome = desk.handle(&Actor::Desk, Command::GoLive(GoLive)).await.unwrap();
        assert!(matches!(outcome, Outcome::Moved(did) if did == moved), "{outcome:?}");
    }
    desk.settle(&courier).await.unwrap();
    assert_eq!((waiting().await, resting::since(&mut desk.read().await.unwrap()).await.unwrap()), (0, None));
}

async fn backed_up(desk: &Desk, folder: &TempDir) -> PathBuf {
    let file = folder.path().join("backup.tar.gz");
    let source =
        Source { db: &desk.ground.db, shelf: &desk.shelf, now: desk.now(), program: "0.1.0", master_key: None };
    backup::make(&source, &file).await.unwrap();
    file
}

/// The desk in a backup in which no mail waited, in a place of its own.
async fn restored(desk: &Desk, file: &Path, folder: &TempDir, name: &str) -> Desk {
    let location = match (desk.ground.db.engine(), std::env::var("DESKHAND_TEST_POSTGRES")) {
        (Engine::Postgres, Ok(url)) => {
            Location::Server { url, schema: Some(format!("desk_restored_{name}_{}", std::process::id())) }
        }
        _ => Location::File(folder.path().join(format!("{name}.db"))),
    };
    let db = Db::open(location.clone()).await.unwrap();
    let clock = Clock::standing_at(desk.now());
    let target = Target { db: &db, clock: &clock, shelf: &desk.shelf, sends: false, goes_live: false };
    let restored = backup::restore(file, &target).await.unwrap();
    assert_eq!(restored.held, 0, "everything had gone");
    db.close().await;
    let opening = Opening {
        location,
        attachments: None,
        handbook: None,
        address: None,
        clock,
        chance: Chance::seeded(4),
        holder: "test".to_owned(),
    };
    Desk::open(opening).await.unwrap()
}

#[tokio::test]
async fn what_was_said_can_be_searched_after_a_restore_and_what_comes_then_as_well() {
    on_each_database(async |desk| {
        submitted(&desk, &Courier::default()).await;
        mail_in(&desk, "From: Rui <rui@outside.example>\r\nSubject: Marmalade\r\n\r\nIs there any quince?\r\n")
            .await
            .unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        invited(&desk, "nina@desk.example").await;
        let (tickets, logos) = (all_tickets(&desk).await.len(), found(&desk, "logo").await);
        assert!(logos > 0 && found(&desk, "quince").await == 1);

        let folder = tempfile::tempdir().unwrap();
        let file = backed_up(&desk, &folder).await;
        desk.settle(&Courier::default()).await.unwrap();
        let again = restored(&desk, &file, &folder, "words").await;
        assert!(
            fill::is_under_way(&mut again.read().await.unwrap()).await.unwrap(),
            "opening it does not wait for this"
        );
        assert!(fill::all(&again.ground).await.unwrap() > 0);
        assert_eq!((all_tickets(&again).await.len(), found(&again, "logo").await), (tickets, logos));
        assert_eq!((found(&again, "quince").await, found(&again, "marmalade").await), (1, 1));
        assert_eq!(held::count(&again.ground).await.unwrap(), 0);
        claims::release(&again.ground, claims::Which::All).await.unwrap();
        let mut conn = again.read().await.unwrap();
        let given_up = letters::failed(&mut conn).await.unwrap();
        assert_eq!(given_up.len(), 1, "an invitation may have gone out since");
        assert_eq!((given_up[0].0.as_str(), letters::next_due(&mut conn).await.unwrap()), ("nina@desk.example", None));
        drop(conn);
        mail_in(&again, "From: Rui <rui@outside.example>\r\nSubject: More\r\n\r\nQuince, please.\r\n").await.unwrap();
        assert_eq!(found(&again, "quince").await, 2, "and goes on");
        rests_until_it_goes_live(&again).await;
        again.ground.db.erase().await.unwrap();
        again.ground.db.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_restored_desk_pushes_under_the_same_key_to_the_same_browsers_and_without_its_master_key_to_none() {
    on_each_database(async |desk| {
        let (own, other) = (Seals::read(&"1".repeat(64)).unwrap(), Seals::read(&"2".repeat(64)).unwrap());
        let desk = desk.sealing(own.clone(), false).await.unwrap();
        let ana = agent(&desk, "Ana").await;
        let (p256dh, auth) = sink::push::Reader::of(&[7; 32]).keys();
        let subscription = Subscription { endpoint: "https://push.example/one".to_owned(), p256dh, auth };
        let new = NewBrowser { session: None, device: String::new(), subscription };
        desk.handle(&ana, Command::Notices(Notices::KeepBrowser(Box::new(new)))).await.unwrap();
        let key = |desk: &Desk| desk.ground.settings.push_key.as_ref().map(PushKey::public);
        let folder = tempfile::tempdir().unwrap();
        let file = backed_up(&desk, &folder).await;
        for (seals, name, stays) in [(own, "same", true), (other, "lost", false)] {
            let again = restored(&desk, &file, &folder, name).await.sealing(seals, false).await.unwrap();
            assert_eq!(key(&again) == key(&desk), stays, "{name}");
            let mut conn = again.read().await.unwrap();
            let kept = browsers::of_agent(&mut conn, ana.agent_id().unwrap(), again.now()).await.unwrap();
            assert_eq!(kept.len(), usize::from(stays), "{name}");
            drop(conn);
            again.ground.db.erase().await.unwrap();
            again.ground.db.close().await;
        }
    })
    .await;
}
