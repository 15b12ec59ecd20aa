//! Insights, on both databases: every figure as it is counted by hand, and as a slow count of all history has it.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

#[path = "../open/mod.rs"]
mod open;

mod by_hand;
mod filled;
mod lives;

use desk::handle::work::{Merge, Unmerge, Work};
use desk::handle::{Choose, Command, Reply, ReplyKind};
use desk::insights::{self, Asked, Figures, Insights, Span};
use desk::{Actor, Desk, Role};
use futures::FutureExt;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use open::{Courier, agent, mail_in, pass};
use store::{Id, sql};

const MARIA: &str = "maria@acme.example";
const RUI: &str = "rui@borealis.example";
const HOUR: i64 = 3600;

fn lead() -> Actor {
    Actor::Program { name: "figures".to_owned(), role: Role::Lead }
}

fn asked(first: &str, last: &str, zone: &str) -> Asked {
    let (span, zone) = (Span::read(first, last).unwrap(), TimeZone::get(zone).unwrap());
    Asked { span, zone, playbook: None, team: None, organization: None }
}

async fn figures(desk: &Desk, asked: &Asked) -> Insights {
    insights::of(&mut desk.read().await.unwrap(), &lead(), asked, desk.now()).await.unwrap()
}

async fn wrote(desk: &Desk, who: &str, name: &str) -> Id {
    let raw = format!("From: {who}\nTo: help@desk.example\nSubject: {name}\nMessage-ID: <{name}@x.example>\n\nHi\n");
    let id = mail_in(desk, &raw).await.unwrap().ticket().unwrap();
    desk.settle(&Courier::default()).await.unwrap();
    id
}

/// The same person again, on the ticket that they opened under that name.
async fn wrote_again(desk: &Desk, who: &str, name: &str, again: usize) {
    let raw = format!(
        "From: {who}\nTo: help@desk.example\nSubject: Re: {name}\nMessage-ID: <{name}-{again}@x.example>\nIn-Reply-To: <{name}@x.example>\n\nAnd?\n"
    );
    mail_in(desk, &raw).await.unwrap();
    desk.settle(&Courier::default()).await.unwrap();
}

async fn replied(desk: &Desk, ticket: Id) -> bool {
    let (body, kind) = ("Yes.".to_owned(), ReplyKind::Reply);
    let reply = Reply { ticket, body, kind, files: Vec::new(), seen: None, key: None };
    let done = desk.handle(&agent(desk, "Ana").await, Command::Reply(reply)).await.is_ok();
    desk.settle(&Courier::default()).await.unwrap();
    done
}

async fn chose(desk: &Desk, ticket: Id, choice: &str) -> bool {
    let (inputs, fields) = Default::default();
    let choose = Choose { ticket, choice: choice.to_owned(), note: None, inputs, fields, key: None };
    let done = desk.handle(&agent(desk, "Ana").await, Command::Choose(choose)).await.is_ok();
    desk.settle(&Courier::default()).await.unwrap();
    done
}

async fn merged(desk: &Desk, ticket: Id, into: Id) -> bool {
    let merge = Merge { ticket, into, why: None, key: None };
    desk.handle(&agent(desk, "Ana").await, Command::Work(Work::Merge(merge))).await.is_ok()
}

async fn unmerged(desk: &Desk, ticket: Id) -> bool {
    let unmerge = Unmerge { ticket, key: None };
    let done = desk.handle(&agent(desk, "Ana").await, Command::Work(Work::Unmerge(unmerge))).await.is_ok();
    desk.settle(&Courier::default()).await.unwrap();
    done
}

async fn until(desk: &Desk, instant: &str) {
    let instant: Timestamp = instant.parse().unwrap();
    pass(desk, instant.duration_since(desk.now())).await;
}

/// As for a desk that is older than its figures: nothing is counted yet.
async fn forget(desk: &Desk) {
    let forgetting = desk.ground.change(&Actor::Desk, |context| {
        async move {
            sql("DELETE FROM ticket_turns").execute(context.tx).await?;
            sql("DELETE FROM ticket_facts").execute(context.tx).await?;
            sql("INSERT INTO facts_to_fill (below_id) SELECT MAX(id) + 1 FROM tickets").execute(context.tx).await?;
            Ok(())
        }
        .boxed()
    });
    forgetting.await.unwrap();
}

/// Opened, closed, reopened, unfinished at the end, answered; hours on us and on others.
fn counts(figures: &Figures) -> ([i64; 5], [i64; 2]) {
    let Figures { opened, closed, reopened, open, answered, waited_us, waited_them, .. } = *figures;
    assert_eq!((waited_us % HOUR, waited_them % HOUR), (0, 0), "{figures:?}");
    ([opened, closed, reopened, open, answered], [waited_us / HOUR, waited_them / HOUR])
}
