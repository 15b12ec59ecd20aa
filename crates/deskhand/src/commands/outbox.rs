//! `deskhand outbox …`.

use clap::Subcommand;
use desk::Result;
use desk::outbox::held;

use crate::exit;
use crate::place::Place;

/// Says what becomes of mails that a restore holds, because they may have gone out since the backup was made.
#[derive(Subcommand)]
pub enum Outbox {
    /// Says how many mails are held.
    Held {
        #[command(flatten)]
        place: Place,
    },
    /// Sends them.
    Release {
        #[command(flatten)]
        place: Place,
    },
    /// Takes them for sent.
    Drop {
        #[command(flatten)]
        place: Place,
    },
}

impl Outbox {
    pub(super) async fn run(self) -> Result<u8> {
        let (Outbox::Held { place } | Outbox::Release { place } | Outbox::Drop { place }) = &self;
        let desk = place.open_existing("outbox").await?;
        let said = match &self {
            Outbox::Held { .. } => held::count(&desk.ground).await.map(|count| format!("{count} mails are held.")),
            Outbox::Release { .. } => held::release(&desk.ground).await.map(|count| format!("{count} mails are sent.")),
            Outbox::Drop { .. } => {
                held::take_for_sent(&desk.ground).await.map(|count| format!("{count} mails are taken for sent."))
            }
        };
        desk.close().await?;
        println!("{}", said?);
        Ok(exit::SUCCESS)
    }
}
