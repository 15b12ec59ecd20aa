//! What a collaborator finds: what stands on the tickets they see, and nothing else.

use std::collections::BTreeSet;

use desk::handle::{Assign, Command, Reply, ReplyKind};
use desk::search::{self, Hit, Kind, Wanted};
use desk::{Actor, Desk, Role};
use jiff::tz::TimeZone;
use store::Id;

use crate::open::{Courier, agent, child, on_each_database, open_ticket, submitted};

async fn write(desk: &Desk, ticket: Id, kind: ReplyKind, words: &str) {
    let ana = agent(desk, "Ana").await;
    let reply = Reply { ticket, body: words.to_owned(), kind, files: Vec::new(), seen: None, key: None };
    desk.handle(&ana, Command::Reply(reply)).await.unwrap();
}

/// What `who` finds, by kind, ticket and snippet.
async fn found_as(desk: &Desk, who: &Actor, text: &str) -> Vec<(Kind, Option<Id>, String)> {
    let found = search::find(&desk.ground, who, &Wanted::read(text).unwrap(), &TimeZone::UTC, None, 200).await.unwrap();
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

        assert_eq!(found_as(&desk, &ana, "zebra").await.len(), 3, "each ticket once, where the word stands last");
        let of_solutions = found_as(&desk, &cy, "zebra").await;
        let expected = [(Kind::Message, Some(config), "A <mark>zebra</mark> for Maria".to_owned())];
        assert_eq!(of_solutions, expected, "written from theirs, though it stands on another's");
        let noted = found_as(&desk, &cy, "zebra in:notes").await;
        assert_eq!(noted[0].2, "the <mark>zebra</mark> of the configuration");
        let of_support = found_as(&desk, &dora, "zebra").await;
        let tickets: Vec<Option<Id>> = of_support.iter().map(|(_, ticket, _)| *ticket).collect();
        assert_eq!(tickets, [Some(opened), Some(elsewhere)]);
        assert_eq!(found_as(&desk, &cy, "crossing").await, []);
        assert_eq!(found_as(&desk, &cy, "acme.example").await, [], "people are for those who keep them");

        let mut conn = desk.read().await.unwrap();
        let wanted = Wanted::read("zebra").unwrap();
        let ids = search::tickets(&desk.ground, &mut conn, &cy, &wanted, &TimeZone::UTC, 100).await.unwrap();
        assert!(ids.contains(&config) && !ids.contains(&elsewhere), "{ids:?}");
    })
    .await;
}

/// A collaborator of Cy's teams.
async fn cy(desk: &Desk) -> Actor {
    let id = agent(desk, "Cy").await.agent_id().unwrap();
    Actor::Agent { id, name: "Cy".to_owned(), role: Role::Collaborator }
}

#[tokio::test]
async fn no_operator_tells_a_collaborator_of_anything_on_tickets_they_do_not_see() {
    on_each_database(async |desk| {
        let elsewhere = open_ticket(&desk, "Zebra crossing", "A zebra at the door").await;
        write(&desk, elsewhere, ReplyKind::Note, "a secret giraffe").await;
        let ana = agent(&desk, "Ana").await;
        let theirs = open_ticket(&desk, "A horse", "A horse at the door").await;
        desk.handle(&ana, Command::Assign(Assign { ticket: theirs, agent: agent(&desk, "Cy").await.agent_id() }))
            .await
            .unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        let number = crate::open::ticket(&desk, elsewhere).await.number;
        let cy = cy(&desk).await;
        for asked in [
            "from:maria".to_owned(),
            "org:acme".to_owned(),
            "is:open".to_owned(),
            "is:open door".to_owned(),
            "-horse".to_owned(),
            "door -horse".to_owned(),
            "door -giraffe".to_owned(),
            "after:2000-01-01".to_owned(),
            "after:2000-01-01 door".to_owned(),
            "in:notes".to_owned(),
            "in:notes giraffe".to_owned(),
            "has:attachment".to_owned(),
            "-has:attachment".to_owned(),
            "state:open".to_owned(),
            "team:support".to_owned(),
            "channel:api".to_owned(),
            "priority:normal".to_owned(),
            "\"zebra at the door\"".to_owned(),
            format!("#{number}"),
            format!("#{number} zebra"),
            format!("-#{number}"),
        ] {
            let found = found_as(&desk, &cy, &asked).await;
            assert!(found.iter().all(|(_, ticket, _)| *ticket == Some(theirs)), "{asked}: {found:?}");
        }
        assert_eq!(found_as(&desk, &cy, "is:open").await.len(), 1, "theirs is found");
        assert_eq!(found_as(&desk, &ana, &format!("#{number}")).await.len(), 1, "it is there to be found");
    })
    .await;
}

#[tokio::test]
async fn a_collaborator_is_not_told_whether_somebody_is_known_here() {
    on_each_database(async |desk| {
        open_ticket(&desk, "A horse", "At the door").await;
        desk.settle(&Courier::default()).await.unwrap();
        let told = async |who: &Actor, asked: &str| {
            let wanted = Wanted::read(asked).unwrap();
            let found = search::find(&desk.ground, who, &wanted, &TimeZone::UTC, None, 50).await.unwrap();
            (found.items.len(), found.next, found.notices.len())
        };
        let (cy, ana) = (cy(&desk).await, agent(&desk, "Ana").await);
        for asked in ["from:nobody", "org:nobody", "assignee:nobody-here"] {
            assert_eq!(told(&ana, asked).await.2, 1, "{asked}");
        }
        for asked in
            ["from:nobody", "from:maria", "from:maria@acme.example", "org:acme", "org:nobody", "to:ana", "to:zoe"]
        {
            assert_eq!(told(&cy, asked).await, (0, None, 0), "{asked}");
        }
    })
    .await;
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
            let page = search::find(&desk.ground, &cy, &wanted, &TimeZone::UTC, after, 3).await.unwrap();
            found.extend(page.items.into_iter().map(|hit| (hit.id, hit.ticket.unwrap().id)));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(found.len(), theirs.len(), "each once, though its subject and its message hold the word");
        assert_eq!(found.iter().map(|(id, _)| *id).collect::<BTreeSet<_>>().len(), found.len());
        assert_eq!(found.into_iter().map(|(_, ticket)| ticket).collect::<BTreeSet<_>>(), theirs);
    })
    .await;
}
