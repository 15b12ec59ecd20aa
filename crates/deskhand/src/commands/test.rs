//! `deskhand test DIR`.

use std::path::PathBuf;

use clap::Args;
use desk::handbook::tree;
use desk::rehearsal::rehearse;
use serde_json::json;
use store::Location;

use super::output::{Format, print_json, scenarios_of};
use crate::exit;

/// Plays all scenarios of a handbook: exit 0 when every one holds, 1 when not.
#[derive(Args)]
pub struct Test {
    /// The handbook's folder.
    dir: PathBuf,
    /// Plays them on this PostgreSQL server, each in a schema of its own that is removed again, instead of in memory.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// The form of the answer.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Test {
    pub(super) async fn run(self) -> desk::Result<u8> {
        let files = tree::from_folder(&self.dir)?;
        let mut rows = Vec::new();
        let mut failed = 0;
        for (position, scenario) in scenarios_of(&files)?.iter().enumerate() {
            let report = rehearse(&files, scenario, self.location(position)).await?;
            let reasons: Vec<String> =
                report.failed.iter().map(|failure| format!("{}: {}", failure.place, failure.message)).collect();
            failed += usize::from(!reasons.is_empty());
            if self.format == Format::Text {
                println!("{}  {}", if reasons.is_empty() { "ok    " } else { "FAILED" }, scenario.name);
                reasons.iter().for_each(|reason| println!("        {reason}"));
            }
            rows.push(json!({
                "name": scenario.name,
                "file": scenario.place.file,
                "passed": reasons.is_empty(),
                "message": reasons.join("\n"),
            }));
        }
        match self.format {
            Format::Json => print_json(&json!({"scenarios": rows}))?,
            Format::Text => println!("{} passed, {failed} failed", rows.len() - failed),
        }
        Ok(if failed == 0 { exit::SUCCESS } else { exit::FAILURE })
    }

    fn location(&self, position: usize) -> Location {
        match &self.database {
            None => Location::Memory,
            Some(url) => {
                let schema = format!("rehearsal_{}_{position}", std::process::id());
                Location::Server { url: url.clone(), schema: Some(schema) }
            }
        }
    }
}
