//! Who has a ticket, when, and who asked for it.

use desk::contacts;
use desk::handle::{Choose, OpenTicket, Sender, UpsertContact};
use desk::tickets::Priority;
use serde_json::{Map, json};

use super::open::{on_each_database_with, pass};
use super::*;

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
async fn what_a_colleague_fills_in_with_a_choice_brings_a_client_in() {
    let files = with_subject("schedule: day 8 09:00, each: clients, before: 30 days");
    on_each_database_with(Some(files), async |desk| {
        organization(&desk, "Cumulus", organizations::Change::default()).await;
        let (email, key) = ("lia@cumulus.example".to_owned(), Some("Cumulus".to_owned()));
        let lia = UpsertContact { email: email.clone(), organization: key, ..Default::default() };
        desk.handle(&Actor::Desk, Command::UpsertContact(lia)).await.unwrap();
        let request = OpenTicket {
            subject: "Hello".to_owned(),
            body: "We have joined".to_owned(),
            requester: Sender { email, name: None },
            playbook: None,
            fields: Map::new(),
            tags: Vec::new(),
            priority: Priority::default(),
            key: None,
        };
        let ana = agent(&desk, "Ana").await;
        let ticket = desk.handle(&ana, Command::OpenTicket(request)).await.unwrap().ticket().unwrap();
        assert_eq!(subjects(&desk).await, ["Acme 2026-12", "Hello"]);
        let (choice, fields) = ("close".to_owned(), json!({"organization.plan": "pro"}));
        let (inputs, fields) = (Map::new(), fields.as_object().cloned().unwrap());
        let choose = Choose { ticket, choice, note: None, inputs, fields, key: None };
        desk.handle(&ana, Command::Choose(choose)).await.unwrap();
        assert_eq!(subjects(&desk).await, ["Acme 2026-12", "Cumulus 2026-12", "Hello"]);
        settle(&desk).await;
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
