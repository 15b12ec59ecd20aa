//! The release binary as a server of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use store::Clock;

use crate::Result;
use crate::http::Connection;
use crate::meter::cpu_of;

/// How long a server is left alone before its memory is looked at.
pub const REST: Duration = Duration::from_secs(3);

/// The binary: the one that was named, or the one beside this program.
pub fn binary(named: Option<&Path>) -> Result<PathBuf> {
    if let Some(named) = named {
        return Ok(named.to_owned());
    }
    let binary = std::env::current_exe()?.with_file_name("deskhand");
    if binary.is_file() {
        return Ok(binary);
    }
    Err(format!("there is no {}: cargo build --release -p deskhand, or give --binary", binary.display()).into())
}

/// A server that has answered; it is gone when this is dropped.
pub struct Served {
    child: Child,
    /// Where it listens: a host and a port.
    pub address: String,
    /// From its start to its first answer, on the wall.
    pub answered: Duration,
    /// The same on the processor.
    pub cpu: Duration,
}

impl Served {
    /// Starts `binary` on the desk in `folder`, whose rows are on the PostgreSQL server of the URL `database` if there is one.
    pub fn start(binary: &Path, folder: &Path, database: Option<&str>) -> Result<Self> {
        let clock = Clock::system();
        let mut command = Command::new(binary);
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder);
        if let Some(database) = database {
            command.env("DESKHAND_DATABASE", database);
        }
        let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut served = Self { child, address: String::new(), answered: Duration::ZERO, cpu: Duration::ZERO };
        let stdout = served.child.stdout.take().ok_or("no output to read")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let address = line.trim().rsplit_once("//").ok_or_else(|| format!("no address in {line:?}"))?.1;
        served.address = address.to_owned();
        let answer = Connection::open(&served.address)?.ask("GET", "/health", &[], "")?;
        if answer.status != 200 {
            return Err(format!("/health answered {}", answer.status).into());
        }
        served.answered = clock.monotonic();
        served.cpu = cpu_of(served.process());
        Ok(served)
    }

    /// Its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// The proportional share of memory that the process holds.
    pub fn memory_mib(&self) -> Result<f64> {
        let text = std::fs::read_to_string(format!("/proc/{}/smaps_rollup", self.process()))?;
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
