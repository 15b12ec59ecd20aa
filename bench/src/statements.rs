//! The statements that one form, one request of the API, one mail, one answer, one timer and one page execute, for people who want fewer
//! of them.

use std::path::Path;

use store::recording::Statement;

use crate::Result;
use crate::http::Connection;
use crate::intake::{self, Intake};
use crate::place::Place;
use crate::replay::{Script, Step};
use crate::replies;
use crate::served;
use crate::site::{self, LONG, Site};
use crate::timers;

/// How much of a statement is shown.
const SHOWN: usize = 150;
/// How many tickets the desk has whose pages are looked at.
const TICKETS: i64 = 1_000;

/// Prints them in order, those of a transaction together.
pub async fn print(place: &Place, binary: Option<&Path>) -> Result<()> {
    for intake in [Intake::Form, Intake::Api, Intake::Mail] {
        show(intake.name(), &intake::one(place, intake).await?);
    }
    show("an answer until it has left", &replies::one(place).await?);
    show("a timer", &timers::recorded(place, 1).await?);
    let site = Site::build(place, TICKETS).await?;
    let served = site.serve(&served::binary(binary)?)?;
    let signed_in = [site::sign_in(&mut Connection::open(&served.address)?)?];
    drop(served);
    for (name, path) in [
        ("a list", "/tickets".to_owned()),
        (&format!("a ticket of {LONG} messages beside the list"), format!("/tickets/{}", site.long)),
        ("what is replaced of it while somebody looks", format!("/tickets/{}/panes", site.long)),
    ] {
        // Whoever looks for the first time is remembered to have looked.
        site.statements(&path, &signed_in, 1).await?;
        show(name, &site.statements(&path, &signed_in, 1).await?);
    }
    site.remove().await
}

fn show(name: &str, script: &Script) {
    println!("{name}: {}", script.describe(1));
    for step in script.steps() {
        match step {
            Step::Reading(statement) => println!("  alone  {}", shown(statement)),
            Step::Changing(statements) => {
                println!("  transaction of {}", statements.len());
                statements.iter().for_each(|statement| println!("         {}", shown(statement)));
            }
        }
    }
}

fn shown(statement: &Statement) -> String {
    let text = statement.query.text_for(store::Engine::Sqlite);
    let words: Vec<&str> = text.as_str().split_whitespace().collect();
    words.join(" ").chars().take(SHOWN).collect()
}
