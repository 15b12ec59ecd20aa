//! `deskhand mailbox …`: mailboxes without a browser.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Subcommand;
use desk::handle::{Command, KeepMailbox};
use desk::mailboxes::connected::{self, Entry, FieldKind, keys};
use desk::{Actor, Desk, Error, Result};
use serde_json::json;
use server::mailing::trial::Way;
use server::mailing::{Limits, Post};
use tokio::io::AsyncReadExt;

use super::output::print_json;
use super::serve::trust;
use crate::exit;
use crate::master_key::KeyPlace;
use crate::place::Place;

/// The longest password that is read.
const PASSWORD_MAX: u64 = 8_192;

/// Connects mailboxes, lists them, and says whether they could be used.
#[derive(Subcommand)]
pub enum Mailbox {
    /// Connects a mailbox, or changes the one of that name. The password for fetching is read from standard input; nothing leaves it as it is.
    Add {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        key: KeyPlace,
        /// What it is to be, as the API calls it: name=help address=help@acme.example incoming.host=… incoming.user=… outgoing.host=…
        #[arg(value_name = "FIELD=VALUE", required = true)]
        fields: Vec<String>,
    },
    /// Prints the mailboxes as JSON, without their secrets.
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Connects, signs in, opens the folder, and asks whether a mail would be taken; exits 1 when something is wrong.
    Test {
        #[command(flatten)]
        place: Place,
        #[command(flatten)]
        key: KeyPlace,
        /// A file with certificates (PEM) that its servers are believed by, beside those that this machine believes.
        #[arg(long, value_name = "FILE", env = "DESKHAND_MAIL_CA")]
        mail_ca: Option<PathBuf>,
        /// What the mailbox is called.
        name: String,
    },
}

impl Mailbox {
    pub(super) async fn run(self) -> Result<u8> {
        match self {
            Mailbox::Add { place, key, fields } => {
                let desk = key.unlock(place.open_existing("mailbox add").await?, &place).await?;
                let added = add(&desk, &fields).await;
                desk.close().await?;
                added.map(|()| exit::SUCCESS)
            }
            Mailbox::List { place } => {
                let desk = place.open_existing("mailbox list").await?;
                let listed = list(&desk).await;
                desk.close().await?;
                listed.map(|()| exit::SUCCESS)
            }
            Mailbox::Test { place, key, mail_ca, name } => {
                let post = Post::new(trust(mail_ca.as_deref())?, Limits::default());
                let desk = key.unlock(place.open_existing("mailbox test").await?, &place).await?;
                let tried = test(&desk, &post, &name).await;
                desk.close().await?;
                tried.map(|well| if well { exit::SUCCESS } else { exit::FAILURE })
            }
        }
    }
}

async fn add(desk: &Desk, given: &[String]) -> Result<()> {
    let mut entered = BTreeMap::new();
    for field in given {
        let (name, value) = field.split_once('=').ok_or_else(|| {
            Error::invalid("not-a-field", format!("{field:?} is no field.")).advise("Write name=help, for example.")
        })?;
        match Entry::field(name).map(|field| field.kind) {
            Some(FieldKind::Secret) => {
                return Err(Error::invalid(
                    "secret-in-sight",
                    "What stands in a command can be read by everybody on this machine.",
                )
                .advise("Give the password on standard input."));
            }
            Some(_) => {}
            None => {
                let seen = Entry::FIELDS.iter().filter(|known| known.kind != FieldKind::Secret);
                let names: Vec<_> = seen.map(|known| known.name).collect();
                return Err(Error::invalid("not-a-field", format!("A mailbox has no field {name:?}."))
                    .advise(format!("There are {}.", names.join(", "))));
            }
        }
        entered.insert(name.to_owned(), value.to_owned());
    }
    let mut password = String::new();
    let reading = tokio::io::stdin().take(PASSWORD_MAX).read_to_string(&mut password).await;
    reading.map_err(|error| Error::invalid("unreadable", format!("Standard input cannot be read: {error}.")))?;
    let name = entered.get("name").cloned().unwrap_or_default();
    let known = connected::find_by_name(&mut desk.read().await?, &name).await?;
    let mut fields = known.as_ref().map(connected::Mailbox::fields).unwrap_or_default();
    fields.extend(entered);
    fields.insert("incoming.password".to_owned(), password);
    let entry = Entry::read(&fields)?;
    let keep = KeepMailbox::of(known.map(|known| known.id), entry);
    desk.handle(&Actor::Desk, Command::KeepMailbox(Box::new(keep))).await.map(drop)
}

async fn list(desk: &Desk) -> Result<()> {
    let all = connected::all(&mut desk.read().await?, &Actor::Desk).await?;
    let items: Vec<_> = all
        .iter()
        .map(|mailbox| {
            let said = |trouble: &connected::Trouble| {
                json!({"since": trouble.since, "code": trouble.code, "message": trouble.words})
            };
            json!({
                "name": mailbox.name,
                "address": mailbox.address,
                "paused": mailbox.paused,
                "default": mailbox.is_default,
                "fetches": mailbox.incoming.is_some(),
                "sends": mailbox.outgoing.is_some(),
                "last_error": mailbox.trouble.as_ref().map(said),
                "warning": mailbox.unsettled.as_ref().map(said),
            })
        })
        .collect();
    print_json(&json!({"items": items}))
}

/// Whether all is well; what is not is printed.
async fn test(desk: &Desk, post: &Post, name: &str) -> Result<bool> {
    let mailbox = connected::find_by_name(&mut desk.read().await?, name).await?;
    let mailbox = mailbox.ok_or_else(|| Error::not_found("mailbox"))?;
    let opened = keys::open(&desk.ground.settings.seals, &mailbox)?;
    let trial = post.try_mailbox(desk, Some(mailbox.id), &opened).await;
    for (what, way) in [("fetching", &trial.incoming), ("sending", &trial.outgoing)] {
        if let Some(way) = way {
            println!("{what}: {}", in_words(way));
        }
    }
    Ok(trial.is_well())
}

fn in_words(way: &Way) -> String {
    match (&way.wrong, way.mails) {
        (Some(wrong), _) => {
            let said = wrong.said.as_ref().map(|said| format!(" (it says: {said})")).unwrap_or_default();
            format!("{}{said}. {}", wrong.words, wrong.advice)
        }
        (None, Some(mails)) => format!("all is well, {mails} mails in the folder"),
        (None, None) => "all is well".to_owned(),
    }
}
