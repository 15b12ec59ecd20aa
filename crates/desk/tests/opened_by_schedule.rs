//! Tickets that the handbook's schedules open: for whom, when, and never twice.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::handbook::Published;
use desk::handle::{Command, Outcome, PublishHandbook, UpsertContact, UpsertOrganization};
use desk::rights::Scope;
use desk::tickets::Summary;
use desk::{Actor, Desk, Opening, contacts, notifications, organizations, schedules};
use jiff::{SignedDuration, Timestamp};
use open::{Courier, agent, all_tickets, on_each_database_with, pass};
use playbook::Files;
use serde_json::{Value, json};
use store::{Chance, Clock, Location};

const DESK: &str = "language: 1\ndesk: Support\nzone: Europe/Lisbon\nlanguages: [ en ]\n\
    teams: { support: Support, customer-solutions: Customer solutions }\nroles: { lead: Lead }\n\
    attributes: { organization: { call: { type: text }, caller: { type: text }, since: { type: integer } } }\n";

const REST: &str = "language: 1\nplaybook: general-request\ntitle: Rest\nopens: [ mail, api ]\ninitial: open\n\
    states: { open: { choices: { close: { label: Close, target: closed } } }, closed: { type: final } }\n";

/// A handbook whose only schedule is this one, with segments of both kinds.
fn handbook(schedule: &str) -> Files {
    let mut files = Files::new();
    files.insert("desk.yaml", DESK);
    files.insert("playbooks/general-request.yaml", REST);
    files.insert(
        "segments/clients.yaml",
        "language: 1\nsegment: clients\nof: organization\nwhere: organization.plan == \"pro\"\n",
    );
    files.insert(
        "segments/people.yaml",
        "language: 1\nsegment: people\nof: contact\nwhere: contact.role == \"admin\" && organization.plan == \"pro\"\n",
    );
    files.insert(
        "segments/doubtful.yaml",
        "language: 1\nsegment: doubtful\nof: organization\nwhere: organization.call.startsWith(\"day\")\n",
    );
    files.insert(
        "playbooks/report.yaml",
        format!(
            "language: 1\nplaybook: report\ntitle: Report\nteam: support\nopens: [ {schedule} ]\n\
             fields: {{ month: {{ type: text }}, day: {{ type: date }} }}\ninitial: writing\n\
             states: {{ writing: {{ choices: {{ done: {{ label: Done, target: closed }} }} }}, closed: {{ type: final }} }}\n"
        ),
    );
    files
}

const SUBJECT: &str =
    "subject: '{{ organization.name }} {{ opening.month }}', set: { month: opening.previous_month, day: opening.date }";

/// The schedule with what its tickets are called and begin with.
fn with_subject(schedule: &str) -> Files {
    handbook(&format!("{{ {schedule}, {SUBJECT} }}"))
}

async fn organization(desk: &Desk, key: &str, change: organizations::Change) {
    let command = UpsertOrganization { key: key.to_owned(), change };
    desk.handle(&Actor::Desk, Command::UpsertOrganization(command)).await.unwrap();
}

async fn client(desk: &Desk, key: &str) {
    organization(desk, key, organizations::Change { plan: Some("pro".to_owned()), ..Default::default() }).await;
}

/// A client with these attributes.
async fn client_with(desk: &Desk, key: &str, attributes: Value) {
    let attributes = attributes.as_object().cloned().unwrap();
    let change = organizations::Change { plan: Some("pro".to_owned()), attributes, ..Default::default() };
    organization(desk, key, change).await;
}

async fn publish(desk: &Desk, files: Files) {
    let outcome = desk.handle(&Actor::Desk, Command::PublishHandbook(PublishHandbook(files))).await.unwrap();
    assert!(matches!(outcome, Outcome::Published(Published::Revision(_))), "{outcome:?}");
}

async fn settle(desk: &Desk) {
    desk.settle(&Courier::default()).await.unwrap();
}

/// The subjects of all tickets, sorted.
async fn subjects(desk: &Desk) -> Vec<String> {
    let mut subjects: Vec<String> = all_tickets(desk).await.into_iter().map(|row| row.ticket.subject).collect();
    subjects.sort();
    subjects
}

async fn only_ticket(desk: &Desk) -> Summary {
    let mut all = all_tickets(desk).await;
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// What a team was told beside tickets.
async fn told(desk: &Desk) -> Vec<String> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let notices = notifications::beside_tickets(&mut desk.read().await.unwrap(), scope, 99).await.unwrap();
    assert!(notices.iter().all(|notice| notice.audience == "support"));
    notices.into_iter().map(|notice| notice.text).collect()
}

/// What a team was told on tickets.
async fn told_on_tickets(desk: &Desk) -> Vec<String> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let mut told = Vec::new();
    for row in all_tickets(desk).await {
        let notices = notifications::of_ticket(&mut desk.read().await.unwrap(), scope, row.ticket.id, 99).await.unwrap();
        told.extend(notices.into_iter().map(|notice| notice.text));
    }
    told
}

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[tokio::test]
async fn every_client_has_a_ticket_on_its_day_of_each_month_and_nobody_else_has() {
    let files = with_subject("schedule: day 8 09:00, each: clients, key: [ organization, month ]");
    on_each_database_with(Some(files), async |desk| {
        client(&desk, "Borealis").await;
        organization(&desk, "Cumulus", organizations::Change::default()).await;
        settle(&desk).await;
        assert_eq!(desk.next_due().await.unwrap(), Some(at("2026-12-08T09:00:00Z")), "nothing to do before");
        pass(&desk, days(60)).await;
        assert_eq!(subjects(&desk).await, ["Acme 2026-12", "Acme 2027-01", "Borealis 2026-12", "Borealis 2027-01"]);
        let first = all_tickets(&desk).await.pop().unwrap().ticket;
        assert_eq!(first.created_at, at("2026-12-08T09:00:00Z"));
        assert_eq!((&first.fields["month"], &first.fields["day"]), (&json!("2026-11"), &json!("2026-12-08")));
        assert_eq!((first.state.as_str(), first.team.as_deref()), ("writing", Some("support")));
    })
    .await;
}

#[tokio::test]
async fn a_ticket_that_no_person_asked_for_has_its_organization_as_the_requester() {
    let files = with_subject("schedule: MO 09:00, each: clients");
    on_each_database_with(Some(files), async |desk| {
        pass(&desk, days(15)).await;
        let all = all_tickets(&desk).await;
        assert_eq!(all.len(), 2);
        assert!(all.iter().all(|row| row.requester_name == "Acme" && row.requester_address.is_none()));
        assert_eq!(all[0].ticket.requester, all[1].ticket.requester, "one stands for it on all of them");
        assert_eq!(all[0].organization_name.as_deref(), Some("Acme"));
        let everybody = contacts::after(&mut desk.read().await.unwrap(), None, 99).await.unwrap();
        assert_eq!(
            everybody.iter().map(contacts::Contact::label).collect::<Vec<_>>(),
            ["Maria"],
            "it is nobody to write to"
        );
    })
    .await;
}

#[tokio::test]
async fn a_schedule_for_nobody_in_particular_opens_one_ticket_each_time() {
    let files = handbook("{ schedule: 'MO,TH 09:00', set: { month: opening.month } }");
    on_each_database_with(Some(files), async |desk| {
        pass(&desk, days(14)).await;
        let all = all_tickets(&desk).await;
        assert_eq!(all.len(), 4);
        assert!(all.iter().all(|row| row.requester_name == "Support" && row.ticket.organization.is_none()));
        assert_eq!(all[0].ticket.subject, "Report");
    })
    .await;
}

#[tokio::test]
async fn whoever_the_handbook_names_is_the_requester_and_a_name_that_is_no_address_is_told() {
    let files = with_subject("schedule: MO 09:00, each: clients, requester: organization.caller");
    on_each_database_with(Some(files), async |desk| {
        client_with(&desk, "Acme", json!({"caller": "maria@acme.example"})).await;
        client_with(&desk, "Borealis", json!({"caller": "the porter"})).await;
        pass(&desk, days(7)).await;
        let mut asked: Vec<_> = all_tickets(&desk).await.into_iter().map(|row| row.requester_name).collect();
        asked.sort();
        assert_eq!(asked, ["Borealis", "Maria"]);
        assert_eq!(
            told_on_tickets(&desk).await,
            ["Nobody can be written to on ticket 1002: \"the porter\" is no mail address"]
        );
    })
    .await;
}

#[tokio::test]
async fn contacts_have_tickets_of_their_own_by_what_is_known_of_them_and_their_organization() {
    let files = handbook("{ schedule: MO 09:00, each: people, subject: 'For {{ requester.name }}' }");
    on_each_database_with(Some(files), async |desk| {
        organization(&desk, "Cumulus", organizations::Change::default()).await;
        for (email, organization, role) in
            [("rui@acme.example", "Acme", "reader"), ("lia@cumulus.example", "Cumulus", "admin")]
        {
            let (email, organization, role) = (email.to_owned(), Some(organization.to_owned()), Some(role.to_owned()));
            let name = Some(email.clone());
            let contact = UpsertContact { email, name, organization, role, ..Default::default() };
            desk.handle(&Actor::Desk, Command::UpsertContact(contact)).await.unwrap();
        }
        pass(&desk, days(7)).await;
        let row = only_ticket(&desk).await;
        assert_eq!(
            (row.ticket.subject.as_str(), row.requester_address.as_deref()),
            ("For Maria", Some("maria@acme.example"))
        );
        assert_eq!(row.organization_name.as_deref(), Some("Acme"));
    })
    .await;
}

#[tokio::test]
async fn a_client_who_comes_late_has_a_ticket_at_once_while_the_date_is_ahead() {
    let files = with_subject("schedule: day 8 09:00, each: clients, before: 14 days");
    on_each_database_with(Some(files), async |desk| {
        pass(&desk, days(7)).await;
        settle(&desk).await;
        assert_eq!(subjects(&desk).await, ["Acme 2026-12"], "on 24 November");
        pass(&desk, days(2)).await;
        client(&desk, "Borealis").await;
        assert_eq!(subjects(&desk).await, ["Acme 2026-12", "Borealis 2026-12"]);
        client(&desk, "Borealis").await;
        settle(&desk).await;
        assert_eq!(subjects(&desk).await.len(), 2, "once");
        // On 9 December its date is past, and that of January not yet near.
        pass(&desk, days(13)).await;
        client(&desk, "Cumulus").await;
        settle(&desk).await;
        assert_eq!(subjects(&desk).await.len(), 2);
        pass(&desk, days(16)).await;
        assert_eq!(subjects(&desk).await.len(), 5, "on 25 December");
    })
    .await;
}

#[tokio::test]
async fn an_organization_that_changes_brings_its_people_in() {
    let files =
        handbook("{ schedule: day 8 09:00, each: people, before: 14 days, subject: 'For {{ requester.name }}' }");
    on_each_database_with(Some(files), async |desk| {
        organization(&desk, "Acme", organizations::Change { plan: Some("none".to_owned()), ..Default::default() })
            .await;
        pass(&desk, days(10)).await;
        assert!(subjects(&desk).await.is_empty());
        client(&desk, "Acme").await;
        settle(&desk).await;
        assert_eq!(subjects(&desk).await, ["For Maria"]);
    })
    .await;
}

#[tokio::test]
async fn each_client_may_have_a_schedule_of_its_own() {
    let files = with_subject("agreed: organization.call, each: clients, before: 2 days");
    on_each_database_with(Some(files), async |desk| {
        client_with(&desk, "Acme", json!({"call": "day 20 10:00"})).await;
        client_with(&desk, "Borealis", json!({"call": "first MO 10:00"})).await;
        client_with(&desk, "Cumulus", json!({"call": "whenever"})).await;
        client(&desk, "Dorado").await;
        assert_eq!(desk.next_due().await.unwrap(), Some(desk.now()));
        settle(&desk).await;
        assert_eq!(desk.next_due().await.unwrap(), Some(at("2026-11-18T10:00:00Z")));
        pass(&desk, days(30)).await;
        assert_eq!(subjects(&desk).await, ["Acme 2026-11", "Borealis 2026-12"]);
        assert!(told(&desk).await.iter().all(|text| text.contains("The first: Cumulus (playbooks/report.yaml:5:")));
        // A day that is agreed anew counts from now on.
        client_with(&desk, "Dorado", json!({"call": "day 18 10:00"})).await;
        assert_eq!(subjects(&desk).await, ["Acme 2026-11", "Borealis 2026-12", "Dorado 2026-12"]);
        client_with(&desk, "Cumulus", json!({"call": "day 19 12:00"})).await;
        assert_eq!(desk.next_due().await.unwrap(), Some(at("2026-12-17T12:00:00Z")));
        pass(&desk, days(1)).await;
        assert_eq!(subjects(&desk).await.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn who_cannot_be_judged_is_left_out_and_told_and_holds_up_nobody() {
    let files = with_subject("schedule: MO 09:00, each: doubtful");
    on_each_database_with(Some(files), async |desk| {
        client(&desk, "Borealis").await;
        client_with(&desk, "Cumulus", json!({"call": "day 8"})).await;
        pass(&desk, days(7)).await;
        assert_eq!(subjects(&desk).await, ["Cumulus 2026-11"]);
        let told = told(&desk).await;
        let last = told.last().unwrap();
        assert!(
            last.contains("met 2 entries") && last.contains("The first: Acme (segments/doubtful.yaml:4:8"),
            "{last}"
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_missed_is_made_up_for_once_and_not_after_a_month() {
    let files = with_subject("schedule: MO 09:00, each: clients");
    on_each_database_with(Some(files), async |desk| {
        settle(&desk).await;
        desk.ground.clock.advance_to(at("2027-03-03T12:00:00Z"));
        settle(&desk).await;
        let ticket = only_ticket(&desk).await.ticket;
        assert_eq!(ticket.fields["day"], "2027-03-01", "the last Monday, of fifteen");
        pass(&desk, days(7)).await;
        assert_eq!(all_tickets(&desk).await.len(), 2);
    })
    .await;
    let files = with_subject("schedule: 12-24 09:00, each: clients");
    on_each_database_with(Some(files), async |desk| {
        settle(&desk).await;
        desk.ground.clock.advance_to(at("2027-01-24T09:00:01Z"));
        settle(&desk).await;
        assert!(all_tickets(&desk).await.is_empty());
        assert_eq!(desk.next_due().await.unwrap(), Some(at("2027-12-24T09:00:00Z")));
    })
    .await;
}

#[tokio::test]
async fn a_handbook_that_is_published_again_opens_nothing_twice() {
    let monthly =
        |day: u32| with_subject(&format!("schedule: day {day} 09:00, each: clients, key: [ organization, month ]"));
    on_each_database_with(Some(monthly(8)), async |desk| {
        pass(&desk, days(22)).await;
        assert_eq!(subjects(&desk).await, ["Acme 2026-12"]);
        let mut commented = monthly(8);
        commented.insert("desk.yaml", format!("{DESK}# the same\n"));
        publish(&desk, commented).await;
        settle(&desk).await;
        // The day moves; December has its ticket.
        publish(&desk, monthly(10)).await;
        pass(&desk, days(10)).await;
        assert_eq!(subjects(&desk).await, ["Acme 2026-12"]);
        pass(&desk, days(30)).await;
        assert_eq!(subjects(&desk).await, ["Acme 2026-12", "Acme 2027-01"]);
        // A playbook that no schedule opens any more rests.
        publish(&desk, handbook("hand")).await;
        assert_eq!(desk.next_due().await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_segment_that_is_written_anew_takes_its_members_in_while_the_date_is_ahead() {
    let files = with_subject("schedule: day 8 09:00, each: clients, before: 14 days");
    on_each_database_with(Some(files.clone()), async |desk| {
        organization(&desk, "Cumulus", organizations::Change::default()).await;
        pass(&desk, days(10)).await;
        assert_eq!(subjects(&desk).await, ["Acme 2026-12"]);
        let mut all = files.clone();
        all.insert("segments/clients.yaml", "language: 1\nsegment: clients\nof: organization\nwhere: 'true'\n");
        publish(&desk, all).await;
        settle(&desk).await;
        assert_eq!(subjects(&desk).await, ["Acme 2026-12", "Cumulus 2026-12"]);
    })
    .await;
}

#[tokio::test]
async fn hundreds_of_clients_are_seen_to_page_by_page() {
    let files = with_subject("schedule: MO 09:00, each: clients");
    on_each_database_with(Some(files), async |desk| {
        for number in 0..130 {
            let plan = if number % 2 == 0 { "pro" } else { "basic" };
            let change = organizations::Change { plan: Some(plan.to_owned()), ..Default::default() };
            organization(&desk, &format!("client-{number:03}"), change).await;
        }
        pass(&desk, days(7)).await;
        assert_eq!(all_tickets(&desk).await.len(), 66);
    })
    .await;
}

#[tokio::test]
async fn a_schedule_that_the_desk_fails_on_is_put_off_for_a_while_and_the_leads_are_told() {
    let files = with_subject("schedule: MO 09:00, each: clients");
    on_each_database_with(Some(files), async |desk| {
        settle(&desk).await;
        desk.ground.clock.advance_to(at("2026-11-23T09:00:00Z"));
        let hour = SignedDuration::from_hours(1);
        schedules::put_off(&desk.ground, "report", "MO 09:00 each clients", hour, "a defect").await.unwrap();
        settle(&desk).await;
        assert!(subjects(&desk).await.is_empty());
        let scope = Scope::of(&agent(&desk, "Ana").await).unwrap();
        let told = notifications::beside_tickets(&mut desk.read().await.unwrap(), scope, 9).await.unwrap();
        assert!(told.iter().all(|notice| notice.audience == "lead" && notice.text.ends_with("tries again later: a defect")));
        assert_eq!((told.len(), desk.next_due().await.unwrap()), (1, Some(desk.now() + hour)));
        pass(&desk, hour).await;
        assert_eq!(subjects(&desk).await, ["Acme 2026-11"]);
    })
    .await;
}

/// Opens another desk on the same database.
async fn desk_at(location: Location, now: &str, files: &Files) -> Desk {
    let (handbook, address) = (Some(files.clone()), Some("help@desk.example".to_owned()));
    let (clock, chance) = (Clock::standing_at(at(now)), Chance::seeded(3));
    let opening = Opening { location, attachments: None, handbook, address, clock, chance, holder: "test".to_owned() };
    Desk::open(opening).await.unwrap()
}

/// Tells `story` of each place where several desks can meet.
async fn where_desks_meet(name: &str, story: impl AsyncFn(Location)) {
    let folder = tempfile::tempdir().unwrap();
    story(Location::File(folder.path().join("desk.db"))).await;
    if let Ok(url) = std::env::var("DESKHAND_TEST_POSTGRES") {
        story(Location::Server { url, schema: Some(format!("{name}_{}", std::process::id())) }).await;
    }
}

#[tokio::test]
async fn a_desk_that_is_started_again_goes_on_where_it_was_and_opens_nothing_twice() {
    let files = with_subject("schedule: day 8 09:00, each: clients");
    where_desks_meet("started_again", async |location: Location| {
        let desk = desk_at(location.clone(), "2026-11-17T09:00:00Z", &files).await;
        for key in ["Acme", "Borealis", "Cumulus"] {
            client(&desk, key).await;
        }
        settle(&desk).await;
        // It stops in the middle of its look, after the first ticket.
        desk.ground.clock.advance_to(at("2026-12-08T09:00:00Z"));
        assert_eq!(desk.fire_next(1).await.unwrap(), 1);
        desk.close().await.unwrap();

        let desk = desk_at(location.clone(), "2026-12-08T09:30:00Z", &files).await;
        open_agents(&desk).await;
        assert_eq!(subjects(&desk).await, ["Acme 2026-12"]);
        settle(&desk).await;
        assert_eq!(subjects(&desk).await, ["Acme 2026-12", "Borealis 2026-12", "Cumulus 2026-12"]);
        desk.close().await.unwrap();

        // And once more, with a clock that was put back.
        let desk = desk_at(location, "2026-12-08T08:59:00Z", &files).await;
        settle(&desk).await;
        desk.ground.clock.advance_to(at("2026-12-08T10:00:00Z"));
        settle(&desk).await;
        assert_eq!(subjects(&desk).await.len(), 3);
        desk.ground.db.erase().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn two_desks_on_one_database_open_each_ticket_once() {
    let files = with_subject("schedule: day 8 09:00, each: clients");
    where_desks_meet("two_desks", async |location: Location| {
        let desk = desk_at(location.clone(), "2026-11-17T09:00:00Z", &files).await;
        open_agents(&desk).await;
        for number in 0..9 {
            client(&desk, &format!("client-{number}")).await;
        }
        settle(&desk).await;
        let other = desk_at(location, "2026-11-17T09:00:00Z", &files).await;
        for desk in [&desk, &other] {
            desk.ground.clock.advance_to(at("2026-12-08T09:00:00Z"));
        }
        let (ours, theirs) = (Courier::default(), Courier::default());
        let (one, two) = futures::future::join(desk.settle(&ours), other.settle(&theirs)).await;
        one.and(two).unwrap();
        let expected: Vec<String> = (0..9).map(|number| format!("client-{number} 2026-12")).collect();
        assert_eq!(subjects(&desk).await, expected);
        assert_eq!(other.next_due().await.unwrap(), Some(at("2027-01-08T09:00:00Z")));
        other.close().await.unwrap();
        desk.ground.db.erase().await.unwrap();
    })
    .await;
}

/// Ana, through whose eyes the tickets are listed.
async fn open_agents(desk: &Desk) {
    let ana = desk::agents::NewAgent {
        name: "Ana".to_owned(),
        address: "ana@desk.example".to_owned(),
        role: desk::Role::Agent,
        teams: vec!["support".to_owned()],
    };
    desk.handle(&Actor::Desk, Command::AddAgent(desk::handle::AddAgent(ana))).await.unwrap();
}
