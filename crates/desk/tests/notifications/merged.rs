//! Notices of a merged ticket lead to the one that goes on for it, and are read with it; taken out again, each has its own.

use desk::handle::Command;
use desk::handle::notices::Notices;
use desk::handle::work::{Merge, Unmerge, Work};
use desk::notifications::own::{self, Which};
use desk::{Actor, Desk};
use store::Id;

use crate::leaving::to_colleagues;
use crate::open::{Courier, agent, on_each_database};
use crate::{asked, listed, note, reached};

async fn merge(desk: &Desk, ticket: Id, into: Id) {
    let merge = Merge { ticket, into, why: None, key: None };
    desk.handle(&agent(desk, "Ana").await, Command::Work(Work::Merge(merge))).await.unwrap();
}

/// Of each notice whether it is unread, and the subject of the ticket that it leads to; oldest first.
async fn leads(desk: &Desk, who: &str) -> Vec<(bool, String)> {
    let mut listed = listed(desk, who).await;
    listed.sort_by_key(|own| own.id);
    listed.into_iter().map(|own| (own.unread, own.ticket.unwrap().2)).collect()
}

async fn read(desk: &Desk, who: &Actor, ticket: Id) {
    desk.handle(who, Command::Notices(Notices::Read(Which::OnTicket(ticket)))).await.unwrap();
}

#[tokio::test]
async fn notices_of_a_merged_ticket_lead_to_where_it_went_and_are_read_there() {
    on_each_database(async |desk| {
        let bo = agent(&desk, "Bo").await;
        let (first, middle, last) = (asked(&desk, "one").await, asked(&desk, "two").await, asked(&desk, "three").await);
        note(&desk, "Ana", first, "@Bo?").await;
        note(&desk, "Ana", last, "@Bo?").await;
        merge(&desk, first, middle).await;
        merge(&desk, middle, last).await;
        let three = || "The logo three".to_owned();
        assert_eq!(leads(&desk, "Bo").await, [(true, three()), (true, three())]);
        let has_unread = async |ticket| {
            own::has_unread_on(&mut desk.read().await.unwrap(), bo.agent_id().unwrap(), ticket).await.unwrap()
        };
        assert!(has_unread(middle).await, "of what was merged into it");

        // Taken out again each leads to its own, and reading one leaves the other unread.
        let unmerge = Unmerge { ticket: middle, key: None };
        desk.handle(&agent(&desk, "Ana").await, Command::Work(Work::Unmerge(unmerge))).await.unwrap();
        read(&desk, &bo, last).await;
        let two = || "The logo two".to_owned();
        assert_eq!(leads(&desk, "Bo").await, [(true, two()), (false, three())]);
        merge(&desk, middle, last).await;
        assert!(has_unread(last).await);
        read(&desk, &bo, last).await;
        assert_eq!(leads(&desk, "Bo").await, [(false, three()), (false, three())]);
        assert!(!has_unread(last).await);
    })
    .await;
}

#[tokio::test]
async fn a_mail_about_a_merged_ticket_leads_to_where_it_went() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let (gone, kept) = (asked(&desk, "one").await, asked(&desk, "two").await);
        note(&desk, "Ana", gone, "@Bo?").await;
        merge(&desk, gone, kept).await;
        let courier = Courier::default();
        desk.settle(&courier).await.unwrap();
        let told: Vec<String> = to_colleagues(&courier).into_iter().map(|(_, _, text)| text).collect();
        let told: Vec<&String> = told.iter().filter(|text| text.contains("named you")).collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].contains(&format!("/tickets/{kept}")) && !told[0].contains(&format!("/tickets/{gone}")),
            "{told:?}"
        );
    })
    .await;
}
