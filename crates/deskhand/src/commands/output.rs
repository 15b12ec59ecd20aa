//! How commands print: for people, or as one JSON document.

use clap::ValueEnum;
use desk::{Error, Result};
use playbook::{Files, Finding, Scenario, Severity};

/// The form of a command's answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON document.
    Json,
}

/// Prints a JSON document.
pub fn print_json(document: &serde_json::Value) -> Result<()> {
    println!("{}", serde_json::to_string_pretty(document)?);
    Ok(())
}

/// Everything that is to be said of a handbook, scenarios included, errors first.
pub fn findings_of(files: &Files) -> Vec<Finding> {
    desk::editing::review::findings(files, &desk::runs::actions::registry())
}

/// The scenarios of a sound handbook, or its findings as the error.
pub fn scenarios_of(files: &Files) -> Result<Vec<Scenario>> {
    let findings = findings_of(files);
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        let text: Vec<String> = findings.iter().map(|finding| finding.render(files)).collect();
        return Err(Error::invalid("unsound-handbook", format!("the handbook is not sound\n\n{}", text.join("\n"))));
    }
    playbook::scenarios(files).map_err(|_| Error::internal("scenarios that were sound are not"))
}

/// Prints a link alone. Where the desk was never told its public address, its path, and on standard error what to do with that.
pub fn link(desk: &desk::Desk, path: &str) {
    match &desk.ground.settings.public_url {
        Some(url) => println!("{}", url.of(path)),
        None => {
            println!("{path}");
            eprintln!(
                "Open it under the address at which your browser reaches the desk, such as http://127.0.0.1:8080."
            );
        }
    }
}
