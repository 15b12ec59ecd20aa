//! Teams: the working time that the desk keeps for one. Their names, and the calendars, stand in the handbook.

pub mod hours;
mod queries;

use playbook::DeskFile;
use store::Conn;

use crate::organizations::days_off::DayOff;
use crate::{Context, Result};

/// The working time of a team.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkingTime {
    /// The name of the calendar that is kept for it; `None` leaves it to the handbook.
    pub calendar: Option<String>,
    /// What is off for it beside the days of the calendar, in order.
    pub days_off: Vec<DayOff>,
}

impl WorkingTime {
    /// The calendar that a team works by: the one that is kept for it, else the one that the handbook gives it.
    pub fn calendar_of<'a>(&'a self, team: &str, desk: &'a DeskFile) -> Option<&'a str> {
        let of_handbook = || desk.teams.get(team).and_then(|team| team.calendar.as_deref());
        self.calendar.as_deref().or_else(of_handbook)
    }
}

/// What is kept for a team; nothing for most.
pub async fn working_time(conn: &mut Conn, team: &str) -> Result<WorkingTime> {
    let Some((calendar, days_off)) = queries::find(conn, team).await? else { return Ok(WorkingTime::default()) };
    Ok(WorkingTime { calendar, days_off: serde_json::from_str(&days_off).unwrap_or_default() })
}

/// Keeps the working time of a team.
pub async fn keep(context: &mut Context<'_>, team: &str, time: &WorkingTime) -> Result<()> {
    let days_off = serde_json::to_string(&time.days_off).unwrap_or_default();
    queries::keep(context.tx, team, time.calendar.as_deref(), &days_off, context.now).await?;
    Ok(())
}
