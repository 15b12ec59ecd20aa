//! By which ways a notice reaches somebody, and when: a pure function of what they chose, their calendar and the moment.

use calendar::Calendar;
use jiff::civil::time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::choices::{Channel, Choices, Rhythm, WorkingHours};
use super::what::Topic;

/// A notice, as far as this matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occasion {
    /// What it is about.
    pub topic: Topic,
    /// Whether it is about an urgent ticket.
    pub urgent_ticket: bool,
    /// When it was told.
    pub at: Timestamp,
}

/// When a notice leaves by a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaves {
    /// At once and by itself.
    AtOnce,
    /// At this instant, with all others that wait for it.
    With(Timestamp),
}

/// When somebody's mail of the day comes who works whenever.
const MORNING: jiff::civil::Time = time(9, 0, 0, 0);

impl Choices {
    /// Whether it comes whenever it is.
    pub fn is_urgent(&self, occasion: Occasion) -> bool {
        (self.breach_is_urgent && occasion.topic == Topic::Breach) || (self.urgent_tickets && occasion.urgent_ticket)
    }

    /// The ways by which a notice leaves the desk, each once, with when it does. The list of the desk itself is none of them: what
    /// is wanted there stands there at once. A calendar that never opens again leaves it at that.
    pub fn decide(&self, calendar: &Calendar, occasion: Occasion) -> Vec<(Channel, Leaves)> {
        let ways = Channel::ALL.into_iter().filter(|channel| *channel != Channel::InApp);
        let wanted = ways.filter(|channel| self.wants(occasion.topic, *channel));
        wanted.filter_map(|channel| Some((channel, self.leaves(calendar, channel, occasion)?))).collect()
    }

    fn leaves(&self, calendar: &Calendar, channel: Channel, occasion: Occasion) -> Option<Leaves> {
        if self.is_urgent(occasion) {
            return Some(Leaves::AtOnce);
        }
        let rhythm = if channel == Channel::Mail { self.mail } else { Rhythm::AtOnce };
        match rhythm {
            Rhythm::AtOnce if calendar.is_open(occasion.at) => Some(Leaves::AtOnce),
            Rhythm::AtOnce => calendar.next_opening(occasion.at).map(Leaves::With),
            Rhythm::Hourly => calendar.next_opening(next_hour(occasion.at)?).map(Leaves::With),
            Rhythm::Daily if self.hours == WorkingHours::Always => {
                next_morning(calendar.zone(), occasion.at).map(Leaves::With)
            }
            Rhythm::Daily => next_day(calendar, occasion.at).map(Leaves::With),
        }
    }
}

/// The next full hour.
fn next_hour(at: Timestamp) -> Option<Timestamp> {
    let hour = SignedDuration::from_hours(1).as_secs();
    Timestamp::from_second((at.as_second().div_euclid(hour) + 1) * hour).ok()
}

fn next_morning(zone: &TimeZone, at: Timestamp) -> Option<Timestamp> {
    let here = zone.to_datetime(at);
    let mut date = here.date();
    loop {
        let morning = zone.to_timestamp(date.to_datetime(MORNING)).ok()?;
        if morning > at {
            return Some(morning);
        }
        date = date.checked_add(1.day()).ok()?;
    }
}

/// The first opening of the next working day that has not begun at `at`.
fn next_day(calendar: &Calendar, at: Timestamp) -> Option<Timestamp> {
    let zone = calendar.zone();
    let mut date = zone.to_datetime(at).date();
    loop {
        let opening = calendar.next_opening(zone.to_zoned(date.to_datetime(time(0, 0, 0, 0))).ok()?.timestamp())?;
        if opening > at {
            return Some(opening);
        }
        date = zone.to_datetime(opening).date().checked_add(1.day()).ok()?;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use calendar::{DaysOff, Hours};
    use jiff::civil::Weekday;
    use proptest::prelude::*;

    use super::*;

    fn lisbon() -> TimeZone {
        TimeZone::get("Europe/Lisbon").unwrap()
    }

    fn office() -> Calendar {
        use Weekday::{Friday, Monday, Thursday, Tuesday, Wednesday};
        let day = || vec!["09:00-12:30".parse().unwrap(), "14:00-18:00".parse().unwrap()];
        let week = [Monday, Tuesday, Wednesday, Thursday, Friday].into_iter();
        let week = week.fold(Hours::default(), |week, weekday| week.with(weekday, day()).unwrap());
        Calendar::new(lisbon(), week, DaysOff::none())
    }

    fn at(instant: &str) -> Timestamp {
        instant.parse().unwrap()
    }

    fn mail(rhythm: Rhythm, told: &str, topic: Topic) -> Leaves {
        let own = WorkingHours::Calendar("office".to_owned());
        let choices = Choices { mail: rhythm, hours: own, ..Choices::default() };
        let occasion = Occasion { topic, urgent_ticket: false, at: at(told) };
        let decided = choices.decide(&office(), occasion);
        decided.into_iter().find(|(channel, _)| *channel == Channel::Mail).unwrap().1
    }

    #[test]
    fn what_comes_at_night_or_at_the_weekend_waits_for_the_morning_and_a_breach_does_not() {
        let monday = Leaves::With(at("2026-11-23T09:00:00Z"));
        assert_eq!(mail(Rhythm::AtOnce, "2026-11-20T17:59:59Z", Topic::Mentioned), Leaves::AtOnce);
        assert_eq!(mail(Rhythm::AtOnce, "2026-11-20T18:00:00Z", Topic::Mentioned), monday);
        assert_eq!(mail(Rhythm::AtOnce, "2026-11-22T03:00:00Z", Topic::Mentioned), monday);
        assert_eq!(mail(Rhythm::Daily, "2026-11-22T03:00:00Z", Topic::Breach), Leaves::AtOnce);
    }

    #[test]
    fn a_digest_comes_on_the_hour_or_when_the_next_day_begins_and_never_after_lunch() {
        let hourly = |told| mail(Rhythm::Hourly, told, Topic::Mentioned);
        assert_eq!(hourly("2026-11-17T10:10:00Z"), Leaves::With(at("2026-11-17T11:00:00Z")));
        assert_eq!(hourly("2026-11-17T11:00:00Z"), Leaves::With(at("2026-11-17T12:00:00Z")));
        assert_eq!(hourly("2026-11-17T12:10:00Z"), Leaves::With(at("2026-11-17T14:00:00Z")));
        let daily = |told| mail(Rhythm::Daily, told, Topic::Mentioned);
        assert_eq!(daily("2026-11-17T08:59:00Z"), Leaves::With(at("2026-11-17T09:00:00Z")));
        assert_eq!(daily("2026-11-17T13:00:00Z"), Leaves::With(at("2026-11-18T09:00:00Z")));
        assert_eq!(daily("2026-11-20T09:00:00Z"), Leaves::With(at("2026-11-23T09:00:00Z")));
    }

    #[test]
    fn whoever_works_whenever_gets_the_mail_of_the_day_in_the_morning_also_where_the_clocks_change() {
        let choices = Choices { mail: Rhythm::Daily, ..Choices::default() };
        let occasion = |told| Occasion { topic: Topic::Asked, urgent_ticket: false, at: at(told) };
        let leaves = |told| choices.decide(&Calendar::always(lisbon()), occasion(told));
        assert_eq!(
            leaves("2026-03-28T12:00:00Z"),
            [(Channel::Mail, Leaves::With(at("2026-03-29T08:00:00Z")))]
                .into_iter()
                .chain([Channel::Slack, Channel::Discord, Channel::Push].map(|way| (way, Leaves::AtOnce)))
                .collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_calendar_that_never_opens_leaves_a_notice_in_the_list_alone() {
        let never = Calendar::new(lisbon(), Hours::default(), DaysOff::none());
        let occasion = |topic| Occasion { topic, urgent_ticket: false, at: at("2026-03-28T12:00:00Z") };
        let choices = Choices { hours: WorkingHours::Calendar("x".to_owned()), ..Choices::default() };
        assert_eq!(choices.decide(&never, occasion(Topic::Asked)), []);
        assert!(!choices.decide(&never, occasion(Topic::Breach)).is_empty());
    }

    fn choices() -> impl Strategy<Value = Choices> {
        let changed = proptest::collection::vec((0..Topic::ALL.len(), 0..Channel::ALL.len(), any::<bool>()), 0..30);
        let hours = prop_oneof![Just(WorkingHours::Always), Just(WorkingHours::Calendar("office".to_owned()))];
        (changed, 0..3_usize, hours, any::<bool>(), any::<bool>()).prop_map(
            |(changed, rhythm, hours, breach, urgent)| {
                let mut choices = Choices { mail: Rhythm::ALL[rhythm], hours, ..Choices::default() };
                (choices.breach_is_urgent, choices.urgent_tickets) = (breach, urgent);
                for (topic, channel, wanted) in changed {
                    choices.set(Topic::ALL[topic], Channel::ALL[channel], wanted);
                }
                choices
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_wanted_leaves_once_by_each_way_and_never_outside_of_hours_unless_it_is_urgent(
            choices in choices(),
            topic in 0..Topic::ALL.len(),
            urgent_ticket in any::<bool>(),
            second in 1_700_000_000_i64..1_900_000_000,
        ) {
            let calendar = match choices.hours {
                WorkingHours::Always => Calendar::always(lisbon()),
                _ => office(),
            };
            let told = Timestamp::from_second(second).unwrap();
            let occasion = Occasion { topic: Topic::ALL[topic], urgent_ticket, at: told };
            let decided = choices.decide(&calendar, occasion);
            let ways: BTreeSet<Channel> = decided.iter().map(|(channel, _)| *channel).collect();
            prop_assert_eq!(ways.len(), decided.len(), "never twice");
            for channel in Channel::ALL {
                let leaves = channel != Channel::InApp && choices.wants(occasion.topic, channel);
                prop_assert_eq!(ways.contains(&channel), leaves, "never lost, and never unasked");
            }
            for (channel, leaves) in decided {
                match leaves {
                    Leaves::AtOnce => prop_assert!(choices.is_urgent(occasion) || calendar.is_open(told)),
                    Leaves::With(then) => {
                        prop_assert!(!choices.is_urgent(occasion) && then > told && calendar.is_open(then));
                        let days = if channel == Channel::Mail && choices.mail == Rhythm::Daily { 5 } else { 3 };
                        prop_assert!(then.duration_since(told) <= SignedDuration::from_hours(24 * days), "{then} is too late");
                    }
                }
            }
        }
    }
}
