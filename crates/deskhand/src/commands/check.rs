//! `deskhand check DIR`.

use std::path::PathBuf;

use clap::Args;
use desk::handbook::tree;
use playbook::Severity;
use serde_json::json;

use super::output::{Format, findings_of, print_json};
use crate::exit;

/// Says whether a handbook is sound: exit 0 when it is, 1 when it is not.
#[derive(Args)]
pub struct Check {
    /// The handbook's folder.
    dir: PathBuf,
    /// The form of the answer.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Check {
    pub(super) fn run(self) -> desk::Result<u8> {
        let files = tree::from_folder(&self.dir)?;
        let findings = findings_of(&files);
        let sound = !findings.iter().any(|finding| finding.severity == Severity::Error);
        match self.format {
            Format::Json => print_json(&json!({"ok": sound, "findings": findings}))?,
            Format::Text => {
                for finding in &findings {
                    println!("{}\n", finding.render(&files));
                }
                println!("{}", if sound { "The handbook is sound." } else { "The handbook is not sound." });
            }
        }
        Ok(if sound { exit::SUCCESS } else { exit::FAILURE })
    }
}
