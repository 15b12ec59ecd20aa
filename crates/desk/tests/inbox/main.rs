//! The inbox, on both databases: views and orders, what is unread, what is snoozed, and what is done to many tickets and undone.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

#[path = "../open/mod.rs"]
mod open;

mod bulk;
mod keys;
mod snoozing;
mod unread;
mod views;

use desk::handle::{Change, Command, Outcome};
use desk::page::Page;
use desk::rights::Scope;
use desk::tickets::bulk::Deed;
use desk::tickets::views::Cut;
use desk::tickets::{self, Order};
use desk::{Actor, Desk, Result};
use jiff::SignedDuration;
use open::mail_in;
use store::Id;

/// So many tickets by mail, a minute apart, the oldest first.
async fn mails(desk: &Desk, count: usize) -> Vec<Id> {
    let mut opened = Vec::new();
    for number in 0..count {
        let raw = format!(
            "From: maria@acme.example\nTo: help@desk.example\nSubject: Question {number}\nMessage-ID: <q{number}.{}@acme.example>\n\nHi\n",
            desk.now().as_second()
        );
        opened.push(mail_in(desk, &raw).await.unwrap().ticket().unwrap());
        desk.settle(&open::Courier::default()).await.unwrap();
        minute(desk);
    }
    opened
}

fn minute(desk: &Desk) {
    desk.ground.clock.advance(SignedDuration::from_mins(1));
}

/// The tickets of a cut, page by page of two.
async fn listed(desk: &Desk, who: &Actor, cut: &Cut, order: Order) -> Vec<Id> {
    let scope = Scope::of(who).unwrap();
    let filter = cut.filter(&mut desk.read().await.unwrap(), who, desk.now()).await.unwrap();
    let (mut found, mut page) = (Vec::new(), Page { after: None, limit: 2 });
    loop {
        let listed = tickets::list_by(&mut desk.read().await.unwrap(), scope, &filter, order, page).await.unwrap();
        found.extend(listed.items.iter().map(|row| row.ticket.id));
        match listed.next {
            // As an address carries it.
            Some(next) => page.after = Some(next.to_string().parse().unwrap()),
            None => break,
        }
    }
    let counted = tickets::counts(&mut desk.read().await.unwrap(), scope, &[filter]).await.unwrap();
    if !order.is_of_unfinished() {
        assert_eq!(counted, [i64::try_from(found.len()).unwrap()], "what is counted is what is listed");
    }
    found
}

/// Does one thing to one ticket; whether anything changed.
async fn change(desk: &Desk, who: &Actor, ticket: Id, deed: Deed) -> Result<bool> {
    match desk.handle(who, Command::Change(Change { ticket, deeds: vec![deed], bulk: None })).await? {
        Outcome::Moved(changed) => Ok(changed),
        other => panic!("{other:?}"),
    }
}
