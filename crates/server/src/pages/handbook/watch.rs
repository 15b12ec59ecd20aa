//! A rehearsal as its page shows it: a step, where the ticket stands then, and what was sent until then.

use desk::rehearsal::{Film, Mail, Shot as Filmed};
use jiff::tz::TimeZone;
use playbook::drawing::Marks;
use playbook::{Handbook, Scenario};

use super::fill;
use super::source::address;
use super::view::Map;
use crate::texts::Texts;

/// A step among others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its number, from 1.
    pub number: usize,
    /// When, in the story's own time: `+3d 4h`.
    pub after: String,
    /// The same as an instant.
    pub at: String,
    /// The ticket's number.
    pub ticket: i64,
    /// The playbook.
    pub playbook: String,
    /// The event.
    pub event: String,
    /// The state after it, where it is another one.
    pub to: Option<String>,
    /// Its address.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
}

/// A step that is shown.
#[derive(Debug, Clone)]
pub struct Shot {
    /// The step.
    pub step: Step,
    /// How many there are.
    pub of: usize,
    /// Where a form that asks for another step leads, and what it carries along.
    pub carried: Vec<(&'static str, String)>,
    /// The steps before and after.
    pub neighbours: (Option<String>, Option<String>),
    /// The state before it; `None` when it began.
    pub from: Option<String>,
    /// The actions, in order.
    pub effects: Vec<String>,
    /// The guards that were judged, with what came of them.
    pub guards: Vec<(String, bool)>,
    /// The procedure with the present state lit.
    pub map: Option<Map>,
    /// What was sent until then, the newest first.
    pub mails: Vec<Sent>,
}

/// A mail that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// When, in the story's own time.
    pub after: String,
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its words.
    pub text: String,
    /// Whether it was sent at this step's time.
    pub is_new: bool,
}

/// A rehearsal that is watched.
pub struct Watched<'w> {
    /// `draft`, or a revision's number.
    pub of: &'w str,
    /// The scenario.
    pub scenario: &'w Scenario,
    /// What was seen of it.
    pub film: &'w Film,
}

impl Watched<'_> {
    /// The address of a step.
    pub fn href(&self, step: usize) -> String {
        let step = step.to_string();
        address("/handbook/rehearsal", &[("of", self.of), ("scenario", &self.scenario.name), ("step", &step)])
    }

    /// The steps.
    pub fn steps(&self, shown: usize) -> Vec<Step> {
        (1..).zip(&self.film.shots).map(|(number, shot)| self.step(number, shot, shown)).collect()
    }

    fn step(&self, number: usize, shot: &Filmed, shown: usize) -> Step {
        let moment = &shot.moment;
        Step {
            number,
            after: self.after(moment.at),
            at: told(moment.at, self.scenario.starts.time_zone()),
            ticket: moment.ticket,
            playbook: moment.playbook.clone(),
            event: moment.event.clone(),
            to: moment.to.clone().filter(|to| moment.from.as_ref() != Some(to)),
            href: self.href(number),
            current: number == shown,
        }
    }

    /// How long after its beginning something is: `+3d 4h 20m`.
    fn after(&self, at: jiff::Timestamp) -> String {
        let seconds = at.duration_since(self.scenario.starts.timestamp()).as_secs();
        let parts =
            [(seconds / 86_400, "d"), (seconds / 3_600 % 24, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s")];
        let said: Vec<String> = parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .take(3)
            .map(|(count, unit)| format!("{count}{unit}"))
            .collect();
        if said.is_empty() { "+0h".to_owned() } else { format!("+{}", said.join(" ")) }
    }

    /// The step with this number, drawn with the procedures of `handbook`. Takes its time; done aside.
    pub fn shot(&self, shown: usize, handbook: Option<&Handbook>, texts: &Texts) -> Option<Shot> {
        let filmed = self.film.shots.get(shown.checked_sub(1)?)?;
        let moment = &filmed.moment;
        let guards = filmed.trace.iter().flat_map(|trace| &trace.guards);
        Some(Shot {
            step: self.step(shown, filmed, shown),
            of: self.film.shots.len(),
            carried: vec![("of", self.of.to_owned()), ("scenario", self.scenario.name.clone())],
            neighbours: (
                (shown > 1).then(|| self.href(shown - 1)),
                (shown < self.film.shots.len()).then(|| self.href(shown + 1)),
            ),
            from: moment.from.clone(),
            effects: moment.effects.clone(),
            guards: guards.map(|guard| (guard.expression.clone(), guard.held)).collect(),
            map: handbook.and_then(|handbook| self.map(shown, handbook, texts)),
            mails: self.mails(moment.at),
        })
    }

    fn map(&self, shown: usize, handbook: &Handbook, texts: &Texts) -> Option<Map> {
        let until = self.film.shots.get(..shown)?;
        let last = &until.last()?.moment;
        let playbook = handbook.playbook(&last.playbook)?;
        let own = until.iter().filter(|shot| shot.moment.ticket == last.ticket);
        let present = last.to.as_deref().or(last.from.as_deref()).unwrap_or_default();
        let marks = Marks::of_history(playbook, present, own.filter_map(|shot| shot.trace.as_ref()));
        Some(fill::map(playbook, &marks, texts.tag()))
    }

    fn mails(&self, until: jiff::Timestamp) -> Vec<Sent> {
        let so_far = self.film.mails.iter().filter(|mail| mail.at <= until);
        let sent = |mail: &Mail| Sent {
            after: self.after(mail.at),
            to: mail.to.clone(),
            subject: mail.subject.clone(),
            text: mail.text.clone(),
            is_new: mail.at == until,
        };
        let mut mails: Vec<Sent> = so_far.map(sent).collect();
        mails.reverse();
        mails
    }
}

fn told(at: jiff::Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}
