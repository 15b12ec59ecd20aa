//! What somebody wants to be told, by which ways, and when.

use std::collections::BTreeMap;
use std::sync::Arc;

use calendar::{Calendar, DaySpan, DaysOff, Hours};
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use playbook::Handbook;
use serde::{Deserialize, Serialize};
use store::{Conn, Id};

use super::{Topic, queries};
use crate::error::FieldError;
use crate::{Context, Error, Result};

/// The longest name of a calendar, and the longest list of hours of a day, in characters.
const TEXT_MAX: usize = 200;

/// A way by which notices come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// The list and the bell of the desk's pages.
    InApp,
    /// Mail.
    Mail,
    /// Slack.
    Slack,
    /// Discord.
    Discord,
    /// The browser or the phone itself, by a push service.
    Push,
}

impl Channel {
    /// Every way, in the order in which they are chosen from.
    pub const ALL: [Channel; 5] = [Channel::InApp, Channel::Mail, Channel::Slack, Channel::Discord, Channel::Push];

    /// Its name, as it is stored and posted.
    pub fn as_str(self) -> &'static str {
        match self {
            Channel::InApp => "in-app",
            Channel::Mail => "mail",
            Channel::Slack => "slack",
            Channel::Discord => "discord",
            Channel::Push => "push",
        }
    }

    /// The way of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == name)
    }
}

/// How often notices come by mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rhythm {
    /// Each by itself.
    #[default]
    AtOnce,
    /// Those of an hour in one mail.
    Hourly,
    /// Those of a day in one mail, when the next working day begins.
    Daily,
}

impl Rhythm {
    /// Every rhythm.
    pub const ALL: [Rhythm; 3] = [Rhythm::AtOnce, Rhythm::Hourly, Rhythm::Daily];

    /// Its name, as it is stored and posted.
    pub fn as_str(self) -> &'static str {
        match self {
            Rhythm::AtOnce => "at-once",
            Rhythm::Hourly => "hourly",
            Rhythm::Daily => "daily",
        }
    }
}

/// When somebody works.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WorkingHours {
    /// Whenever: nothing waits.
    #[default]
    Always,
    /// By a calendar of the handbook, with its days off.
    Calendar(String),
    /// By hours of their own in their time zone, from Monday: `09:00-12:30, 14:00-18:00`, or nothing for a day off.
    Own([String; 7]),
}

/// What somebody chose. What they did not choose is as the desk proposes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// Which topics come by which ways, where that differs from what the desk proposes.
    pub changed: BTreeMap<Topic, BTreeMap<Channel, bool>>,
    /// How often mail comes.
    pub mail: Rhythm,
    /// When they work.
    pub hours: WorkingHours,
    /// Whether a clock that ran out comes at once, whenever that is.
    pub breach_is_urgent: bool,
    /// Whether what is about an urgent ticket comes at once, whenever that is.
    pub urgent_tickets: bool,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            changed: BTreeMap::new(),
            mail: Rhythm::default(),
            hours: WorkingHours::default(),
            breach_is_urgent: true,
            urgent_tickets: true,
        }
    }
}

/// What the desk proposes: everything in the list; by mail, and wherever else somebody asked to be reached, what is for them alone or
/// runs out.
fn is_proposed(topic: Topic, channel: Channel) -> bool {
    use Topic::{Asked, Assigned, Breach, Client, Mentioned, Warning};
    match channel {
        Channel::InApp => true,
        Channel::Mail => matches!(topic, Assigned | Mentioned | Asked | Warning | Breach),
        Channel::Slack | Channel::Discord | Channel::Push => {
            matches!(topic, Assigned | Mentioned | Asked | Client | Warning | Breach)
        }
    }
}

impl Choices {
    /// Whether notices of `topic` come by `channel`.
    pub fn wants(&self, topic: Topic, channel: Channel) -> bool {
        let chosen = self.changed.get(&topic).and_then(|ways| ways.get(&channel));
        chosen.copied().unwrap_or_else(|| is_proposed(topic, channel))
    }

    /// Has notices of `topic` come by `channel`, or not.
    pub fn set(&mut self, topic: Topic, channel: Channel, wanted: bool) {
        let ways = self.changed.entry(topic).or_default();
        if wanted == is_proposed(topic, channel) {
            ways.remove(&channel);
        } else {
            ways.insert(channel, wanted);
        }
        self.changed.retain(|_, ways| !ways.is_empty());
    }

    /// Refuses what cannot be kept.
    ///
    /// # Errors
    /// `bad-hours` with the field of each day whose hours are none (`hours-0` is Monday); `no-hours` where no day has any; `no-calendar`.
    pub fn check(&self, handbook: &Handbook) -> Result<()> {
        match &self.hours {
            WorkingHours::Always => Ok(()),
            WorkingHours::Calendar(name) if handbook.calendars.contains_key(name) => Ok(()),
            WorkingHours::Calendar(_) => {
                Err(Error::invalid_field("calendar", "no-calendar", "the handbook has no such calendar"))
            }
            WorkingHours::Own(days) => {
                let wrong = |(place, day): (usize, &String)| {
                    Some(FieldError::new(&format!("hours-{place}"), "bad-hours", spans(day).err()?))
                };
                let wrong: Vec<FieldError> = days.iter().enumerate().filter_map(wrong).collect();
                if !wrong.is_empty() {
                    return Err(Error::invalid_fields(wrong));
                }
                if week(days).is_empty() {
                    return Err(Error::invalid_field(
                        "hours-0",
                        "no-hours",
                        "some day needs hours, such as 09:00-17:00",
                    ));
                }
                Ok(())
            }
        }
    }

    /// When they work, as a calendar: in `zone` where the hours are their own. A calendar that the handbook no longer has closes
    /// nothing.
    pub fn calendar(&self, handbook: &Handbook, zone: &TimeZone) -> Arc<Calendar> {
        let always = || Arc::new(Calendar::always(zone.clone()));
        match &self.hours {
            WorkingHours::Always => always(),
            WorkingHours::Calendar(name) => handbook.calendars.get(name).cloned().unwrap_or_else(always),
            WorkingHours::Own(days) => Arc::new(Calendar::new(zone.clone(), week(days), DaysOff::none())),
        }
    }
}

const WEEKDAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// The spans of a day as somebody wrote them.
fn spans(day: &str) -> Result<Vec<DaySpan>, String> {
    if day.chars().count() > TEXT_MAX {
        return Err("too many hours".to_owned());
    }
    let parts = day.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    let spans = parts.map(|part| part.parse().map_err(|error: calendar::HoursError| error.to_string()));
    let spans = spans.collect::<Result<Vec<DaySpan>, String>>()?;
    Hours::default().with(Weekday::Monday, spans.clone()).map_err(|error| error.to_string())?;
    Ok(spans)
}

fn week(days: &[String; 7]) -> Hours {
    WEEKDAYS.into_iter().zip(days).fold(Hours::default(), |week, (weekday, day)| {
        let spans = spans(day).unwrap_or_default();
        week.clone().with(weekday, spans).unwrap_or(week)
    })
}

/// What an agent chose.
pub async fn of(conn: &mut Conn, agent: Id) -> Result<Choices> {
    let kept = queries::choices(conn, agent).await?;
    Ok(kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Keeps what an agent chose.
pub async fn keep(context: &mut Context<'_>, agent: Id, choices: &Choices) -> Result<()> {
    let text = serde_json::to_string(choices).unwrap_or_default();
    Ok(queries::keep_choices(context.tx, agent, &text, context.now).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_as_proposed_is_not_kept_and_follows_the_proposal() {
        let mut choices = Choices::default();
        assert!(choices.wants(Topic::Mentioned, Channel::Mail) && !choices.wants(Topic::Playbook, Channel::Mail));
        choices.set(Topic::Playbook, Channel::Mail, true);
        choices.set(Topic::Mentioned, Channel::Mail, false);
        assert!(!choices.wants(Topic::Mentioned, Channel::Mail) && choices.wants(Topic::Playbook, Channel::Mail));
        let kept = serde_json::to_string(&choices).unwrap();
        assert_eq!(serde_json::from_str::<Choices>(&kept).unwrap(), choices);
        choices.set(Topic::Mentioned, Channel::Mail, true);
        choices.set(Topic::Playbook, Channel::Mail, false);
        assert_eq!(choices, Choices::default());
    }

    #[test]
    fn hours_of_ones_own_are_read_with_several_spans_a_day() {
        assert_eq!(spans(" 09:00-12:30, 14:00-18:00 ").unwrap().len(), 2);
        assert_eq!(spans("").unwrap(), Vec::new());
        for wrong in ["9 to 5", "18:00-09:00", "09:00-12:00, 11:00-13:00"] {
            assert!(spans(wrong).is_err(), "{wrong}");
        }
    }
}
