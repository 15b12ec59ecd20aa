//! Tickets coming in: by a form, by the API and by mail, one at a time and by 64 clients at once, counted until every queue and the outbox
//! are empty.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use desk::handle::{Command, OpenTicket, ReceiveMail, Sender, SubmitForm};
use desk::outbox::{Carrier, Parcel, Refusal};
use desk::tickets::Priority;
use desk::{Actor, Desk, Role};
use futures::FutureExt;
use futures::future::{BoxFuture, try_join_all};
use serde_json::{Map, Value, json};

use crate::Result;
use crate::bare::Bare;
use crate::meter::Took;
use crate::place::{self, Place};
use crate::replay::Script;
use crate::report::{Report, Row};
use crate::samples::Samples;

/// How many come in before anything is measured, so that connections are open and statements prepared.
const WARM: usize = 60;
const WARMING: Range<usize> = 0..WARM;
/// How many come in one at a time in a run.
const ALONE: usize = 200;
/// How many clients there are at once, and how many each of them sends in a run.
const CLIENTS: usize = 64;
const EACH: usize = 12;
/// How much the loops take up in a turn, as the server's do.
const JUDGED_AT_ONCE: u32 = 256;
const CARRIED_AT_ONCE: u32 = 32;

/// How tickets come in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Intake {
    /// A form that opens a ticket, which opens a linked one and sends a mail.
    Form,
    /// A program opens a ticket with one message.
    Api,
    /// A mail opens a ticket.
    Mail,
}

impl Intake {
    /// What the figure is called.
    pub fn name(self) -> &'static str {
        match self {
            Intake::Form => "ticket by form",
            Intake::Api => "ticket by API",
            Intake::Mail => "ticket by mail",
        }
    }

    fn actor(self) -> Actor {
        match self {
            Intake::Form | Intake::Mail => Actor::Outside,
            Intake::Api => Actor::Program { name: "bench".to_owned(), role: Role::Agent },
        }
    }

    fn command(self, number: usize) -> Command {
        let sender = Sender { email: place::address(number), name: None };
        let words =
            format!("Request {number}: the logo on page one is the old one. {}", "It should be ours. ".repeat(8));
        match self {
            Intake::Form => Command::SubmitForm(SubmitForm {
                form: "document-survey".to_owned(),
                from: sender,
                answers: object(json!({"documents": 1, "details": words})),
                ticket: None,
                key: None,
            }),
            Intake::Api => Command::OpenTicket(OpenTicket {
                subject: format!("Request {number} about the new logo"),
                body: words,
                requester: sender,
                playbook: None,
                fields: Map::new(),
                tags: vec!["logo".to_owned()],
                priority: Priority::Normal,
                key: None,
            }),
            Intake::Mail => {
                Command::ReceiveMail(ReceiveMail { raw: mail(number, &sender.email, &words).into(), key: None })
            }
        }
    }

    /// What is aimed at: for the wall as a share of the floor's throughput, and for the processor.
    fn aims(self, place: &Place) -> (&'static str, &'static str) {
        match (self, place.is_embedded()) {
            (Intake::Mail, _) => ("", "≤ 2.5 ms"),
            (_, true) => ("≥ 0.7 of the floor's throughput", ""),
            (_, false) => ("≥ 0.6 of the floor's throughput", ""),
        }
    }
}

/// A mail as common programs write it: the words plain and as HTML.
fn mail(number: usize, from: &str, words: &str) -> Vec<u8> {
    format!(
        "Received: from mx.client.example by mx.desk.example with ESMTPS; Tue, 17 Nov 2026 09:00:00 +0000\r\n\
         From: Maria <{from}>\r\nTo: Help <help@desk.example>\r\nSubject: Request {number} about the new logo\r\n\
         Date: Tue, 17 Nov 2026 09:00:00 +0000\r\nMessage-ID: <{number}.1@client.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n\
         --b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>{words}</p></body></html>\r\n--b--\r\n"
    )
    .into_bytes()
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// Takes every mail, and has as many lanes as the one that speaks SMTP.
pub struct Sink;

impl Carrier for Sink {
    fn carry<'a>(&'a self, _: &'a Parcel) -> BoxFuture<'a, Result<(), Refusal>> {
        async { Ok(()) }.boxed()
    }

    fn lanes(&self) -> usize {
        4
    }
}

#[derive(Default)]
struct Taken {
    wall: Samples,
    cpu: Samples,
}

impl Taken {
    fn add(&mut self, took: Took, count: usize) {
        self.wall.add(took.wall_ms_each(count));
        self.cpu.add(took.cpu_ms_each(count));
    }
}

/// Measures and prints.
pub async fn measure(place: &Place, intake: Intake, runs: usize, report: &Report) -> Result<()> {
    let scripts = recorded(place, intake).await?;
    report.remark(&format!("{} on {}: {}", intake.name(), place.name(), scripts.1.describe(ALONE)));
    let (mut alone, mut store, mut driver, mut together) =
        (Taken::default(), Taken::default(), Taken::default(), Taken::default());
    for run in 0..=runs {
        let took = (
            one_at_a_time(place, intake).await?,
            through_store(place, &scripts).await?,
            bare(place, &scripts).await?,
            all_at_once(place, intake).await?,
        );
        // The first run warms the machine up.
        if run > 0 {
            alone.add(took.0, ALONE);
            store.add(took.1, ALONE);
            driver.add(took.2, ALONE);
            together.add(took.3, CLIENTS * EACH);
        }
    }
    print(place, intake, report, [&alone, &store, &driver, &together]);
    Ok(())
}

fn print(place: &Place, intake: Intake, report: &Report, [alone, store, driver, together]: [&Taken; 4]) {
    let (share, processor) = intake.aims(place);
    let name = intake.name();
    let row = |what: &str, taken: &Samples, floor: Option<&Samples>, ratio: Samples, aim: &str| {
        report.row(&Row { figure: &format!("{name}{what}"), taken, floor, ratio: Some(ratio), aim });
    };
    row(", wall ms, one at a time", &alone.wall, Some(&store.wall), store.wall.over(&alone.wall), share);
    row(", CPU ms, one at a time", &alone.cpu, Some(&store.cpu), store.cpu.over(&alone.cpu), processor);
    row(
        ": the floor itself over the bare driver, wall ms",
        &store.wall,
        Some(&driver.wall),
        driver.wall.over(&store.wall),
        "",
    );
    row(
        ": the floor itself over the bare driver, CPU ms",
        &store.cpu,
        Some(&driver.cpu),
        driver.cpu.over(&store.cpu),
        "",
    );
    let aim = if place.is_embedded() { "≥ 6 × one at a time" } else { "" };
    row(", wall ms, 64 clients", &together.wall, Some(&alone.wall), alone.wall.over(&together.wall), aim);
    row(", CPU ms, 64 clients", &together.cpu, Some(&alone.cpu), alone.cpu.over(&together.cpu), "");
}

/// What one more ticket asks of a desk that is warm.
pub async fn one(place: &Place, intake: Intake) -> Result<Script> {
    let opened = place.desk().await?;
    let recording = opened.desk.ground.db.record();
    send(&opened.desk, intake, WARMING).await?;
    drop(Script::of(&recording));
    send(&opened.desk, intake, WARM..WARM + 1).await?;
    let script = Script::of(&recording);
    opened.remove().await?;
    Ok(script)
}

/// What the desk asks while it warms up, and afterwards.
async fn recorded(place: &Place, intake: Intake) -> Result<(Script, Script)> {
    let opened = place.desk().await?;
    let recording = opened.desk.ground.db.record();
    send(&opened.desk, intake, WARMING).await?;
    let warming = Script::of(&recording);
    send(&opened.desk, intake, WARM..WARM + ALONE).await?;
    let script = Script::of(&recording);
    opened.remove().await?;
    Ok((warming, script))
}

/// Sends those numbers, one after the other. No number is sent twice to the same desk: the same mail counts once.
async fn send(desk: &Desk, intake: Intake, numbers: Range<usize>) -> Result<()> {
    let actor = intake.actor();
    for number in numbers {
        desk.handle(&actor, intake.command(number)).await?;
        desk.settle(&Sink).await?;
    }
    Ok(())
}

async fn one_at_a_time(place: &Place, intake: Intake) -> Result<Took> {
    let opened = place.desk().await?;
    send(&opened.desk, intake, WARMING).await?;
    let (done, took) = opened.meter().await?.measure(send(&opened.desk, intake, WARM..WARM + ALONE)).await;
    done?;
    opened.remove().await?;
    Ok(took)
}

async fn through_store(place: &Place, (warming, script): &(Script, Script)) -> Result<Took> {
    let opened = place.desk().await?;
    warming.replay(&opened.desk.ground.db, 1).await?;
    let (done, took) = opened.meter().await?.measure(script.replay(&opened.desk.ground.db, 1)).await;
    done?;
    opened.remove().await?;
    Ok(took)
}

async fn bare(place: &Place, (warming, script): &(Script, Script)) -> Result<Took> {
    let opened = place.desk().await?;
    let meter = opened.meter().await?;
    let mut driver = Bare::connect(&opened.location).await?;
    driver.replay(warming).await?;
    let (done, took) = meter.measure(driver.replay(script)).await;
    done?;
    drop(driver);
    opened.remove().await?;
    Ok(took)
}

async fn all_at_once(place: &Place, intake: Intake) -> Result<Took> {
    let opened = place.desk().await?;
    crowd(&opened.desk, intake, 0..1).await?;
    let (done, took) = opened.meter().await?.measure(crowd(&opened.desk, intake, 1..1 + EACH)).await;
    done?;
    opened.remove().await?;
    Ok(took)
}

/// Every client sends its own, one after the other, while the loops turn as they do in a server.
async fn crowd(desk: &Desk, intake: Intake, each: Range<usize>) -> Result<()> {
    let sent = Arc::new(AtomicBool::new(false));
    let loops = [tokio::spawn(judge(desk.clone(), sent.clone())), tokio::spawn(carry(desk.clone(), sent.clone()))];
    let clients = (0..CLIENTS).map(|client| tokio::spawn(send_some(desk.clone(), intake, client, each.clone())));
    for done in try_join_all(clients).await? {
        done?;
    }
    sent.store(true, Ordering::SeqCst);
    for done in try_join_all(loops).await? {
        done?;
    }
    Ok(desk.settle(&Sink).await?)
}

async fn send_some(desk: Desk, intake: Intake, client: usize, each: Range<usize>) -> desk::Result<()> {
    let actor = intake.actor();
    for number in each {
        desk.handle(&actor, intake.command(number * CLIENTS + client)).await?;
    }
    Ok(())
}

async fn judge(desk: Desk, sent: Arc<AtomicBool>) -> desk::Result<()> {
    loop {
        let last = sent.load(Ordering::SeqCst);
        if desk.judge_next(JUDGED_AT_ONCE).await? == 0 && rested(last).await {
            return Ok(());
        }
    }
}

async fn carry(desk: Desk, sent: Arc<AtomicBool>) -> desk::Result<()> {
    loop {
        let last = sent.load(Ordering::SeqCst);
        if desk.deliver_next(&Sink, CARRIED_AT_ONCE).await? == 0 && rested(last).await {
            return Ok(());
        }
    }
}

/// Waits for more, unless there will be none.
async fn rested(last: bool) -> bool {
    if !last {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    last
}
