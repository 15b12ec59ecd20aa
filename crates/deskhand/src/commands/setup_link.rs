//! `deskhand setup-link`.

use clap::Args;
use desk::Result;

use crate::exit;
use crate::place::Place;

/// Prints a link with which somebody sets up a desk that nobody owns. It counts once and for a day.
#[derive(Args)]
pub struct SetupLink {
    #[command(flatten)]
    place: Place,
}

impl SetupLink {
    pub(super) async fn run(self) -> Result<u8> {
        let desk = self.place.open_existing("setup-link").await?;
        let code = desk.make_set_up_code().await;
        if let Ok(code) = &code {
            super::output::link(&desk, &format!("/set-up/{code}"));
        }
        desk.close().await?;
        code.map(|_| exit::SUCCESS)
    }
}
