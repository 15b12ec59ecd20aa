//! What one chooses beside replies that wait: they come first, or stand in its way.

use desk::handle::work::When;
use desk::handle::{Choose, Command, Outcome};
use desk::{Actor, Desk, Result};
use jiff::SignedDuration;
use serde_json::Map;
use store::Id;

use crate::open::{Courier, agent, on_each_database, ticket};
use crate::{answer, asked, later, replies, wait, waiting, withdraw};

async fn choose(desk: &Desk, who: &Actor, ticket: Id, choice: &str) -> Result<Outcome> {
    let (choice, inputs, fields) = (choice.to_owned(), Map::new(), Map::new());
    desk.handle(who, Command::Choose(Choose { ticket, choice, note: None, inputs, fields, key: None })).await
}

#[tokio::test]
async fn a_choice_comes_after_what_its_maker_has_just_written() {
    on_each_database(async |desk| {
        let (courier, ana, id) = (Courier::default(), agent(&desk, "Ana").await, asked(&desk).await);
        later(&desk, &ana, id, When::Briefly, Vec::new()).await.unwrap();
        choose(&desk, &ana, id, "solve").await.unwrap();
        assert_eq!((replies(&desk, id).await.len(), waiting(&desk, id).await.len()), (1, 0));
        wait(&desk, &courier, 60).await;
        assert_eq!((courier.mails().len(), ticket(&desk, id).await.state.as_str()), (1, "solved"));
    })
    .await;
}

#[tokio::test]
async fn a_choice_leaves_alone_what_others_wrote_and_what_has_its_hour() {
    on_each_database(async |desk| {
        let (courier, ana, id) = (Courier::default(), agent(&desk, "Ana").await, asked(&desk).await);
        later(&desk, &ana, id, When::At(desk.now() + SignedDuration::from_secs(30)), Vec::new()).await.unwrap();
        later(&desk, &agent(&desk, "Bo").await, id, When::Briefly, Vec::new()).await.unwrap();
        choose(&desk, &ana, id, "more_time").await.unwrap();
        assert_eq!(waiting(&desk, id).await.len(), 2);
        wait(&desk, &courier, 60).await;
    })
    .await;
}

#[tokio::test]
async fn nothing_is_chosen_while_the_client_has_crossed_the_reply_before_it() {
    on_each_database(async |desk| {
        let (courier, ana, id) = (Courier::default(), agent(&desk, "Ana").await, asked(&desk).await);
        let sending = later(&desk, &ana, id, When::Briefly, Vec::new()).await.unwrap();
        answer(&desk, "a2").await;
        let refused = choose(&desk, &ana, id, "solve").await.unwrap_err();
        assert_eq!(refused.code, "crossed");
        assert!(refused.advice.unwrap().contains("Look at it first"));
        assert_eq!((ticket(&desk, id).await.state.as_str(), waiting(&desk, id).await.len()), ("open", 1));
        withdraw(&desk, &ana, id, sending).await.unwrap();
        choose(&desk, &ana, id, "solve").await.unwrap();
        wait(&desk, &courier, 60).await;
        assert!(replies(&desk, id).await.is_empty());
    })
    .await;
}
