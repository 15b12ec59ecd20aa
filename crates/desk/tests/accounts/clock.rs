//! A machine's clock that is set while people are signed in: forward by a year, and back when somebody has noticed.

use desk::accounts::links::Purpose;
use desk::entry::Entered;
use desk::handle::account::{Account, Done, MakeLink};
use desk::{Actor, Desk, Role};
use jiff::SignedDuration;

use crate::open::on_each_database;
use crate::{PASSWORD, from, id, is_in, new, reached, signed_in, with_password};

const ANA: &str = "ana@desk.example";
const YEAR: SignedDuration = SignedDuration::from_hours(365 * 24);

async fn reset_link(desk: &Desk) -> String {
    let make = MakeLink { purpose: Purpose::Reset, agent: id(desk, "Ana").await };
    match desk.account(&Actor::Desk, Account::MakeLink(make)).await.unwrap() {
        Done::Link(secret) => secret.0,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_clock_a_year_ahead_ends_every_session_and_what_begins_under_it_does_not_outlive_it() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        with_password(&desk, "Ana", Role::Agent).await;
        let start = desk.now();
        let before = signed_in(&desk, ANA, PASSWORD, from("192.0.2.7")).await;

        desk.ground.clock.set(start + YEAR);
        assert!(!is_in(&desk, &before.session).await, "nobody used it for a year, as far as can be known");
        let ahead = signed_in(&desk, ANA, PASSWORD, from("192.0.2.7")).await;
        assert!(is_in(&desk, &ahead.session).await);
        let link = reset_link(&desk).await;
        desk.link(Purpose::Reset, &link).await.expect("it counts under the clock it was made by");

        desk.ground.clock.set(start + SignedDuration::from_mins(1));
        assert!(!is_in(&desk, &ahead.session).await, "it would last for a year and thirty days");
        assert!(desk.link(Purpose::Reset, &link).await.is_err(), "and this for a year and half an hour");
        assert!(desk.reset_password(&link, new("yet another one of mine")).await.is_err());
        let after = signed_in(&desk, ANA, PASSWORD, from("192.0.2.7")).await;
        assert!(is_in(&desk, &after.session).await, "who signs in anew is in");
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_is_set_back_by_a_little_signs_nobody_out() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        with_password(&desk, "Ana", Role::Agent).await;
        let ana = signed_in(&desk, ANA, PASSWORD, from("192.0.2.7")).await;
        let link = reset_link(&desk).await;
        desk.ground.clock.set(desk.now() - SignedDuration::from_mins(9));
        assert!(is_in(&desk, &ana.session).await);
        desk.link(Purpose::Reset, &link).await.expect("processes may be so far apart");
    })
    .await;
}

#[tokio::test]
async fn who_waits_for_guessing_never_waits_longer_because_the_clock_was_set() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        with_password(&desk, "Ana", Role::Agent).await;
        let start = desk.now();
        let guess = async || desk.sign_in(ANA, "a wrong password", from("192.0.2.7")).await.unwrap();

        desk.ground.clock.set(start + YEAR);
        for _ in 0..5 {
            assert!(matches!(guess().await, Entered::Refused));
        }
        assert!(matches!(guess().await, Entered::Wait(_)));

        desk.ground.clock.set(start);
        let looked_at = guess().await;
        assert!(matches!(looked_at, Entered::Refused), "{looked_at:?}");
        let Entered::Wait(until) = guess().await else { panic!("the count goes on") };
        assert!(until.duration_since(desk.now()) <= SignedDuration::from_mins(15), "{until}");
        desk.ground.clock.set(until);
        signed_in(&desk, ANA, PASSWORD, from("192.0.2.7")).await;
    })
    .await;
}
