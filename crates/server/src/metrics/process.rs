//! What the system says of the process, where it says it as Linux does.

use super::text::{Text, Type};

/// Adds what is known; nothing on a system that does not tell.
pub(super) fn write(text: &mut Text) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    for (name, field, help) in [
        ("process_resident_memory_bytes", "VmRSS:", "Memory of the process that is in use, shared pages included."),
        ("deskhand_process_memory_peak_bytes", "VmHWM:", "The most that it ever was."),
    ] {
        if let Some(bytes) = kibibytes(&status, field) {
            text.one(name, Type::Gauge, help, bytes);
        }
    }
    if let Ok(open) = std::fs::read_dir("/proc/self/fd") {
        text.one("process_open_fds", Type::Gauge, "Open files and connections.", open.count());
    }
    if let Some(threads) = number(&status, "Threads:") {
        text.one("process_threads", Type::Gauge, "Threads.", threads);
    }
}

/// A field such as `VmRSS:    51200 kB`, in bytes.
fn kibibytes(status: &str, field: &str) -> Option<u64> {
    number(status, field)?.checked_mul(1024)
}

fn number(status: &str, field: &str) -> Option<u64> {
    status.lines().find_map(|line| line.strip_prefix(field))?.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_told_in_bytes_and_what_is_missing_is_not_told() {
        let status = "Name:\tdeskhand\nVmRSS:\t   51200 kB\nThreads:\t7\n";
        assert_eq!(kibibytes(status, "VmRSS:"), Some(52_428_800));
        assert_eq!((number(status, "Threads:"), kibibytes(status, "VmHWM:")), (Some(7), None));
    }
}
