//! Pages that listen, each on a connection of its own: what they hold while nothing happens, and how soon all of them hear of a change.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use store::Clock;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::OwnedWriteHalf;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::Result;
use crate::http::Connection;
use crate::meter::cpu_of;
use crate::place::Place;
use crate::report::{Report, Row};
use crate::samples::Samples;
use crate::served::{self, REST, Served};
use crate::site::{self, Site};

/// How many tickets the desk has: a change costs what its listeners cost, not what else is there.
const TICKETS: i64 = 1_000;
/// How many changes there are in a run, one after the other.
const CHANGES: usize = 20;
/// How long nothing happens while the processor's time is looked at.
const SILENCE: Duration = Duration::from_secs(40);
/// How long a change may take to reach everybody.
const HEARD_MAX: Duration = Duration::from_secs(30);

/// Who heard of which ticket.
type Heard = (usize, String);

/// Measures and prints, with that many connections.
pub async fn measure(
    place: &Place,
    binary: Option<&Path>,
    connections: usize,
    runs: usize,
    report: &Report,
) -> Result<()> {
    let site = Site::build(place, TICKETS).await?;
    let binary = served::binary(binary)?;
    report.remark(&format!("{connections} connections on {}", place.name()));
    let (mut opening, mut memory, mut silence) = (Samples::default(), Samples::default(), Samples::default());
    let (mut wall, mut cpu, mut floor) = (Samples::default(), Samples::default(), Samples::default());
    for _ in 0..runs {
        floor.add(bare(connections).await?);
        let served = site.serve(&binary)?;
        let cookie = site::sign_in(&mut Connection::open(&served.address)?)?;
        tokio::time::sleep(REST).await;
        let (before, clock) = (served.memory_mib()?, Clock::system());
        let mut listeners = Listeners::open(&served.address, &cookie, connections).await?;
        opening.add(clock.monotonic().as_secs_f64() * 1e3 / connections as f64);
        memory.add((served.memory_mib()? - before) * 1024.0 / connections as f64);
        silence.add(cpu_in_silence(&served).await);
        let taken = changes(&site, &served, &mut listeners).await?;
        wall.add(taken.0);
        cpu.add(taken.1);
    }
    let of = |figure: &str| format!("{connections} pages listen: {figure}");
    for (figure, taken, floor) in [
        (of("opening one, wall ms"), &opening, None),
        (of("memory of one, KiB"), &memory, None),
        (of("nothing happens, CPU ms a second"), &silence, None),
        (
            of("a ticket opened until all heard, wall ms (floor: a bare loop that writes to as many)"),
            &wall,
            Some(&floor),
        ),
        (of("a ticket opened until all heard, CPU ms of the server"), &cpu, None),
    ] {
        let ratio = floor.map(|floor| floor.over(taken));
        report.row(&Row { figure: &figure, taken, floor, ratio, aim: "" });
    }
    site.remove().await
}

/// Milliseconds of the server's processor that a second costs in which nothing happens.
async fn cpu_in_silence(served: &Served) -> f64 {
    let before = cpu_of(served.process());
    tokio::time::sleep(SILENCE).await;
    (cpu_of(served.process()) - before).as_secs_f64() * 1e3 / SILENCE.as_secs_f64()
}

/// Opens tickets by the API, each when everybody has heard of the one before; milliseconds of wall and of the server's processor for each.
async fn changes(site: &Site, served: &Served, listeners: &mut Listeners) -> Result<(f64, f64)> {
    let headers = [format!("Authorization: Bearer {}", site.token), "Content-Type: application/json".to_owned()];
    let mut asking = Connection::open(&served.address)?;
    let (clock, before) = (Clock::system(), cpu_of(served.process()));
    for number in 0..CHANGES {
        let body = json!({"subject": format!("Change {number}"), "body": "Hello.", "requester": {"email": crate::place::address(number)}});
        let answer = asking.ask("POST", "/api/v1/tickets", &headers, &body.to_string())?;
        if answer.status != 201 {
            return Err(format!("the server answered {}: {}", answer.status, answer.body).into());
        }
        let ticket: Value = serde_json::from_str(&answer.body)?;
        listeners.wait_for(ticket["id"].as_str().ok_or("a ticket without an id")?).await?;
    }
    let each = 1e3 / CHANGES as f64;
    Ok((clock.monotonic().as_secs_f64() * each, (cpu_of(served.process()) - before).as_secs_f64() * each))
}

/// Connections that listen.
struct Listeners {
    tasks: JoinSet<()>,
    heard: UnboundedReceiver<Heard>,
    /// Who heard of each ticket that was not asked about yet.
    known: HashMap<String, HashSet<usize>>,
    /// What keeps the connections open.
    _writing: Vec<OwnedWriteHalf>,
}

impl Listeners {
    async fn open(address: &str, cookie: &str, count: usize) -> Result<Self> {
        let (tell, heard) = unbounded_channel();
        let (mut tasks, mut writing) = (JoinSet::new(), Vec::with_capacity(count));
        for index in 0..count {
            let (reading, mut half) = TcpStream::connect(address).await?.into_split();
            half.write_all(format!("GET /live HTTP/1.1\r\nHost: {address}\r\n{cookie}\r\n\r\n").as_bytes()).await?;
            let mut lines = BufReader::with_capacity(512, reading);
            let mut first = String::new();
            lines.read_line(&mut first).await?;
            if !first.contains(" 200 ") {
                return Err(format!("connection {index} was answered with {first:?}").into());
            }
            writing.push(half);
            let tell = tell.clone();
            tasks.spawn(async move { listen(index, lines, &tell).await });
        }
        Ok(Self { tasks, heard, known: HashMap::new(), _writing: writing })
    }

    /// Waits until everybody has heard of this ticket.
    async fn wait_for(&mut self, ticket: &str) -> Result<()> {
        let count = self.tasks.len();
        while self.known.get(ticket).map_or(0, HashSet::len) < count {
            let heard = timeout(HEARD_MAX, self.heard.recv()).await;
            let Ok(Some((who, of))) = heard else {
                let heard = self.known.get(ticket).map_or(0, HashSet::len);
                return Err(format!("{heard} of {count} heard of a change").into());
            };
            self.known.entry(of).or_default().insert(who);
        }
        self.known.remove(ticket);
        Ok(())
    }
}

/// Reads server-sent events and tells of each ticket's.
async fn listen(index: usize, mut lines: BufReader<tokio::net::tcp::OwnedReadHalf>, tell: &UnboundedSender<Heard>) {
    let (mut line, mut of_ticket) = (String::new(), false);
    loop {
        line.clear();
        if !matches!(lines.read_line(&mut line).await, Ok(read) if read > 0) {
            return;
        }
        match line.trim_end().split_once(": ") {
            Some(("event", name)) => of_ticket = name == "ticket",
            Some(("data", data)) if of_ticket => {
                let id =
                    serde_json::from_str::<Value>(data).ok().and_then(|data| Some(data["id"].as_str()?.to_owned()));
                if let Some(id) = id
                    && tell.send((index, id)).is_err()
                {
                    return;
                }
            }
            _ => {}
        }
    }
}

/// Milliseconds until as many connections have heard what one loop without a desk writes to each in turn.
async fn bare(count: usize) -> Result<f64> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    let accepting = tokio::spawn(async move {
        let mut writing = Vec::with_capacity(count);
        for _ in 0..count {
            let (mut stream, _) = listener.accept().await?;
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
            writing.push(stream);
        }
        std::io::Result::Ok(writing)
    });
    let mut listeners = Listeners::open(&address, "Accept: text/event-stream", count).await?;
    let mut writing = accepting.await??;
    let clock = Clock::system();
    for change in 0..CHANGES {
        let event = format!("event: ticket\ndata: {{\"id\":\"{change}\",\"version\":1}}\n\n");
        for stream in &mut writing {
            stream.write_all(event.as_bytes()).await?;
        }
        listeners.wait_for(&change.to_string()).await?;
    }
    Ok(clock.monotonic().as_secs_f64() * 1e3 / CHANGES as f64)
}
