//! The list of tickets: every cut on both databases, and pages that neither repeat nor leave out a ticket.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::{Assign, Choose, Command};
use desk::page::Page;
use desk::rights::Scope;
use desk::tickets::{self, Filter};
use desk::{Desk, handbook};
use jiff::SignedDuration;
use open::{Courier, agent, mail_in, on_each_database, on_each_database_with, submitted, ticket};
use playbook::{Files, Status};
use serde_json::Map;
use store::Id;

async fn listed(desk: &Desk, filter: Filter, mut page: Page) -> Vec<Id> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let mut found = Vec::new();
    loop {
        let listed = tickets::list(&mut desk.read().await.unwrap(), scope, &filter, page).await.unwrap();
        assert!(listed.items.len() <= page.limit as usize);
        found.extend(listed.items.iter().map(|row| row.ticket.id));
        match listed.next {
            Some(next) => page.after = Some(next),
            None => return found,
        }
    }
}

/// The built-in handbook with mail that is tried in two states within one; a third begins with the same letters.
fn with_states_within() -> Files {
    let mut files: Files = handbook::tree::built_in()
        .iter()
        .filter(|(path, _)| !path.starts_with("scenarios/"))
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect();
    let text = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api ]\ninitial: try\nstates:\n  try:\n    waiting_on: us\n    initial: one\n    choices:\n      on: { label: On, target: try.two }\n      off: { label: Off, target: tried }\n    states:\n      one: {}\n      two: {}\n  tried: { waiting_on: us, choices: { end: { label: End, target: over } } }\n  over: { type: final }\n";
    files.insert("playbooks/general-request.yaml".to_owned(), text.to_owned());
    files
}

#[tokio::test]
async fn a_state_is_listed_with_those_within_it_newest_first_page_by_page() {
    on_each_database_with(Some(with_states_within()), async |desk| {
        let ana = agent(&desk, "Ana").await;
        let mut all = Vec::new();
        for number in 0..7 {
            let raw = format!(
                "From: maria@acme.example\nTo: help@desk.example\nSubject: Hello\nMessage-ID: <{number}@acme.example>\n\nHi\n"
            );
            all.push(mail_in(&desk, &raw).await.unwrap().ticket().unwrap());
            desk.ground.clock.advance(SignedDuration::from_secs(1));
        }
        for (place, choice) in [(1, "on"), (4, "on"), (2, "off")] {
            let choice = choice.to_owned();
            let (inputs, fields) = (Map::new(), Map::new());
            let choose = Choose { ticket: all[place], choice, note: None, inputs, fields, key: None };
            desk.handle(&ana, Command::Choose(choose)).await.unwrap();
            desk.ground.clock.advance(SignedDuration::from_secs(1));
        }
        let state = |state: &str| Filter { state: Some(state.to_owned()), ..Filter::default() };
        let within = [4, 1, 6, 5, 3, 0].map(|place| all[place]);
        for limit in [1, 2, 5, 6, 50] {
            let page = Page { after: None, limit };
            assert_eq!(listed(&desk, state("try"), page).await, within, "{limit} a page");
        }
        let page = Page::default();
        assert_eq!(listed(&desk, state("try.two"), page).await, [all[4], all[1]]);
        assert_eq!(listed(&desk, state("tried"), page).await, [all[2]]);
        assert!(listed(&desk, state("tr"), page).await.is_empty());
        assert!(listed(&desk, state("try.two.more"), page).await.is_empty());
        let none_of_both = Filter { assignee: Some(Id(1)), ..state("try") };
        assert!(listed(&desk, none_of_both, page).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn cuts_hold_together() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let (first, second) = (submitted(&desk, &courier).await, submitted(&desk, &courier).await);
        let bo = agent(&desk, "Bo").await;
        let give = Assign { ticket: first.id, agent: bo.agent_id() };
        desk.handle(&bo, Command::Assign(give)).await.unwrap();
        let first = ticket(&desk, first.id).await;
        let page = Page { after: None, limit: 3 };
        let survey = Filter { playbook: Some("document-change".to_owned()), ..Filter::default() };
        let open = Filter { status: Some(Status::Open), ..survey.clone() };
        let mut both = listed(&desk, open, page).await;
        both.sort_unstable();
        assert_eq!(both, [first.id, second.id]);
        let nobodys = Filter { unassigned: true, requester: Some(first.requester), ..survey.clone() };
        assert_eq!(listed(&desk, nobodys, page).await, [second.id]);
        let bos = Filter { assignee: bo.agent_id(), organization: first.organization, ..survey.clone() };
        assert_eq!(listed(&desk, bos, page).await, [first.id]);
        let elsewhere = Filter { team: Some("customer-solutions".to_owned()), ..survey };
        assert!(listed(&desk, elsewhere, page).await.is_empty());
        assert_eq!(listed(&desk, Filter::default(), page).await.len(), 4);
    })
    .await;
}
