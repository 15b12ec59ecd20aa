//! `deskhand handbook revisions`.

use clap::Args;
use desk::handbook::Revision;
use desk::rights::Scope;
use desk::runs::moving::{self, Standing};
use desk::{Desk, Error, Result};
use playbook::Files;
use serde_json::{Value, json};
use store::Conn;

use super::owner;
use crate::commands::output::{Format, print_json};
use crate::exit;
use crate::place::Place;

/// Lists the handbooks that were published at a desk, the newest first: when, by whom, and how many tickets run each.
#[derive(Args)]
pub struct Revisions {
    #[command(flatten)]
    place: Place,
    /// The form of the answer.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Revisions {
    pub(super) async fn run(self) -> Result<u8> {
        let desk = self.place.open_existing("handbook revisions").await?;
        let read = async {
            let scope = Scope::of(&owner("handbook revisions"))?;
            let mut conn = desk.read().await?;
            let revisions = desk.handbooks.revisions(&mut conn, scope).await?;
            let standing = moving::standing(&mut conn, scope).await?;
            Ok::<_, Error>((revisions, standing, desk.handbooks.current_number()))
        };
        let read = read.await;
        desk.close().await?;
        let (revisions, standing, today) = read?;
        match self.format {
            Format::Json => {
                let rows = revisions.iter().map(|revision| row(revision, &standing, today));
                print_json(&json!({ "revisions": rows.collect::<Vec<_>>() }))?;
            }
            Format::Text => revisions.iter().for_each(|revision| print(revision, &standing, today)),
        }
        Ok(exit::SUCCESS)
    }
}

/// How many tickets run a revision.
fn running(revision: &Revision, standing: &[Standing]) -> i64 {
    standing.iter().filter(|row| row.revision == revision.number).map(|row| row.tickets).sum()
}

fn row(revision: &Revision, standing: &[Standing], today: i64) -> Value {
    json!({
        "revision": revision.number, "published_at": revision.published_at.to_string(),
        "published_by": revision.published_by, "digest": revision.digest, "note": revision.note,
        "today": revision.number == today, "tickets": running(revision, standing),
    })
}

fn print(revision: &Revision, standing: &[Standing], today: i64) {
    let Revision { number, published_by, published_at, note, .. } = revision;
    let tickets = running(revision, standing);
    let is_today = if *number == today { "  today's" } else { "" };
    println!("{number:>5}  {published_at:.0}  {published_by}  {tickets} running tickets{is_today}");
    if !note.is_empty() {
        println!("       {}", note.replace('\n', "\n       "));
    }
}

/// The files of a revision.
pub(super) async fn files(desk: &Desk, conn: &mut Conn, number: i64) -> Result<Files> {
    desk.handbooks.files(conn, number).await.map_err(|error| match error.code {
        "not-found" => Error::invalid("no-such-revision", format!("There is no revision {number}."))
            .advise("See which there are: deskhand handbook revisions"),
        _ => error,
    })
}
