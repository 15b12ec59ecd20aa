//! `deskhand simulate DIR SCENARIO`.

use std::path::PathBuf;

use clap::Args;
use desk::handbook::tree;
use desk::rehearsal::{Moment, Report, rehearse};
use desk::{Error, Result};
use playbook::Scenario;
use serde_json::json;
use store::Location;

use super::output::{Format, print_json, scenarios_of};
use crate::exit;

/// Plays one scenario on a virtual clock and prints what happens when.
#[derive(Args)]
pub struct Simulate {
    /// The handbook's folder.
    dir: PathBuf,
    /// The scenario: its name, the beginning of its name, or its file when that holds only one.
    scenario: String,
    /// The form of the answer.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Simulate {
    pub(super) async fn run(self) -> Result<u8> {
        let files = tree::from_folder(&self.dir)?;
        let scenarios = scenarios_of(&files)?;
        let scenario = self.chosen(&scenarios)?;
        let report = rehearse(&files, scenario, Location::Memory).await?;
        match self.format {
            Format::Json => print_json(&json!({
                "timeline": report.timeline, "passed": report.passed, "failed": report.failed,
            }))?,
            Format::Text => print_story(scenario, &report),
        }
        Ok(if report.failed.is_empty() { exit::SUCCESS } else { exit::FAILURE })
    }

    fn chosen<'s>(&self, scenarios: &'s [Scenario]) -> Result<&'s Scenario> {
        let exact = scenarios.iter().find(|scenario| scenario.name == self.scenario);
        let mut close = scenarios.iter().filter(|scenario| {
            scenario.name.starts_with(&self.scenario) || scenario.place.file.ends_with(&self.scenario)
        });
        let (first, more) = (close.next(), close.next());
        match (exact, first, more) {
            (Some(scenario), _, _) | (None, Some(scenario), None) => Ok(scenario),
            (None, Some(_), Some(_)) => {
                Err(Error::invalid("several-scenarios", format!("Several scenarios begin with {:?}.", self.scenario))
                    .advise(names(scenarios)))
            }
            (None, None, _) => Err(Error::not_found("scenario").advise(names(scenarios))),
        }
    }
}

fn names(scenarios: &[Scenario]) -> String {
    let names: Vec<&str> = scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
    format!("There are:\n  {}", names.join("\n  "))
}

fn print_story(scenario: &Scenario, report: &Report) {
    println!("{}\n", scenario.name);
    for moment in &report.timeline {
        println!("{}", line(scenario, moment));
    }
    println!();
    for failure in &report.failed {
        println!("FAILED  {}: {}", failure.place, failure.message);
    }
    println!("{} expectations hold, {} do not", report.passed, report.failed.len());
}

/// `Tue 17 Nov 09:00:00  #1001 document-change  ticket.opened  → configuring.working  (reply, open)`
fn line(scenario: &Scenario, moment: &Moment) -> String {
    let at = moment.at.to_zoned(scenario.starts.time_zone().clone()).strftime("%a %d %b %H:%M:%S").to_string();
    let way = match (&moment.from, &moment.to) {
        (from, Some(to)) if from.as_ref() != Some(to) => format!("→ {to}"),
        (_, Some(to)) => format!("stays in {to}"),
        (_, None) => String::new(),
    };
    let effects = if moment.effects.is_empty() { String::new() } else { format!("  ({})", moment.effects.join(", ")) };
    format!("{at}  #{} {:<24} {:<28} {way}{effects}", moment.ticket, moment.playbook, moment.event)
}
