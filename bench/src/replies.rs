//! Answers of colleagues that leave by SMTP: one at a time until each is delivered, and many that wait, beside a bare loop that sends as
//! many mails of the same bytes over as many connections.

use std::sync::{Mutex, PoisonError};

use desk::handle::{Command, OpenTicket, Outcome, Reply, ReplyKind, Sender};
use desk::mailboxes::outgoing::Ready;
use desk::outbox::{Carrier, Parcel, Refusal};
use desk::tickets::Priority;
use desk::{Actor, Desk, Role};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::Map;
use store::Id;

use crate::Result;
use crate::intake::Sink;
use crate::place::{self, Place};
use crate::replay::Script;
use crate::report::{Report, Row};
use crate::samples::Samples;
use crate::smtp::MailServer;

/// How many leave before anything is measured, how many one at a time in a run, and how many wait to leave together.
const WARM: usize = 20;
const ALONE: usize = 200;
const WAITING: usize = 1_000;
/// How much the loop takes up in a turn, as the server's does.
const AT_ONCE: usize = 1024;

/// Measures and prints: beside the bundled server, and beside a Postfix where scripts/with-mail-servers has started one.
pub async fn measure(place: &Place, runs: usize, report: &Report) -> Result<()> {
    by(place, &MailServer::bundled()?, runs, report).await?;
    match MailServer::postfix()? {
        Some(postfix) => by(place, &postfix, runs, report).await,
        None => {
            report.remark("no Postfix is measured beside: run this by scripts/with-mail-servers");
            Ok(())
        }
    }
}

async fn by(place: &Place, server: &MailServer, runs: usize, report: &Report) -> Result<()> {
    let (mut cpu, mut wall) = (Samples::default(), Samples::default());
    let (mut draining, mut busy, mut bare) = (Samples::default(), Samples::default(), Samples::default());
    for run in 0..=runs {
        let carrier = server.carrier()?;
        let opened = place.desk().await?;
        let meter = opened.meter().await?;
        let tickets = open(&opened.desk, 64).await?;
        one_by_one(&opened.desk, &tickets, WARM, &carrier).await?;
        let (done, alone) = meter.measure(one_by_one(&opened.desk, &tickets, ALONE, &carrier)).await;
        done?;
        let keeping = Keeping::default();
        one_by_one(&opened.desk, &tickets, 1, &keeping).await?;
        let mail = keeping.0.into_inner().unwrap_or_else(PoisonError::into_inner).ok_or("no mail was kept")?;
        for number in 0..WAITING {
            reply(&opened.desk, &tickets, number).await?;
        }
        let (done, together) = meter.measure(drain(&opened.desk, &carrier)).await;
        if done? < WAITING {
            return Err("some mails did not leave".into());
        }
        let (done, floor) = meter.measure(server.take(&mail, WAITING / carrier.lanes(), carrier.lanes())).await;
        done?;
        opened.remove().await?;
        if run > 0 {
            cpu.add(alone.cpu_ms_each(ALONE));
            wall.add(alone.wall_ms_each(ALONE));
            draining.add(together.wall_ms_each(WAITING));
            busy.add(together.cpu_ms_each(WAITING));
            bare.add(floor.wall_ms_each(WAITING));
        }
    }
    let name = server.name();
    let row = |figure: &str, taken, floor: Option<&Samples>, aim| {
        let ratio = floor.map(|floor| floor.over(taken));
        report.row(&Row { figure: &format!("{figure}, {name}"), taken, floor, ratio, aim });
    };
    row("a reply until it is delivered, CPU ms", &cpu, None, "≤ 2 ms");
    row("a reply until it is delivered, wall ms", &wall, None, "");
    row("1,000 replies waiting, CPU ms each", &busy, None, "");
    row(
        "1,000 replies waiting, wall ms each (floor: a bare loop over as many connections)",
        &draining,
        Some(&bare),
        "≥ 0.8 of the floor's throughput",
    );
    Ok(())
}

/// What one more answer asks of a desk that is warm.
pub async fn one(place: &Place) -> Result<Script> {
    let opened = place.desk().await?;
    let tickets = open(&opened.desk, 64).await?;
    one_by_one(&opened.desk, &tickets, WARM, &Sink).await?;
    let recording = opened.desk.ground.db.record();
    one_by_one(&opened.desk, &tickets, 1, &Sink).await?;
    let script = Script::of(&recording);
    opened.remove().await?;
    Ok(script)
}

fn agent() -> Actor {
    Actor::Program { name: "bench".to_owned(), role: Role::Agent }
}

async fn open(desk: &Desk, count: usize) -> Result<Vec<Id>> {
    let mut tickets = Vec::with_capacity(count);
    for number in 0..count {
        let command = Command::OpenTicket(OpenTicket {
            subject: format!("Request {number} about the new logo"),
            body: "The logo on page one is the old one.".to_owned(),
            requester: Sender { email: place::address(number), name: None },
            playbook: None,
            fields: Map::new(),
            tags: Vec::new(),
            priority: Priority::Normal,
            key: None,
        });
        let Outcome::Ticket(ticket) = desk.handle(&agent(), command).await? else {
            return Err("opening a ticket gave none".into());
        };
        tickets.push(ticket);
    }
    desk.settle(&Keeping::default()).await?;
    Ok(tickets)
}

async fn reply(desk: &Desk, tickets: &[Id], number: usize) -> Result<()> {
    let ticket = *tickets.get(number % tickets.len()).ok_or("no tickets")?;
    let body = format!("Answer {number}: the new logo is on page one now. {}", "Please have a look at it. ".repeat(6));
    let reply = Reply { ticket, body, kind: ReplyKind::Reply, files: Vec::new(), seen: None, key: None };
    desk.handle(&agent(), Command::Reply(reply)).await?;
    Ok(())
}

async fn one_by_one(desk: &Desk, tickets: &[Id], count: usize, carrier: &dyn Carrier) -> Result<()> {
    for number in 0..count {
        reply(desk, tickets, number).await?;
        desk.settle(carrier).await?;
    }
    Ok(())
}

async fn drain(desk: &Desk, carrier: &dyn Carrier) -> Result<usize> {
    let mut left = 0;
    loop {
        match desk.work_off(carrier, (None, AT_ONCE), &|| false).await? {
            0 => return Ok(left),
            some => left += some,
        }
    }
}

/// Takes every mail and keeps the last.
#[derive(Default)]
struct Keeping(Mutex<Option<Ready>>);

impl Carrier for Keeping {
    fn carry<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<(), Refusal>> {
        async {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(parcel.mail.clone());
            Ok(())
        }
        .boxed()
    }
}
