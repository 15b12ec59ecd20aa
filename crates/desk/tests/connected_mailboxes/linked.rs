//! By which mailbox the mail of linked tickets leaves.

use desk::mailboxes::connected::ways;
use desk::{Actor, tickets};
use futures::FutureExt;

use crate::open::{Courier, submitted};
use crate::{NOON, bring, connected, lay, mail, on_each_desk};

#[tokio::test]
async fn what_a_linked_ticket_says_leaves_through_the_mailbox_of_the_nearest_that_has_one() {
    on_each_desk(async |desk| {
        let (help, sales) = (connected(&desk, "help", &[]).await, connected(&desk, "sales", &[]).await);
        let first = bring(&desk, lay(help, 7, 1, NOON), &mail("maria@acme.example", "one")).await.unwrap();
        let second = bring(&desk, lay(sales, 7, 1, NOON), &mail("bo@acme.example", "two")).await.unwrap();
        let opened = [submitted(&desk, &Courier::default()).await.id, submitted(&desk, &Courier::default()).await.id];
        let chain = [(first, second), (second, opened[0]), (opened[0], opened[1])];
        let linking = desk.ground.change(&Actor::Desk, move |context| {
            async move {
                for (opener, child) in chain {
                    tickets::links::link(context, opener, "beside", child).await?;
                }
                Ok(())
            }
            .boxed()
        });
        linking.await.unwrap();
        let mut conn = desk.read().await.unwrap();
        for (ticket, way) in [(first, help), (second, sales), (opened[0], sales), (opened[1], sales)] {
            assert_eq!(ways::way_of(&mut conn, ticket).await.unwrap(), Some(way));
        }
    })
    .await;
}
