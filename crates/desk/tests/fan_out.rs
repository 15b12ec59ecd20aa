//! One ticket opens many: once for each key, each telling which it is, and the opener going on when all have ended.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::{Choose, Command, OpenTicket, Sender};
use desk::runs::bounds::{OPENED_MAX, OPENERS_MAX};
use desk::tickets::links::{self, Linked};
use desk::{Desk, Error};
use futures::FutureExt;
use open::{Courier, agent, on_each_database_with, ticket, without_stories};
use playbook::Files;
use serde_json::{Value, json};
use store::{Id, sql};

const OPENER: &str = "language: 1\nplaybook: general-request\ntitle: Many\nteam: support\nopens: [ mail, api ]\n\
fields: { sites: { type: list, of: text }, seen: { type: text } }\nlinks: { visit: visit }\ninitial: opening\nstates:\n\
\x20 opening: { entry: [ { open: { as: visit, playbook: visit, each: sites, fields: { site: each }, note: each } } ], always: working }\n\
\x20 working:\n    on:\n\
\x20     visit.seen: { actions: [ { set: { seen: 'event.key + \" \" + string(links.visit.ended_count) + \"/\" + string(links.visit.count)' } } ] }\n\
\x20     visit.all_ended: joined\n\
\x20   choices:\n      more: { label: More, target: opening }\n\
\x20     one: { label: Hurry one, actions: [ { send: { to: visit, event: hurry, key: [ '\"press\"' ] } } ] }\n\
\x20     wrong: { label: Hurry none, actions: [ { send: { to: visit, event: hurry, key: [ '\"nothing\"' ] } } ] }\n\
\x20     all: { label: Hurry, actions: [ { send: { to: visit, event: hurry } }, { note: { on: visit, text: hurry } } ] }\n\
\x20 joined: { choices: { again: { label: Again, target: opening }, end: { label: End, target: closed } } }\n  closed: { type: final }\n";

const VISIT: &str = "language: 1\nplaybook: visit\ntitle: Visit\nteam: customer-solutions\nopens: [ linked ]\nfields: { site: { type: text }, hurried: { type: integer, default: 0 } }\n\
emits: [ seen ]\nreceives: [ hurry ]\ninitial: todo\nstates:\n\
\x20 todo:\n    on: { opener.hurry: { actions: [ { set: { hurried: hurried + 1 } } ] } }\n\
\x20   choices: { seen: { label: Seen, target: done, actions: [ { send: { to: opener, event: seen } } ] } }\n  done: { type: final }\n";

fn handbook() -> Files {
    let mut files = without_stories();
    files.insert("playbooks/general-request.yaml", OPENER);
    files.insert("playbooks/visit.yaml", VISIT);
    files
}

async fn opened(desk: &Desk, sites: &[&str]) -> Id {
    let open = OpenTicket {
        subject: "Round".to_owned(),
        body: "Go".to_owned(),
        requester: Sender { email: "maria@acme.example".to_owned(), name: None },
        playbook: None,
        fields: json!({ "sites": sites }).as_object().cloned().unwrap(),
        tags: Vec::new(),
        priority: Default::default(),
        key: None,
    };
    let outcome = desk.handle(&agent(desk, "Ana").await, Command::OpenTicket(open)).await.unwrap();
    desk.settle(&Courier::default()).await.unwrap();
    outcome.ticket().unwrap()
}

async fn choose(desk: &Desk, ticket: Id, choice: &str) -> Result<(), Error> {
    let choice = choice.to_owned();
    let choose =
        Choose { ticket, choice, note: None, inputs: Default::default(), fields: Default::default(), key: None };
    desk.handle(&agent(desk, "Ana").await, Command::Choose(choose)).await?;
    desk.settle(&Courier::default()).await
}

async fn visits(desk: &Desk, opener: Id) -> Vec<Linked> {
    links::children(&mut desk.read().await.unwrap(), opener).await.unwrap()
}

async fn visit(desk: &Desk, opener: Id, key: &str) -> Id {
    let visits = visits(desk, opener).await;
    visits.iter().rfind(|link| link.key.as_deref() == Some(key)).unwrap().ticket.id
}

async fn hurried(desk: &Desk, opener: Id) -> Vec<Value> {
    visits(desk, opener).await.into_iter().map(|link| link.ticket.fields["hurried"].clone()).collect()
}

#[tokio::test]
async fn a_ticket_is_opened_for_each_key_once_and_the_last_that_ends_is_heard_once() {
    on_each_database_with(Some(handbook()), async |desk| {
        let id = opened(&desk, &["press", "saw", "press", "drill"]).await;
        let all = visits(&desk, id).await;
        let keys: Vec<_> =
            all.iter().map(|link| (link.key.as_deref().unwrap(), link.ticket.subject.as_str())).collect();
        assert_eq!(keys, [("press", "Round (press)"), ("saw", "Round (saw)"), ("drill", "Round (drill)")]);
        assert_eq!(all[1].ticket.fields["site"], "saw");

        choose(&desk, visit(&desk, id, "saw").await, "seen").await.unwrap();
        assert_eq!(ticket(&desk, id).await.fields["seen"], "saw 1/3");
        choose(&desk, id, "more").await.unwrap();
        assert_eq!(visits(&desk, id).await.len(), 4, "only the one that had ended is opened anew");
        for site in ["press", "drill"] {
            choose(&desk, visit(&desk, id, site).await, "seen").await.unwrap();
            assert_eq!(ticket(&desk, id).await.state, "working");
        }
        choose(&desk, visit(&desk, id, "saw").await, "seen").await.unwrap();
        assert_eq!(
            (ticket(&desk, id).await.state.as_str(), ticket(&desk, id).await.fields["seen"].as_str()),
            ("joined", Some("saw 4/4"))
        );
        choose(&desk, id, "again").await.unwrap();
        assert_eq!((ticket(&desk, id).await.state.as_str(), visits(&desk, id).await.len()), ("working", 7));
    })
    .await;
}

#[tokio::test]
async fn tickets_that_end_before_their_opener_looks_are_told_of_as_one() {
    on_each_database_with(Some(handbook()), async |desk| {
        let id = opened(&desk, &["press", "saw"]).await;
        for site in ["press", "saw"] {
            let ticket = visit(&desk, id, site).await;
            let choice = "seen".to_owned();
            let choose = Choose {
                ticket,
                choice,
                note: None,
                inputs: Default::default(),
                fields: Default::default(),
                key: None,
            };
            desk.handle(&agent(&desk, "Ana").await, Command::Choose(choose)).await.unwrap();
        }
        desk.settle(&Courier::default()).await.unwrap();
        assert_eq!(
            (ticket(&desk, id).await.state.as_str(), ticket(&desk, id).await.fields["seen"].as_str()),
            ("joined", Some("saw 2/2"))
        );
        let scope = desk::rights::Scope::of(&agent(&desk, "Ana").await).unwrap();
        let told = desk::runs::history::of_ticket(&mut desk.read().await.unwrap(), scope, id, 20).await.unwrap();
        let joined = told.iter().filter(|entry| entry.event == "visit.all_ended").count();
        assert_eq!(joined, 1);
    })
    .await;
}

#[tokio::test]
async fn an_event_goes_to_the_one_of_its_key_or_to_all_that_are_live() {
    on_each_database_with(Some(handbook()), async |desk| {
        let id = opened(&desk, &["press", "saw"]).await;
        choose(&desk, id, "one").await.unwrap();
        assert_eq!(hurried(&desk, id).await, [json!(1), json!(0)]);
        choose(&desk, id, "all").await.unwrap();
        assert_eq!(hurried(&desk, id).await, [json!(2), json!(1)]);
        choose(&desk, visit(&desk, id, "press").await, "seen").await.unwrap();
        choose(&desk, id, "all").await.unwrap();
        assert_eq!(hurried(&desk, id).await, [json!(2), json!(2)]);
        choose(&desk, id, "wrong").await.unwrap();
        let scope = desk::rights::Scope::of(&agent(&desk, "Ana").await).unwrap();
        let told = desk::runs::history::of_ticket(&mut desk.read().await.unwrap(), scope, id, 50).await.unwrap();
        assert_eq!(
            told.last().and_then(|entry| entry.fault.as_ref()).map(|fault| fault.code.as_str()),
            Some("no-link")
        );
    })
    .await;
}

#[tokio::test]
async fn more_than_may_be_opened_opens_nothing() {
    on_each_database_with(Some(handbook()), async |desk| {
        let sites: Vec<String> = (0..501).map(|number| format!("site {number}")).collect();
        let sites: Vec<&str> = sites.iter().map(String::as_str).collect();
        let id = opened(&desk, &sites).await;
        assert_eq!((visits(&desk, id).await.len(), ticket(&desk, id).await.state.as_str()), (0, ""));
    })
    .await;
}

/// A playbook that opens another ticket of its own sort as soon as it begins.
const ENDLESS: &str = "language: 1\nplaybook: visit\ntitle: Visit\nteam: customer-solutions\nopens: [ linked ]\nfields: { site: { type: text }, hurried: { type: integer, default: 0 } }\n\
links: { next: visit }\nemits: [ seen ]\nreceives: [ hurry ]\ninitial: todo\nstates:\n\
\x20 todo: { entry: [ { open: { as: next, playbook: visit } } ], choices: { seen: { label: Seen, target: done } } }\n  done: { type: final }\n";

#[tokio::test]
async fn tickets_that_open_each_other_without_end_come_to_one_and_its_team_is_told() {
    let mut files = handbook();
    files.insert("playbooks/visit.yaml", ENDLESS);
    on_each_database_with(Some(files), async |desk| {
        let id = opened(&desk, &["press"]).await;
        let mut line = vec![id];
        while let Some(next) = visits(&desk, line[line.len() - 1]).await.first() {
            line.push(next.ticket.id);
        }
        assert_eq!(line.len(), OPENERS_MAX + 1);
        let last = line[OPENERS_MAX];
        assert_eq!(ticket(&desk, last).await.state, "", "nothing of its first step is kept");
        let scope = desk::rights::Scope::of(&agent(&desk, "Ana").await).unwrap();
        let mut conn = desk.read().await.unwrap();
        let told = desk::notifications::of_ticket(&mut conn, scope, last, 9).await.unwrap();
        assert_eq!((told.len(), told[0].audience.as_str()), (1, "customer-solutions"));
        let steps = desk::runs::history::of_ticket(&mut conn, scope, last, 9).await.unwrap();
        assert_eq!(steps[0].fault.as_ref().map(|fault| fault.code.as_str()), Some("endless"));
        let family = links::family(&mut conn, last, 100).await.unwrap();
        assert_eq!((family.opened, family.openers), (0, OPENERS_MAX));
    })
    .await;
}

#[tokio::test]
async fn a_ticket_that_has_opened_all_it_may_opens_no_more_and_stays_where_it_is() {
    on_each_database_with(Some(handbook()), async |desk| {
        let id = opened(&desk, &["press"]).await;
        let visit = visit(&desk, id, "press").await;
        choose(&desk, visit, "seen").await.unwrap();
        assert_eq!(ticket(&desk, id).await.state, "joined");
        linked_many(&desk, id, OPENED_MAX - 2).await;
        choose(&desk, id, "again").await.unwrap();
        let family = async || links::family(&mut desk.read().await.unwrap(), id, 9).await.unwrap().opened;
        assert_eq!((ticket(&desk, id).await.state.as_str(), family().await), ("working", OPENED_MAX));
        let newest = self::visit(&desk, id, "press").await;
        choose(&desk, newest, "seen").await.unwrap();
        choose(&desk, id, "again").await.unwrap();
        assert_eq!((ticket(&desk, id).await.state.as_str(), family().await), ("joined", OPENED_MAX));
        let scope = desk::rights::Scope::of(&agent(&desk, "Ana").await).unwrap();
        let mut conn = desk.read().await.unwrap();
        let told = desk::notifications::of_ticket(&mut conn, scope, id, 9).await.unwrap();
        assert!(told.last().unwrap().text.contains("5000 tickets at most"), "{told:?}");
    })
    .await;
}

/// Links as many tickets that have ended with an opener, as if it had opened them under another key each.
async fn linked_many(desk: &Desk, opener: Id, count: usize) {
    let original = visit(desk, opener, "press").await;
    let ids: Vec<Id> = (0..count).map(|_| desk.ground.ids.next()).collect();
    for some in ids.chunks(500).map(<[Id]>::to_vec) {
        desk.ground
            .db
            .write(move |tx| {
                let some = some.clone();
                async move {
                    for id in some {
                        sql("INSERT INTO tickets (id, number, subject, status, waiting_on, priority, playbook, state, organization_id,
                            requester_id, team, assignee_id, fields, version, created_at, updated_at, closed_at, component)
                            SELECT $1, $2, subject, status, waiting_on, priority, playbook, state, organization_id,
                            requester_id, team, assignee_id, fields, version, created_at, updated_at, closed_at, component FROM tickets
                            WHERE id = $3")
                        .bind(id)
                        .bind(id)
                        .bind(original)
                        .execute(tx)
                        .await?;
                        let link = "INSERT INTO ticket_links (opener_id, alias, link_key, child_id) VALUES ($1, 'visit', $2, $3)";
                        sql(link).bind(opener).bind(id.to_string()).bind(id).execute(tx).await?;
                    }
                    Ok::<_, store::Error>(())
                }
                .boxed()
            })
            .await
            .unwrap();
    }
}
