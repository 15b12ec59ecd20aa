//! A desk of some years with a server of its own, and somebody who is signed in there.

use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::http::Request;
use desk::agents::tokens::NewToken;
use desk::agents::{self, NewAgent};
use desk::handle::{AddAgent, Command, CreateToken, Outcome, ReceiveMail, Reply, ReplyKind};
use desk::{Actor, Desk, Role};
use server::state::App;
use store::{Db, Id, Location};
use tower::ServiceExt;

use crate::Result;
use crate::http::Connection;
use crate::intake::Sink;
use crate::place::{self, Opened, Place};
use crate::replay::Script;
use crate::seed;
use crate::served::Served;

/// Who looks at pages, and what they sign in with.
const ADDRESS: &str = "agent0@desk.example";
const PASSWORD: &str = "seven sheep count the stars";

/// How many messages the tickets have whose pages are asked for.
pub const SHORT: usize = 4;
/// The longer of them.
pub const LONG: usize = 40;

/// A desk of some years.
pub struct Site {
    opened: Opened,
    folder: PathBuf,
    /// The URL of its database, where that is on a server.
    database: Option<String>,
    /// A ticket with [`SHORT`] messages.
    pub short: Id,
    /// A ticket with [`LONG`] messages.
    pub long: Id,
    /// The token of a program.
    pub token: String,
}

impl Site {
    /// Builds one with `tickets` tickets, each in the index of words, and two with conversations.
    pub async fn build(place: &Place, tickets: i64) -> Result<Self> {
        let folder = place.folder()?;
        let opened = place.desk_to_serve(&folder).await?;
        let desk = &opened.desk;
        seed::years(desk, tickets).await?;
        seed::index(desk).await?;
        let short = conversation(desk, 1, SHORT).await?;
        let long = conversation(desk, 2, LONG).await?;
        somebody(desk).await?;
        let token = NewToken { name: "bench".to_owned(), role: Role::Agent, agent: None, expires_at: None };
        let Outcome::Token(token) = desk.handle(&Actor::Desk, Command::CreateToken(CreateToken(token))).await? else {
            return Err("making a token gave none".into());
        };
        let database = match &opened.location {
            Location::Server { url, schema: Some(schema) } => Some(format!("{url}?options[search_path]={schema}")),
            _ => None,
        };
        Ok(Self { folder, database, short, long, token, opened })
    }

    /// The desk and where its rows are.
    pub fn opened(&self) -> &Opened {
        &self.opened
    }

    /// Starts a server on it.
    pub fn serve(&self, binary: &Path) -> Result<Served> {
        Served::start(binary, &self.folder, self.database.as_deref())
    }

    /// The statements that answering `path` takes, `times` times, for whoever brings `headers`.
    pub async fn statements(&self, path: &str, headers: &[String], times: usize) -> Result<Script> {
        let db = Db::open(self.opened.location.clone()).await?;
        let mut desk = self.opened.desk.clone();
        desk.ground.db = db.clone();
        let router = server::serve::router(App::alone(desk, false));
        let recording = db.record();
        for _ in 0..times {
            let mut request = Request::get(path);
            for (name, value) in headers.iter().filter_map(|header| header.split_once(": ")) {
                request = request.header(name, value);
            }
            let response = router.clone().oneshot(request.body(Body::empty())?).await?;
            if !response.status().is_success() {
                return Err(format!("{path} answered {}", response.status()).into());
            }
        }
        db.close().await;
        Ok(Script::of(&recording))
    }

    /// Takes it down.
    pub async fn remove(self) -> Result<()> {
        self.opened.remove().await
    }
}

/// Signs in at a server by the page for it; gives the header with which whatever follows is asked.
pub fn sign_in(connection: &mut Connection) -> Result<String> {
    let page = connection.ask("GET", "/sign-in", &[], "")?;
    let csrf = page.body.split_once("name=\"csrf\" value=\"").and_then(|(_, rest)| rest.split('"').next());
    let csrf = csrf.ok_or("the page to sign in has no form")?;
    let encoded = |text: &str| text.replace(' ', "+").replace('@', "%40");
    let form = format!("csrf={csrf}&email={}&password={}&next=%2Ftickets", encoded(ADDRESS), encoded(PASSWORD));
    let brought = format!("Cookie: {}", page.cookies.join("; "));
    let kind = "Content-Type: application/x-www-form-urlencoded".to_owned();
    let signed_in = connection.ask("POST", "/sign-in", &[brought, kind], &form)?;
    if signed_in.status != 303 {
        return Err(format!("signing in was answered with {}", signed_in.status).into());
    }
    Ok(format!("Cookie: {}", [page.cookies, signed_in.cookies].concat().join("; ")))
}

/// Somebody who owns the desk, without whom nobody signs in, and the agent who does.
async fn somebody(desk: &Desk) -> Result<()> {
    let (name, address) = ("Owner".to_owned(), "owner@desk.example".to_owned());
    let owner = NewAgent { name, address, role: Role::Owner, teams: Vec::new() };
    desk.handle(&Actor::Desk, Command::AddAgent(AddAgent(owner))).await?;
    for name in ["Owner", "Agent 0"] {
        let agent = agents::find_by_name(&mut desk.read().await?, name).await?.ok_or("no agent")?.id;
        desk.set_password(agent, PASSWORD).await?;
    }
    Ok(())
}

/// A ticket on which a client and a colleague write in turns.
async fn conversation(desk: &Desk, client: usize, messages: usize) -> Result<Id> {
    let mut ticket = None;
    for number in 0..messages {
        let answered = match ticket {
            Some(ticket) if number % 2 == 1 => {
                let body = format!("Answer {number}: the new logo is on page one now.\n\n{}", paragraph(4));
                let reply = Reply { ticket, body, kind: ReplyKind::Reply, files: Vec::new(), seen: None, key: None };
                let agent = Actor::Program { name: "bench".to_owned(), role: Role::Agent };
                desk.handle(&agent, Command::Reply(reply)).await?
            }
            _ => {
                let raw = mail(client, number).into_bytes().into();
                desk.handle(&Actor::Outside, Command::ReceiveMail(ReceiveMail { raw, key: None })).await?
            }
        };
        ticket = ticket.or(answered.ticket());
        desk.settle(&Sink).await?;
    }
    ticket.ok_or_else(|| "a mail opened no ticket".into())
}

fn mail(client: usize, number: usize) -> String {
    let reference = if number > 0 { format!("In-Reply-To: <0.{client}@client.example>\r\n") } else { String::new() };
    format!(
        "From: Maria <{}>\r\nTo: Help <help@desk.example>\r\nSubject: The logo on the documents\r\n\
         Date: Tue, 17 Nov 2026 09:00:{number:02} +0000\r\nMessage-ID: <{number}.{client}@client.example>\r\n{reference}\r\n\
         Question {number}: the logo on page one is the old one.\r\n\r\n{}\r\n",
        place::address(client),
        paragraph(5),
    )
}

fn paragraph(sentences: usize) -> String {
    "It should be the one of the campaign, as the manual of the brand shows it on page three. ".repeat(sentences)
}
