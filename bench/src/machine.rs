//! What the figures were taken on.

use std::process::Command;
use std::thread::available_parallelism;

/// Processor, cores, kernel and compiler, in one line.
pub fn describe() -> String {
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let cores = available_parallelism().map_or(1, usize::from);
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let memory = field("/proc/meminfo", "MemTotal").unwrap_or_default();
    format!("{processor}, {cores} cores, {memory}, Linux {}, {}", kernel.trim(), compiler())
}

/// How busy the machine is, by its own account: the load of the last minute.
pub fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or("?").to_owned()
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    let (_, value) = text.lines().filter_map(|line| line.split_once(':')).find(|(key, _)| key.trim() == name)?;
    Some(value.trim().to_owned())
}

fn compiler() -> String {
    let said = Command::new("rustc").arg("--version").output();
    said.map_or_else(|_| "unknown compiler".to_owned(), |said| String::from_utf8_lossy(&said.stdout).trim().to_owned())
}
