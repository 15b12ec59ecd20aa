use desk::handle::{Command, Done};
use desk::rights::Scope;
use desk::runs::by_hand::{PRIORITISED, TAGGED, UNDONE};
use desk::runs::history;
use desk::tickets::bulk::{self, Deed, TICKETS_MAX};
use desk::tickets::{self, Priority};
use desk::{Actor, Desk, Role};
use jiff::SignedDuration;
use store::Id;

use super::open::{Courier, agent, child, on_each_database, submitted, ticket};
use super::{change, mails, minute};

async fn tags(desk: &Desk, id: Id) -> Vec<String> {
    tickets::tags(&mut desk.read().await.unwrap(), id).await.unwrap()
}

fn words(tags: &[&str]) -> Vec<String> {
    tags.iter().map(|tag| (*tag).to_owned()).collect()
}

fn sorted(mut ids: Vec<Id>) -> Vec<Id> {
    ids.sort_unstable();
    ids
}

async fn undo(desk: &Desk, who: &Actor, done: &Done) -> Done {
    desk.undo_bulk(who, done.bulk.unwrap(), None).await.unwrap()
}

#[tokio::test]
async fn many_tickets_are_changed_and_put_back_as_each_stood() {
    on_each_database(async |desk| {
        let (ana, bo) = (agent(&desk, "Ana").await, agent(&desk, "Bo").await);
        let asked = mails(&desk, 20).await;
        change(&desk, &ana, asked[0], Deed::Assign { agent: ana.agent_id() }).await.unwrap();
        change(&desk, &ana, asked[1], Deed::Tags { tags: words(&["logo"]) }).await.unwrap();
        minute(&desk);
        let before = [ticket(&desk, asked[0]).await, ticket(&desk, asked[1]).await];

        let given = desk.bulk(&ana, &asked, &Deed::Assign { agent: bo.agent_id() }).await.unwrap();
        assert_eq!((sorted(given.changed.clone()), given.refused.len()), (asked.clone(), 0));
        assert_eq!(ticket(&desk, asked[7]).await.assignee, bo.agent_id());
        let again = desk.bulk(&ana, &asked, &Deed::Assign { agent: bo.agent_id() }).await.unwrap();
        assert_eq!((again.bulk, again.changed.len(), again.unchanged.len()), (None, 0, 20));
        minute(&desk);
        assert_eq!(undo(&desk, &ana, &given).await.changed.len(), 20);
        assert_eq!(ticket(&desk, asked[0]).await.assignee, before[0].assignee);
        assert_eq!(ticket(&desk, asked[7]).await.assignee, None);
        let twice = undo(&desk, &ana, &given).await;
        assert_eq!((twice.changed.len(), twice.refused.len()), (0, 0), "what is undone is undone once");

        minute(&desk);
        let tagged = desk.bulk(&ana, &asked[..3], &Deed::Tag { tags: words(&["brand", "logo"]) }).await.unwrap();
        assert_eq!(tags(&desk, asked[1]).await, words(&["brand", "logo"]));
        minute(&desk);
        let only = desk.undo_bulk(&ana, tagged.bulk.unwrap(), Some(asked[1])).await.unwrap();
        assert_eq!((only.changed, tags(&desk, asked[1]).await), (vec![asked[1]], words(&["logo"])));
        assert_eq!(tags(&desk, asked[2]).await, words(&["brand", "logo"]));
        let freed = desk.bulk(&ana, &asked[..3], &Deed::Untag { tags: words(&["brand"]) }).await.unwrap();
        assert_eq!((freed.changed.len(), freed.unchanged), (2, vec![asked[1]]));
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_undo_leaves_what_changed_since_alone_and_says_so() {
    on_each_database(async |desk| {
        let ana = agent(&desk, "Ana").await;
        let asked = mails(&desk, 3).await;
        let done = desk.bulk(&ana, &asked, &Deed::Priority { priority: Priority::Urgent }).await.unwrap();
        minute(&desk);
        change(&desk, &agent(&desk, "Bo").await, asked[1], Deed::Tags { tags: words(&["mine"]) }).await.unwrap();
        let undone = undo(&desk, &ana, &done).await;
        assert_eq!(sorted(undone.changed), [asked[0], asked[2]]);
        let refused: Vec<(Id, &str)> = undone.refused.iter().map(|(id, error)| (*id, error.code)).collect();
        assert_eq!(refused, [(asked[1], "changed-since")]);
        assert_eq!(ticket(&desk, asked[1]).await.priority, Priority::Urgent);
        assert_eq!(ticket(&desk, asked[0]).await.priority, Priority::Normal);

        let scope = Scope::of(&ana).unwrap();
        let kept = history::of_ticket(&mut desk.read().await.unwrap(), scope, asked[0], 50).await.unwrap();
        let events: Vec<&str> = kept.iter().map(|entry| entry.event.as_str()).collect();
        assert!(events.ends_with(&[PRIORITISED, UNDONE]), "{events:?}");
        let kept = history::of_ticket(&mut desk.read().await.unwrap(), scope, asked[1], 50).await.unwrap();
        let note = kept.iter().rfind(|entry| entry.event == TAGGED).and_then(|entry| entry.trace.clone()?.note);
        assert_eq!(note.as_deref(), Some("mine"));
    })
    .await;
}

#[tokio::test]
async fn what_can_still_be_undone_is_known_on_the_ticket_later() {
    on_each_database(async |desk| {
        let ana = agent(&desk, "Ana").await;
        let asked = mails(&desk, 1).await;
        let undoable = async || {
            let now = ticket(&desk, asked[0]).await;
            bulk::undoable(&mut desk.read().await.unwrap(), &now).await.unwrap().map(|bulk| bulk.id)
        };
        assert_eq!(undoable().await, None);
        let done = desk.bulk(&ana, &asked, &Deed::Priority { priority: Priority::Low }).await.unwrap();
        desk.ground.clock.advance(SignedDuration::from_hours(50));
        assert_eq!(undoable().await, done.bulk);
        undo(&desk, &ana, &done).await;
        assert_eq!(undoable().await, None);
        let read = desk.bulk(&ana, &asked, &Deed::Read).await.unwrap();
        assert_eq!(undoable().await, None, "who has read it is no change of the ticket");
        let bo = agent(&desk, "Bo").await;
        assert_eq!(undo(&desk, &bo, &read).await.refused.len(), 1, "nor Bo's to undo");
        assert_eq!(undo(&desk, &ana, &read).await.changed, asked);
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_choice_is_made_where_it_is_offered_and_said_where_it_is_not() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let bo = agent(&desk, "Bo").await;
        let (first, second) = (submitted(&desk, &courier).await.id, submitted(&desk, &courier).await.id);
        let (one, two) = (child(&desk, first, "config").await.id, child(&desk, second, "config").await.id);
        let choice = Deed::Choose { choice: "configured".to_owned() };
        let done = desk.bulk(&bo, &[one, first, two, one], &choice).await.unwrap();
        assert_eq!((sorted(done.changed), done.bulk), (sorted(vec![one, two]), None));
        assert_eq!((done.refused[0].0, done.refused[0].1.code), (first, "choice-unknown"));
        desk.settle(&courier).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn nobody_changes_tickets_who_may_not_and_nothing_is_done_to_none_or_too_many() {
    on_each_database(async |desk| {
        let ana = agent(&desk, "Ana").await;
        let asked = mails(&desk, 1).await;
        let deed = Deed::Priority { priority: Priority::High };
        let helper = Actor::Agent { id: ana.agent_id().unwrap(), name: "Ana".into(), role: Role::Collaborator };
        assert_eq!(desk.bulk(&helper, &asked, &deed).await.unwrap_err().code, "forbidden");
        assert_eq!(desk.bulk(&ana, &[], &deed).await.unwrap_err().fields[0].field, "tickets");
        let many: Vec<Id> = (1..=TICKETS_MAX as i64 + 1).map(Id).collect();
        assert_eq!(desk.bulk(&ana, &many, &deed).await.unwrap_err().fields[0].field, "tickets");
        let gone = desk.bulk(&ana, &[asked[0], Id(5)], &deed).await.unwrap();
        assert_eq!((gone.changed, gone.refused[0].1.code), (asked.clone(), "not-found"));
        let program = Actor::Program { name: "importer".into(), role: Role::Agent };
        let by_program = desk.bulk(&program, &asked, &Deed::Assign { agent: ana.agent_id() }).await.unwrap();
        minute(&desk);
        assert_eq!(undo(&desk, &program, &by_program).await.changed, asked);
        let begun = Command::BeginBulk(desk::handle::BeginBulk { deed });
        assert_eq!(desk.handle(&helper, begun).await.unwrap_err().code, "forbidden");
    })
    .await;
}
