//! `deskhand mail …`.

use std::path::PathBuf;

use clap::Subcommand;
use desk::error::Kind;
use desk::handle::{Command, Outcome, ReceiveMail};
use desk::mailboxes::MAIL_MAX;
use desk::{Actor, Error, Result};
use tokio::io::AsyncReadExt;

use super::output::print_json;
use crate::exit;
use crate::place::Place;

/// Reads a mail, or delivers one to the desk.
#[derive(Subcommand)]
pub enum Mail {
    /// Prints what the desk understands of a mail, as one JSON object.
    Parse {
        /// The mail's file; `-` reads standard input.
        file: PathBuf,
    },
    /// Delivers the mail on standard input. Exits 75 when it should be tried again, so that a mail server can pipe into it.
    Deliver {
        #[command(flatten)]
        place: Place,
    },
}

impl Mail {
    pub(super) async fn run(self) -> Result<u8> {
        match self {
            Mail::Parse { file } => {
                let raw = if file.as_os_str() == "-" { read_standard_input(u64::MAX).await? } else { read(&file)? };
                print_json(&serde_json::to_value(mail::parse(&raw))?)?;
                Ok(exit::SUCCESS)
            }
            Mail::Deliver { place } => deliver(&place).await,
        }
    }
}

fn read(file: &std::path::Path) -> Result<Vec<u8>> {
    std::fs::read(file)
        .map_err(|error| Error::invalid("unreadable", format!("{} cannot be read: {error}.", file.display())))
}

async fn read_standard_input(limit: u64) -> Result<Vec<u8>> {
    let mut raw = Vec::new();
    let reading = tokio::io::stdin().take(limit).read_to_end(&mut raw).await;
    reading.map_err(|error| Error::unavailable(format!("Standard input cannot be read: {error}.")))?;
    Ok(raw)
}

async fn deliver(place: &Place) -> Result<u8> {
    let raw = read_standard_input(MAIL_MAX as u64 + 1).await?;
    if raw.is_empty() {
        return Err(Error::invalid("empty", "There is no mail on standard input."));
    }
    match hand_over(place, raw).await {
        Ok(()) => Ok(exit::SUCCESS),
        Err(error) if error.kind == Kind::TooLarge => Err(error),
        // Whatever else went wrong is not the mail's fault: a server that is told to try again keeps it.
        Err(error) => {
            eprintln!("deskhand: {error}");
            Ok(exit::TRY_AGAIN)
        }
    }
}

async fn hand_over(place: &Place, raw: Vec<u8>) -> Result<()> {
    let desk = place.open_at_once("mail deliver").await?;
    let outcome = desk.handle(&Actor::Outside, Command::ReceiveMail(ReceiveMail { raw: raw.into(), key: None })).await;
    desk.close().await?;
    if let Outcome::Mail { outcome, ticket } = outcome? {
        print_json(&serde_json::json!({"outcome": outcome, "ticket": ticket}))?;
    }
    Ok(())
}
