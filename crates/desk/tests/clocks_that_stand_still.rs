//! A clock stands still while the client is waited for: it is in no list then, goes on with what was left, and the history says so.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handle::{Command, PublishHandbook, Reply, ReplyKind};
use desk::page::Page;
use desk::rights::Scope;
use desk::runs::history;
use desk::tickets::views::Cut;
use desk::tickets::{self, Order};
use desk::today::{self, Of, PartName};
use desk::{Actor, Desk, Role};
use jiff::{SignedDuration, Timestamp};
use open::{Courier, agent, mail_in, on_each_database_with, pass, without_stories};
use playbook::{ClockState, ClockView, Files, Pause, StillFor};
use store::Id;

/// An answer takes six working hours of ours; the client's do not count.
const REPAIR: &str = "language: 1\nplaybook: general-request\ntitle: Repair\nteam: support\nopens: [ mail, api ]\n\
    clocks:\n  repair: { start: ticket.opened, stop: choice.done, within: 6 business hours, pause: { waiting_on: requester }, breach: [ { tell: { role: lead, text: Late } } ] }\n\
    initial: ours\nstates:\n\
    \x20 ours: { on: { agent.replied: theirs }, choices: { done: { label: Done, target: over } } }\n\
    \x20 theirs: { waiting_on: requester, on: { requester.replied: ours }, after: { 30 days: ours } }\n\
    \x20 over: { type: final }\n";

fn handbook(hours: &str) -> Files {
    let mut files = without_stories();
    files.insert("playbooks/general-request.yaml", REPAIR);
    let office = files.get("calendars/office.yaml").unwrap().replace("09:00-18:00", hours);
    files.insert("calendars/office.yaml", office);
    files
}

async fn wrote(desk: &Desk, name: &str, to: &str) -> Id {
    let raw = format!(
        "From: maria@acme.example\nTo: help@desk.example\nSubject: one\nMessage-ID: <{name}@acme.example>\n{to}\nHi\n"
    );
    let id = mail_in(desk, &raw).await.unwrap().ticket().unwrap();
    desk.settle(&Courier::default()).await.unwrap();
    id
}

async fn asked(desk: &Desk, ticket: Id) {
    let (body, kind) = ("Which one?".to_owned(), ReplyKind::Reply);
    let reply = Reply { ticket, body, kind, files: Vec::new(), seen: None, key: None };
    desk.handle(&agent(desk, "Ana").await, Command::Reply(reply)).await.unwrap();
    desk.settle(&Courier::default()).await.unwrap();
}

async fn clock(desk: &Desk, id: Id) -> ClockView {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    desk.view(&mut desk.read().await.unwrap(), scope, id).await.unwrap().clocks.remove(0)
}

async fn is_left(desk: &Desk, id: Id) -> SignedDuration {
    clock(desk, id).await.left.unwrap().length
}

/// Whether a list and Today show the ticket among those whose clocks run out within a day.
async fn runs_out_soon(desk: &Desk, id: Id) -> bool {
    let ana = agent(desk, "Ana").await;
    let scope = Scope::of(&ana).unwrap();
    let conn = &mut desk.read().await.unwrap();
    let cut = Cut { clock_soon: true, unfinished: true, ..Cut::default() };
    let filter = cut.filter(conn, &ana, desk.now()).await.unwrap();
    let listed = tickets::list_by(conn, scope, &filter, Order::Clock, Page { after: None, limit: 9 }).await.unwrap();
    let listed = listed.items.iter().any(|row| row.ticket.id == id);
    let today = today::of(conn, &ana, scope, Of::All, desk.now()).await.unwrap();
    let part = today.parts.into_iter().find(|part| part.name == PartName::Clocks).unwrap();
    assert_eq!(part.tickets.iter().any(|row| row.ticket.id == id), listed);
    listed
}

fn at(instant: &str) -> Timestamp {
    instant.parse().unwrap()
}

const HOUR: SignedDuration = SignedDuration::from_hours(1);

#[tokio::test]
async fn while_the_client_is_waited_for_nothing_runs_out_and_then_what_was_left_does() {
    on_each_database_with(Some(handbook("09:00-18:00")), async |desk| {
        let id = wrote(&desk, "a", "").await;
        assert!(runs_out_soon(&desk, id).await);
        pass(&desk, HOUR * 2).await;
        asked(&desk, id).await;
        assert!(!runs_out_soon(&desk, id).await, "it has no end while it stands still");
        pass(&desk, HOUR * 24 * 9).await;
        let still = clock(&desk, id).await;
        let because = StillFor::WaitingOn("requester".to_owned());
        assert_eq!(still.state, ClockState::Paused(Pause::Still { because, since: at("2026-11-17T11:00:00Z") }));
        assert_eq!((still.left.unwrap().length, still.left.unwrap().is_working_time), (HOUR * 4, true));

        wrote(&desk, "b", "In-Reply-To: <a@acme.example>\n").await;
        let resumed = clock(&desk, id).await;
        assert_eq!((resumed.run.due, resumed.state), (at("2026-11-26T15:00:00Z"), ClockState::Running));
        // Seven days of nine working hours each, and what was left of the day before.
        assert_eq!(resumed.why.stood_still.unwrap().length, HOUR * 63);
        assert!(runs_out_soon(&desk, id).await);
        pass(&desk, HOUR * 4).await;
        assert_eq!(clock(&desk, id).await.state, ClockState::Breached);

        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let told = history::of_ticket(&mut desk.read().await.unwrap(), scope, id, 100).await.unwrap();
        let clocks = told.iter().filter_map(|entry| entry.trace.as_ref()).flat_map(|trace| &trace.clocks);
        let moves: Vec<(bool, i64)> = clocks.map(|clock| (clock.stands, clock.left / 3_600)).collect();
        assert_eq!(moves, [(true, 4), (false, 4)]);
    })
    .await;
}

#[tokio::test]
async fn a_calendar_that_changes_while_it_stands_still_and_after_counts_what_ran_and_never_the_pause() {
    on_each_database_with(Some(handbook("09:00-18:00")), async |desk| {
        let lead = Actor::Program { name: "test".to_owned(), role: Role::Lead };
        let publish = async |hours: &str| {
            let files = PublishHandbook::of(handbook(hours));
            desk.handle(&lead, Command::PublishHandbook(files)).await.unwrap();
            desk.settle(&Courier::default()).await.unwrap();
        };
        let id = wrote(&desk, "a", "").await;
        pass(&desk, HOUR * 2).await;
        asked(&desk, id).await;
        publish("10:00-13:00").await;
        assert_eq!(is_left(&desk, id).await, HOUR * 5, "of what ran only the hour from ten on was working time");
        pass(&desk, HOUR * 24).await;
        wrote(&desk, "b", "In-Reply-To: <a@acme.example>\n").await;
        assert_eq!(clock(&desk, id).await.run.due, at("2026-11-19T13:00:00Z"), "two hours that day, three the next");
        publish("09:00-18:00").await;
        assert_eq!(clock(&desk, id).await.run.due, at("2026-11-18T15:00:00Z"), "four hours from eleven on");
        pass(&desk, HOUR * 3).await;
        assert_eq!(is_left(&desk, id).await, HOUR);
        asked(&desk, id).await;
        wrote(&desk, "c", "In-Reply-To: <b@acme.example>\n").await;
        assert_eq!(clock(&desk, id).await.run.due, at("2026-11-18T15:00:00Z"), "no time has passed");
        pass(&desk, HOUR * 2).await;
        assert_eq!(clock(&desk, id).await.state, ClockState::Breached);
    })
    .await;
}
