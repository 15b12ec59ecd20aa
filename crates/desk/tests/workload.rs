//! The workload, on both databases: its numbers are those that tickets are shared out by.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::{Assign, Command};
use desk::page::Page;
use desk::rights::Scope;
use desk::runs::assigned::ASSIGNED;
use desk::runs::history;
use desk::tickets::workload::{self, Workload};
use desk::tickets::{self, Filter};
use desk::{Actor, Desk, notifications};
use open::{Courier, agent, child, on_each_database, submitted};
use store::Id;

async fn work(desk: &Desk, team: &str) -> Workload {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    workload::of_team(&mut desk.read().await.unwrap(), scope, team).await.unwrap()
}

fn by_person(work: &Workload) -> Vec<(&str, i64)> {
    work.people.iter().map(|person| (person.agent.name.as_str(), person.tickets.count)).collect()
}

async fn give(desk: &Desk, by: &Actor, ticket: Id, to: Option<Id>) {
    desk.handle(by, Command::Assign(Assign { ticket, agent: to })).await.unwrap();
}

#[tokio::test]
async fn d10_the_next_ticket_goes_to_the_first_of_the_dashboard_and_its_numbers_lead_to_the_tickets() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        assert_eq!(by_person(&work(&desk, "customer-solutions").await), [("Bo", 0), ("Cy", 0)]);
        for _ in 0..3 {
            let first = work(&desk, "customer-solutions").await.people[0].agent.id;
            let opened = submitted(&desk, &courier).await;
            assert_eq!(child(&desk, opened.id, "config").await.assignee, Some(first));
        }
        let now = work(&desk, "customer-solutions").await;
        assert_eq!(by_person(&now), [("Cy", 1), ("Bo", 2)]);
        assert_eq!(now.people[1].tickets.components, [(Some("Acme".to_owned()), 2)]);
        let components = now.components();
        assert_eq!((components[0].name.as_deref(), components[0].count, components.len()), (Some("Acme"), 3, 1));

        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        for person in &now.people {
            let (assignee, component) = (Some(person.agent.id), Some("Acme".to_owned()));
            let filter = Filter { assignee, component, unfinished: true, ..Filter::default() };
            let page = Page { after: None, limit: 50 };
            let listed = tickets::list(&mut desk.read().await.unwrap(), scope, &filter, page).await.unwrap();
            assert_eq!(listed.items.len() as i64, person.tickets.count);
        }
        let support = work(&desk, "support").await;
        assert_eq!((by_person(&support), support.unassigned.count), (vec![("Ana", 0)], 3));
        assert_eq!(support.unassigned.components, [(None, 3)]);
        assert_eq!(work(&desk, "no-such-team").await, Workload::default());
    })
    .await;
}

#[tokio::test]
async fn whoever_is_given_a_ticket_is_told_and_its_history_says_who_gave_it() {
    on_each_database(async |desk| {
        let opened = submitted(&desk, &Courier::default()).await;
        let (ana, bo) = (agent(&desk, "Ana").await, agent(&desk, "Bo").await);
        give(&desk, &ana, opened.id, bo.agent_id()).await;
        give(&desk, &ana, opened.id, bo.agent_id()).await;
        give(&desk, &ana, opened.id, ana.agent_id()).await;
        give(&desk, &ana, opened.id, None).await;
        let scope = Scope::of(&ana).unwrap();
        let mut conn = desk.read().await.unwrap();
        let kept = history::of_ticket(&mut conn, scope, opened.id, 50).await.unwrap();
        let given: Vec<(&str, Option<String>)> = (kept.iter().filter(|entry| entry.event == ASSIGNED))
            .map(|entry| (entry.by.name.as_str(), entry.trace.as_ref().unwrap().note.clone()))
            .collect();
        let names = |name: &str| Some(name.to_owned());
        assert_eq!(
            given,
            [("Ana", names("Bo")), ("Ana", names("Ana")), ("Ana", None)],
            "giving it twice is giving it once"
        );
        let told = notifications::of_ticket(&mut conn, scope, opened.id, 50).await.unwrap();
        let told: Vec<(&str, &str)> =
            told.iter().map(|notice| (notice.audience.as_str(), notice.text.as_str())).collect();
        let expected = format!("Ana gave you ticket {}.", opened.number);
        assert_eq!(told, [("Bo", expected.as_str())], "nobody is told what they did themselves");
    })
    .await;
}
