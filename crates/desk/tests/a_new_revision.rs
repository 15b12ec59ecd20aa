//! Tickets under way are moved to a new revision of the handbook: as it was shown before, or not at all.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handbook::Published;
use desk::handle::{Command, MoveRuns, MovedRuns, Outcome, PublishHandbook, Reply, ReplyKind};
use desk::rights::Scope;
use desk::runs::{history, moving};
use desk::{Actor, Desk, Result, Role, suggestions};
use jiff::SignedDuration;
use open::{Courier, agent, mail_in, on_each_database_with, ticket, without_stories};
use playbook::{Files, StateMap};
use store::Id;

const OLD: &str = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api ]\n\
    fields: { count: { type: integer, default: 4 }, gone: { type: text, default: lost } }\ninitial: first\nstates:\n\
    \x20 first:\n    waiting_on: requester\n    after: { 3 days: over }\n    on: { requester.replied: second }\n\
    \x20 second: { waiting_on: us, choices: { done: { label: Done, target: over } } }\n\
    \x20 over: { type: final }\n";

/// A handbook whose `general-request` is `playbook`.
fn handbook(playbook: &str) -> Files {
    let mut files = without_stories();
    files.insert("playbooks/general-request.yaml", playbook);
    files
}

/// The one after: another name for `first`, other lengths, a field less and one more.
fn newer() -> Files {
    let renamed =
        OLD.replace("first", "asked").replace("3 days: over", "5 days: over, 4 days: { actions: [ { note: soon } ] }");
    handbook(&renamed.replace("gone: { type: text, default: lost }", "more: { type: text, default: found }"))
}

async fn opened(desk: &Desk, name: &str) -> Id {
    let raw = format!(
        "From: maria@acme.example\nTo: help@desk.example\nSubject: {name}\nMessage-ID: <{name}@acme.example>\n\nHi\n"
    );
    mail_in(desk, &raw).await.unwrap().ticket().unwrap()
}

fn lead() -> Actor {
    Actor::Program { name: "test".to_owned(), role: Role::Lead }
}

async fn publish(desk: &Desk, files: Files) -> i64 {
    match desk.handle(&lead(), Command::PublishHandbook(PublishHandbook::of(files))).await.unwrap() {
        Outcome::Published(Published::Revision(number)) => number,
        other => panic!("{other:?}"),
    }
}

async fn move_runs(desk: &Desk, revision: i64, map: &[(&str, &str)], after: Option<Id>) -> Result<MovedRuns> {
    let map: StateMap = map.iter().copied().collect();
    let command = MoveRuns { playbook: "general-request".to_owned(), map, revision, after };
    match desk.handle(&lead(), Command::MoveRuns(command)).await? {
        Outcome::Runs(moved) => Ok(moved),
        other => panic!("{other:?}"),
    }
}

async fn later(desk: &Desk, hours: i64) {
    desk.ground.clock.advance(SignedDuration::from_hours(hours));
    desk.settle(&Courier::default()).await.unwrap();
}

#[tokio::test]
async fn a_ticket_moves_with_its_fields_and_its_timers_keep_their_start() {
    on_each_database_with(Some(handbook(OLD)), async |desk| {
        let id = opened(&desk, "one").await;
        later(&desk, 24).await;
        let revision = publish(&desk, newer()).await;
        let moved = move_runs(&desk, revision, &[("first", "asked")], None).await.unwrap();
        assert_eq!(moved, MovedRuns { moved: 1, next: None });

        let now = ticket(&desk, id).await;
        assert_eq!((now.state.as_str(), now.waiting_on.as_str()), ("asked", "requester"));
        assert_eq!(serde_json::Value::from(now.fields), serde_json::json!({"count": 4, "more": "found"}));
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let told = history::of_ticket(&mut desk.read().await.unwrap(), scope, id, 10).await.unwrap().pop().unwrap();
        assert_eq!((told.event.as_str(), told.by.name.as_str()), ("handbook.moved", "test"));
        assert_eq!((told.from.as_deref(), told.to.as_deref()), (Some("first"), Some("asked")));

        // Five days from the opening, of which one is over; the timer that is new began with the move.
        later(&desk, 4 * 24 - 1).await;
        assert_eq!(ticket(&desk, id).await.state, "asked");
        later(&desk, 1).await;
        assert_eq!(ticket(&desk, id).await.state, "over");
    })
    .await;
}

#[tokio::test]
async fn every_revision_is_listed_with_whoever_published_it() {
    on_each_database_with(Some(handbook(OLD)), async |desk| {
        let newest = publish(&desk, newer()).await;
        let scope = Scope::of(&lead()).unwrap();
        let listed = desk.handbooks.revisions(&mut desk.read().await.unwrap(), scope).await.unwrap();
        assert_eq!(listed.iter().map(|revision| revision.number).collect::<Vec<_>>(), [newest, newest - 1]);
        assert_eq!(listed[0].published_by, "test");
        assert_ne!(listed[0].digest, listed[1].digest);
    })
    .await;
}

#[tokio::test]
async fn a_draft_follows_the_state_that_it_belongs_to_and_lapses_with_it() {
    let suggests = OLD.replace(
        "    waiting_on: requester\n",
        "    waiting_on: us\n    entry: [ { suggest: { reply: closing-for-now, send_in: 2 days } } ]\n",
    );
    on_each_database_with(Some(handbook(&suggests)), async |desk| {
        let waiting = async |id: Id| suggestions::waiting(&mut desk.read().await.unwrap(), id).await.unwrap();
        let id = opened(&desk, "one").await;
        assert_eq!(waiting(id).await.unwrap().of_state, "first");
        let revision = publish(&desk, handbook(&suggests.replace("first", "asked"))).await;
        move_runs(&desk, revision, &[("first", "asked")], None).await.unwrap();
        assert_eq!(waiting(id).await.unwrap().of_state, "asked");

        let revision = publish(&desk, newer()).await;
        move_runs(&desk, revision, &[], None).await.unwrap();
        assert_eq!(waiting(id).await, None, "the newest revision suggests nothing");
        let courier = Courier::default();
        desk.ground.clock.advance(SignedDuration::from_hours(49));
        desk.settle(&courier).await.unwrap();
        assert_eq!(courier.mails().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn nothing_moves_while_one_state_has_nowhere_to_go() {
    on_each_database_with(Some(handbook(OLD)), async |desk| {
        let (waiting, answered) = (opened(&desk, "one").await, opened(&desk, "two").await);
        let reply = "From: maria@acme.example\nTo: help@desk.example\nSubject: Re: two\nMessage-ID: <r@acme.example>\n\
            In-Reply-To: <two@acme.example>\n\nMore\n";
        mail_in(&desk, reply).await.unwrap();
        assert_eq!(ticket(&desk, answered).await.state, "second");
        let revision = publish(&desk, newer()).await;

        let refused = move_runs(&desk, revision, &[], None).await.unwrap_err();
        assert_eq!(refused.code, "state-not-mapped");
        assert!(refused.message.contains("1 in `first` of revision 1"), "{refused}");
        assert!(!refused.message.contains("in `second`"), "{refused}");
        for map in [("first", "over"), ("first", "aksed"), ("frist", "asked")] {
            assert!(move_runs(&desk, revision, &[map], None).await.is_err(), "{map:?}");
        }
        let other = move_runs(&desk, revision - 1, &[("first", "asked")], None).await.unwrap_err();
        assert_eq!(other.code, "another-revision");
        let scope = Scope::of(&lead()).unwrap();
        let standing = moving::standing(&mut desk.read().await.unwrap(), scope).await.unwrap();
        let standing: Vec<(i64, &str, i64)> =
            standing.iter().map(|row| (row.revision, row.state.as_str(), row.tickets)).collect();
        assert_eq!(standing, [(1, "first", 1), (1, "second", 1)]);

        let moved = move_runs(&desk, revision, &[("first", "asked")], None).await.unwrap();
        assert_eq!(moved.moved, 2);
        assert_eq!(ticket(&desk, waiting).await.state, "asked");
        assert_eq!(ticket(&desk, answered).await.state, "second");
        assert_eq!(move_runs(&desk, revision, &[], None).await.unwrap().moved, 0, "all are there already");
    })
    .await;
}

#[tokio::test]
async fn tickets_move_in_batches_and_those_that_are_over_stay() {
    on_each_database_with(Some(handbook(OLD)), async |desk| {
        let over = opened(&desk, "over").await;
        later(&desk, 72).await;
        assert_eq!(ticket(&desk, over).await.state, "over");
        let many = desk::handle::BATCH + 1;
        for number in 0..many {
            opened(&desk, &format!("n{number}")).await;
        }
        let revision = publish(&desk, newer()).await;
        let map = [("first", "asked")];
        let first = move_runs(&desk, revision, &map, None).await.unwrap();
        assert!(first.moved == desk::handle::BATCH && first.next.is_some(), "{first:?}");
        let second = move_runs(&desk, revision, &map, first.next).await.unwrap();
        assert_eq!(second, MovedRuns { moved: 1, next: None });
        let scope = Scope::of(&lead()).unwrap();
        let standing = moving::standing(&mut desk.read().await.unwrap(), scope).await.unwrap();
        assert!(standing.len() == 1 && standing[0].revision == revision && standing[0].tickets == i64::from(many));
    })
    .await;
}

#[tokio::test]
async fn an_agent_may_not_move_tickets() {
    on_each_database_with(None, async |desk| {
        let command =
            MoveRuns { playbook: "general-request".to_owned(), map: StateMap::default(), revision: 1, after: None };
        let refused = desk.handle(&agent(&desk, "Ana").await, Command::MoveRuns(command)).await.unwrap_err();
        assert_eq!(refused.code, "forbidden");
    })
    .await;
}

#[tokio::test]
async fn what_leaves_after_the_desk_got_another_name_is_from_it() {
    on_each_database_with(Some(handbook(OLD)), async |desk| {
        let courier = Courier::default();
        let id = opened(&desk, "one").await;
        let answer = async |body: &str| {
            let (kind, body) = (ReplyKind::Reply, body.to_owned());
            let reply = Reply { ticket: id, body, kind, seen: None, key: None, files: Vec::new() };
            desk.handle(&agent(&desk, "Ana").await, Command::Reply(reply)).await.unwrap();
            desk.settle(&courier).await.unwrap();
            courier.last().from.and_then(|from| from.name)
        };
        let before = answer("First.").await;
        let mut files = handbook(OLD);
        let named = files.get("desk.yaml").unwrap().replace("desk: Support", "desk: Acme Care");
        files.insert("desk.yaml", named);
        publish(&desk, files).await;
        assert_eq!((before.as_deref(), answer("Second.").await.as_deref()), (Some("Support"), Some("Acme Care")));
    })
    .await;
}
