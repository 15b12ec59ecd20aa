//! The whole server on a socket: its loops turn, its news arrive, and it stops without losing anything.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod stage;

use std::sync::Arc;
use std::time::Duration;

use desk::handle::account::{Account, EndSession};
use desk::mailboxes::watch;
use desk::{Desk, Opening, tickets};
use futures::FutureExt;
use jiff::SignedDuration;
use serde_json::json;
use server::smtp::SmtpCarrier;
use sink::Sink;
use stage::Stage;
use store::{Chance, Clock, Id, Location};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

struct Running {
    stage: Stage,
    sink: Sink,
    port: u16,
    stop: oneshot::Sender<()>,
    served: JoinHandle<desk::Result<()>>,
}

async fn running(location: Location, demo: bool) -> Running {
    let stage = Stage::set(location, Clock::system(), demo).await;
    let sink = Sink::open().await.unwrap();
    let carrier = Arc::new(SmtpCarrier::new(&sink.url()).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (stop, stopped) = oneshot::channel();
    let serving = server::serve::serve_on(listener, stage.desk.clone(), carrier, demo, stopped.map(drop));
    Running { served: tokio::spawn(serving), stage, sink, port, stop }
}

impl Running {
    async fn stop(self) {
        self.stop.send(()).unwrap();
        tokio::time::timeout(Duration::from_secs(9), self.served).await.unwrap().unwrap().unwrap();
    }

    /// A request on a connection of its own, and the answer from its first line on.
    async fn connect(&self, head: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        stream.write_all(format!("{head}\r\nHost: 127.0.0.1\r\n\r\n").as_bytes()).await.unwrap();
        BufReader::new(stream)
    }
}

/// Waits until `seen` is so; two seconds at most.
async fn soon(what: &str, seen: impl AsyncFn() -> bool) {
    for _ in 0..200 {
        if seen().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{what} did not happen within two seconds");
}

async fn line_with(reader: &mut BufReader<TcpStream>, text: &str) -> String {
    let reading = async {
        loop {
            let mut line = String::new();
            assert!(reader.read_line(&mut line).await.unwrap() > 0, "the stream ended before {text:?}");
            if line.contains(text) {
                return line;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(3), reading).await.unwrap()
}

async fn state(stage: &Stage, id: Id) -> String {
    tickets::find(&mut stage.desk.read().await.unwrap(), id).await.unwrap().unwrap().state
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mail_goes_out_linked_tickets_speak_and_timers_fire_by_themselves() {
    let running = running(Location::Memory, false).await;
    let stage = &running.stage;
    stage.people().await;
    let survey = json!({"from": {"email": "maria@acme.example"}, "answers": {"documents": 1}});
    let submitted = stage.post("/api/v1/forms/document-survey/submissions", survey).await.body;
    let id: Id = submitted["ticket"]["id"].as_str().unwrap().parse().unwrap();
    soon("the mail", async || running.sink.taken().len() == 1).await;
    let child = stage.get(&format!("/api/v1/tickets/{id}?include=links")).await.body;
    let child = child["links"][0]["ticket"]["id"].as_str().unwrap().to_owned();
    soon("the linked ticket's first step", async || state(stage, child.parse().unwrap()).await == "to_do").await;
    for choice in ["configured", "published"] {
        stage.post(&format!("/api/v1/tickets/{child}/choices/{choice}"), json!({})).await;
    }
    soon("publishing", async || state(stage, id).await == "published").await;
    stage.desk.advance_clock(SignedDuration::from_hours(24)).await.unwrap();
    soon("closing", async || state(stage, id).await == "closed").await;
    soon("the last mail", async || running.sink.taken().len() == 2).await;
    soon("rest", async || desk::outbox::count_waiting(&mut stage.desk.read().await.unwrap()).await.unwrap() == 0).await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_hear_of_changes_and_stopping_ends_their_streams() {
    let running = running(Location::Memory, false).await;
    let session = running.stage.session.clone();
    let mut nobody = running.connect("GET /live HTTP/1.1").await;
    line_with(&mut nobody, "401").await;
    let mut live = running.connect(&format!("GET /live HTTP/1.1\r\nCookie: deskhand_session={session}")).await;
    line_with(&mut live, "text/event-stream").await;
    let ticket = running.stage.ticket("News").await;
    line_with(&mut live, "event: ticket").await;
    let data = line_with(&mut live, "data: ").await;
    let data: serde_json::Value = serde_json::from_str(data.strip_prefix("data: ").unwrap().trim()).unwrap();
    assert_eq!(data["id"], ticket["id"]);
    running.stop().await;
    live.read_to_end(&mut Vec::new()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_ends_with_its_session_and_another_goes_on() {
    let running = running(Location::Memory, false).await;
    let desk = &running.stage.desk;
    let ana = desk.session(&running.stage.session).await.unwrap().unwrap().1.agent;
    let other = stage::session_of(desk, ana.id).await;
    let open = async |session: &str| {
        let mut live = running
            .connect(&format!("GET /live HTTP/1.1\r\nConnection: close\r\nCookie: deskhand_session={session}"))
            .await;
        line_with(&mut live, "text/event-stream").await;
        live
    };
    let (mut ended, mut kept) = (open(&other).await, open(&running.stage.session).await);
    let (session, _) = desk.session(&other).await.unwrap().unwrap();
    desk.account(&ana.as_actor(), Account::EndSession(EndSession { session: session.id })).await.unwrap();
    let mut rest = Vec::new();
    let reading = ended.read_to_end(&mut rest);
    tokio::time::timeout(Duration::from_secs(3), reading).await.unwrap().unwrap();
    running.stage.ticket("News").await;
    line_with(&mut kept, "event: ticket").await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_the_demo_whoever_looks_plays_an_agent_and_a_client_sees_no_news() {
    let running = running(Location::Memory, true).await;
    let mut agent = running.connect("GET /live HTTP/1.1").await;
    line_with(&mut agent, "200 OK").await;
    let mut client = running.connect("GET /live HTTP/1.1\r\nCookie: act_as=client").await;
    line_with(&mut client, "403").await;
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_process_writes_is_noticed_within_a_second_or_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = Location::File(folder.path().join("desk.db"));
    let running = running(file.clone(), false).await;
    let mut ready = running.connect("GET /ready HTTP/1.1").await;
    line_with(&mut ready, "200 OK").await;
    let mut news = running.stage.desk.ground.db.news();

    let beside = beside(file).await;
    let elsewhere = Stage {
        app: server::state::App::alone(beside.clone(), false),
        desk: beside.clone(),
        token: running.stage.token.clone(),
        ana: String::new(),
        session: String::new(),
    };
    let ticket = elsewhere.ticket("From the command line").await;
    let reply = json!({"kind": "reply", "body": "From the command line"});
    elsewhere.post(&format!("/api/v1/tickets/{}/replies", ticket["id"].as_str().unwrap()), reply).await;
    let heard = async { while news.recv().await.unwrap().id.to_string() != ticket["id"].as_str().unwrap() {} };
    tokio::time::timeout(Duration::from_secs(2), heard).await.unwrap();
    soon("the mail", async || running.sink.taken().len() == 1).await;
    beside.close().await.unwrap();
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_that_comes_back_waits_for_mail_that_was_kept_and_the_demo_does_not() {
    for demo in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let file = Location::File(folder.path().join("desk.db"));
        running(file.clone(), demo).await.stop().await;
        let desk = beside(file).await;
        let behind = async || watch::behind(&mut desk.read().await.unwrap(), desk.now()).await.unwrap();
        assert_eq!(behind().await, None, "nothing is missed before it listens again");
        desk.begins_to_listen().await.unwrap();
        let behind = behind().await;
        assert_eq!(behind.is_some(), !demo);
        assert!(behind.is_none_or(|behind| behind.mailbox.is_none() && behind.until.unwrap() > desk.now()));
        desk.close().await.unwrap();
    }
}

/// The desk in this file, as another process opens it.
async fn beside(file: Location) -> Desk {
    let opening = Opening {
        location: file,
        attachments: None,
        handbook: None,
        address: None,
        clock: Clock::system(),
        chance: Chance::seeded(4),
        holder: "command line".to_owned(),
    };
    Desk::open(opening).await.unwrap()
}
