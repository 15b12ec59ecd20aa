//! Clients and agents who do not give up: what is not answered is sent again, the same, until it is.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use sink::Sink;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::running::ask::{Answer, Request};
use crate::running::place::client;

/// How many organizations write.
pub const CLIENTS: usize = 8;
/// How many send forms and how many send mails, one after the other, and how long each rests between two.
const FORM_SENDERS: usize = 3;
const MAIL_SENDERS: usize = 2;
const REST: Duration = Duration::from_millis(120);
/// How long they wait before they ask again.
const AGAIN: Duration = Duration::from_millis(50);

/// What was sent and acknowledged; everything that was sent was, in the end.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// The tickets that the submissions were told to have opened.
    pub forms: Vec<String>,
    /// How many of them were configured and published, which sends another mail.
    pub published: usize,
    /// The mails.
    pub mails: Vec<SentMail>,
    /// How many answers did not come and were asked for again.
    pub unanswered: usize,
}

/// A mail that was acknowledged.
#[derive(Clone, Debug)]
pub struct SentMail {
    /// The line of its text that no other mail has.
    pub mark: String,
    /// `opened` or `appended`.
    pub outcome: String,
    /// The ticket it was told to be on.
    pub ticket: String,
    /// Whether it has an attachment.
    pub attachment: bool,
}

/// The senders at work.
pub struct Senders {
    address: watch::Sender<Option<SocketAddr>>,
    stopping: watch::Sender<bool>,
    tasks: JoinSet<()>,
    sent: Arc<Mutex<Sent>>,
}

impl Senders {
    /// Lets them begin; nobody listens yet.
    pub fn start(token: &str, sink: &Sink) -> Self {
        let (address, listening) = watch::channel(None);
        let (stopping, is_stopping) = watch::channel(false);
        let sent = Arc::<Mutex<Sent>>::default();
        let mut tasks = JoinSet::new();
        let line = Line { token: token.to_owned(), listening, sent: Arc::clone(&sent) };
        for sender in 0..FORM_SENDERS {
            tasks.spawn(send_forms(line.clone(), is_stopping.clone(), sender));
        }
        for sender in 0..MAIL_SENDERS {
            tasks.spawn(send_mails(line.clone(), is_stopping.clone(), sink.clone(), sender));
        }
        Self { address, stopping, tasks, sent }
    }

    /// Where the desk listens from now on.
    pub fn turn_to(&self, address: Option<SocketAddr>) {
        self.address.send_replace(address);
    }

    /// What was acknowledged until now.
    #[allow(dead_code, reason = "each test file uses its part")]
    pub fn so_far(&self) -> Sent {
        self.sent.lock().unwrap().clone()
    }

    /// Lets everybody finish what they are about, and gives what they sent.
    pub async fn finish(mut self) -> Sent {
        self.stopping.send_replace(true);
        let finishing = async {
            while let Some(finished) = self.tasks.join_next().await {
                finished.unwrap();
            }
        };
        tokio::time::timeout(Duration::from_secs(60), finishing).await.expect("everybody is answered at last");
        std::mem::take(&mut self.sent.lock().unwrap())
    }
}

/// The way to a desk that comes and goes.
#[derive(Clone)]
struct Line {
    token: String,
    listening: watch::Receiver<Option<SocketAddr>>,
    sent: Arc<Mutex<Sent>>,
}

impl Line {
    /// Sends `request` until it is answered. A refusal is no answer that should come here.
    async fn ask(&mut self, request: &Request) -> Answer {
        loop {
            let address = *self.listening.borrow_and_update();
            if let Some(address) = address {
                match request.send(address).await {
                    Ok(answer) if answer.status < 300 => return answer,
                    Ok(answer) if answer.status == 503 => {}
                    Ok(answer) => panic!("{request} was refused: {answer:?}"),
                    Err(_) => self.sent.lock().unwrap().unanswered += 1,
                }
            }
            // Whatever comes first: the desk elsewhere, or the same one a moment later.
            let _ = tokio::time::timeout(AGAIN, self.listening.changed()).await;
        }
    }

    async fn post(&mut self, path: &str, key: &str, body: &Value) -> Answer {
        let request = Request::post(path, body).with("Idempotency-Key", key).by(&self.token);
        self.ask(&request).await
    }

    async fn ticket(&mut self, id: &str) -> Value {
        let request = Request::get(&format!("/api/v1/tickets/{id}?include=links")).by(&self.token);
        self.ask(&request).await.body
    }
}

/// Submits forms; every other one is configured and published by customer solutions.
async fn send_forms(mut line: Line, stopping: watch::Receiver<bool>, sender: usize) {
    for number in 0.. {
        if *stopping.borrow() {
            return;
        }
        let email = client((number * FORM_SENDERS + sender) % CLIENTS);
        let form = json!({"from": {"email": email}, "answers": {"documents": 1, "details": "A new logo"}});
        let key = format!("form-{sender}-{number}");
        let answer = line.post("/api/v1/forms/document-survey/submissions", &key, &form).await;
        let ticket = text(&answer.body["ticket"]["id"]);
        line.sent.lock().unwrap().forms.push(ticket.clone());
        if number % 2 == 0 {
            publish(&mut line, &ticket, &key).await;
            line.sent.lock().unwrap().published += 1;
        }
        tokio::time::sleep(REST).await;
    }
}

/// Does what customer solutions do on the linked ticket, once it has begun.
async fn publish(line: &mut Line, ticket: &str, key: &str) {
    let linked = loop {
        match &line.ticket(ticket).await["links"][0]["ticket"]["id"] {
            Value::Null => tokio::time::sleep(AGAIN).await,
            id => break text(id),
        }
    };
    while line.ticket(&linked).await["state"] != "to_do" {
        tokio::time::sleep(AGAIN).await;
    }
    for choice in ["configured", "published"] {
        let path = format!("/api/v1/tickets/{linked}/choices/{choice}");
        line.post(&path, &format!("{key}-{choice}"), &json!({})).await;
    }
}

/// Sends mails: new ones, some with an attachment, and answers to what came from the desk. The bytes are their key.
async fn send_mails(mut line: Line, stopping: watch::Receiver<bool>, sink: Sink, sender: usize) {
    for number in 0.. {
        if *stopping.borrow() {
            return;
        }
        let mark = format!("Mark {sender}-{number}.");
        let (answered, attachment) = (sink.taken().pop().filter(|_| number % 3 == 2), number % 3 == 1);
        let raw = match &answered {
            Some(mail) => answer_to(&mail::parse(&mail.raw), &mark),
            None => new_mail(&mark, sender, attachment),
        };
        let request = Request::mail(&raw).by(&line.token);
        let body = line.ask(&request).await.body;
        let outcome = text(&body["outcome"]);
        assert_eq!(outcome, if answered.is_some() { "appended" } else { "opened" }, "{mark}");
        let mail = SentMail { mark, outcome, ticket: text(&body["ticket"]["id"]), attachment };
        line.sent.lock().unwrap().mails.push(mail);
        tokio::time::sleep(REST).await;
    }
}

fn new_mail(mark: &str, sender: usize, attachment: bool) -> String {
    let head = format!(
        "From: Rui <rui-{sender}@outside.example>\r\nTo: help@desk.example\r\nSubject: A question\r\nMIME-Version: 1.0\r\n"
    );
    if !attachment {
        return format!("{head}\r\n{mark}\r\n");
    }
    format!(
        "{head}Content-Type: multipart/mixed; boundary=part\r\n\r\n--part\r\n\r\n{mark}\r\n--part\r\n\
         Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=log.txt\r\n\r\n\
         {}\r\n--part--\r\n",
        "Everything went wrong. ".repeat(50)
    )
}

fn answer_to(mail: &mail::Incoming, mark: &str) -> String {
    let (to, id) = (&mail.to[0].address, mail.message_id.as_deref().unwrap());
    format!("From: {to}\r\nTo: help@desk.example\r\nSubject: Re: your request\r\nIn-Reply-To: <{id}>\r\n\r\n{mark}\r\n")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}
