//! Which statements ran on which engine, for a check at the end of the test suite: one SQL text serves both only if both have run it.
//!
//! With `DESKHAND_STATEMENTS=FILE`, builds with debug assertions add a line to FILE for each statement the first time that the
//! process carries it out: the engine, a tab, and the text on one line. A release has none of this.

use crate::Engine;

/// Notes a statement that was carried out.
#[inline]
pub(crate) fn note(engine: Engine, text: &str) {
    #[cfg(debug_assertions)]
    open::note(engine, text);
    #[cfg(not(debug_assertions))]
    let _ = (engine, text);
}

#[cfg(debug_assertions)]
mod open {
    use std::collections::HashSet;
    use std::fs::File;
    use std::io::Write;
    use std::sync::{LazyLock, Mutex, PoisonError};

    use crate::Engine;

    struct Ledger {
        file: File,
        seen: HashSet<String>,
    }

    static LEDGER: LazyLock<Option<Mutex<Ledger>>> = LazyLock::new(|| {
        let path = std::env::var_os("DESKHAND_STATEMENTS")?;
        let file = File::options().create(true).append(true).open(path).ok()?;
        Some(Mutex::new(Ledger { file, seen: HashSet::new() }))
    });

    pub(super) fn note(engine: Engine, text: &str) {
        let Some(ledger) = LEDGER.as_ref() else { return };
        let name = match engine {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        };
        let line = format!("{name}\t{}\n", text.split_whitespace().collect::<Vec<_>>().join(" "));
        let mut ledger = ledger.lock().unwrap_or_else(PoisonError::into_inner);
        if ledger.seen.insert(line.clone()) {
            // One write a line: processes append to the same file side by side.
            let _ = ledger.file.write_all(line.as_bytes());
        }
    }
}
