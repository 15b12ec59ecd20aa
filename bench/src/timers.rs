//! Ten thousand timers that are due at the same moment.

use desk::Desk;

use crate::Result;
use crate::place::{Opened, Place};
use crate::replay::Script;
use crate::report::{Report, Row};
use crate::samples::Samples;
use crate::seed;

/// How many are due.
const DUE: i64 = 10_000;
/// How many are fired before looking again, and how many of those are before the writer at once, as the server's loop does it.
const FIRED_AT_ONCE: u32 = 256;
const AT_ONCE: usize = 64;

/// Measures and prints.
pub async fn measure(place: &Place, runs: usize, report: &Report) -> Result<()> {
    let script = recorded(place, DUE).await?;
    report.remark(&format!("a timer on {}: {}", place.name(), script.describe(DUE as usize)));
    let mut wall = Samples::default();
    let (mut cpu, mut floor_wall, mut floor_cpu) = (wall.clone(), wall.clone(), wall.clone());
    for run in 0..=runs {
        let opened = overdue(place, DUE).await?;
        let (done, by_desk) = opened.meter().await?.measure(fire(&opened.desk)).await;
        if done? != DUE as usize {
            return Err("some timers were not fired".into());
        }
        opened.remove().await?;
        let opened = overdue(place, DUE).await?;
        let (done, by_store) = opened.meter().await?.measure(script.replay(&opened.desk.ground.db, AT_ONCE)).await;
        done?;
        opened.remove().await?;
        if run > 0 {
            wall.add(by_desk.wall.as_secs_f64());
            cpu.add(by_desk.cpu.as_secs_f64());
            floor_wall.add(by_store.wall.as_secs_f64());
            floor_cpu.add(by_store.cpu.as_secs_f64());
        }
    }
    for (figure, taken, floor, aim) in
        [("10,000 timers due, wall s", &wall, &floor_wall, "≤ 3 s"), ("10,000 timers due, CPU s", &cpu, &floor_cpu, "")]
    {
        report.row(&Row { figure, taken, floor: Some(floor), ratio: Some(floor.over(taken)), aim });
    }
    Ok(())
}

async fn overdue(place: &Place, due: i64) -> Result<Opened> {
    let opened = place.desk().await?;
    seed::overdue(&opened.desk, due).await?;
    Ok(opened)
}

async fn fire(desk: &Desk) -> Result<usize> {
    let mut fired = 0;
    loop {
        match desk.fire_next(FIRED_AT_ONCE).await? {
            0 => return Ok(fired),
            some => fired += some,
        }
    }
}

/// What firing `due` timers asks.
pub async fn recorded(place: &Place, due: i64) -> Result<Script> {
    let opened = overdue(place, due).await?;
    let recording = opened.desk.ground.db.record();
    fire(&opened.desk).await?;
    let script = Script::of(&recording);
    opened.remove().await?;
    Ok(script)
}
