//! Organizations and contacts: lists by name, files that are brought and taken back, and files that are taken along.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use std::collections::BTreeMap;

use desk::contacts::{self, Listed};
use desk::error::Kind as Failure;
use desk::exports;
use desk::handle::{Command, Reply, ReplyKind, UpsertContact, UpsertOrganization};
use desk::imports::{self, Fate, Kind, Row, State, Undone};
use desk::organizations::{self, Change};
use desk::page::NamePlace;
use desk::{Actor, Desk, Role};
use open::{Courier, agent, mail_in, on_each_database, open_ticket, ticket};
use serde_json::json;
use store::Id;

fn lead() -> Actor {
    Actor::Agent { id: Id(1), name: "Lea".to_owned(), role: Role::Lead }
}

async fn organization(desk: &Desk, key: &str, change: Change) {
    let command = UpsertOrganization { key: key.to_owned(), change };
    desk.handle(&Actor::Desk, Command::UpsertOrganization(command)).await.unwrap();
}

async fn contact(desk: &Desk, email: &str, name: &str) {
    let command = UpsertContact { email: email.to_owned(), name: Some(name.to_owned()), ..Default::default() };
    desk.handle(&Actor::Desk, Command::UpsertContact(command)).await.unwrap();
}

fn named(name: &str) -> Change {
    Change { name: Some(name.to_owned()), ..Change::default() }
}

async fn find(desk: &Desk, key: &str) -> Option<organizations::Organization> {
    organizations::find_by_key(&mut desk.read().await.unwrap(), key).await.unwrap()
}

async fn who(desk: &Desk, email: &str) -> Option<contacts::Contact> {
    contacts::find_by_address(&mut desk.read().await.unwrap(), email).await.unwrap()
}

/// The names of the contacts that are left, in pages of two.
async fn listed(desk: &Desk, filter: &contacts::Filter) -> Vec<String> {
    let (mut names, mut after): (Vec<String>, Option<NamePlace>) = (Vec::new(), None);
    loop {
        let page = contacts::list(&mut desk.read().await.unwrap(), filter, after.as_ref(), 2).await.unwrap();
        names.extend(page.items.iter().map(|row: &Listed| row.contact.label().to_owned()));
        after = page.next.map(|place| place.to_string().parse().unwrap());
        if after.is_none() {
            return names;
        }
    }
}

async fn begin(desk: &Desk, kind: Kind, text: &str) -> Id {
    desk.begin_import(&lead(), kind, "people.csv", text.as_bytes().to_vec()).await.unwrap()
}

async fn rows(desk: &Desk, import: Id) -> Vec<Row> {
    imports::rows(&mut desk.read().await.unwrap(), import, None, -1, 100).await.unwrap().0
}

async fn fates(desk: &Desk, import: Id) -> Vec<&'static str> {
    rows(desk, import).await.iter().map(|row| row.fate.as_str()).collect()
}

async fn state(desk: &Desk, import: Id) -> State {
    imports::find(&mut desk.read().await.unwrap(), import).await.unwrap().state
}

#[tokio::test]
async fn lists_stand_in_the_order_of_names_whatever_their_capitals_and_accents_and_are_cut_page_by_page() {
    on_each_database(async |desk| {
        for (email, name) in [("zoe@acme.example", "Zoé"), ("abel@acme.example", "ábel"), ("b@acme.example", "Abe")] {
            contact(&desk, email, name).await;
        }
        let all = contacts::Filter::default();
        assert_eq!(listed(&desk, &all).await, ["Abe", "ábel", "Maria", "Zoé"]);
        let by = |words: &str| contacts::Filter { words: Some(words.to_owned()), ..Default::default() };
        assert_eq!(listed(&desk, &by("abe")).await, ["Abe", "ábel"], "the beginning of a word is enough");
        assert_eq!(listed(&desk, &by("maria@acme.example")).await, ["Maria"]);
        assert!(listed(&desk, &by("nobody")).await.is_empty() && listed(&desk, &by("?!")).await.is_empty());
        let acme = find(&desk, "Acme").await.unwrap();
        let of_acme = contacts::Filter { organization: Some(acme.id), ..Default::default() };
        assert_eq!(listed(&desk, &of_acme).await, ["Maria"]);

        organization(&desk, "north", Change { parent: Some("Acme".to_owned()), ..named("acme north") }).await;
        let conn = &mut desk.read().await.unwrap();
        let names = async |conn: &mut store::Conn, filter: organizations::Filter| {
            let page = organizations::list(conn, &filter, None, 10).await.unwrap();
            page.items.into_iter().map(|found| found.key).collect::<Vec<_>>()
        };
        assert_eq!(names(conn, organizations::Filter::default()).await, ["Acme", "north"]);
        let pro = organizations::Filter { plan: Some("pro".to_owned()), ..Default::default() };
        assert_eq!(names(conn, pro).await, ["Acme"]);
        let words = organizations::Filter { words: Some("nor".to_owned()), ..Default::default() };
        assert_eq!(names(conn, words).await, ["north"]);
        assert_eq!(organizations::plans(conn).await.unwrap(), ["pro"]);
        let children = organizations::children(conn, acme.id, 5).await.unwrap();
        assert_eq!(children.shown.iter().map(|child| child.key.as_str()).collect::<Vec<_>>(), ["north"]);
    })
    .await;
}

#[tokio::test]
async fn an_empty_text_takes_away_what_was_known_and_an_agent_only_reads() {
    on_each_database(async |desk| {
        let gone = Change { plan: Some(String::new()), time_zone: Some(String::new()), ..Change::default() };
        organization(&desk, "Acme", gone).await;
        let acme = find(&desk, "Acme").await.unwrap();
        assert_eq!((acme.name.as_str(), acme.plan, acme.time_zone), ("Acme", None, None));
        let alone = UpsertContact {
            email: "maria@acme.example".to_owned(),
            organization: Some(String::new()),
            role: Some(String::new()),
            ..Default::default()
        };
        let ana = agent(&desk, "Ana").await;
        let refused = desk.handle(&ana, Command::UpsertContact(alone.clone())).await.unwrap_err();
        assert_eq!(refused.kind, Failure::Forbidden);
        desk.handle(&lead(), Command::UpsertContact(alone)).await.unwrap();
        let maria = who(&desk, "maria@acme.example").await.unwrap();
        assert_eq!((maria.organization, maria.role, maria.name.as_deref()), (None, None, Some("Maria")));
    })
    .await;
}

const PEOPLE: &str = "Email;Nome completo;Company;Role;Shoe size\r\n\
    maria@acme.example;Maria;Acme;owner;38\r\n\
    Rui@Acme.example;Rui Tavares;;;\r\n\
    nobody;Nobody;;;\r\n\
    rui@acme.example;Rui again;;;\r\n\
    eva@acme.example;Eva;Nowhere;;\r\n";

#[tokio::test]
async fn a_file_of_contacts_is_looked_at_carried_out_once_and_taken_back() {
    on_each_database(async |desk| {
        let import = begin(&desk, Kind::Contacts, PEOPLE).await;
        assert_eq!(fates(&desk, import).await, ["changed", "new", "refused", "refused", "refused"]);
        let why: Vec<_> = rows(&desk, import).await.into_iter().map(|row| row.why).collect();
        assert_eq!((why[0][0].field.as_str(), why[0][0].message.as_str()), ("role", "owner"));
        let new: Vec<_> = why[1].iter().map(|why| (why.field.as_str(), why.message.as_str())).collect();
        assert_eq!(new, [("name", "Rui Tavares")], "what is new of somebody new");
        let codes: Vec<_> = why[2..].iter().map(|why| why[0].code.as_str()).collect();
        assert_eq!(codes, ["not-an-address", "twice", "no-such-organization"]);
        let known = imports::find(&mut desk.read().await.unwrap(), import).await.unwrap();
        let columns: Vec<_> = known.columns.iter().map(|column| column.as_deref()).collect();
        assert_eq!(columns, [Some("email"), Some("name"), Some("organization"), Some("role"), None]);
        assert!(who(&desk, "rui@acme.example").await.is_none(), "nothing is changed before it is carried out");

        let conn = &mut desk.read().await.unwrap();
        let (refused, more) = imports::rows(conn, import, Some(Fate::Refused), 3, 1).await.unwrap();
        assert_eq!((refused[0].place, more), (4, true), "the rows of one fate, page by page");
        let (newest, more) = imports::list(conn, Kind::Contacts, None, 5).await.unwrap();
        assert_eq!((newest.iter().map(|import| import.id).collect::<Vec<_>>(), more), (vec![import], false));
        desk.carry_import(&lead(), import).await.unwrap();
        desk.carry_import(&lead(), import).await.unwrap();
        assert_eq!(state(&desk, import).await, State::Done);
        assert_eq!(who(&desk, "rui@acme.example").await.unwrap().name.as_deref(), Some("Rui Tavares"));
        assert_eq!(who(&desk, "maria@acme.example").await.unwrap().role.as_deref(), Some("owner"));
        let again = begin(&desk, Kind::Contacts, PEOPLE).await;
        let unchanged = ["unchanged", "unchanged", "refused", "refused", "refused"];
        assert_eq!(fates(&desk, again).await, unchanged, "the same file again changes nothing");

        desk.undo_import(&lead(), import).await.unwrap();
        assert!(who(&desk, "rui@acme.example").await.is_none());
        assert_eq!(who(&desk, "maria@acme.example").await.unwrap().role.as_deref(), Some("admin"));
        assert_eq!(state(&desk, import).await, State::Undone);
        let undone = imports::undone(&mut desk.read().await.unwrap(), import).await.unwrap();
        let undone: BTreeMap<_, _> = undone.into_iter().map(|(undone, count)| (undone.as_str(), count)).collect();
        assert_eq!(undone, BTreeMap::from([("removed", 1), ("put_back", 1)]));
        let names = listed(&desk, &contacts::Filter::default()).await;
        assert_eq!(names, ["Maria"], "nobody finds who is gone again");
    })
    .await;
}

#[tokio::test]
async fn an_undo_leaves_alone_whom_somebody_changed_since_and_who_is_needed() {
    on_each_database(async |desk| {
        let file = "email,name,role\nmaria@acme.example,,boss\nrui@acme.example,Rui,\neva@acme.example,Eva,\n";
        let import = begin(&desk, Kind::Contacts, file).await;
        desk.carry_import(&lead(), import).await.unwrap();
        contact(&desk, "rui@acme.example", "Rui Tavares").await;
        open_ticket(&desk, "Hello", "Hi").await;
        desk.settle(&open::Courier::default()).await.unwrap();
        let mail = "From: eva@acme.example\nTo: help@desk.example\nSubject: Hi\nMessage-ID: <e@acme.example>\n\nHi\n";
        open::mail_in(&desk, mail).await.unwrap();
        desk.settle(&open::Courier::default()).await.unwrap();
        desk.undo_import(&lead(), import).await.unwrap();
        let undone: Vec<_> = rows(&desk, import).await.into_iter().map(|row| row.undone).collect();
        assert_eq!(undone, [Some(Undone::PutBack), Some(Undone::Left), Some(Undone::Left)]);
        assert_eq!(who(&desk, "rui@acme.example").await.unwrap().name.as_deref(), Some("Rui Tavares"));
        assert!(who(&desk, "eva@acme.example").await.is_some(), "she asked something");
        assert_eq!(who(&desk, "maria@acme.example").await.unwrap().role.as_deref(), Some("admin"));
    })
    .await;
}

#[tokio::test]
async fn a_file_of_organizations_brings_parents_attributes_and_days_off() {
    on_each_database(async |desk| {
        let file = "key,Name,Plan,Parent,Time zone,Documents they have,days_off\n\
            group,Group,,,Europe/Lisbon,,\n\
            south,South,pro,group,,3,2026-12-24; 2026-12-31\n\
            moon,Moon,,,Moon/Crater,,\n\
            west,West,,,,many,\n\
            two words,X,,,,,\n\
            Acme,Acme Ltd,,,,,\n";
        let import = begin(&desk, Kind::Organizations, file).await;
        assert_eq!(fates(&desk, import).await, ["new", "new", "refused", "refused", "refused", "changed"]);
        desk.carry_import(&lead(), import).await.unwrap();
        let (group, south) = (find(&desk, "group").await.unwrap(), find(&desk, "south").await.unwrap());
        assert_eq!((south.parent, south.plan.as_deref()), (Some(group.id), Some("pro")));
        assert_eq!(south.attributes["documents"], json!(3));
        assert_eq!(south.attributes["days_off"], json!(["2026-12-24", "2026-12-31"]));
        assert_eq!(fates(&desk, import).await.iter().filter(|fate| **fate == "refused").count(), 3);
        let kept = rows(&desk, import).await.into_iter().filter(|row| row.fate == Fate::Refused && row.carried).count();
        assert_eq!(kept, 0);

        // What an export wrote, an import knows.
        let conn = &mut desk.read().await.unwrap();
        let handbook = desk.handbooks.current(conn).await.unwrap();
        let declared = &handbook.desk.attributes.organization;
        let sheet = exports::organizations(conn, &organizations::Filter::default(), declared).await.unwrap();
        for bytes in [sheet.to_csv().unwrap(), sheet.to_workbook().unwrap()] {
            let again = desk.begin_import(&lead(), Kind::Organizations, "again", bytes).await.unwrap();
            assert_eq!(fates(&desk, again).await, ["unchanged"; 3]);
        }
        desk.undo_import(&lead(), import).await.unwrap();
        assert!(find(&desk, "group").await.is_none() && find(&desk, "south").await.is_none());
        assert_eq!(find(&desk, "Acme").await.unwrap().name, "Acme");
    })
    .await;
}

#[tokio::test]
async fn a_large_file_is_carried_out_in_batches_and_only_by_those_who_may() {
    on_each_database(async |desk| {
        let lines: String = (0..120).map(|n| format!("p{n}@acme.example,Person {n}\n")).collect();
        let file = format!("email,name\n{lines}");
        let ana = agent(&desk, "Ana").await;
        let refused = desk.begin_import(&ana, Kind::Contacts, "x.csv", file.clone().into_bytes()).await.unwrap_err();
        assert_eq!(refused.kind, Failure::Forbidden);
        let import = begin(&desk, Kind::Contacts, &file).await;
        desk.carry_import(&lead(), import).await.unwrap();
        let counts = imports::counts(&mut desk.read().await.unwrap(), import).await.unwrap();
        assert_eq!(counts, [(Fate::New, 120)]);
        assert_eq!(listed(&desk, &contacts::Filter::default()).await.len(), 121);
        let filter = contacts::Filter { words: Some("person 11".to_owned()), organization: None };
        let sheet = exports::contacts(&mut desk.read().await.unwrap(), &filter, &BTreeMap::new()).await.unwrap();
        assert_eq!(sheet.rows(), 11, "11 and 110 to 119");
        desk.undo_import(&lead(), import).await.unwrap();
        assert_eq!(listed(&desk, &contacts::Filter::default()).await, ["Maria"]);
        let late = desk.carry_import(&lead(), import).await.unwrap_err();
        assert_eq!(late.code, "import-moved-on");
    })
    .await;
}

#[tokio::test]
async fn columns_that_nobody_knows_by_their_titles_are_taken_for_what_somebody_says() {
    on_each_database(async |desk| {
        let import =
            begin(&desk, Kind::Contacts, "Correio,Quem,Sapato\nrui@acme.example,Rui,44\nnobody,Nobody,1\n").await;
        assert_eq!(fates(&desk, import).await, ["refused"; 2], "nothing says who each row is about");
        let column = |name: &str| Some(name.to_owned());
        let wrong = [
            (vec![column("email")], "wrong-number"),
            (vec![column("email"), column("shoe"), None], "no-such-column"),
            (vec![column("email"), column("name"), column("name")], "twice"),
            (vec![None, column("name"), None], "no-key-column"),
        ];
        for (columns, code) in wrong {
            let refused = desk.map_import(&lead(), import, columns).await.unwrap_err();
            assert_eq!((refused.fields[0].field.as_str(), refused.fields[0].code.as_str()), ("columns", code));
        }
        let columns = vec![column("email"), column("name"), None];
        let ana = agent(&desk, "Ana").await;
        assert_eq!(desk.map_import(&ana, import, columns.clone()).await.unwrap_err().kind, Failure::Forbidden);
        desk.map_import(&lead(), import, columns.clone()).await.unwrap();
        assert_eq!((fates(&desk, import).await, state(&desk, import).await), (vec!["new", "refused"], State::LookedAt));
        // Looked at again and again, each row stays one.
        desk.map_import(&lead(), import, vec![column("email"), None, column("role")]).await.unwrap();
        desk.map_import(&lead(), import, columns.clone()).await.unwrap();
        desk.carry_import(&lead(), import).await.unwrap();
        assert_eq!(who(&desk, "rui@acme.example").await.unwrap().name.as_deref(), Some("Rui"));
        assert_eq!(who(&desk, "rui@acme.example").await.unwrap().role, None);
        let late = desk.map_import(&lead(), import, columns).await.unwrap_err();
        assert_eq!(late.code, "import-moved-on");
        desk.undo_import(&lead(), import).await.unwrap();
        assert!(who(&desk, "rui@acme.example").await.is_none());
    })
    .await;
}

#[tokio::test]
async fn an_import_goes_ninety_days_after_it_was_last_carried_out_or_undone() {
    on_each_database(async |desk| {
        let lines: String = (0..600).map(|n| format!("p{n}@acme.example\n")).collect();
        let (looked, carried) = (begin(&desk, Kind::Contacts, &format!("email\n{lines}")).await, {
            begin(&desk, Kind::Contacts, "email\nrui@acme.example\n").await
        });
        let pass = |days: i64| desk.ground.clock.advance(jiff::SignedDuration::from_hours(24 * days));
        let left = async || {
            imports::clear_old(&desk.ground).await.unwrap();
            let conn = &mut desk.read().await.unwrap();
            let (left, _) = imports::list(conn, Kind::Contacts, None, 9).await.unwrap();
            left.into_iter().map(|import| import.id).collect::<Vec<_>>()
        };
        pass(80);
        desk.carry_import(&lead(), carried).await.unwrap();
        pass(11);
        assert_eq!(left().await, [carried], "what nobody carried out goes by when it was brought, however long it is");
        assert!(imports::find(&mut desk.read().await.unwrap(), looked).await.is_err());
        pass(70);
        desk.undo_import(&lead(), carried).await.unwrap();
        pass(89);
        assert_eq!(left().await, [carried]);
        pass(2);
        assert_eq!(left().await, []);
        assert_eq!(imports::clear_old(&desk.ground).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_contact_has_several_addresses_and_is_written_to_at_the_first() {
    on_each_database(async |desk| {
        contact(&desk, "maria@acme.example", "Maria Quintela").await;
        contact(&desk, "otto@acme.example", "Otto").await;
        let have = async |addresses: &[&str]| {
            let command = UpsertContact {
                email: "maria@acme.example".to_owned(),
                addresses: Some(addresses.iter().map(|&address| address.to_owned()).collect()),
                ..Default::default()
            };
            desk.handle(&lead(), Command::UpsertContact(command)).await.map(drop)
        };
        have(&["Maria@Home.example ", "maria@acme.example", "maria@home.example"]).await.unwrap();
        let maria = who(&desk, "maria@acme.example").await.unwrap();
        let known = async || {
            let known = contacts::addresses(&mut desk.read().await.unwrap(), maria.id).await.unwrap();
            known.into_iter().map(|known| (known.address, known.verified)).collect::<Vec<_>>()
        };
        let both = [("maria@home.example".to_owned(), true), ("maria@acme.example".to_owned(), true)];
        assert_eq!(known().await, both);
        let filter = contacts::Filter { words: Some("maria@home".to_owned()), ..Default::default() };
        assert_eq!(listed(&desk, &filter).await, ["Maria Quintela"], "each of them is searched");

        // What she writes from either is hers, and she is answered at the first.
        let mail = "From: maria@acme.example\nTo: help@desk.example\nSubject: Hello\nMessage-ID: <hello@acme.example>\n\nHello\n";
        let opened = mail_in(&desk, mail).await.unwrap().ticket().unwrap();
        assert_eq!(ticket(&desk, opened).await.requester, maria.id);
        let courier = Courier::default();
        let ana = agent(&desk, "Ana").await;
        let reply = Reply {
            ticket: opened,
            body: "Hello Maria.".to_owned(),
            kind: ReplyKind::Reply,
            files: Vec::new(),
            seen: None,
            key: None,
        };
        desk.handle(&ana, Command::Reply(reply)).await.unwrap();
        desk.settle(&courier).await.unwrap();
        assert_eq!(courier.carried.lock().unwrap().last().unwrap().mail.recipients, ["maria@home.example"]);

        for (addresses, codes) in [
            (&["maria@acme.example"][..], &["addresses-used"][..]),
            (&["maria@home.example", "otto@acme.example", "no"], &["addresses-wrong"]),
            (&["otto@acme.example", "maria@home.example"], &["addresses-taken", "addresses-used"]),
            (&["", " "], &["addresses-none"]),
        ] {
            let refused = have(addresses).await.unwrap_err();
            assert_eq!(refused.fields.iter().map(|field| field.code.as_str()).collect::<Vec<_>>(), codes, "{refused:?}");
            assert_eq!(known().await, both, "nothing of it is kept");
        }
        have(&["maria@new.example", "maria@home.example", "maria@acme.example"]).await.unwrap();
        assert_eq!(who(&desk, "maria@new.example").await.unwrap().id, maria.id);
        have(&["maria@acme.example", "maria@home.example"]).await.unwrap();
        assert_eq!(who(&desk, "maria@acme.example").await.unwrap().address.as_deref(), Some("maria@acme.example"));
        assert_eq!(who(&desk, "maria@new.example").await, None, "no mail ever went or came there");
        let filter = contacts::Filter { words: Some("maria@new".to_owned()), ..Default::default() };
        assert!(listed(&desk, &filter).await.is_empty());
    })
    .await;
}
