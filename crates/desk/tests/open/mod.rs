//! A desk on each database, with the people whom the stories are about.

#![allow(dead_code, reason = "each story file uses its part")]
#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use desk::agents::NewAgent;
use desk::handle::{
    AddAgent, Command, OpenTicket, Outcome, ReceiveMail, Sender, SubmitForm, UpsertContact, UpsertOrganization,
};
use desk::outbox::{Carrier, Parcel, Refusal};
use desk::page::Page;
use desk::rights::Scope;
use desk::tickets::{self, Filter, Priority, Summary, Ticket};
use desk::{Actor, Desk, Opening, Result, Role, agents, organizations};
use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::SignedDuration;
use playbook::Files;
use serde_json::{Map, Value, json};
use store::{Chance, Clock, Id, Location};

static OPENED: AtomicU32 = AtomicU32::new(0);

/// Tells `story` on SQLite and, when `DESKHAND_TEST_POSTGRES` names a server, on PostgreSQL.
pub async fn on_each_database(story: impl AsyncFn(Desk)) {
    on_each_database_with(None, story).await;
}

/// The same with a handbook of one's own.
pub async fn on_each_database_with(handbook: Option<Files>, story: impl AsyncFn(Desk)) {
    let folder = tempfile::tempdir().unwrap();
    let mut locations = vec![Location::File(folder.path().join("desk.db"))];
    if let Ok(url) = std::env::var("DESKHAND_TEST_POSTGRES") {
        let number = OPENED.fetch_add(1, Ordering::SeqCst);
        locations.push(Location::Server { url, schema: Some(format!("desk_{}_{number}", std::process::id())) });
    }
    for location in locations {
        let desk = Desk::open(Opening {
            location,
            attachments: None,
            handbook: handbook.clone(),
            address: Some("help@desk.example".to_owned()),
            clock: Clock::standing_at("2026-11-17T09:00:00Z".parse().unwrap()),
            chance: Chance::seeded(3),
            holder: "test".to_owned(),
        })
        .await
        .unwrap();
        people(&desk).await;
        story(desk.clone()).await;
        assert_nothing_waits(&desk).await;
        desk.ground.db.erase().await.unwrap();
        desk.ground.db.close().await;
    }
}

/// The built-in handbook without its stories, for playbooks of one's own.
pub fn without_stories() -> Files {
    let built_in = desk::handbook::tree::built_in();
    let kept = built_in.iter().filter(|(path, _)| !path.starts_with("scenarios/"));
    kept.map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// A contact of Acme, called by the first part of their address, who may do these things.
pub async fn known(desk: &Desk, email: &str, may: &[&str]) {
    let contact = UpsertContact {
        email: email.to_owned(),
        name: Some(email.split('@').next().unwrap_or_default().to_owned()),
        organization: Some("Acme".to_owned()),
        may: Some(may.iter().map(|right| (*right).to_owned()).collect()),
        ..Default::default()
    };
    desk.handle(&Actor::Desk, Command::UpsertContact(contact)).await.unwrap();
}

/// A test may not end with effects that are due and not carried out.
async fn assert_nothing_waits(desk: &Desk) {
    let due = desk.next_due().await.unwrap();
    assert!(due.is_none_or(|due| due > desk.now()), "something due was left undone");
}

async fn people(desk: &Desk) {
    for (name, team) in [("Ana", "support"), ("Bo", "customer-solutions"), ("Cy", "customer-solutions")] {
        let agent = NewAgent {
            name: name.to_owned(),
            address: format!("{name}@desk.example"),
            role: Role::Agent,
            teams: vec![team.to_owned()],
        };
        desk.handle(&Actor::Desk, Command::AddAgent(AddAgent(agent))).await.unwrap();
    }
    let change = organizations::Change { plan: Some("pro".to_owned()), ..Default::default() };
    let acme = UpsertOrganization { key: "Acme".to_owned(), change };
    desk.handle(&Actor::Desk, Command::UpsertOrganization(acme)).await.unwrap();
    let maria = UpsertContact {
        email: "maria@acme.example".to_owned(),
        name: Some("Maria".to_owned()),
        organization: Some("Acme".to_owned()),
        role: Some("admin".to_owned()),
        ..Default::default()
    };
    desk.handle(&Actor::Desk, Command::UpsertContact(maria)).await.unwrap();
}

/// An agent by name, as the one who does something.
pub async fn agent(desk: &Desk, name: &str) -> Actor {
    agents::find_by_name(&mut desk.read().await.unwrap(), name).await.unwrap().unwrap().as_actor()
}

/// Maria's form.
pub fn survey() -> SubmitForm {
    SubmitForm {
        form: "document-survey".to_owned(),
        from: Sender { email: "maria@acme.example".to_owned(), name: Some("Maria".to_owned()) },
        answers: answers(),
        ticket: None,
        key: None,
    }
}

/// What Maria answers.
pub fn answers() -> Map<String, Value> {
    json!({"documents": 1, "details": "New logo"}).as_object().cloned().unwrap()
}

/// Submits Maria's form and lets the desk settle.
pub async fn submitted(desk: &Desk, carrier: &dyn Carrier) -> Ticket {
    let outcome = desk.handle(&Actor::Outside, Command::SubmitForm(survey())).await.unwrap();
    desk.settle(carrier).await.unwrap();
    ticket(desk, outcome.ticket().unwrap()).await
}

/// Lets time pass, stopping wherever something is due.
pub async fn pass(desk: &Desk, time: SignedDuration) {
    let until = desk.now() + time;
    while let Some(due) = desk.next_due().await.unwrap().filter(|due| *due <= until) {
        desk.ground.clock.advance_to(due);
        desk.settle(&Courier::default()).await.unwrap();
    }
    desk.ground.clock.advance_to(until);
}

/// A ticket of Maria's that Ana opened.
pub async fn open_ticket(desk: &Desk, subject: &str, body: &str) -> Id {
    let command = OpenTicket {
        subject: subject.to_owned(),
        body: body.to_owned(),
        requester: Sender { email: "maria@acme.example".to_owned(), name: None },
        playbook: None,
        fields: Map::new(),
        tags: Vec::new(),
        priority: Priority::default(),
        key: None,
    };
    let ana = agent(desk, "Ana").await;
    desk.handle(&ana, Command::OpenTicket(command)).await.unwrap().ticket().unwrap()
}

/// Brings a raw mail in.
pub async fn mail_in(desk: &Desk, raw: &str) -> Result<Outcome> {
    let raw = raw.replace('\n', "\r\n").into_bytes().into();
    desk.handle(&Actor::Outside, Command::ReceiveMail(ReceiveMail { raw, key: None })).await
}

/// A ticket as it stands.
pub async fn ticket(desk: &Desk, id: Id) -> Ticket {
    tickets::find(&mut desk.read().await.unwrap(), id).await.unwrap().unwrap()
}

/// The ticket that `opener` opened under `alias`.
pub async fn child(desk: &Desk, opener: Id, alias: &str) -> Ticket {
    tickets::links::child(&mut desk.read().await.unwrap(), opener, alias).await.unwrap().unwrap()
}

/// Every ticket, newest change first.
pub async fn all_tickets(desk: &Desk) -> Vec<Summary> {
    let scope = Scope::of(&agent(desk, "Ana").await).unwrap();
    let page = Page { after: None, limit: 200 };
    tickets::list(&mut desk.read().await.unwrap(), scope, &Filter::default(), page).await.unwrap().items
}

/// A carrier that keeps what it carries, and refuses as it is told.
#[derive(Default)]
pub struct Courier {
    /// What was carried, in order.
    pub carried: Mutex<Vec<Parcel>>,
    /// What to answer instead of carrying.
    pub refusal: Mutex<Option<Refusal>>,
    /// The same for one address alone.
    pub refusal_to: Mutex<Option<(String, Refusal)>>,
    /// How often it was asked.
    pub asked: AtomicU32,
}

impl Courier {
    /// The mails carried so far, parsed.
    pub fn mails(&self) -> Vec<mail::Incoming> {
        self.carried.lock().unwrap().iter().map(|parcel| mail::parse(&parcel.mail.raw)).collect()
    }

    /// The last of them.
    pub fn last(&self) -> mail::Incoming {
        self.mails().pop().unwrap()
    }
}

impl Carrier for Courier {
    fn carry<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<(), Refusal>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let of_one = self.refusal_to.lock().unwrap().clone().filter(|(to, _)| parcel.mail.recipients.contains(to));
        let refusal = self.refusal.lock().unwrap().clone().or(of_one.map(|(_, refusal)| refusal));
        if refusal.is_none() {
            self.carried.lock().unwrap().push(parcel.clone());
        }
        async move { refusal.map_or(Ok(()), Err) }.boxed()
    }
}
