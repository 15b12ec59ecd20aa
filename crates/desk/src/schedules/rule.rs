//! A schedule of today's handbook with everything that it refers to.

use std::sync::Arc;

use jiff::Timestamp;
use playbook::{Fault, Handbook, Occurrence, Opens, Playbook, Scheduled, Segment, Timetable};

use super::members::Member;
use super::{MADE_UP_FOR, Standing};
use crate::handbook::Handbooks;
use crate::{Context, Result};

/// Today's handbook.
pub(super) struct Today {
    pub(super) handbook: Arc<Handbook>,
    pub(super) revision: i64,
}

impl Today {
    /// As this process knows it.
    pub(super) async fn known(context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Self> {
        let revision = handbooks.current_number();
        Ok(Self { handbook: handbooks.revision(context.tx, revision).await?, revision })
    }

    /// As the database has it: another process may have published one.
    pub(super) async fn stored(context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Self> {
        let revision = handbooks.refresh(context.tx).await?;
        Ok(Self { handbook: handbooks.revision(context.tx, revision).await?, revision })
    }

    /// Every schedule.
    pub(super) fn rules(&self) -> impl Iterator<Item = Rule<'_>> {
        self.handbook.schedules().map(|(playbook, opens, scheduled)| Rule {
            today: self,
            playbook,
            opens,
            scheduled,
            name: scheduled.to_string(),
            segment: scheduled.each().and_then(|name| self.handbook.segments.get(name)),
        })
    }

    /// The schedule of that name.
    pub(super) fn rule(&self, playbook: &str, schedule: &str) -> Option<Rule<'_>> {
        self.rules().find(|rule| rule.playbook.name() == playbook && rule.name == schedule)
    }
}

/// A schedule.
pub(super) struct Rule<'h> {
    pub(super) today: &'h Today,
    pub(super) playbook: &'h Arc<Playbook>,
    pub(super) opens: &'h Opens,
    pub(super) scheduled: &'h Scheduled,
    /// What tells it apart from the others of its playbook.
    pub(super) name: String,
    /// Whose members have a ticket each.
    pub(super) segment: Option<&'h Segment>,
}

impl Rule<'_> {
    /// The times for this member; `None` for who is none, or has none.
    pub(super) fn timetable(&self, member: &Member) -> Result<Option<Timetable>, Fault> {
        match self.segment {
            Some(segment) if !segment.holds(&member.facts)? => Ok(None),
            _ => self.scheduled.timetable(&member.facts),
        }
    }

    /// The last occurrence to be opened by `by`, where its time is still to come.
    pub(super) fn ahead(&self, times: &Timetable, by: Timestamp, now: Timestamp) -> Option<Occurrence> {
        times.last_opened(by, self.zone()).filter(|occurrence| occurrence.at > now)
    }

    /// The last occurrence to be opened by this look, where its time is still to come or no look has seen to it.
    pub(super) fn due(&self, times: &Timetable, standing: &Standing, now: Timestamp) -> Option<Occurrence> {
        times.last_opened(standing.looking_until, self.zone()).filter(|occurrence| {
            let is_missed = occurrence.opens > standing.done_until && occurrence.at >= now - MADE_UP_FOR;
            occurrence.at > now || is_missed
        })
    }

    /// The next opening after an instant.
    pub(super) fn next(&self, times: &Timetable, after: Timestamp) -> Option<Timestamp> {
        times.next_opening(after, self.zone())
    }

    /// What makes the ticket of a member's occurrence the only one.
    pub(super) fn key(&self, occurrence: &Occurrence, member: &Member) -> String {
        let organization = member.organization.as_ref().map(|organization| organization.id.to_string());
        let contact = member.contact.as_ref().map(|contact| contact.id.to_string());
        self.scheduled.key(occurrence, organization.as_deref(), contact.as_deref())
    }

    fn zone(&self) -> &jiff::tz::TimeZone {
        self.today.handbook.zone_of_schedules(self.playbook)
    }
}
