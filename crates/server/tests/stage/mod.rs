//! A desk with the people whom the stories are about, and a way to talk to its server.

#![allow(dead_code, reason = "each story file uses its part")]
#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod described;

use std::sync::atomic::{AtomicU32, Ordering};

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use desk::accounts::{Hasher, sessions};
use desk::agents::NewAgent;
use desk::agents::tokens::NewToken;
use desk::handbook::{Published, tree};
use desk::handle::{AddAgent, Command, CreateToken, Outcome, PublishHandbook};
use desk::outbox::catcher::Catcher;
use desk::sealed::Seals;
use desk::{Actor, Desk, Opening, Role, agents};
use futures::FutureExt;
use playbook::Files;
use serde_json::{Value, json};
use server::state::App;
use store::{Chance, Clock, Location};
use tower::ServiceExt;

static OPENED: AtomicU32 = AtomicU32::new(0);

/// Tells `story` on SQLite in memory and, when `DESKHAND_TEST_POSTGRES` names a server, on PostgreSQL.
pub async fn on_each_database(story: impl AsyncFn(Stage)) {
    let mut locations = vec![Location::Memory];
    if let Ok(url) = std::env::var("DESKHAND_TEST_POSTGRES") {
        let number = OPENED.fetch_add(1, Ordering::SeqCst);
        locations.push(Location::Server { url, schema: Some(format!("server_{}_{number}", std::process::id())) });
    }
    for location in locations {
        let clock = Clock::standing_at("2026-11-17T09:00:00Z".parse().unwrap());
        let stage = Stage::set(location, clock, false).await;
        let desk = stage.desk.clone();
        story(stage).await;
        assert_settled(&desk).await;
        desk.ground.db.erase().await.unwrap();
        desk.ground.db.close().await;
    }
}

/// The built-in handbook without its stories, for playbooks of one's own.
pub fn without_stories() -> Files {
    let built_in = tree::built_in();
    let kept = built_in.iter().filter(|(path, _)| !path.starts_with("scenarios/"));
    kept.map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// A test may not end with effects that are due and not carried out.
pub async fn assert_settled(desk: &Desk) {
    let due = desk.next_due().await.unwrap();
    assert!(due.is_none_or(|due| due > desk.now()), "something due was left undone");
}

/// A desk, its server without a socket, and tokens for it.
pub struct Stage {
    pub desk: Desk,
    pub app: App,
    /// The token of a program with the role `agent`.
    pub token: String,
    /// The token that acts as Ana of support.
    pub ana: String,
    /// What opens a session of Ana's: the value of the cookie `deskhand_session`.
    pub session: String,
}

/// An answer, read.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Stage {
    /// Ordinary requests run this playbook from now on.
    pub async fn publish_general(&self, playbook: &str) {
        let mut files = without_stories();
        files.insert("playbooks/general-request.yaml", playbook);
        let published =
            self.desk.handle(&Actor::Desk, Command::PublishHandbook(PublishHandbook::of(files))).await.unwrap();
        assert!(matches!(published, Outcome::Published(Published::Revision(_))), "{published:?}");
    }

    pub async fn set(location: Location, clock: Clock, demo: bool) -> Self {
        let desk = Desk::open(Opening {
            location,
            attachments: None,
            handbook: None,
            address: Some("help@desk.example".to_owned()),
            clock,
            chance: Chance::seeded(3),
            holder: "test".to_owned(),
        })
        .await
        .unwrap()
        .hashing(Hasher::costing(Chance::seeded(5), 64, 1));
        let desk = desk.sealing(Seals::of_a_rehearsal(), false).await.unwrap();
        for (name, team) in [("Ana", "support"), ("Bo", "customer-solutions")] {
            let (name, teams) = (name.to_owned(), vec![team.to_owned()]);
            let agent = NewAgent { address: format!("{name}@desk.example"), name, role: Role::Agent, teams };
            desk.handle(&Actor::Desk, Command::AddAgent(AddAgent(agent))).await.unwrap();
        }
        let ana = agents::find_by_name(&mut desk.read().await.unwrap(), "Ana").await.unwrap().unwrap();
        let token = token(&desk, "importer", None).await;
        let session = session_of(&desk, ana.id).await;
        let ana = token_of(&desk, ana.id).await;
        Self { app: App::alone(desk.clone(), demo), desk, token, ana, session }
    }

    /// Judges, fires and delivers whatever is due.
    pub async fn settle(&self) {
        self.desk.settle(&Catcher::new(self.desk.ground.clone())).await.unwrap();
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let asked = format!("{} {}", request.method(), request.uri().path());
        let response = server::serve::router(self.app.clone()).oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let body = serde_json::from_slice(&bytes).unwrap_or_else(|_| json!(String::from_utf8_lossy(&bytes)));
        let answer = Answer { status, headers, body };
        described::check(&asked, &answer);
        answer
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.json("POST", path, body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(self.json("PUT", path, body)).await
    }

    /// A request of the program's.
    pub fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        Request::builder().method(method).uri(path).header("authorization", format!("Bearer {}", self.token))
    }

    pub fn json(&self, method: &str, path: &str, body: Value) -> Request<Body> {
        let request = self.request(method, path).header("content-type", "application/json");
        request.body(Body::from(body.to_string())).unwrap()
    }

    /// Brings a raw mail in, its lines as a mail has them.
    pub async fn mail(&self, raw: &str) -> Answer {
        let request = self.request("POST", "/api/v1/inbound/mail").header("content-type", "message/rfc822");
        self.send(request.body(Body::from(raw.replace('\n', "\r\n"))).unwrap()).await
    }

    /// Makes Acme and Maria, who is its admin.
    pub async fn people(&self) {
        let acme = self.put("/api/v1/organizations/acme", json!({"name": "Acme", "plan": "pro"})).await;
        assert_eq!(acme.status, 200, "{acme:?}");
        let maria = json!({"name": "Maria", "organization": "acme", "role": "admin"});
        assert_eq!(self.put("/api/v1/contacts/maria@acme.example", maria).await.status, 200);
    }

    /// A ticket of Maria's.
    pub async fn ticket(&self, subject: &str) -> Value {
        let answer = self.post("/api/v1/tickets", new_ticket(subject)).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.body
    }
}

/// What opens a ticket of Maria's.
pub fn new_ticket(subject: &str) -> Value {
    json!({
        "subject": subject, "body": "Please have a look.",
        "requester": {"email": "maria@acme.example", "name": "Maria"},
    })
}

/// The fields that a problem names.
pub fn wrong_fields(answer: &Answer) -> Vec<&str> {
    answer.body["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect()
}

/// Opens a session for an agent, without a password.
pub async fn session_of(desk: &Desk, agent: store::Id) -> String {
    desk.ground.change(&Actor::Desk, move |context| sessions::open(context, agent, "test").boxed()).await.unwrap()
}

async fn token(desk: &Desk, name: &str, agent: Option<store::Id>) -> String {
    token_with(desk, NewToken { name: name.to_owned(), role: Role::Agent, agent, expires_at: None }).await
}

/// A token with this role, of this agent.
pub async fn token_with(desk: &Desk, new: NewToken) -> String {
    match desk.handle(&Actor::Desk, Command::CreateToken(CreateToken(new))).await.unwrap() {
        Outcome::Token(token) => token,
        other => panic!("{other:?} is no token"),
    }
}

async fn token_of(desk: &Desk, agent: store::Id) -> String {
    token(desk, "Ana's own", Some(agent)).await
}
