//! `deskhand hook …`.

use clap::{Args, Subcommand};
use desk::handle::{Command, KeepHook, Outcome, RemoveHook};
use desk::{Actor, Error, Result, hooks};

use crate::exit;
use crate::master_key::KeyPlace;
use crate::place::Place;

/// Says which other programs may submit a form.
#[derive(Subcommand)]
pub enum Hook {
    /// Lets Typeform submit a form of the handbook, and prints the new secret to sign with alone; it cannot be read again.
    Typeform {
        #[command(flatten)]
        at: At,
        #[command(flatten)]
        key: KeyPlace,
    },
    /// Lists the forms that other programs may submit.
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Takes a hook away: what is signed with its secret is refused from now on.
    Remove {
        #[command(flatten)]
        at: At,
    },
}

/// A form of a desk.
#[derive(Args)]
pub struct At {
    #[command(flatten)]
    place: Place,
    /// The form's name.
    #[arg(long)]
    form: String,
}

impl Hook {
    pub(super) async fn run(self) -> Result<u8> {
        match self {
            Hook::Typeform { at, key } => {
                let desk = at.place.open_existing("hook typeform").await?;
                let desk = key.unlock(desk, &at.place).await?;
                let kept = desk.handle(&Actor::Desk, Command::KeepHook(KeepHook { form: at.form.clone() })).await;
                desk.close().await?;
                let Outcome::Token(secret) = kept? else { return Err(Error::internal("making a hook gave no secret")) };
                eprintln!("Deliver to /api/v1/hooks/typeform/{} on this desk's address, and sign with:", at.form);
                println!("{secret}");
            }
            Hook::List { place } => {
                let desk = place.open_existing("hook list").await?;
                let listed = async { hooks::all(&mut desk.read().await?).await };
                let listed = listed.await;
                desk.close().await?;
                for hook in listed? {
                    println!("typeform  {}  made {:.0} by {}", hook.form, hook.created_at, hook.created_by);
                }
            }
            Hook::Remove { at } => {
                let desk = at.place.open_existing("hook remove").await?;
                let removed = desk.handle(&Actor::Desk, Command::RemoveHook(RemoveHook { form: at.form })).await;
                desk.close().await?;
                removed?;
            }
        }
        Ok(exit::SUCCESS)
    }
}
