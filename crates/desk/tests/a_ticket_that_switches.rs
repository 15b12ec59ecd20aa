//! A choice takes a ticket to another procedure; what a run remembers of its way is kept between commands.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::{Choose, Command};
use desk::{Desk, Result, handle::Outcome};
use jiff::SignedDuration;
use open::{Courier, agent, mail_in, on_each_database_with, ticket, without_stories};
use playbook::Files;
use store::Id;

const GENERAL: &str = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api ]\nfields: { count: { type: integer } }\ninitial: a\nstates:\n\
    \x20 a:\n    after: { 1h: [ { max: 2, target: a, actions: [ { note: again } ] }, { target: b } ] }\n\
    \x20   choices: { move: { label: Move, switch: special, ask: { count: { type: integer, required: true } }, actions: [ { set: { count: choice.count } }, { note: left } ] } }\n\
    \x20 b: { type: final }\n";

const SPECIAL: &str = "language: 1\nplaybook: special\ntitle: Special\nteam: customer-solutions\nopens: [ hand ]\nfields: { count: { type: integer } }\ninitial: first\nstates:\n\
    \x20 first: { waiting_on: requester, entry: [ { note: 'begun with {{ count }}' } ], after: { 3h: over } }\n  over: { type: final }\n";

fn handbook() -> Files {
    let mut files = without_stories();
    files.insert("playbooks/general-request.yaml", GENERAL);
    files.insert("playbooks/special.yaml", SPECIAL);
    files
}

async fn opened(desk: &Desk) -> Id {
    let raw = "From: maria@acme.example\nTo: help@desk.example\nSubject: Hello\nMessage-ID: <m@acme.example>\n\nHi\n";
    mail_in(desk, raw).await.unwrap().ticket().unwrap()
}

async fn choose(desk: &Desk, ticket: Id, inputs: serde_json::Value) -> Result<Outcome> {
    let inputs = inputs.as_object().cloned().unwrap();
    let choice = "move".to_owned();
    let choose = Choose { ticket, choice, note: None, inputs, fields: Default::default(), key: None };
    desk.handle(&agent(desk, "Ana").await, Command::Choose(choose)).await
}

#[tokio::test]
async fn a_ticket_goes_on_in_another_playbook_with_its_team_and_the_fields_that_both_have() {
    on_each_database_with(Some(handbook()), async |desk| {
        let id = opened(&desk).await;
        assert_eq!(choose(&desk, id, serde_json::json!({})).await.unwrap_err().code, "choice-incomplete");
        choose(&desk, id, serde_json::json!({"count": 4})).await.unwrap();
        let moved = ticket(&desk, id).await;
        assert_eq!((moved.playbook.as_str(), moved.state.as_str()), ("special", "first"));
        assert_eq!((moved.team.as_deref(), moved.status.as_str()), (Some("customer-solutions"), "pending"));
        assert_eq!(moved.fields["count"], serde_json::json!(4));
        desk.ground.clock.advance(SignedDuration::from_hours(3));
        desk.settle(&Courier::default()).await.unwrap();
        assert_eq!(ticket(&desk, id).await.state, "over");
    })
    .await;
}

#[tokio::test]
async fn a_bounded_loop_is_counted_from_one_command_to_the_next() {
    on_each_database_with(Some(handbook()), async |desk| {
        let id = opened(&desk).await;
        for expected in ["a", "a", "b"] {
            desk.ground.clock.advance(SignedDuration::from_hours(1));
            desk.settle(&Courier::default()).await.unwrap();
            assert_eq!(ticket(&desk, id).await.state, expected);
        }
    })
    .await;
}
