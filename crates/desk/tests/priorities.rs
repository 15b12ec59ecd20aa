//! H6: priorities by impact and by playbooks, with the reason that people are told; and who gets a ticket then.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::{Assign, Change, Command};
use desk::rights::Scope;
use desk::runs::{history, view};
use desk::tickets::Priority;
use desk::tickets::bulk::Deed;
use desk::tickets::priorities::{self, Giver};
use desk::{Desk, agents, notifications};
use futures::FutureExt;
use open::{Courier, agent, mail_in, on_each_database, on_each_database_with, ticket, without_stories};
use playbook::{Done, Files};
use store::{Id, sql};

/// A clock that the reply of the first step stops, and a priority that the second one gives.
const GENERAL: &str = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api ]\n\
    clocks: { acknowledge: { start: ticket.opened, stop: [ reply.closing-for-now ], within: 4h, breach: [ { note: breached } ] } }\ninitial: a\nstates:\n\
    \x20 a:\n    entry: [ { reply: closing-for-now }, { priority: { to: high, because: 'Plan {{ organization.plan }}' } }, { assign: { by: free } } ]\n\
    \x20   on: { requester.replied: { actions: [ { priority: low }, { priority: urgent } ] } }\n\
    \x20   choices: { end: { label: End, target: b } }\n\
    \x20 b: { type: final }\n";

fn handbook() -> Files {
    let mut files = without_stories();
    files.insert("playbooks/general-request.yaml", GENERAL);
    files
}

async fn opened(desk: &Desk, subject: &str, words: &str) -> Id {
    let raw = format!(
        "From: maria@acme.example\nTo: help@desk.example\nSubject: {subject}\nMessage-ID: <{}@acme.example>\n\n{words}\n",
        subject.len()
    );
    mail_in(desk, &raw).await.unwrap().ticket().unwrap()
}

async fn reason(desk: &Desk, ticket: Id) -> Option<Giver> {
    let mut conn = desk.read().await.unwrap();
    priorities::reason(&mut conn, ticket).await.unwrap().map(|reason| reason.by)
}

/// What came of the steps of a ticket, of those of which something is told.
async fn done(desk: &Desk, ticket: Id) -> Vec<Vec<Done>> {
    let scope = Scope::of(&desk::Actor::Desk).unwrap();
    let steps = history::of_ticket(&mut desk.read().await.unwrap(), scope, ticket, 50).await.unwrap();
    steps.into_iter().filter_map(|step| Some(step.trace?.done)).filter(|done| !done.is_empty()).collect()
}

#[tokio::test]
async fn h6_what_stops_the_business_is_urgent_with_its_rule_and_goes_to_somebody() {
    on_each_database(async |desk| {
        let id = opened(&desk, "Checkout not working", "Since this morning.").await;
        let urgent = ticket(&desk, id).await;
        assert_eq!(urgent.priority, Priority::Urgent);
        assert!(urgent.assignee.is_some(), "nobody waits for it to be taken");
        let Some(Giver::Rule { impact, rule, place, phrases }) = reason(&desk, id).await else { panic!("no rule") };
        assert_eq!((impact.as_str(), rule.as_str()), ("client-business", "checkout"));
        assert_eq!(phrases, "checkout* … not work*");
        assert_eq!(&*place.file, "impacts/client-business.yaml");
        let mut conn = desk.read().await.unwrap();
        let seen =
            view::of_ticket(&mut conn, &desk.ground, &desk.handbooks, Scope::of(&desk::Actor::Desk).unwrap(), id)
                .await
                .unwrap();
        assert_eq!(seen.because("en").as_deref(), Some("the checkout does not work"));
        assert_eq!(seen.because("pt").as_deref(), Some("o checkout não funciona"));
        drop(conn);

        let given =
            agents::find(&mut desk.read().await.unwrap(), urgent.assignee.unwrap()).await.unwrap().unwrap().name;
        let rule = Some(("client-business".to_owned(), "checkout".to_owned()));
        let told = Done::Told { whom: "team".to_owned(), name: "support".to_owned() };
        let expected =
            [vec![Done::Prioritised { to: "urgent".to_owned(), rule }], vec![Done::Given { to: Some(given) }, told]];
        assert_eq!(done(&desk, id).await, expected, "history says what each step did");
    })
    .await;
}

#[tokio::test]
async fn h6_what_does_not_stop_it_stays_as_it_is() {
    on_each_database(async |desk| {
        let id = opened(&desk, "Checkout", "Could you add a field to the checkout?").await;
        let usual = ticket(&desk, id).await;
        assert_eq!((usual.priority, usual.assignee), (Priority::Normal, None));
        assert_eq!(reason(&desk, id).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_playbook_gives_a_priority_with_its_reason_and_never_takes_from_it() {
    on_each_database_with(Some(handbook()), async |desk| {
        let id = opened(&desk, "Hello", "Hi").await;
        assert_eq!(ticket(&desk, id).await.priority, Priority::High);
        let Some(Giver::Playbook { because, .. }) = reason(&desk, id).await else { panic!("no playbook") };
        assert_eq!(because.as_deref(), Some("Plan pro"));
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_the_first_step_sends_stops_a_clock() {
    on_each_database_with(Some(handbook()), async |desk| {
        let id = opened(&desk, "Hello", "Hi").await;
        let mut conn = desk.read().await.unwrap();
        let seen =
            view::of_ticket(&mut conn, &desk.ground, &desk.handbooks, Scope::of(&desk::Actor::Desk).unwrap(), id)
                .await
                .unwrap();
        assert_eq!(seen.timers.len(), 0, "the clock stands still: {:?}", seen.timers);
        drop(conn);
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn who_is_free_gets_the_next_ticket_and_while_all_are_busy_nobody_does() {
    on_each_database_with(Some(handbook()), async |desk| {
        let first = opened(&desk, "One", "Hi").await;
        let taken = ticket(&desk, first).await.assignee;
        assert!(taken.is_some());
        let second = opened(&desk, "Two more", "Hi").await;
        assert_ne!(ticket(&desk, second).await.assignee, taken, "the first has one");
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_ticket_of_a_team_without_members_is_told_to_the_leads() {
    on_each_database_with(Some(handbook()), async |desk| {
        let emptying = desk.ground.change(&desk::Actor::Desk, |context| {
            async move {
                sql("DELETE FROM memberships WHERE team = $1").bind("support").execute(context.tx).await?;
                Ok(())
            }
            .boxed()
        });
        emptying.await.unwrap();
        let id = opened(&desk, "One", "Hi").await;
        let found = ticket(&desk, id).await;
        assert_eq!((found.assignee, found.team.as_deref()), (None, Some("support")));
        let scope = Scope::of(&desk::Actor::Desk).unwrap();
        let told = notifications::of_ticket(&mut desk.read().await.unwrap(), scope, id, 10).await.unwrap();
        let told: Vec<&str> = told.iter().map(|notice| notice.audience.as_str()).collect();
        assert_eq!(told, ["lead"], "nobody reads what its team is told");
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn h6_what_is_urgent_later_stays_with_whoever_has_it_and_not_where_somebody_has_said_otherwise() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let bo = agent(&desk, "Bo").await;
        let (one, two) = (opened(&desk, "Colours", "Darker?").await, opened(&desk, "A colour", "Darker?").await);
        desk.handle(&bo, Command::Assign(Assign { ticket: one, agent: bo.agent_id() })).await.unwrap();
        let low = Change { ticket: two, deeds: vec![Deed::Priority { priority: Priority::Low }], bulk: None };
        desk.handle(&bo, Command::Change(low)).await.unwrap();
        for subject in ["Colours", "A colour"] {
            let raw = format!(
                "From: maria@acme.example\nTo: help@desk.example\nSubject: Re: {subject}\nMessage-ID: <later-{0}@acme.example>\n\
                 In-Reply-To: <{0}@acme.example>\n\nThe checkout is not working, nobody can buy anything.\n",
                subject.len()
            );
            mail_in(&desk, &raw).await.unwrap();
        }
        desk.settle(&courier).await.unwrap();
        let (one, two) = (ticket(&desk, one).await, ticket(&desk, two).await);
        assert_eq!((one.priority, one.assignee), (Priority::Urgent, bo.agent_id()));
        assert_eq!((two.priority, two.assignee), (Priority::Low, None), "a colleague has said so");
    })
    .await;
}
