//! `deskhand handbook move`.

use clap::Args;
use desk::handle::{Command, MoveRuns, Outcome};
use desk::runs::moving::{self, Plan, PlanRow};
use desk::{Desk, Error, Result};
use playbook::{Carried, StateMap};

use super::owner;
use crate::exit;
use crate::place::Place;

/// Moves the running tickets of a playbook from older revisions to today's. Timers keep their start; nothing is sent and nothing
/// done on the way. A ticket in a state that today's revision does not have needs a `--map`, or none is moved.
#[derive(Args)]
pub struct Move {
    /// The playbook whose tickets are meant.
    #[arg(long, value_name = "NAME")]
    playbook: String,
    /// Where tickets of an old state go, both as dotted paths; goes for the states below it too. May be given many times.
    #[arg(long, value_name = "OLD=NEW", value_parser = pair)]
    map: Vec<(String, String)>,
    /// Only says what would be done.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    place: Place,
}

fn pair(text: &str) -> std::result::Result<(String, String), String> {
    let (old, new) = text.split_once('=').ok_or("write OLD=NEW, such as testing.first=trying")?;
    Ok((old.trim().to_owned(), new.trim().to_owned()))
}

impl Move {
    pub(super) async fn run(self) -> Result<u8> {
        let desk = self.place.open_existing("handbook move").await?;
        let outcome = self.on(&desk).await;
        desk.close().await?;
        outcome
    }

    async fn on(&self, desk: &Desk) -> Result<u8> {
        let map: StateMap = self.map.iter().cloned().collect();
        let plan = moving::plan(&mut desk.read().await?, &desk.handbooks, &self.playbook, &map).await?;
        print(&plan);
        if let Some(refusal) = plan.refusal() {
            eprintln!("deskhand: {refusal}");
            return Ok(exit::FAILURE);
        }
        if self.dry_run || plan.rows.is_empty() {
            return Ok(exit::SUCCESS);
        }
        let mut after = None;
        let mut total = 0;
        loop {
            let batch = MoveRuns { playbook: self.playbook.clone(), map: map.clone(), revision: plan.revision, after };
            let outcome = desk.handle(&owner("handbook move"), Command::MoveRuns(batch)).await?;
            let Outcome::Runs(moved) = outcome else { return Err(Error::internal("moving gave no answer")) };
            total += moved.moved;
            after = moved.next;
            if after.is_none() {
                break;
            }
            eprintln!("{total} moved …");
        }
        println!("{total} tickets were moved.");
        Ok(exit::SUCCESS)
    }
}

fn print(plan: &Plan) {
    let Plan { playbook, revision, rows } = plan;
    if rows.is_empty() {
        println!("Every running ticket of {playbook} is at revision {revision} already.");
        return;
    }
    println!("{} running tickets of {playbook} are to go to revision {revision}:", plan.tickets());
    for PlanRow { standing, to } in rows {
        let (from, was) = (&standing.state, standing.revision);
        match to {
            Ok((to, carried)) => {
                let way = if to == from { format!("{from} stays") } else { format!("{from} → {to}") };
                println!("{:>6}  {way}  (revision {was})", standing.tickets);
                lines(carried).iter().for_each(|line| println!("        {line}"));
            }
            Err(fault) => println!("{:>6}  {from} → ?  (revision {was}): {}", standing.tickets, fault.message),
        }
    }
}

/// What becomes of timers and fields, where that is not what was.
fn lines(carried: &Carried) -> Vec<String> {
    let changed = carried.kept.iter().filter_map(|(is, was)| Some((is, was.as_ref()?)));
    let mut lines: Vec<String> = changed.map(|(is, was)| format!("{was} becomes {is}, from when it began")).collect();
    lines.extend(carried.begun.iter().map(|timer| format!("{timer} begins with the move")));
    lines.extend(carried.ended.iter().map(|timer| format!("{timer} ends")));
    lines.extend(carried.lost.iter().map(|field| format!("what the field {field} holds is not kept, unless it suits")));
    lines
}
