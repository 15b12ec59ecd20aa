//! Somebody is erased: no byte of them is left in any table or file, their tickets go on as numbers, and nobody else loses a word.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use std::io::Read;

use desk::backup::{self, Source};
use desk::drafts::{self, NewDraft};
use desk::error::Kind as Failure;
use desk::exports::person;
use desk::handle::{Change, Command, Importing, Reply, ReplyKind, SaveDraft, SubmitForm, UpsertContact};
use desk::imports::Kind;
use desk::rights::Scope;
use desk::search::{self, Wanted};
use desk::tickets::bulk::Deed;
use desk::{Actor, Desk, Role, contacts, erasures, messages};
use flate2::read::GzDecoder;
use jiff::SignedDuration;
use open::{Courier, agent, child, mail_in, on_each_database, pass, ticket};
use playbook::Status;
use serde_json::json;
use store::Id;

const HER: &str = "wilhelmina.quartz@acme.example";
/// Words of hers: parts of her name and addresses, of what she wrote, of a file, of what is known of her.
const WORDS: [&str; 9] = [
    "trombone",
    "wilhelmina",
    "quartz",
    "xylophone",
    "marzipan",
    "glockenspiel",
    "periwinkle",
    "bumblebee",
    "zeppelin",
];

fn owner() -> Actor {
    Actor::Agent { id: Id(1), name: "Olga".to_owned(), role: Role::Owner }
}

async fn known(desk: &Desk) -> Id {
    let her = UpsertContact {
        email: HER.to_owned(),
        name: Some("Wilhelmina Quartz".to_owned()),
        organization: Some("Acme".to_owned()),
        role: Some("periwinkle".to_owned()),
        may: Some(vec!["bumblebee".to_owned()]),
        ..Default::default()
    };
    desk.handle(&Actor::Desk, Command::UpsertContact(her)).await.unwrap();
    contacts::find_by_address(&mut desk.read().await.unwrap(), HER).await.unwrap().unwrap().id
}

/// Every part of a backup, which forgets no table and no file, in small letters.
async fn everything(desk: &Desk) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.tar.gz");
    let source =
        Source { db: &desk.ground.db, shelf: &desk.shelf, now: desk.now(), program: "0.1.0", master_key: None };
    backup::make(&source, &file).await.unwrap();
    let mut bytes = Vec::new();
    GzDecoder::new(std::fs::File::open(file).unwrap()).read_to_end(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes).to_lowercase()
}

async fn found(desk: &Desk, words: &str) -> usize {
    let ana = agent(desk, "Ana").await;
    let zone = jiff::tz::TimeZone::UTC;
    search::find(&desk.ground, &ana, &Wanted::read(words).unwrap(), &zone, None, 50).await.unwrap().items.len()
}

async fn wrote(desk: &Desk, raw: &str) -> Id {
    let id = mail_in(desk, raw).await.unwrap().ticket().unwrap();
    desk.settle(&Courier::default()).await.unwrap();
    id
}

async fn says(desk: &Desk, ticket: Id, body: &str, kind: ReplyKind) {
    let reply = Reply { ticket, body: body.to_owned(), kind, files: Vec::new(), seen: None, key: None };
    desk.handle(&agent(desk, "Ana").await, Command::Reply(reply)).await.unwrap();
    desk.settle(&Courier::default()).await.unwrap();
}

async fn texts(desk: &Desk, id: Id) -> Vec<String> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let messages = messages::of_ticket(&mut desk.read().await.unwrap(), scope, id, 50).await.unwrap();
    messages.into_iter().map(|message| message.text).collect()
}

/// A mail of hers with a file.
const MAIL: &str = "From: Wilhelmina Quartz <wilhelmina.quartz@acme.example>\nTo: help@desk.example\n\
    Subject: My xylophone\nMessage-ID: <quartz-1@acme.example>\nMIME-Version: 1.0\n\
    Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n\
    The xylophone is out of tune.\n--b\nContent-Type: text/plain; name=marzipan.txt\n\
    Content-Disposition: attachment; filename=marzipan.txt\n\nglockenspiel\n--b--\n";

/// What she has to do with the desk: a mail with a file and answers to it, a form whose run goes on, a mail that waits aside, a colleague's
/// mail that she is named in, rows of an import. Gives the ticket of the mail, of the form, and of the colleague.
async fn history(desk: &Desk) -> (Id, Id, Id) {
    let mailed = wrote(desk, MAIL).await;
    says(desk, mailed, "Dear Wilhelmina, which xylophone?", ReplyKind::Reply).await;
    says(desk, mailed, "Quartz rang, too.", ReplyKind::Note).await;
    let mut form = open::survey();
    form.from.email = HER.to_owned();
    form.from.name = None;
    form.answers = json!({"documents": 1, "details": "A zeppelin on top"}).as_object().cloned().unwrap();
    let submitted = desk.handle(&Actor::Outside, Command::SubmitForm(SubmitForm { ..form })).await.unwrap();
    desk.settle(&Courier::default()).await.unwrap();
    let fields = json!({"details": "A \"trombone\" instead"}).as_object().cloned().unwrap();
    let deeds = vec![Deed::Fields { fields, was: Default::default() }];
    let correction = Change { ticket: submitted.ticket().unwrap(), deeds, bulk: None };
    desk.handle(&agent(desk, "Ana").await, Command::Change(correction)).await.unwrap();
    let draft = NewDraft {
        kind: drafts::Kind::Reply,
        party: String::new(),
        text: "A marzipan for Quartz".to_owned(),
        submission: "s1".to_owned(),
        over: None,
    };
    let draft = SaveDraft { ticket: mailed, draft };
    desk.handle(&agent(desk, "Ana").await, Command::SaveDraft(draft)).await.unwrap();
    let said = desk.ground.change(&Actor::Desk, move |context| {
        Box::pin(async move { messages::once::said_before(context, &format!("hello:{HER}"), mailed).await })
    });
    assert_eq!(said.await.unwrap(), None);
    mail_in(
        desk,
        "From: wilhelmina.quartz@acme.example\nTo: help@desk.example\nSubject: Away: glockenspiel\n\
         Auto-Submitted: auto-replied\nMessage-ID: <away@acme.example>\n\nAway with the zeppelin.\n",
    )
    .await
    .unwrap();
    let colleague = wrote(
        desk,
        "From: maria@acme.example\nTo: help@desk.example\nCc: wilhelmina.quartz@acme.example\nSubject: Our plan\n\
         Message-ID: <plan@acme.example>\n\nAsk Wilhelmina Quartz (wilhelmina.quartz@acme.example) about the harvest.\n",
    )
    .await;
    let file = format!("email,name,role\n{HER},Wilhelmina Quartz,periwinkle\nmaria@acme.example,Maria,boss\n");
    let import = desk.begin_import(&owner(), Kind::Contacts, "x.csv", file.into_bytes()).await.unwrap();
    desk.handle(&owner(), Command::Import(Importing::Carry(import))).await.unwrap();
    // An answer that has not left yet.
    let (body, kind) = ("The marzipan is on its way.".to_owned(), ReplyKind::Reply);
    let reply = Reply { ticket: mailed, body, kind, files: Vec::new(), seen: None, key: None };
    desk.handle(&agent(desk, "Ana").await, Command::Reply(reply)).await.unwrap();
    (mailed, submitted.ticket().unwrap(), colleague)
}

#[tokio::test]
async fn no_byte_of_somebody_who_was_erased_is_left_and_their_open_tickets_go_on() {
    on_each_database(async |desk| {
        let her = known(&desk).await;
        let (mailed, form, colleague) = history(&desk).await;
        let before = everything(&desk).await;
        for word in WORDS {
            assert!(before.contains(word), "{word} is known before");
        }
        let conn = &mut desk.read().await.unwrap();
        let extent = erasures::extent(conn, her).await.unwrap();
        assert!(extent.tickets >= 2 && extent.messages >= 4 && extent.files == 1, "{extent:?}");
        let (numbers, state) = (ticket(&desk, mailed).await.number, ticket(&desk, form).await.state);

        let lead = Actor::Agent { id: Id(1), name: "Lea".to_owned(), role: Role::Lead };
        assert_eq!(desk.erase_contact(&lead, her).await.unwrap_err().kind, Failure::Forbidden);
        desk.erase_contact(&owner(), her).await.unwrap();
        desk.erase_contact(&owner(), her).await.unwrap();

        let after = everything(&desk).await;
        for word in WORDS {
            let at = after.find(word).map(|at| after[at.saturating_sub(200)..].chars().take(400).collect::<String>());
            assert_eq!(at, None, "{word} is left");
            assert_eq!(found(&desk, word).await, 0, "{word} is found");
        }
        let left = ticket(&desk, mailed).await;
        assert_eq!((left.number, left.subject.as_str(), left.requester), (numbers, "Erased", her));
        assert_eq!(contacts::find(conn, her).await.unwrap().unwrap().label(), "Erased person");
        assert!(texts(&desk, mailed).await.iter().all(String::is_empty));
        assert_eq!(texts(&desk, colleague).await[0].trim(), "Ask [erased] ([erased]) about the harvest.");
        assert_eq!(ticket(&desk, colleague).await.subject, "Our plan");

        let courier = Courier::default();
        desk.settle(&courier).await.unwrap();
        assert!(courier.mails().is_empty(), "what had not left goes to nobody");

        // What is open goes on where it stood, by its timers and by hand.
        assert_eq!(ticket(&desk, form).await.state, state);
        pass(&desk, SignedDuration::from_hours(24 * 14)).await;
        says(&desk, mailed, "Noted.", ReplyKind::Note).await;
        let faults = everything(&desk).await.matches("\"fault\":{").count();
        assert_eq!(faults, 0, "no step failed");
        assert!(matches!(ticket(&desk, mailed).await.status, Status::Open | Status::Pending | Status::Closed));
        let again = wrote(&desk, &MAIL.replace("quartz-1@", "quartz-2@")).await;
        assert_ne!(ticket(&desk, again).await.requester, her, "whoever writes again is somebody new");
    })
    .await;
}

#[tokio::test]
async fn what_a_company_is_called_is_nobodys_data_and_stays() {
    on_each_database(async |desk| {
        let survey = open::submitted(&desk, &Courier::default()).await;
        let configured = async || child(&desk, survey.id, "config").await.fields["component"].clone();
        let company = configured().await;
        assert!(company.as_str().is_some_and(|name| !name.is_empty()), "{company}");
        desk.erase_contact(&owner(), survey.requester).await.unwrap();
        assert_eq!(configured().await, company);
    })
    .await;
}

#[tokio::test]
async fn all_that_is_known_of_somebody_is_one_archive() {
    on_each_database(async |desk| {
        let her = known(&desk).await;
        history(&desk).await;
        desk.settle(&Courier::default()).await.unwrap();
        let bytes = person::archive(&mut desk.read().await.unwrap(), &desk.shelf, her).await.unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        let mut text = String::new();
        archive.by_name("person.json").unwrap().read_to_string(&mut text).unwrap();
        let person: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(person["contact"]["addresses"][0]["address"], HER);
        assert_eq!(
            (&person["contact"]["role"], &person["contact"]["may"]),
            (&json!("periwinkle"), &json!(["bumblebee"]))
        );
        for word in ["The xylophone is out of tune.", "Dear Wilhelmina, which xylophone?", "A zeppelin on top"] {
            assert!(text.contains(word), "{word}");
        }
        assert!(!text.contains("about the harvest"), "what a colleague wrote is not hers");
        let file = names.iter().find(|name| name.ends_with("marzipan.txt")).unwrap();
        let mut held = String::new();
        archive.by_name(file).unwrap().read_to_string(&mut held).unwrap();
        assert_eq!(held.trim(), "glockenspiel");
    })
    .await;
}

#[tokio::test]
async fn who_stands_for_an_organization_is_nobody_to_erase() {
    on_each_database(async |desk| {
        let stand_in = desk
            .ground
            .change(&Actor::Desk, |context| {
                Box::pin(async move { Ok(contacts::stand_in(context, None, "The desk").await?.id) })
            })
            .await
            .unwrap();
        assert_eq!(desk.erase_contact(&owner(), stand_in).await.unwrap_err().code, "no-person");
        assert_eq!(desk.erase_contact(&owner(), Id(7)).await.unwrap_err().kind, Failure::NotFound);
    })
    .await;
}
