//! `deskhand go-live`.

use clap::Args;
use desk::handle::{Command, GoLive as Going, Outcome};
use desk::{Actor, Result};

use crate::exit;
use crate::place::Place;

/// Has a restored desk fetch and send mail. Stop the desk that the backup was made of before.
#[derive(Args)]
pub struct GoLive {
    #[command(flatten)]
    place: Place,
}

impl GoLive {
    pub(super) async fn run(self) -> Result<u8> {
        let desk = self.place.open_existing("go-live").await?;
        let gone = desk.handle(&Actor::Desk, Command::GoLive(Going)).await;
        desk.close().await?;
        match gone? {
            Outcome::Moved(true) => println!("The desk fetches and sends mail."),
            _ => println!("The desk fetched and sent mail already."),
        }
        Ok(exit::SUCCESS)
    }
}
