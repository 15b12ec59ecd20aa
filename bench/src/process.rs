//! The release binary as a process: from its start to its first answer, its memory at rest, and tickets by its API.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::json;
use store::Clock;

use crate::Result;
use crate::http::Connection;
use crate::meter::cpu_of;
use crate::place::Place;
use crate::report::{Report, Row};
use crate::samples::Samples;
use crate::served::{self, REST, Served};

/// How many tickets are opened over HTTP in a run, one after the other on one connection.
const OPENED: usize = 200;

/// Measures the start and the memory, and prints.
pub async fn start_and_rest(place: &Place, binary: Option<&Path>, runs: usize, report: &Report) -> Result<()> {
    let (binary, folder) = prepared(place, binary)?;
    let mut wall = Samples::default();
    let (mut cpu, mut memory, mut floor) = (wall.clone(), wall.clone(), wall.clone());
    for _ in 0..runs {
        floor.add(idle_start(&binary)?);
        let served = Served::start(&binary, &folder, None)?;
        wall.add(served.answered.as_secs_f64() * 1e3);
        cpu.add(served.cpu.as_secs_f64() * 1e3);
        tokio::time::sleep(REST).await;
        memory.add(served.memory_mib()?);
    }
    for (figure, taken, floor, aim) in [
        ("start to /health, CPU ms", &cpu, None, "≤ 50 ms"),
        ("start to /health, wall ms (floor: `--version`)", &wall, Some(&floor), ""),
        ("memory at rest, PSS in MiB", &memory, None, "≤ 25 MiB"),
    ] {
        report.row(&Row { figure, taken, floor, ratio: None, aim });
    }
    let size = std::fs::metadata(&binary)?.len() as f64 / 1_048_576.0;
    report.remark(&format!("the binary has {size:.1} MiB"));
    Ok(())
}

/// Measures tickets by the API over HTTP, beside as many empty answers on the same connection, and prints.
pub fn tickets_over_http(place: &Place, binary: Option<&Path>, runs: usize, report: &Report) -> Result<()> {
    let (binary, folder) = prepared(place, binary)?;
    let made = Command::new(&binary)
        .args(["token", "create", "--name", "bench", "--role", "agent", "--data"])
        .arg(&folder)
        .output()?;
    let token = String::from_utf8(made.stdout)?;
    let headers = [format!("Authorization: Bearer {}", token.trim()), "Content-Type: application/json".to_owned()];
    let served = Served::start(&binary, &folder, None)?;
    let mut connection = Connection::open(&served.address)?;
    let clock = Clock::system();
    let (mut wall, mut cpu) = (Samples::default(), Samples::default());
    let (mut floor_wall, mut floor_cpu) = (wall.clone(), cpu.clone());
    for run in 0..=runs {
        for empty in [true, false] {
            let before = (clock.monotonic(), cpu_of(served.process()));
            for number in 0..OPENED {
                let (answer, wanted) = if empty {
                    (connection.ask("GET", "/health", &[], "")?, 200)
                } else {
                    (connection.ask("POST", "/api/v1/tickets", &headers, &ticket(number))?, 201)
                };
                if answer.status != wanted {
                    return Err(format!("the server answered {}: {}", answer.status, answer.body).into());
                }
            }
            let each = |took: Duration| took.as_secs_f64() * 1e3 / OPENED as f64;
            let took = (each(clock.monotonic() - before.0), each(cpu_of(served.process()) - before.1));
            match (run, empty) {
                (0, _) => {}
                (_, true) => {
                    floor_wall.add(took.0);
                    floor_cpu.add(took.1);
                }
                (_, false) => {
                    wall.add(took.0);
                    cpu.add(took.1);
                }
            }
        }
    }
    for (figure, taken, floor) in [
        ("ticket by API over HTTP, wall ms (floor: `GET /health`)", &wall, &floor_wall),
        ("ticket by API over HTTP, CPU ms of the server (floor: `GET /health`)", &cpu, &floor_cpu),
    ] {
        report.row(&Row { figure, taken, floor: Some(floor), ratio: Some(floor.over(taken)), aim: "" });
    }
    Ok(())
}

fn ticket(number: usize) -> String {
    let requester = json!({"email": crate::place::address(number)});
    let subject = format!("Request {number} about the new logo");
    let body = "The logo on page one is the old one. It should be ours.";
    json!({"subject": subject, "body": body, "requester": requester, "tags": ["logo"]}).to_string()
}

/// The binary, and a folder with a desk: the first start makes it, and what is measured are later ones.
fn prepared(place: &Place, binary: Option<&Path>) -> Result<(PathBuf, PathBuf)> {
    let binary = served::binary(binary)?;
    let folder = place.folder()?;
    drop(Served::start(&binary, &folder, None)?);
    Ok((binary, folder))
}

/// Milliseconds that a start takes which does nothing.
fn idle_start(binary: &Path) -> Result<f64> {
    let clock = Clock::system();
    Command::new(binary).arg("--version").stdout(Stdio::null()).status()?;
    Ok(clock.monotonic().as_secs_f64() * 1e3)
}
