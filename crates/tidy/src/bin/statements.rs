//! `statements LEDGER`: holds what a test run carried out against every statement of the sources; exits 1 when one is missing.

use std::process::ExitCode;

use tidy::Tree;
use tidy::statements::{Ledger, check};

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: statements LEDGER");
        return ExitCode::from(2);
    };
    let (ledger, tree) = match (std::fs::read_to_string(&path), Tree::of_this_repository()) {
        (Ok(ledger), Ok(tree)) => (ledger, tree),
        (Err(error), _) | (_, Err(error)) => {
            eprintln!("statements: {error}");
            return ExitCode::from(2);
        }
    };
    let complaints = check(&tree, &Ledger::read(&ledger));
    complaints.iter().for_each(|complaint| eprintln!("{complaint}"));
    if complaints.is_empty() {
        println!("every statement ran on both engines");
        return ExitCode::SUCCESS;
    }
    eprintln!("{} statements have no test on some engine", complaints.len());
    ExitCode::FAILURE
}
