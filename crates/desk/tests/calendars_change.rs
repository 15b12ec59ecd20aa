//! A calendar or a zone changes while tickets wait: their timers are set anew from their start, once, whatever happens in
//! between.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handbook::Published;
use desk::handle::{Command, Outcome, PublishHandbook, Recount, RecountStep, UpsertContact, UpsertOrganization};
use desk::rights::Scope;
use desk::runs::history::{self, Entry};
use desk::{Actor, Desk, Role, organizations, recounts};
use jiff::{SignedDuration, Timestamp};
use open::{Courier, agent, mail_in, on_each_database_with, ticket, without_stories};
use playbook::Files;
use serde_json::json;
use store::Id;

/// Waits for three business days, and for a clock of six business hours.
const WAITING: &str = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nCALENDAR\nopens: [ mail, api ]\n\
    fields: { late: { type: integer, default: 0 } }\n\
    clocks: { answer: { start: ticket.opened, stop: agent.replied, within: 6 business hours, breach: [ { set: { late: late + 1 } } ] } }\n\
    initial: waiting\nstates:\n  waiting: { after: { 3 business days: over } }\n  over: { type: final }\n";

/// The built-in handbook with that playbook, with this week in its office, and these holidays.
fn handbook(calendar: &str, hours: &str, holidays: &str) -> Files {
    let mut files = without_stories();
    files.insert("playbooks/general-request.yaml", WAITING.replace("CALENDAR\n", calendar));
    let week: String =
        ["mon", "tue", "wed", "thu", "fri"].iter().map(|day| format!("  {day}: [ {hours} ]\n")).collect();
    let office = format!("language: 1\nzone: Europe/Lisbon\nhours:\n{week}holidays: [ {holidays} ]\n");
    files.insert(
        "calendars/shop.yaml",
        office.replace("Europe/Lisbon", "America/New_York").replace(hours, "12:00-20:00"),
    );
    files.insert("calendars/office.yaml", office);
    let desk_file =
        files.get("desk.yaml").unwrap().replacen("of: [ office, brazil ]", "of: [ office, brazil, shop ]", 1);
    files.insert("desk.yaml", desk_file);
    files
}

async fn publish(desk: &Desk, files: Files) -> i64 {
    let lead = Actor::Program { name: "test".to_owned(), role: Role::Lead };
    match desk.handle(&lead, Command::PublishHandbook(PublishHandbook::of(files))).await.unwrap() {
        Outcome::Published(Published::Revision(number)) => number,
        other => panic!("{other:?}"),
    }
}

async fn opened(desk: &Desk, who: &str, name: &str) -> Id {
    let raw = format!("From: {who}\nTo: help@desk.example\nSubject: {name}\nMessage-ID: <{name}@acme.example>\n\nHi\n");
    let id = mail_in(desk, &raw).await.unwrap().ticket().unwrap();
    desk.settle(&Courier::default()).await.unwrap();
    id
}

const MARIA: &str = "maria@acme.example";

/// Lets it become this instant, stopping wherever something is due.
async fn until(desk: &Desk, instant: &str) {
    let instant: Timestamp = instant.parse().unwrap();
    open::pass(desk, instant.duration_since(desk.now())).await;
    desk.settle(&Courier::default()).await.unwrap();
}

async fn told(desk: &Desk, ticket: Id) -> Vec<Entry> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    history::of_ticket(&mut desk.read().await.unwrap(), scope, ticket, 100).await.unwrap()
}

/// How often each thing happened to a ticket.
async fn count(desk: &Desk, ticket: Id, event: &str) -> usize {
    told(desk, ticket).await.iter().filter(|entry| entry.event == event).count()
}

async fn change_acme(desk: &Desk, change: organizations::Change) {
    let command = UpsertOrganization { key: "Acme".to_owned(), change };
    desk.handle(&Actor::Desk, Command::UpsertOrganization(command)).await.unwrap();
}

async fn under_way(desk: &Desk) -> Option<recounts::Recount> {
    recounts::first(&mut desk.read().await.unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_holiday_is_added_while_a_ticket_waits_for_three_business_days() {
    on_each_database_with(Some(handbook("", "09:00-18:00", "")), async |desk| {
        let id = opened(&desk, MARIA, "one").await;
        until(&desk, "2026-11-17T20:00:00Z").await;
        assert_eq!(count(&desk, id, "clock.answer").await, 1);
        publish(&desk, handbook("", "09:00-18:00", "2026-11-19")).await;
        desk.settle(&Courier::default()).await.unwrap();

        let entry = told(&desk, id).await.pop().unwrap();
        assert_eq!(
            (entry.event.as_str(), entry.from.as_deref(), entry.to.as_deref()),
            ("calendar.changed", Some("waiting"), Some("waiting"))
        );
        let note = entry.trace.unwrap().note.unwrap();
        assert_eq!(
            note,
            "The calendars of the handbook changed with revision 2. after 3 business days (waiting): \
             2026-11-23T09:00:00Z instead of 2026-11-20T09:00:00Z"
        );
        until(&desk, "2026-11-23T08:59:00Z").await;
        assert_eq!(ticket(&desk, id).await.state, "waiting");
        until(&desk, "2026-11-23T09:00:00Z").await;
        assert_eq!(ticket(&desk, id).await.state, "over");
        assert_eq!(
            (count(&desk, id, "clock.answer").await, count(&desk, id, "after").await),
            (1, 1),
            "what has fired stays fired"
        );
    })
    .await;
}

#[tokio::test]
async fn the_offices_hours_shorten_and_then_grow_until_the_time_is_over() {
    on_each_database_with(Some(handbook("", "09:00-18:00", "")), async |desk| {
        let id = opened(&desk, MARIA, "one").await;
        publish(&desk, handbook("", "12:00-17:00", "")).await;
        until(&desk, "2026-11-17T16:00:00Z").await;
        assert_eq!(ticket(&desk, id).await.fields["late"], json!(0), "six hours are over the day after");
        publish(&desk, handbook("", "08:00-17:00", "")).await;
        desk.settle(&Courier::default()).await.unwrap();
        assert_eq!(ticket(&desk, id).await.fields["late"], json!(1), "its hour was at three, so it fires at once");
        until(&desk, "2026-11-18T23:00:00Z").await;
        assert_eq!(
            (ticket(&desk, id).await.fields["late"].clone(), count(&desk, id, "clock.answer").await),
            (json!(1), 1)
        );
    })
    .await;
}

#[tokio::test]
async fn an_organization_moves_to_other_hours_and_only_its_tickets_follow() {
    on_each_database_with(Some(handbook("calendar: organization\n", "09:00-18:00", "")), async |desk| {
        let rui = UpsertContact {
            email: "rui@borealis.example".to_owned(),
            organization: Some("Borealis".to_owned()),
            ..Default::default()
        };
        let borealis = UpsertOrganization { key: "Borealis".to_owned(), ..Default::default() };
        desk.handle(&Actor::Desk, Command::UpsertOrganization(borealis)).await.unwrap();
        desk.handle(&Actor::Desk, Command::UpsertContact(rui)).await.unwrap();
        let (acme, other) = (opened(&desk, MARIA, "one").await, opened(&desk, "rui@borealis.example", "two").await);
        let attributes = json!({"calendar": "shop"}).as_object().cloned().unwrap();
        change_acme(&desk, organizations::Change { attributes, ..Default::default() }).await;
        until(&desk, "2026-11-17T14:59:00Z").await;
        assert_eq!(count(&desk, acme, "calendar.changed").await, 1);
        assert_eq!(count(&desk, other, "calendar.changed").await, 0);
        let note = told(&desk, acme).await.iter().find_map(|entry| entry.trace.as_ref()?.note.clone()).unwrap();
        assert!(note.starts_with("The hours or the zone of Acme changed. "), "{note}");
        let late = async |id: Id| ticket(&desk, id).await.fields["late"].clone();
        // Six hours of the office are over at three, and of the shop, which opens at noon in New York, at eleven.
        until(&desk, "2026-11-17T22:59:00Z").await;
        assert_eq!((late(acme).await, late(other).await), (json!(0), json!(1)));
        until(&desk, "2026-11-17T23:00:00Z").await;
        assert_eq!((late(acme).await, late(other).await), (json!(1), json!(1)));
        assert_eq!(under_way(&desk).await, None);
    })
    .await;
}

#[tokio::test]
async fn an_organization_moves_to_another_zone_and_its_days_with_it() {
    let mut files = handbook("", "09:00-18:00", "");
    let waiting = files.get("playbooks/general-request.yaml").unwrap().replace("3 business days", "150 days");
    files.insert("playbooks/general-request.yaml", waiting);
    on_each_database_with(Some(files), async |desk| {
        let id = opened(&desk, MARIA, "one").await;
        let zone = |name: &str| organizations::Change { time_zone: Some(name.to_owned()), ..Default::default() };
        change_acme(&desk, zone("Europe/Lisbon")).await;
        assert!(under_way(&desk).await.is_some());
        desk.settle(&Courier::default()).await.unwrap();
        assert_eq!((count(&desk, id, "calendar.changed").await, under_way(&desk).await), (0, None), "it moved nothing");
        change_acme(&desk, zone("Europe/Lisbon")).await;
        assert_eq!(under_way(&desk).await, None, "and this changed nothing");

        // In April nine in the morning is an hour earlier in Lisbon, and as late as ever in Tokyo.
        change_acme(&desk, zone("Asia/Tokyo")).await;
        until(&desk, "2027-04-16T08:59:00Z").await;
        assert_eq!(
            (ticket(&desk, id).await.state.as_str(), count(&desk, id, "calendar.changed").await),
            ("waiting", 1)
        );
        until(&desk, "2027-04-16T09:00:00Z").await;
        assert_eq!(ticket(&desk, id).await.state, "over");
    })
    .await;
}

#[tokio::test]
async fn what_was_stopped_half_way_goes_on_and_nothing_fires_by_the_old_hours_meanwhile() {
    on_each_database_with(Some(handbook("", "09:00-18:00", "")), async |desk| {
        let mut ids = Vec::new();
        for number in 0..12 {
            ids.push(opened(&desk, MARIA, &format!("t{number}")).await);
        }
        let revision = publish(&desk, handbook("", "09:00-18:00", "2026-11-17")).await;
        let begun = under_way(&desk).await.unwrap();
        assert_eq!((begun.revision, begun.organization, begun.after), (revision, None, Id(0)));
        assert_eq!(desk.recount_next().await.unwrap(), 1);
        let halted = under_way(&desk).await.unwrap();
        assert_eq!(halted.after, ids[4], "five at a time");

        // The desk dies here and comes back after the old hour of the clocks: those it had not come to are counted first.
        desk.ground.clock.advance(SignedDuration::from_hours(7));
        for _ in 0..3 {
            desk.fire_next(100).await.unwrap();
        }
        for id in &ids {
            assert_eq!(ticket(&desk, *id).await.fields["late"], json!(0));
            assert_eq!(count(&desk, *id, "calendar.changed").await, 1);
        }
        desk.settle(&Courier::default()).await.unwrap();
        assert_eq!(under_way(&desk).await, None);
        until(&desk, "2026-11-18T15:00:00Z").await;
        for id in &ids {
            assert_eq!(ticket(&desk, *id).await.fields["late"], json!(1));
            assert_eq!(count(&desk, *id, "calendar.changed").await, 1, "once");
        }
        until(&desk, "2026-11-30T09:00:00Z").await;
    })
    .await;
}

#[tokio::test]
async fn a_second_change_takes_the_place_of_the_first_and_one_without_other_hours_begins_none() {
    on_each_database_with(Some(handbook("", "09:00-18:00", "")), async |desk| {
        let id = opened(&desk, MARIA, "one").await;
        let attributes = json!({"calendar": "shop"}).as_object().cloned().unwrap();
        change_acme(&desk, organizations::Change { attributes, ..Default::default() }).await;
        publish(&desk, handbook("", "09:00-18:00", "2026-11-18")).await;
        let revision = publish(&desk, handbook("", "09:00-18:00", "2026-11-19, 2026-11-20")).await;
        let only = under_way(&desk).await.unwrap();
        assert_eq!((only.revision, only.organization), (revision, None));
        desk.settle(&Courier::default()).await.unwrap();
        assert_eq!((under_way(&desk).await, count(&desk, id, "calendar.changed").await), (None, 1));

        let mut same = handbook("", "09:00-18:00", "2026-11-19, 2026-11-20");
        same.insert("replies/closing-for-now.md", "---\nsubject: Closing\n---\nWe close this for now.\n");
        same.insert("replies/closing-for-now.pt.md", "---\nsubject: Fecho\n---\nFechamos por agora.\n");
        publish(&desk, same).await;
        assert_eq!(under_way(&desk).await, None);

        // A ticket that the desk fails on is passed by.
        publish(&desk, handbook("", "09:00-18:00", "")).await;
        let begun = under_way(&desk).await.unwrap();
        for step in [RecountStep::Past, RecountStep::Past] {
            let command = Recount { recount: begun.id, step };
            desk.handle(&Actor::Desk, Command::Recount(command)).await.unwrap();
        }
        assert_eq!((under_way(&desk).await, count(&desk, id, "calendar.changed").await), (None, 1));
        let gone = Recount { recount: begun.id, step: RecountStep::Some };
        desk.handle(&Actor::Desk, Command::Recount(gone)).await.unwrap();
    })
    .await;
}
