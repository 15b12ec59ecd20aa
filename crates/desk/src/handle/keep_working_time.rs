//! Somebody says by which calendar a team works, and when it does not.

use serde_json::Value;

use super::Outcome;
use crate::handbook::Handbooks;
use crate::organizations::days_off;
use crate::teams::{self, WorkingTime};
use crate::{Context, Error, Result, recounts};

/// The working time of a team from now on.
#[derive(Clone, Debug)]
pub struct KeepWorkingTime {
    /// The team.
    pub team: String,
    /// One of the handbook's calendars; empty, or nothing, leaves it to the handbook.
    pub calendar: Option<String>,
    /// What is off for it besides, as `2026-12-24` or `2026-12-24..2026-12-31`, with a name behind it if it has one.
    pub days_off: Vec<String>,
}

impl KeepWorkingTime {
    pub(super) async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        let handbook = handbooks.current(context.tx).await?;
        if !handbook.desk.teams.contains_key(&self.team) {
            return Err(Error::not_found("team"));
        }
        let calendar = self.calendar.as_deref().map(str::trim).filter(|name| !name.is_empty());
        if let Some(name) = calendar.filter(|name| !handbook.calendars.contains_key(*name)) {
            let known: Vec<&str> = handbook.calendars.keys().map(String::as_str).collect();
            let message = format!("there is no calendar {name:?}");
            return Err(Error::invalid_field("calendar", "no-such-calendar", message)
                .advise(format!("The handbook has {}.", known.join(", "))));
        }
        let days: Vec<Value> = self.days_off.iter().map(|day| Value::from(day.trim())).collect();
        let mut days_off = days_off::read(&days, "days_off")?;
        days_off.sort_unstable();
        days_off.dedup();
        let after = WorkingTime { calendar: calendar.map(str::to_owned), days_off };
        if teams::working_time(context.tx, &self.team).await? != after {
            teams::keep(context, &self.team, &after).await?;
            let title = handbook.desk.teams.get(&self.team).map(|team| team.title.to_string()).unwrap_or_default();
            recounts::begin_of_team(context, &self.team, &title, handbooks.current_number()).await?;
        }
        Ok(Outcome::Moved(true))
    }
}
