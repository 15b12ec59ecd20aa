//! The statements that one form, one request of the API, one mail, one answer and one timer execute, for people who want fewer of them.

use store::recording::Statement;

use crate::Result;
use crate::intake::{self, Intake};
use crate::place::Place;
use crate::replay::{Script, Step};
use crate::replies;
use crate::timers;

/// How much of a statement is shown.
const SHOWN: usize = 150;

/// Prints them in order, those of a transaction together.
pub async fn print(place: &Place) -> Result<()> {
    for intake in [Intake::Form, Intake::Api, Intake::Mail] {
        show(intake.name(), &intake::one(place, intake).await?);
    }
    show("an answer until it has left", &replies::one(place).await?);
    show("a timer", &timers::recorded(place, 1).await?);
    Ok(())
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
