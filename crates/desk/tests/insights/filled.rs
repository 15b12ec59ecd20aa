//! Tickets that were there before their figures are counted from their history, while the desk works.

use desk::insights::fill;
use desk::tickets::facts;
use jiff::SignedDuration;

use super::open::{on_each_database, pass};
use super::{MARIA, RUI, asked, chose, figures, forget, merged, replied, unmerged, wrote, wrote_again};

#[tokio::test]
async fn old_tickets_are_counted_as_they_would_have_been_and_what_changes_meanwhile_is_counted_once() {
    on_each_database(async |desk| {
        let mut opened = Vec::new();
        for number in 0..45 {
            let (who, name) = (if number % 2 == 0 { MARIA } else { RUI }, format!("q{number}"));
            let id = wrote(&desk, who, &name).await;
            pass(&desk, SignedDuration::from_mins(50)).await;
            match number % 5 {
                0 => drop(replied(&desk, id).await),
                1 => drop(chose(&desk, id, "solve").await),
                2 => {
                    assert!(replied(&desk, id).await && chose(&desk, id, "solve").await);
                    pass(&desk, SignedDuration::from_mins(70)).await;
                    wrote_again(&desk, who, &name, 1).await;
                }
                3 => drop(chose(&desk, id, "more_time").await),
                _ => {}
            }
            opened.push(id);
        }
        assert!(merged(&desk, opened[4], opened[14]).await && merged(&desk, opened[9], opened[19]).await);
        let days = asked("2026-11-17", "2026-11-20", "Europe/Lisbon");
        let counted = figures(&desk, &days).await;
        assert_eq!(counted.total.now.opened, 43);

        forget(&desk).await;
        assert_eq!(fill::next(&desk.ground, &desk.handbooks).await.unwrap(), Some(20));
        let partial = figures(&desk, &days).await;
        assert!(partial.is_partial && partial.total.now.opened < 43);
        // One that is counted already, one that is not, and a merge of each kind.
        assert!(replied(&desk, opened[44]).await && replied(&desk, opened[4 + 15]).await);
        assert!(unmerged(&desk, opened[4]).await && merged(&desk, opened[4], opened[14]).await);
        let filling = || fill::all(&desk.ground, &desk.handbooks);
        let (one, other) = tokio::join!(filling(), filling());
        assert_eq!(one.unwrap() + other.unwrap(), 25);
        assert!(!facts::is_to_come(&mut desk.read().await.unwrap()).await.unwrap());
        let filled = figures(&desk, &days).await;
        assert_eq!(filled.total.now.answered, counted.total.now.answered + 2);
        forget(&desk).await;
        filling().await.unwrap();
        assert_eq!(figures(&desk, &days).await, filled, "as if all had been counted from its history");
        assert_eq!(filling().await.unwrap(), 0);
    })
    .await;
}
