//! The log: lines on standard error, so that what a command prints stays its own.
//!
//! A thread of its own writes them. Whoever logs never waits, whether the disk behind it is full, the pipe is closed or nobody
//! reads it: lines that find no room are counted and left out, and nothing else comes of it.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use tracing::{Level, Metadata};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// The crates of this program.
const OURS: [&str; 9] =
    ["calendar", "desk", "deskhand", "directory", "mail", "playbook", "server", "store", "transport"];
/// How many lines may wait to be written.
const WAITING_MAX: usize = 4_096;
/// How long the end of a process waits for the last of them.
const FLUSH_MAX: Duration = Duration::from_secs(1);

/// What a command logs when nobody says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usual {
    /// A desk at work: what it does, and every request.
    Serving,
    /// A command: what is wrong.
    Command,
    /// A rehearsal: it plays outages, and they are none.
    Rehearsal,
}

impl Usual {
    fn filter(self) -> &'static str {
        match self {
            Usual::Serving => "warn,server=info,deskhand=info",
            Usual::Command => "warn",
            Usual::Rehearsal => "error",
        }
    }
}

/// The log of this process. What was logged last is written when it is dropped.
pub struct Log {
    lines: SyncSender<Item>,
}

enum Item {
    Line(Vec<u8>),
    /// Everything before this is written: says so.
    Flush(SyncSender<()>),
}

/// Starts the log. `DESKHAND_LOG` chooses (such as `info,desk=debug`), `DESKHAND_LOG_FORMAT=json` writes one JSON object a line.
pub fn start(usual: Usual) -> Log {
    let (lines, waiting) = sync_channel(WAITING_MAX);
    let lost = Arc::<AtomicU64>::default();
    let counted = Arc::clone(&lost);
    let writing =
        std::thread::Builder::new().name("log".to_owned()).spawn(move || write(&waiting, &counted, io::stderr()));
    let log = Log { lines: lines.clone() };
    if writing.is_err() {
        // Without a thread there is no log; the desk works all the same.
        return log;
    }
    let chosen = EnvFilter::try_from_env("DESKHAND_LOG").unwrap_or_else(|_| EnvFilter::new(usual.filter()));
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(move || Writer { lines: lines.clone(), lost: Arc::clone(&lost) });
    // Both filter for all: a filter of one layer remembers what it was last asked, and sqlx asks without logging.
    let log_of = tracing_subscriber::registry().with(chosen).with(filter_fn(is_discreet));
    if std::env::var("DESKHAND_LOG_FORMAT").is_ok_and(|format| format == "json") {
        log_of.with(lines.json()).init();
    } else {
        log_of.with(lines.with_target(false)).init();
    }
    log
}

/// Whether somebody logs this who knows what may not be in a log. Others know nothing of it: the reader of HTML, asked for all it has
/// to say, repeats every word of every mail. Of theirs there is nothing below a warning, whatever is chosen.
fn is_discreet(line: &Metadata<'_>) -> bool {
    let from = line.target().split("::").next().unwrap_or_default();
    *line.level() <= Level::WARN || OURS.contains(&from)
}

impl Drop for Log {
    fn drop(&mut self) {
        let (written, is_written) = sync_channel(1);
        if self.lines.try_send(Item::Flush(written)).is_ok() {
            // Whoever does not read the log is not waited for any longer.
            let _ = is_written.recv_timeout(FLUSH_MAX);
        }
    }
}

/// Takes one line.
struct Writer {
    lines: SyncSender<Item>,
    lost: Arc<AtomicU64>,
}

impl Write for Writer {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.lines.try_send(Item::Line(line.to_vec())).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes what comes until nobody can send any more.
fn write(waiting: &Receiver<Item>, lost: &AtomicU64, mut out: impl Write) {
    while let Ok(item) = waiting.recv() {
        let missing = lost.swap(0, Ordering::Relaxed);
        if missing > 0
            && writeln!(out, "deskhand: {missing} lines of the log were left out, because nobody took them").is_err()
        {
            lost.fetch_add(missing, Ordering::Relaxed);
        }
        match item {
            Item::Line(line) if out.write_all(&line).is_err() => drop(lost.fetch_add(1, Ordering::Relaxed)),
            Item::Line(_) => {}
            Item::Flush(written) => drop(written.try_send(())),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Fails while it is full.
    #[derive(Clone, Default)]
    struct Disk {
        full: Arc<std::sync::atomic::AtomicBool>,
        text: Arc<Mutex<Vec<u8>>>,
    }

    impl Write for Disk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.full.load(Ordering::SeqCst) {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.text.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn lines_that_find_no_room_are_counted_and_told_when_there_is_room_again() {
        let (lines, waiting) = sync_channel(2);
        let (disk, lost) = (Disk::default(), Arc::<AtomicU64>::default());
        let mut log = Writer { lines: lines.clone(), lost: Arc::clone(&lost) };
        for line in ["one\n", "two\n", "three\n"] {
            assert_eq!(log.write(line.as_bytes()).unwrap(), line.len(), "whoever logs never learns of it");
        }
        disk.full.store(true, Ordering::SeqCst);
        let (out, counted) = (disk.clone(), Arc::clone(&lost));
        let writing = std::thread::spawn(move || write(&waiting, &counted, out));
        while lost.load(Ordering::SeqCst) < 3 {
            std::thread::yield_now();
        }
        disk.full.store(false, Ordering::SeqCst);
        log.write_all(b"four\n").unwrap();
        drop((log, lines));
        writing.join().unwrap();
        let text = String::from_utf8(disk.text.lock().unwrap().clone()).unwrap();
        assert_eq!(text, "deskhand: 3 lines of the log were left out, because nobody took them\nfour\n");
    }
}
