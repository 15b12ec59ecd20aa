//! A machine's clock that is set: back by an hour, forward by a year.

use desk::handle::{Choose, Command, ReceiveMail};
use desk::{Actor, Desk, agents};
use jiff::{SignedDuration, Timestamp};
use serde_json::Map;
use store::{Clock, Id, sql};

use crate::mail;
use crate::running::Place;

/// A mail comes, and Ana solves what it asks: its ticket closes after five days.
async fn solved(desk: &Desk, mark: &str) -> Id {
    let receive = ReceiveMail { raw: mail(mark).into_bytes().into(), key: None };
    let ticket = desk.handle(&Actor::Outside, Command::ReceiveMail(receive)).await.unwrap().ticket().unwrap();
    let ana = agents::all(&mut desk.read().await.unwrap()).await.unwrap().remove(0).as_actor();
    let (inputs, fields) = (Map::new(), Map::new());
    let solve = Choose { ticket, choice: "solve".to_owned(), note: None, inputs, fields, key: None };
    desk.handle(&ana, Command::Choose(solve)).await.unwrap();
    ticket
}

/// The states that the tickets are in, by ticket, and how many steps each has behind it.
async fn standing(desk: &Desk) -> Vec<(String, i64)> {
    let text = "SELECT state, (SELECT COUNT(*) FROM history WHERE history.ticket_id = tickets.id) AS steps FROM tickets ORDER BY id";
    let rows = sql(text).all(&mut desk.read().await.unwrap()).await.unwrap();
    rows.iter().map(|row| (row.get("state").unwrap(), row.get("steps").unwrap())).collect()
}

async fn said_by_itself(desk: &Desk) -> i64 {
    let text = "SELECT COUNT(*) AS said FROM messages WHERE kind = 'automatic'";
    sql(text).one(&mut desk.read().await.unwrap()).await.unwrap().get("said").unwrap()
}

async fn fire_all(desk: &Desk) -> usize {
    let mut fired = 0;
    while let some @ 1.. = desk.fire_next(64).await.unwrap() {
        fired += some;
    }
    fired
}

#[tokio::test]
async fn ids_grow_and_timers_fire_once_whatever_the_machines_clock_is_set_to() {
    let start: Timestamp = "2029-11-19T09:00:00Z".parse().unwrap();
    let solved_twice = ("solved".to_owned(), 2);
    // It closes, and its clock, which waits for nobody any more, looks twice and does nothing.
    let closed = vec![("closed".to_owned(), 5); 3];
    for place in [Some(Place::embedded()), Place::on_server("clock").await].into_iter().flatten() {
        place.prepare(1).await;
        let clock = Clock::standing_at(start);
        let desk = place.open(clock.clone()).await;
        let first = solved(&desk, "The first.").await;

        clock.set(start - SignedDuration::from_hours(1));
        assert_eq!(fire_all(&desk).await, 0, "nothing is due an hour earlier");
        let second = solved(&desk, "The second.").await;
        assert!(second > first, "an hour back in the same process");
        desk.close().await.unwrap();

        // A process that begins while the clock is behind goes on from where ids have come to.
        let clock = Clock::standing_at(start - SignedDuration::from_hours(2));
        let desk = place.open(clock.clone()).await;
        let third = solved(&desk, "The third.").await;
        assert!(third > second, "and in a process that begins then");
        assert_eq!(standing(&desk).await, vec![solved_twice.clone(); 3]);

        clock.set(start + SignedDuration::from_hours(24 * 365));
        assert_eq!(fire_all(&desk).await, 9);
        assert_eq!(said_by_itself(&desk).await, 0, "a clock that stands still says nothing");
        assert_eq!(standing(&desk).await, closed.clone());

        // Back again, when somebody has noticed.
        clock.set(start);
        assert_eq!(fire_all(&desk).await, 0);
        clock.set(start + SignedDuration::from_hours(24 * 30));
        assert_eq!(fire_all(&desk).await, 0, "once is once");
        assert_eq!(standing(&desk).await, closed.clone());
        desk.close().await.unwrap();
        place.remove().await;
    }
}
