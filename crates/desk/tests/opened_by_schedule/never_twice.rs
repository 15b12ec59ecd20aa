//! Restarts, several desks, other handbooks and missed dates: nothing is opened twice.

use desk::handle::AddAgent;
use desk::{Opening, schedules};
use store::{Chance, Clock, Location};

use super::open::{on_each_database_with, pass};
use super::*;

#[tokio::test]
async fn what_was_missed_is_made_up_for_once_and_not_after_a_month() {
    let files = with_subject("schedule: MO 09:00, each: clients");
    on_each_database_with(Some(files), async |desk| {
        settle(&desk).await;
        desk.ground.clock.advance_to(at("2027-03-03T12:00:00Z"));
        settle(&desk).await;
        let ticket = only_ticket(&desk).await.ticket;
        assert_eq!(ticket.fields["day"], "2027-03-01", "the last Monday, of fifteen");
        pass(&desk, days(7)).await;
        assert_eq!(all_tickets(&desk).await.len(), 2);
    })
    .await;
    let files = with_subject("schedule: 12-24 09:00, each: clients");
    on_each_database_with(Some(files), async |desk| {
        settle(&desk).await;
        desk.ground.clock.advance_to(at("2027-01-24T09:00:01Z"));
        settle(&desk).await;
        assert!(all_tickets(&desk).await.is_empty());
        assert_eq!(desk.next_due().await.unwrap(), Some(at("2027-12-24T09:00:00Z")));
    })
    .await;
}

#[tokio::test]
async fn a_handbook_that_is_published_again_opens_nothing_twice() {
    let monthly =
        |day: u32| with_subject(&format!("schedule: day {day} 09:00, each: clients, key: [ organization, month ]"));
    on_each_database_with(Some(monthly(8)), async |desk| {
        pass(&desk, days(22)).await;
        assert_eq!(subjects(&desk).await, ["Acme 2026-12"]);
        let mut commented = monthly(8);
        commented.insert("desk.yaml", format!("{DESK}# the same\n"));
        publish(&desk, commented).await;
        settle(&desk).await;
        // The day moves; December has its ticket.
        publish(&desk, monthly(10)).await;
        pass(&desk, days(10)).await;
        assert_eq!(subjects(&desk).await, ["Acme 2026-12"]);
        pass(&desk, days(30)).await;
        assert_eq!(subjects(&desk).await, ["Acme 2026-12", "Acme 2027-01"]);
        // A playbook that no schedule opens any more rests.
        publish(&desk, handbook("hand")).await;
        assert_eq!(desk.next_due().await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_schedule_that_the_desk_fails_on_is_put_off_for_a_while_and_the_leads_are_told() {
    let files = with_subject("schedule: MO 09:00, each: clients");
    on_each_database_with(Some(files), async |desk| {
        settle(&desk).await;
        desk.ground.clock.advance_to(at("2026-11-23T09:00:00Z"));
        let hour = SignedDuration::from_hours(1);
        schedules::put_off(&desk.ground, "report", "MO 09:00 each clients", hour, "a defect").await.unwrap();
        settle(&desk).await;
        assert!(subjects(&desk).await.is_empty());
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let told = notifications::beside_tickets(&mut desk.read().await.unwrap(), scope, 9).await.unwrap();
        assert!(
            told.iter().all(|notice| notice.audience == "lead" && notice.text.ends_with("tries again later: a defect"))
        );
        assert_eq!((told.len(), desk.next_due().await.unwrap()), (1, Some(desk.now() + hour)));
        pass(&desk, hour).await;
        assert_eq!(subjects(&desk).await, ["Acme 2026-11"]);
    })
    .await;
}

/// Opens another desk on the same database.
async fn desk_at(location: Location, now: &str, files: &Files) -> Desk {
    let (handbook, address) = (Some(files.clone()), Some("help@desk.example".to_owned()));
    let (clock, chance) = (Clock::standing_at(at(now)), Chance::seeded(3));
    let opening = Opening { location, attachments: None, handbook, address, clock, chance, holder: "test".to_owned() };
    Desk::open(opening).await.unwrap()
}

/// Tells `story` of each place where several desks can meet.
async fn where_desks_meet(name: &str, story: impl AsyncFn(Location)) {
    let folder = tempfile::tempdir().unwrap();
    story(Location::File(folder.path().join("desk.db"))).await;
    if let Ok(url) = std::env::var("DESKHAND_TEST_POSTGRES") {
        story(Location::Server { url, schema: Some(format!("{name}_{}", std::process::id())) }).await;
    }
}

#[tokio::test]
async fn a_desk_that_is_started_again_goes_on_where_it_was_and_opens_nothing_twice() {
    let files = with_subject("schedule: day 8 09:00, each: clients");
    where_desks_meet("started_again", async |location: Location| {
        let desk = desk_at(location.clone(), "2026-11-17T09:00:00Z", &files).await;
        for key in ["Acme", "Borealis", "Cumulus"] {
            client(&desk, key).await;
        }
        settle(&desk).await;
        // It stops in the middle of its look, after the first ticket.
        desk.ground.clock.advance_to(at("2026-12-08T09:00:00Z"));
        assert_eq!(desk.fire_next(1).await.unwrap(), 1);
        desk.close().await.unwrap();

        let desk = desk_at(location.clone(), "2026-12-08T09:30:00Z", &files).await;
        open_agents(&desk).await;
        assert_eq!(subjects(&desk).await, ["Acme 2026-12"]);
        settle(&desk).await;
        assert_eq!(subjects(&desk).await, ["Acme 2026-12", "Borealis 2026-12", "Cumulus 2026-12"]);
        desk.close().await.unwrap();

        // And once more, with a clock that was put back.
        let desk = desk_at(location, "2026-12-08T08:59:00Z", &files).await;
        settle(&desk).await;
        desk.ground.clock.advance_to(at("2026-12-08T10:00:00Z"));
        settle(&desk).await;
        assert_eq!(subjects(&desk).await.len(), 3);
        desk.ground.db.erase().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn two_desks_on_one_database_open_each_ticket_once() {
    let files = with_subject("schedule: day 8 09:00, each: clients");
    where_desks_meet("two_desks", async |location: Location| {
        let desk = desk_at(location.clone(), "2026-11-17T09:00:00Z", &files).await;
        open_agents(&desk).await;
        for number in 0..9 {
            client(&desk, &format!("client-{number}")).await;
        }
        settle(&desk).await;
        let other = desk_at(location, "2026-11-17T09:00:00Z", &files).await;
        for desk in [&desk, &other] {
            desk.ground.clock.advance_to(at("2026-12-08T09:00:00Z"));
        }
        let (ours, theirs) = (Courier::default(), Courier::default());
        let (one, two) = futures::future::join(desk.settle(&ours), other.settle(&theirs)).await;
        one.and(two).unwrap();
        let expected: Vec<String> = (0..9).map(|number| format!("client-{number} 2026-12")).collect();
        assert_eq!(subjects(&desk).await, expected);
        assert_eq!(other.next_due().await.unwrap(), Some(at("2027-01-08T09:00:00Z")));
        other.close().await.unwrap();
        desk.ground.db.erase().await.unwrap();
    })
    .await;
}

/// Ana, through whose eyes the tickets are listed.
async fn open_agents(desk: &Desk) {
    let ana = desk::agents::NewAgent {
        name: "Ana".to_owned(),
        address: "ana@desk.example".to_owned(),
        role: desk::Role::Agent,
        teams: vec!["support".to_owned()],
    };
    desk.handle(&Actor::Desk, Command::AddAgent(AddAgent(ana))).await.unwrap();
}
