//! Time on the wall and on the processor, of a process and of the database server's.
//!
//! Processor time is what the scheduler counted for every thread (`/proc/PID/task/TID/schedstat`, nanoseconds), user and system
//! together: it hardly depends on who else is using the machine.

use std::fs;
use std::time::Duration;

use store::Clock;

/// What is measured.
#[derive(Clone)]
pub struct Meter {
    clock: Clock,
    process: u32,
    /// The parent of the database server's processes, if there is a server.
    server: Option<u32>,
}

/// What something took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Took {
    /// On the wall.
    pub wall: Duration,
    /// On the processor: the process and the database server together.
    pub cpu: Duration,
}

impl Took {
    /// Milliseconds of wall for each of `count`.
    pub fn wall_ms_each(&self, count: usize) -> f64 {
        self.wall.as_secs_f64() * 1e3 / count as f64
    }

    /// Milliseconds of processor for each of `count`.
    pub fn cpu_ms_each(&self, count: usize) -> f64 {
        self.cpu.as_secs_f64() * 1e3 / count as f64
    }
}

impl Meter {
    /// A meter for `process`, and for the children of `server`.
    pub fn new(process: u32, server: Option<u32>) -> Self {
        Self { clock: Clock::system(), process, server }
    }

    /// Runs `work` and says what it took.
    pub async fn measure<T>(&self, work: impl Future<Output = T>) -> (T, Took) {
        let before = self.read();
        let outcome = work.await;
        let after = self.read();
        (outcome, Took { wall: after.wall - before.wall, cpu: after.cpu.saturating_sub(before.cpu) })
    }

    fn read(&self) -> Took {
        let own = cpu_of(self.process);
        let server = self.server.map_or(Duration::ZERO, |parent| children_of(parent).into_iter().map(cpu_of).sum());
        Took { wall: self.clock.monotonic(), cpu: own + server }
    }
}

/// Processor time of all living threads of a process.
pub fn cpu_of(process: u32) -> Duration {
    let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else { return Duration::ZERO };
    let nanos = threads.flatten().filter_map(|thread| {
        let text = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(nanos.sum())
}

/// The parent of a process.
pub fn parent_of(process: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name in brackets may hold anything; the state and the parent follow it.
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

fn children_of(parent: u32) -> Vec<u32> {
    let Ok(all) = fs::read_dir("/proc") else { return Vec::new() };
    all.flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|process| parent_of(*process) == Some(parent))
        .collect()
}
