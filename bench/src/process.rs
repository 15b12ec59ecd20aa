//! The release binary as a process: from its start to its first answer, and its memory at rest.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use store::Clock;

use crate::meter::cpu_of;
use crate::place::Place;
use crate::report::{Report, Row};
use crate::samples::Samples;
use crate::{Result, machine};

/// How long a server is left alone before its memory is looked at.
const REST: Duration = Duration::from_secs(3);

/// Measures and prints.
pub async fn measure(place: &Place, binary: Option<&Path>, runs: usize, report: &Report) -> Result<()> {
    if !place.is_embedded() {
        report.remark("start and memory are measured with the embedded database");
        return Ok(());
    }
    let binary = match binary {
        Some(binary) => binary.to_owned(),
        None => beside()?,
    };
    let folder = place.folder()?;
    // The first start makes the desk; what is measured are later ones.
    drop(Served::start(&binary, &folder)?);
    let mut wall = Samples::default();
    let (mut cpu, mut memory, mut floor) = (wall.clone(), wall.clone(), wall.clone());
    for _ in 0..runs {
        floor.add(idle_start(&binary)?);
        let served = Served::start(&binary, &folder)?;
        wall.add(served.answered.as_secs_f64() * 1e3);
        cpu.add(served.cpu.as_secs_f64() * 1e3);
        tokio::time::sleep(REST).await;
        memory.add(served.memory_mib()?);
    }
    for (figure, taken, floor, aim) in [
        ("start to /health, CPU ms (floor: `deskhand --version`, wall ms)", &cpu, Some(&floor), "≤ 50 ms"),
        ("start to /health, wall ms", &wall, None, ""),
        ("memory at rest, PSS in MiB", &memory, None, "≤ 25 MiB"),
    ] {
        report.row(&Row { figure, taken, floor, ratio: None, aim });
    }
    report.remark(&format!(
        "the binary has {:.1} MiB, load {}",
        std::fs::metadata(&binary)?.len() as f64 / 1_048_576.0,
        machine::load()
    ));
    Ok(())
}

fn beside() -> Result<PathBuf> {
    let binary = std::env::current_exe()?.with_file_name("deskhand");
    if binary.is_file() {
        return Ok(binary);
    }
    Err(format!("there is no {}: cargo build --release -p deskhand, or give --binary", binary.display()).into())
}

/// Milliseconds that a start takes which does nothing.
fn idle_start(binary: &Path) -> Result<f64> {
    let clock = Clock::system();
    Command::new(binary).arg("--version").stdout(Stdio::null()).status()?;
    Ok(clock.monotonic().as_secs_f64() * 1e3)
}

/// A server that has answered; it is gone when this is dropped.
struct Served {
    child: Child,
    /// From the start to the answer, on the wall and on the processor.
    answered: Duration,
    cpu: Duration,
}

impl Served {
    fn start(binary: &Path, folder: &Path) -> Result<Self> {
        let clock = Clock::system();
        let child = Command::new(binary)
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut served = Self { child, answered: Duration::ZERO, cpu: Duration::ZERO };
        let stdout = served.child.stdout.take().ok_or("no output to read")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let address = line.trim().rsplit_once("//").ok_or_else(|| format!("no address in {line:?}"))?.1.to_owned();
        answer(&address)?;
        served.answered = clock.monotonic();
        served.cpu = cpu_of(served.child.id());
        Ok(served)
    }

    /// The proportional share of memory that the process holds.
    fn memory_mib(&self) -> Result<f64> {
        let text = std::fs::read_to_string(format!("/proc/{}/smaps_rollup", self.child.id()))?;
        let line = text.lines().find(|line| line.starts_with("Pss:")).ok_or("no Pss in smaps_rollup")?;
        let kib: f64 = line.split_whitespace().nth(1).ok_or("no number in smaps_rollup")?.parse()?;
        Ok(kib / 1024.0)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn answer(address: &str) -> Result<()> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.write_all(format!("GET /health HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    if text.starts_with("HTTP/1.1 200") { Ok(()) } else { Err(format!("/health answered {text:?}").into()) }
}
