//! What a collaborator finds: what stands on the tickets they see, and nothing else.

use std::collections::BTreeSet;

use desk::handle::{Assign, Command, Reply, ReplyKind};
use desk::rights::Scope;
use desk::search::{self, Hit, Kind, Wanted};
use desk::{Actor, Desk, Role};
use store::Id;

use crate::open::{Courier, agent, child, on_each_database, open_ticket, submitted};

async fn write(desk: &Desk, ticket: Id, kind: ReplyKind, words: &str) {
    let ana = agent(desk, "Ana").await;
    let reply = Reply { ticket, body: words.to_owned(), kind, files: Vec::new(), seen: None, key: None };
    desk.handle(&ana, Command::Reply(reply)).await.unwrap();
}

/// What `who` finds, by kind, ticket and snippet.
async fn found_as(desk: &Desk, who: &Actor, text: &str) -> Vec<(Kind, Option<Id>, String)> {
    let found = search::find(&desk.ground, who, &Wanted::read(text).unwrap(), None, 200).await.unwrap();
    let seen = |hit: Hit| (hit.kind, hit.ticket.map(|ticket| ticket.id), hit.snippet.to_html());
    found.items.into_iter().map(seen).collect()
}

#[tokio::test]
async fn a_collaborator_finds_what_stands_on_the_tickets_they_see_and_nothing_else() {
    on_each_database(async |desk| {
        let opened = submitted(&desk, &Courier::default()).await.id;
        let config = child(&desk, opened, "config").await.id;
        let elsewhere = open_ticket(&desk, "Zebra crossing", "A zebra at the door").await;
        write(&desk, elsewhere, ReplyKind::Note, "zebra, they say").await;
        write(&desk, config, ReplyKind::Note, "the zebra of the configuration").await;
        write(&desk, config, ReplyKind::Reply, "A zebra for Maria").await;
        let ana = agent(&desk, "Ana").await;
        desk.settle(&Courier::default()).await.unwrap();
        let collaborator =
            |who: &Actor| Actor::Agent { id: who.agent_id().unwrap(), name: "Cy".to_owned(), role: Role::Collaborator };
        let cy = collaborator(&agent(&desk, "Cy").await);
        let dora = collaborator(&ana);

        assert_eq!(found_as(&desk, &ana, "zebra").await.len(), 5);
        let of_solutions = found_as(&desk, &cy, "zebra").await;
        let expected = [
            (Kind::Message, Some(config), "A <mark>zebra</mark> for Maria".to_owned()),
            (Kind::Message, Some(config), "the <mark>zebra</mark> of the configuration".to_owned()),
        ];
        assert_eq!(
            sorted(of_solutions),
            sorted(expected.to_vec()),
            "written from theirs, though it stands on another's"
        );
        let of_support = found_as(&desk, &dora, "zebra").await;
        assert_eq!(of_support.len(), 4, "{of_support:?}");
        assert!(of_support.iter().all(|(_, ticket, _)| [Some(opened), Some(elsewhere)].contains(ticket)));
        assert_eq!(found_as(&desk, &cy, "crossing").await, []);
        assert_eq!(found_as(&desk, &cy, "acme.example").await, [], "people are for those who keep them");

        let mut conn = desk.read().await.unwrap();
        let wanted = Wanted::read("zebra").unwrap();
        let ids = search::tickets(&mut conn, Scope::of(&cy).unwrap(), &wanted).await.unwrap();
        assert!(ids.contains(&config) && !ids.contains(&elsewhere), "{ids:?}");
    })
    .await;
}

fn sorted(mut found: Vec<(Kind, Option<Id>, String)>) -> Vec<(Kind, Option<Id>, String)> {
    found.sort_by(|one, other| one.2.cmp(&other.2));
    found
}

#[tokio::test]
async fn pages_of_a_collaborators_search_leave_no_gap_though_most_is_not_theirs() {
    on_each_database(async |desk| {
        let mut theirs = BTreeSet::new();
        for number in 0..12 {
            let ticket = open_ticket(&desk, "Pages", &format!("some pages {number}")).await;
            if number % 3 == 0 {
                let cy = agent(&desk, "Cy").await.agent_id();
                let ana = agent(&desk, "Ana").await;
                desk.handle(&ana, Command::Assign(Assign { ticket, agent: cy })).await.unwrap();
                theirs.insert(ticket);
            }
        }
        desk.settle(&Courier::default()).await.unwrap();
        let id = agent(&desk, "Cy").await.agent_id().unwrap();
        let cy = Actor::Agent { id, name: "Cy".to_owned(), role: Role::Collaborator };
        let wanted = Wanted::read("pages").unwrap();
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = search::find(&desk.ground, &cy, &wanted, after, 3).await.unwrap();
            found.extend(page.items.into_iter().map(|hit| (hit.id, hit.ticket.unwrap().id)));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(found.len(), 2 * theirs.len(), "the subject and the message of each");
        assert_eq!(found.iter().map(|(id, _)| *id).collect::<BTreeSet<_>>().len(), found.len());
        assert_eq!(found.into_iter().map(|(_, ticket)| ticket).collect::<BTreeSet<_>>(), theirs);
    })
    .await;
}
